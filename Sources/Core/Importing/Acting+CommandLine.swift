import Store

extension Acting {
    /// The agent in whose name a command is run: whoever runs the server is trusted, and the journal names them.
    /// - Throws: a ``Refusal`` with a sentence for whoever typed the command; ``Refusal/forbidden`` without the right to import.
    public static func administrator(email: String, in db: Reader) throws -> Acting {
        let found = try db.first("SELECT id, territory_id FROM agent WHERE email = \(LoginEmail.folded(email))") { row in
            (id: try row[0] as ID<Agent>, territory: try row[1] as Int64)
        }
        guard let found, let acting = try load(found.id, of: found.territory, in: db) else {
            throw Refusal.field("email", "unknown-email", "Aucun compte en activité n’a cet e-mail.")
        }
        try acting.require(.importFiles)
        return acting
    }
}

extension Organization {
    /// By its name, without regard to case and accents.
    /// - Throws: a ``Refusal`` with a sentence.
    public static func called(_ name: String, of territory: Int64, in db: Reader) throws -> ID<Organization> {
        let key = Folding.key(name)
        guard let found = try all(of: territory, in: db).first(where: { Folding.key($0.name) == key }) else {
            throw Refusal.field("organization", "unknown-organization", "Aucune organisation ne s’appelle « \(name) ».")
        }
        return found.id
    }
}
