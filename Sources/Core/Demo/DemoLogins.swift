import Store

extension Demo {
    /// Someone to sign in as.
    public struct Login: Sendable, Codable, Equatable {
        public let role: String
        public let email: String
        public let password: String
        public let name: String
        /// `nil` for who works for the whole territory.
        public let organization: String?
        /// The service of a worker.
        public let service: String?
    }

    /// Whether a demo stands in the database, whole or not.
    public enum State: Sendable, Equatable { case absent, unfinished, loaded }

    public static func state(in store: Store) async throws -> State {
        try await store.read { db in
            guard try Territory.find(slug: slug, in: db) != nil else { return .absent }
            return try db.exists("SELECT 1 FROM setting WHERE name = \(finished)") ? .loaded : .unfinished
        }
    }

    private static let finished = "demo"

    static func finish(in store: Store) async throws {
        try await store.write { db in
            _ = try db.run("INSERT INTO setting (name, value) VALUES (\(finished), \([UInt8(1)])) ON CONFLICT (name) DO NOTHING")
        }
        if store.engine == .postgres { try await store.runOutsideTransaction("VACUUM ANALYZE") }
    }

    /// One for each role in Orthez, some in Pau, and those of the whole territory.
    public static func logins(in store: Store) async throws -> [Login] {
        try await store.read { db in try addresses.compactMap { try login($0, in: db) } }
    }

    private static let addresses =
        ["accueil", "social", "pmi", "responsable", "appels", "reglages"].map { "\($0).orthez@example.org" }
        + ["accueil", "social", "enfance"].map { "\($0).pau@example.org" } + ["administrateur@example.org", "donnees@example.org"]

    private static func login(_ email: String, in db: Reader) throws -> Login? {
        try db.first(
            """
            SELECT agent.first_name, agent.last_name, COALESCE(territory_role.role, membership.role), organization.name, service.name
            FROM agent
            LEFT JOIN territory_role ON territory_role.territory_id = agent.territory_id AND territory_role.agent_id = agent.id
            LEFT JOIN membership ON membership.territory_id = agent.territory_id AND membership.agent_id = agent.id
            LEFT JOIN organization ON organization.territory_id = agent.territory_id AND organization.id = membership.organization_id
            LEFT JOIN agent_service ON agent_service.territory_id = agent.territory_id AND agent_service.agent_id = agent.id
            LEFT JOIN service ON service.territory_id = agent.territory_id AND service.id = agent_service.service_id
            WHERE agent.email = \(email)
            """
        ) { row in
            Login(
                role: try row[2], email: email, password: DemoPassword.text, name: "\(try row[0] as String) \(try row[1] as String)",
                organization: try row[3], service: try row[4])
        }
    }
}
