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
    public var reasonIDs: Set<ID<Reason>>
    /// Changes with each edit, so that two agents never overwrite each other unknowingly.
    public var version: Int64

    public init(
        id: ID<Opening> = .new(), agentID: ID<Agent>, organizationID: ID<Organization>, siteID: ID<Site>? = nil, place: String = "",
        stretch: Stretch, reasonIDs: Set<ID<Reason>>, version: Int64 = 0
    ) {
        self.id = id
        self.agentID = agentID
        self.organizationID = organizationID
        self.siteID = siteID
        self.place = place
        self.stretch = stretch
        self.reasonIDs = reasonIDs
        self.version = version
    }
}

extension Opening: Exceptional {
    static let table: SQL = "opening"
    static let columns: SQL = """
        opening.id, opening.agent_id, opening.organization_id, opening.site_id, opening.place, opening.version, \(Stretch.columns)
        """
    static let columnCount = 6 + Stretch.columnCount

    init(_ row: Row) throws {
        self.init(
            id: try row[0], agentID: try row[1], organizationID: try row[2], siteID: try row[3], place: try row[4],
            stretch: try Stretch.read(row, at: 6), reasonIDs: [], version: try row[5])
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

    /// The appointment lies in an opening of its agent, for its reason and at its site, and in no absence or public holiday.
    /// - Throws: ``Refusal/slotClosed``.
    static func check(covers appointment: Appointment, of territory: Territory, in db: Reader) throws {
        let time = appointment.time
        let place: SQL = appointment.siteID.map { "opening.site_id = \($0)" } ?? "opening.site_id IS NULL"
        let date = territory.zone.civil(time.lowerBound).date
        guard !territory.holidayZone.isHoliday(date) else { throw Refusal.slotClosed }
        let openings = try gather(
            """
            SELECT \(wholeColumns) FROM opening_reason
            JOIN opening ON opening.territory_id = opening_reason.territory_id AND opening.id = opening_reason.opening_id
            \(withExceptions)
            WHERE opening_reason.territory_id = \(territory.id) AND opening_reason.reason_id = \(appointment.reasonID)
              AND opening.agent_id = \(appointment.agentID) AND \(place) AND (opening_exception.date IS NOT NULL
                OR (opening.first_date <= \(date) AND (opening.until_date IS NULL OR opening.until_date >= \(date))))
            """, in: db
        ).map(\.stretch)
        let absences = try Absence.of(appointment.agentID, around: date, of: territory.id, in: db).map(\.stretch)
        let covered = openings.flatMap { $0.ranges(in: time, zone: territory.zone) }.union
        let away = absences.contains { !$0.ranges(in: time, zone: territory.zone).isEmpty }
        guard !away, try !Closure.closes(appointment, of: territory, in: db),
            covered.contains(where: { $0.lowerBound <= time.lowerBound && time.upperBound <= $0.upperBound })
        else {
            throw Refusal.slotClosed
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
