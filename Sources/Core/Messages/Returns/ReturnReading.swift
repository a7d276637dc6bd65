import Foundation
import Scheduling
import Store

/// One reading of a return mailbox by one worker: while it lasts no other reads it, on whatever node (table `return_mailbox`).
///
/// Letters are known by their number in the mailbox (RFC 9051, 2.3.1.1): the next reading begins after the last that was dealt with,
/// whoever else opened them meanwhile.
public struct ReturnReading: Sendable, Equatable {
    /// The gateway whose e-mails come back there.
    public let mailbox: String
    /// The mailbox's own mark (UIDVALIDITY): when it changes, numbers begin again.
    public let validity: Int64
    public let lastUID: Int64
    let lease: UUID
    let failures: Int

    /// Seconds after which another worker takes over, and between two readings; the longest wait after failures.
    static let seconds = 120, apart = 20, longestWait = 1800

    /// Why a mailbox could not be read. Raw values are stored.
    public enum Trouble: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case connection, timeout, tls, credentials, broken

        public var label: String {
            switch self {
            case .connection: "le serveur ne répond pas"
            case .timeout: "le serveur ne répond pas à temps"
            case .tls: "son certificat est refusé"
            case .credentials: "il refuse nos identifiants, ou le dossier"
            case .broken: "la lecture s’est interrompue"
            }
        }
    }
}

extension ReturnReading {
    /// Takes the mailbox when it is due.
    /// - Parameter address: where letters come back, as the configuration writes it.
    /// - Returns: `nil` when it is not, or somebody reads it: a read alone then.
    public static func take(_ mailbox: String, at address: String, now: Instant, in store: Store) async throws -> ReturnReading? {
        let isResting = try await store.read { db in
            try db.exists("SELECT 1 FROM return_mailbox WHERE name = \(mailbox) AND (due_at > \(now) OR leased_until > \(now))")
        }
        return isResting ? nil : try await store.claim { db in try take(mailbox, at: address, now: now, in: db) }
    }

    private static func take(_ mailbox: String, at address: String, now: Instant, in db: Writer) throws -> ReturnReading? {
        try db.run(
            """
            INSERT INTO return_mailbox (name, address, validity, last_uid, due_at, leased_until, failures)
            VALUES (\(mailbox), \(address), 0, 0, \(now), 0, 0) ON CONFLICT (name) DO NOTHING
            """)
        let lease = UUID.version7(milliseconds: UInt64(now.rawValue) * 1000)
        let taken = try db.run(
            """
            UPDATE return_mailbox SET lease = \(lease), leased_until = \(now.adding(seconds: seconds)), address = \(address)
            WHERE name = \(mailbox) AND due_at <= \(now) AND leased_until <= \(now)
            """)
        guard taken > 0 else { return nil }
        return try db.first("SELECT validity, last_uid, failures FROM return_mailbox WHERE name = \(mailbox)") {
            ReturnReading(mailbox: mailbox, validity: try $0[0], lastUID: try $0[1], lease: lease, failures: try $0[2])
        }
    }

    /// Gives it back, read to its end or as far as it went.
    public func end(_ trouble: Trouble?, at now: Instant, in store: Store) async throws {
        let failures = trouble == nil ? 0 : failures + 1
        let next = now.adding(seconds: min(Self.apart << min(failures, 10), Self.longestWait))
        try await store.claim { db in
            if trouble == nil {
                try db.run("DELETE FROM return_mail WHERE read_at < \(now.adding(days: -Self.days)) AND mailbox = \(mailbox)")
            }
            try db.run(
                """
                UPDATE return_mailbox SET lease = NULL, leased_until = 0, due_at = \(next), failures = \(failures), trouble = \(trouble),
                  read_at = CASE WHEN \(trouble == nil) THEN \(now) ELSE read_at END
                WHERE name = \(mailbox) AND lease = \(lease)
                """)
        }
    }

    /// How long it is known what became of each letter: far beyond any second reading.
    private static let days = 60
}

extension ReturnReading {
    /// What stands in the mailbox under one number.
    public struct Found: Sendable, Equatable {
        public let validity: Int64
        public let uid: Int64
        /// The sending that it comes back to, proven by where it was sent; `nil` when nothing proves it.
        public let delivery: ID<Delivery>?
        /// `nil` for what cannot be read as an e-mail.
        public let mail: ReturnedMail?

        public init(validity: Int64, uid: Int64, delivery: ID<Delivery>?, mail: ReturnedMail?) {
            (self.validity, self.uid, self.delivery, self.mail) = (validity, uid, delivery, mail)
        }
    }

    /// What it was taken for. Raw values are stored.
    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case bounced, delayed, automatic, answered
        /// For someone to look at, in the mailbox.
        case unknown

        public var label: String {
            switch self {
            case .bounced: "non arrivés"
            case .delayed: "retardés"
            case .automatic: "réponses automatiques"
            case .answered: "réponses"
            case .unknown: "à regarder"
            }
        }
    }
}
