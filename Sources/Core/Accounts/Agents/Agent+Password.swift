import Scheduling
import Store

extension Agent {
    /// The agent who acts changes their own password; every other session of theirs ends.
    /// - Parameter session: the token of the session that asks, which stays.
    /// - Throws: a ``Refusal`` beside `current` when it is wrong (it counts as a failed sign-in), or beside `password`.
    public static func changePassword(
        from current: String, to password: String, session: String?, by acting: Acting, at now: Instant, hasher: PasswordHasher,
        in store: Store
    ) async throws {
        try acting.requireWriting()
        guard let email = acting.agent.email else { throw Refusal.forbidden }
        let new = try NewPassword(password, for: acting.agent, of: acting.territory)
        let attempt = SignInAttempt(email: email)
        let known = try await store.write { db in
            try attempt.begin(at: now, in: db)
            return try passwordHash(of: acting.agent, in: db)
        }
        guard try await hasher.verify(current, known.flatMap(PasswordHash.init)) else {
            throw Refusal.field("current", "wrong-password", "Ce n’est pas votre mot de passe actuel.")
        }
        let chosen = try await hasher.hash(new)
        try await store.write { db in
            guard try passwordHash(of: acting.agent, in: db) == known else { throw Refusal.wrongCredentials }
            try acting.agent.set(chosen, by: .agent(acting.agent.id), how: "account", keeping: session, at: now, in: db)
        }
    }

    private static func passwordHash(of agent: Agent, in db: Reader) throws -> String? {
        try db.first("SELECT password FROM agent WHERE territory_id = \(agent.territoryID) AND id = \(agent.id)") { try $0[0] as String? }
            ?? nil
    }

    /// Whether they have chosen one, and so can sign in.
    public static func hasPassword(_ agent: Agent, in db: Reader) throws -> Bool { try passwordHash(of: agent, in: db) != nil }

    /// Writes the password, ends sessions and forgets failed sign-ins.
    /// - Parameter how: for the journal: `link`, `account` or `command`.
    func set(
        _ hash: PasswordHash, by actor: Journal.Actor, how: String, keeping session: String? = nil, at now: Instant, in db: Writer
    ) throws {
        try db.run("UPDATE agent SET password = \(hash.text) WHERE territory_id = \(territoryID) AND id = \(id)")
        try Session.endAll(of: id, territory: territoryID, but: session, in: db)
        if let email { try SignInAttempt.Subject.account(email).forget(in: db) }
        try Journal.record(.changed, about: id.uuid, ["what": "password", "how": how], by: actor, of: territoryID, at: now, in: db)
    }
}
