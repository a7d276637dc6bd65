import Scheduling
import Store

/// Une plage d'ouverture: when an agent can be booked, for which reasons, where; once or recurring.
public struct Opening: Sendable, Equatable {
    public let id: ID<Opening>
    public var agentID: ID<Agent>
    public var organizationID: ID<Organization>
    public var siteID: ID<Site>?
    /// An ad hoc place, when it is at no site.
    public var place: String
    public var stretch: Stretch
    /// Empty for a permanence.
    public var reasonIDs: Set<ID<Reason>>
    /// *Permanence*: the service for which people come without an appointment; it offers no slot.
    public var permanenceOf: ID<Service>?
    /// Changes with each edit, so that two agents never overwrite each other unknowingly.
    public var version: Int64

    public init(
        id: ID<Opening> = .new(), agentID: ID<Agent>, organizationID: ID<Organization>, siteID: ID<Site>? = nil, place: String = "",
        stretch: Stretch, reasonIDs: Set<ID<Reason>>, permanenceOf: ID<Service>? = nil, version: Int64 = 0
    ) {
        self.id = id
        self.agentID = agentID
        self.organizationID = organizationID
        self.siteID = siteID
        self.place = place
        self.stretch = stretch
        self.reasonIDs = reasonIDs
        self.permanenceOf = permanenceOf
        self.version = version
    }
}

extension Opening: Exceptional {
    static let table: SQL = "opening"
    static let columns: SQL = """
        opening.id, opening.agent_id, opening.organization_id, opening.site_id, opening.place, opening.version, \(Stretch.columns),
        (SELECT permanence.service_id FROM permanence
          WHERE permanence.territory_id = opening.territory_id AND permanence.opening_id = opening.id)
        """
    static let columnCount = 7 + Stretch.columnCount

    init(_ row: Row) throws {
        self.init(
            id: try row[0], agentID: try row[1], organizationID: try row[2], siteID: try row[3], place: try row[4],
            stretch: try Stretch.read(row, at: 6), reasonIDs: [],
            permanenceOf: try row[6 + Stretch.columnCount], version: try row[5])
    }

    /// All openings of an agent, with their reasons, oldest first.
    public static func of(_ agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Opening] {
        var reasons: [ID<Opening>: Set<ID<Reason>>] = [:]
        try db.forEach(
            """
            SELECT opening_reason.opening_id, opening_reason.reason_id FROM opening
            JOIN opening_reason ON opening_reason.territory_id = opening.territory_id AND opening_reason.opening_id = opening.id
            WHERE opening.territory_id = \(territory) AND opening.agent_id = \(agent)
            """
        ) { reasons[try $0[0], default: []].insert(try $0[1]) }
        let query: SQL = """
            SELECT \(wholeColumns) FROM opening \(withExceptions)
            WHERE opening.territory_id = \(territory) AND opening.agent_id = \(agent)
            ORDER BY opening.first_date, opening.start_minute, opening.id
            """
        return try gather(query, in: db).map { one in
            var opening = one
            opening.reasonIDs = reasons[opening.id, default: []]
            return opening
        }
    }
}

extension [Range<Instant>] {
    /// The same time as disjoint ranges, those that touch made one.
    var union: [Range<Instant>] {
        sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, next in
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
    }
}
