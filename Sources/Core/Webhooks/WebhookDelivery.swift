import Scheduling
import Store

/// Une remise: one event for one webhook, sent until its address has it (table `webhook_delivery`).
public struct WebhookDelivery: Sendable, Equatable {
    /// The same at each attempt: by it the receiver knows that it has it already.
    public let id: ID<WebhookDelivery>
    public let what: What
    public let appointmentID: ID<Appointment>?
    /// JSON, byte for byte what is signed and sent.
    public let body: String
    public let createdAt: Instant
    /// From when the days of trying are counted: a replay begins them again.
    let since: Instant
    public let attempts: Int
    public let standing: Standing
    /// The last attempt; `nil` before the first.
    public let last: Attempt?

    public enum What: Sendable, Equatable {
        case event(Webhook.Event)
        /// Asked by hand, to try the address.
        case ping

        init(_ raw: String) { self = Webhook.Event(rawValue: raw).map { .event($0) } ?? .ping }

        public var label: String {
            switch self {
            case .event(let event): event.label
            case .ping: "essai"
            }
        }
    }

    public enum Standing: Sendable, Equatable {
        /// Will be tried, again or for the first time, at this instant.
        case waiting(until: Instant)
        case delivered(Instant)
        case givenUp(Instant)
    }

    public init(
        id: ID<WebhookDelivery>, what: What, appointmentID: ID<Appointment>?, body: String, createdAt: Instant, since: Instant,
        attempts: Int, standing: Standing, last: Attempt? = nil
    ) {
        (self.id, self.what, self.appointmentID, self.body, self.createdAt) = (id, what, appointmentID, body, createdAt)
        (self.since, self.attempts, self.standing, self.last) = (since, attempts, standing, last)
    }
}

extension WebhookDelivery {
    /// Une tentative (table `webhook_attempt`).
    public struct Attempt: Sendable, Equatable {
        public let at: Instant
        public let outcome: Outcome
        public let milliseconds: Int

        public init(at: Instant, outcome: Outcome, milliseconds: Int) {
            (self.at, self.outcome, self.milliseconds) = (at, outcome, milliseconds)
        }
    }

    /// What the address answered, or why it did not. Raw values are stored.
    public enum Outcome: Sendable, Equatable {
        case answered(status: Int)
        case failed(Trouble)

        public enum Trouble: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
            case timeout, unresolvable, connection, tls
            case forbidden = "forbidden-address"

            public var label: String {
                switch self {
                case .timeout: "pas de réponse à temps"
                case .unresolvable: "nom introuvable"
                case .connection: "connexion impossible"
                case .tls: "certificat refusé"
                case .forbidden: "adresse d’un réseau privé : rien n’est envoyé"
                }
            }
        }

        public var isDelivered: Bool { if case .answered(200..<300) = self { true } else { false } }
        /// The address says that it is there no more.
        var isGone: Bool { self == .answered(status: 410) }
    }
}

extension WebhookDelivery {
    static func insert(
        _ event: String, about appointment: ID<Appointment>?, _ body: String, for webhook: ID<Webhook>, of territory: Int64,
        at now: Instant, in db: Writer
    ) throws {
        try db.run(
            """
            INSERT INTO webhook_delivery (territory_id, id, webhook_id, event, appointment_id, body, created_at, since, due_at)
            VALUES (\(territory), \(ID<WebhookDelivery>.new()), \(webhook), \(event), \(appointment), \(body), \(now), \(now), \(now))
            """)
    }

    static let columns: SQL = """
        webhook_delivery.id, webhook_delivery.event, webhook_delivery.appointment_id, webhook_delivery.body,
        webhook_delivery.created_at, webhook_delivery.since, webhook_delivery.attempts, webhook_delivery.due_at,
        webhook_delivery.delivered_at, webhook_delivery.given_up_at
        """
    static let columnCount = 10

    init(_ row: Row, last: Attempt? = nil) throws {
        let due: Instant? = try row[7], delivered: Instant? = try row[8], givenUp: Instant? = try row[9]
        let standing: Standing? =
            due.map { .waiting(until: $0) } ?? delivered.map { .delivered($0) } ?? givenUp.map { .givenUp($0) }
        guard let standing else { throw StoreError.failed(code: "delivery", message: "a delivery without a standing") }
        self.init(
            id: try row[0], what: What(try row[1]), appointmentID: try row[2], body: try row[3], createdAt: try row[4],
            since: try row[5], attempts: try row[6], standing: standing, last: last)
    }
}

extension WebhookDelivery.Attempt {
    static let columns: SQL = "webhook_attempt.at, webhook_attempt.status, webhook_attempt.trouble, webhook_attempt.milliseconds"

    /// - Returns: `nil` when the row has none, as a left join may.
    static func read(_ row: Row, at offset: Int) throws -> Self? {
        let at: Instant? = try row[offset], status: Int? = try row[offset + 1]
        guard let at else { return nil }
        return Self(
            at: at, outcome: try status.map { .answered(status: $0) } ?? .failed(try row[offset + 2]), milliseconds: try row[offset + 3])
    }
}
