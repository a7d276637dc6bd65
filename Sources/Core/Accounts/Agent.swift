import Scheduling
import Store

/// Someone who works in the system; an *intervenant* has no e-mail and no login.
public struct Agent: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Agent>
    public var firstName: String
    public var lastName: String
    /// Lower case, unique over the whole database.
    public var email: String?
    public var disabledAt: Instant?

    public init(
        territoryID: Int64, id: ID<Agent> = .new(), firstName: String, lastName: String, email: String? = nil, disabledAt: Instant? = nil
    ) {
        self.territoryID = territoryID
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.disabledAt = disabledAt
    }

    public var name: String { firstName.isEmpty ? lastName : "\(firstName) \(lastName)" }
}

extension Agent {
    static let columns: SQL = "agent.territory_id, agent.id, agent.first_name, agent.last_name, agent.email, agent.disabled_at"
    static let columnCount = 6

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            territoryID: try row[offset], id: try row[offset + 1], firstName: try row[offset + 2], lastName: try row[offset + 3],
            email: try row[offset + 4], disabledAt: try row[offset + 5])
    }

    public static func find(_ id: ID<Agent>, of territory: Int64, in db: Reader) throws -> Agent? {
        try db.first("SELECT \(columns) FROM agent WHERE territory_id = \(territory) AND id = \(id)") { try Agent($0) }
    }

    /// The names of a territory's agents, those who left too.
    public static func names(of territory: Int64, in db: Reader) throws -> [ID<Agent>: String] {
        let agents = try db.all("SELECT \(columns) FROM agent WHERE territory_id = \(territory)") { try Agent($0) }
        return Dictionary(agents.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    public func insert(at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO agent (territory_id, id, first_name, last_name, email, disabled_at, created_at)
            VALUES (\(territoryID), \(id), \(firstName), \(lastName), \(email), \(disabledAt), \(now))
            """)
    }
}
