import Foundation
import Scheduling
import Store

/// Someone asks to come in with an e-mail and a password.
public struct SignIn: Sendable {
    let email: String
    let password: String
    let attempt: SignInAttempt

    /// - Parameter address: the client's, as text: what the limit per address counts.
    public init(email: String, password: String, address: String) {
        self.email = LoginEmail.folded(email)
        // No account has a longer one, and nobody makes the server hash a megabyte.
        self.password = password.count <= NewPassword.length.upperBound ? password : ""
        attempt = SignInAttempt(email: self.email, address: address)
    }
}

extension SignIn {
    /// The account as it stood when the password was compared.
    struct Account: Sendable, Equatable {
        let territoryID: Int64
        let agentID: ID<Agent>
        let hash: String
    }

    /// Opens a session. Three steps, because hashing takes 90 ms and no transaction waits for it: count the try, compare, open.
    /// - Throws: ``Refusal/wrongCredentials``; of kind `tooMany` after too many failures; `unavailable` when too many wait.
    public func open(at now: Instant, hasher: PasswordHasher, in store: Store) async throws -> OpenedSession {
        let account = try await store.write { db in
            try attempt.begin(at: now, in: db)
            return try Self.account(email, in: db)
        }
        guard try await hasher.verify(password, account.flatMap { PasswordHash($0.hash) }), let account else {
            try await refuse(account, at: now, in: store)
            throw Refusal.wrongCredentials
        }
        let renewed = try await renewal(of: account, hasher: hasher)
        return try await store.write { db in try enter(account, renewed: renewed, at: now, in: db) }
    }

    private static func account(_ email: String, in db: Reader) throws -> Account? {
        try db.first(
            "SELECT territory_id, id, password FROM agent WHERE email = \(email) AND password IS NOT NULL AND disabled_at IS NULL"
        ) { Account(territoryID: try $0[0], agentID: try $0[1], hash: try $0[2]) }
    }

    /// No e-mail is written: what was typed there may be a password.
    private func refuse(_ account: Account?, at now: Instant, in store: Store) async throws {
        guard let account else { return }
        try await store.write { db in
            _ = try Journal.record(
                .refused, about: account.agentID.uuid, ["what": "sign-in"], by: .anonymous, of: account.territoryID, at: now, in: db)
        }
    }

    /// The password hashed again, when hashing has become more expensive since.
    private func renewal(of account: Account, hasher: PasswordHasher) async throws -> String? {
        guard let known = PasswordHash(account.hash), known.cost != hasher.cost else { return nil }
        return try await hasher.hash(NewPassword(proven: password)).text
    }

    private func enter(_ account: Account, renewed: String?, at now: Instant, in db: Writer) throws -> OpenedSession {
        // The password may have changed, or the account been closed, while it was compared.
        guard try Self.account(email, in: db) == account else { throw Refusal.wrongCredentials }
        try attempt.succeed(in: db)
        if let renewed {
            try db.run("UPDATE agent SET password = \(renewed) WHERE territory_id = \(account.territoryID) AND id = \(account.agentID)")
        }
        let session = try Session.open(account.agentID, of: account.territoryID, at: now, in: db)
        try Journal.record(
            .signedIn, about: account.agentID.uuid, by: .agent(account.agentID), of: account.territoryID, at: now, in: db)
        return session
    }
}
