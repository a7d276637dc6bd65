import Crypto
import Foundation
import Scheduling
import Store

/// How many failed sign-ins are let through before one must wait. Counted in the database, so that all nodes share it.
struct SignInLimit: Sendable {
    let failures: Int
    /// Seconds during which a failure counts.
    static let window = 15 * 60

    static let perAccount = SignInLimit(failures: 5)
    /// Higher: a whole house of agents comes from one address.
    static let perAddress = SignInLimit(failures: 30)
    /// Wrong codes of letters: a house's own computers may be where people answer.
    static let perCode = SignInLimit(failures: 20)
}

/// One try at signing in. It counts as a failure from its beginning, so that tries made at once are all counted; success forgets it.
struct SignInAttempt: Sendable {
    let id: ID<SignInAttempt>
    let account: Subject
    /// `nil` when someone signed in proves their password again.
    let address: Subject?

    /// What is counted, hashed: the table (`sign_in_failure`) names nobody.
    struct Subject: Sendable {
        let digest: [UInt8]
        let limit: SignInLimit

        static func account(_ email: String) -> Subject { Subject(digest: hash("account:" + email), limit: .perAccount) }
        static func address(_ text: String) -> Subject { Subject(digest: hash("address:" + text), limit: .perAddress) }
        static func codes(from address: String) -> Subject { Subject(digest: hash("codes:" + address), limit: .perCode) }
        private static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
    }

    init(email: String, address: String? = nil) {
        id = .new()
        account = .account(email)
        self.address = address.map(Subject.address)
    }
}

extension SignInAttempt {
    /// - Throws: ``Refusal`` of kind `tooMany`, which says how long to wait; nothing is counted then.
    func begin(at now: Instant, in db: Writer) throws {
        let subjects = [account] + (address.map { [$0] } ?? [])
        let wait = try subjects.map { try $0.wait(at: now, in: db) }.max() ?? 0
        guard wait <= 0 else { throw Refusal.tooManySignIns(seconds: wait) }
        for subject in subjects { try subject.count(id, at: now, in: db) }
    }

    /// The account's failures are forgotten, and this try for the address.
    func succeed(in db: Writer) throws {
        try account.forget(in: db)
        try address?.forget(id, in: db)
    }
}

extension SignInAttempt.Subject {
    /// Seconds until the oldest of the failures that count no longer does; zero when there are fewer than the limit.
    func wait(at now: Instant, in db: Reader) throws -> Int {
        let last = try db.all(
            """
            SELECT at FROM sign_in_failure WHERE subject = \(digest) AND at > \(now.adding(seconds: -SignInLimit.window))
            ORDER BY at DESC LIMIT \(limit.failures)
            """
        ) { try $0[0] as Instant }
        guard last.count == limit.failures, let oldest = last.last else { return 0 }
        return SignInLimit.window - Int(now - oldest)
    }

    /// One more try.
    func count(_ id: ID<SignInAttempt>, at now: Instant, in db: Writer) throws {
        try db.run("DELETE FROM sign_in_failure WHERE subject = \(digest) AND at <= \(now.adding(seconds: -SignInLimit.window))")
        try db.run("INSERT INTO sign_in_failure (subject, at, id) VALUES (\(digest), \(now), \(id))")
    }

    func forget(_ id: ID<SignInAttempt>, in db: Writer) throws {
        try db.run("DELETE FROM sign_in_failure WHERE subject = \(digest) AND id = \(id)")
    }

    func forget(in db: Writer) throws { try db.run("DELETE FROM sign_in_failure WHERE subject = \(digest)") }
}

extension Refusal {
    static func tooManySignIns(seconds: Int) -> Refusal {
        let minutes = (seconds + 59) / 60
        return Refusal(
            .tooMany, "too-many-sign-ins",
            "Trop d’essais de connexion. Attendez \(minutes)\u{A0}minute\(minutes > 1 ? "s" : ""), puis recommencez ; "
                + "ou demandez un nouveau mot de passe à votre administrateur.")
    }

    /// The same for an unknown account, a disabled one and a wrong password.
    public static let wrongCredentials = Refusal(
        .invalid, "wrong-credentials",
        "L’e-mail ou le mot de passe n’est pas le bon. Vérifiez-les, puis recommencez ; ou demandez de l’aide à votre administrateur.")
}
