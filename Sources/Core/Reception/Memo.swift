import Scheduling
import Store

/// Un mot pour un agent: who called, on which number, what about, and by when to call back (table `memo`).
public struct Memo: Sendable, Equatable {
    public let id: ID<Memo>
    public let organizationID: ID<Organization>
    /// Who is to call back.
    public let agentID: ID<Agent>
    public let personID: ID<Person>?
    /// As they said their name, 100 characters at most.
    public let caller: String
    /// E.164.
    public let phone: String?
    /// 200 characters at most.
    public let text: String
    public let dueAt: Instant
    public let createdBy: ID<Agent>
    public let createdAt: Instant
    /// Since when nothing is left to do.
    public let settledAt: Instant?

    public init(
        id: ID<Memo>, organizationID: ID<Organization>, agentID: ID<Agent>, personID: ID<Person>?, caller: String, phone: String?,
        text: String, dueAt: Instant, createdBy: ID<Agent>, createdAt: Instant, settledAt: Instant?
    ) {
        self.id = id
        self.organizationID = organizationID
        self.agentID = agentID
        self.personID = personID
        self.caller = caller
        self.phone = phone
        self.text = text
        self.dueAt = dueAt
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.settledAt = settledAt
    }

    public static let longest = 200
    public static let longestCaller = 100

    /// What an agent did about it (table `memo_fact`): calling without an answer leaves it open, so does handing it to a colleague.
    public enum Act: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case notReached = "not-reached"
        case calledBack = "called-back"
        case passedOn = "passed-on"
        case reopened

        public var label: String {
            switch self {
            case .notReached: "pas joint"
            case .calledBack: "rappelé"
            case .passedOn: "transmis"
            case .reopened: "rouvert"
            }
        }
    }
}

extension Memo {
    static let columns: SQL = """
        memo.id, memo.organization_id, memo.agent_id, memo.person_id, memo.caller, memo.phone, memo.text, memo.due_at, memo.created_by,
        memo.created_at, memo.settled_at
        """
    static let columnCount = 11

    init(_ row: Row) throws {
        self.init(
            id: try row[0], organizationID: try row[1], agentID: try row[2], personID: try row[3], caller: try row[4], phone: try row[5],
            text: try row[6], dueAt: try row[7], createdBy: try row[8], createdAt: try row[9], settledAt: try row[10])
    }

    func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO memo (territory_id, id, organization_id, agent_id, person_id, caller, phone, text, due_at, created_by, created_at)
            VALUES (\(territory), \(id), \(organizationID), \(agentID), \(personID), \(caller), \(phone), \(text), \(dueAt), \(createdBy),
              \(createdAt))
            """)
    }

    /// The one access rule of memos: those for oneself or by oneself, those of an organization whose every appointment one sees, those
    /// for colleagues of the same service in the same organization, who read them when the addressee is away.
    static func visible(to acting: Acting) -> SQL {
        """
        (memo.agent_id = \(acting.agent.id) OR memo.created_by = \(acting.agent.id)
          OR memo.organization_id IN \(list: acting.organizations(with: .seeEveryAppointment))
          OR (memo.organization_id IN \(list: acting.organizations(with: .seeServiceAppointments)) AND EXISTS (
            SELECT 1 FROM agent_service WHERE agent_service.territory_id = memo.territory_id AND agent_service.agent_id = memo.agent_id
              AND agent_service.service_id IN \(list: acting.services.sorted()))))
        """
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Memo>, seenBy acting: Acting, in db: Reader) throws -> Memo {
        let found = try db.first(
            "SELECT \(columns) FROM memo WHERE territory_id = \(acting.territoryID) AND id = \(id) AND \(visible(to: acting))"
        ) { try Memo($0) }
        guard let found else { throw Refusal.notFound }
        return found
    }
}
