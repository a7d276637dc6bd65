import Scheduling
import Store

/// Une fermeture: when a whole organization, or one of its sites, receives nobody.
public struct Closure: Sendable, Equatable {
    public let id: ID<Closure>
    public var organizationID: ID<Organization>
    /// The whole organization, when it is no site in particular.
    public var siteID: ID<Site>?
    public var title: String
    public var stretch: Stretch

    public init(
        id: ID<Closure> = .new(), organizationID: ID<Organization>, siteID: ID<Site>? = nil, title: String, stretch: Stretch
    ) {
        self.id = id
        self.organizationID = organizationID
        self.siteID = siteID
        self.title = title
        self.stretch = stretch
    }
}

extension Closure {
    static let columns: SQL = "closure.id, closure.organization_id, closure.site_id, closure.title, \(Stretch.columns)"

    init(_ row: Row) throws {
        self.init(
            id: try row[0], organizationID: try row[1], siteID: try row[2], title: try row[3], stretch: try Stretch.read(row, at: 4))
    }

    /// Those of some organizations, of their sites too, oldest first.
    static func of(_ organizations: [ID<Organization>], of territory: Int64, in db: Reader) throws -> [Closure] {
        try all("AND closure.organization_id IN \(list: organizations)", of: territory, in: db)
    }

    static func all(_ some: SQL = "", of territory: Int64, in db: Reader) throws -> [Closure] {
        try db.all(
            "SELECT \(columns) FROM closure WHERE closure.territory_id = \(territory) \(some) ORDER BY first_date, start_minute, id"
        ) { try Closure($0) }
    }

    /// Whether it closes what happens there.
    public func closes(_ organization: ID<Organization>, _ site: ID<Site>?) -> Bool {
        organizationID == organization && (siteID == nil || siteID == site)
    }

    func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO closure (territory_id, id, organization_id, site_id, title, \(Stretch.columns))
            VALUES (\(territory), \(id), \(organizationID), \(siteID), \(title), \(stretch.values))
            """)
    }
}

/// When houses are closed over a window, for calendars.
struct ClosedTimes: Sendable {
    private var closures: [(closure: Closure, times: [Range<Instant>])] = []

    static func read(in window: Range<Instant>, of territory: Territory, in db: Reader) throws -> ClosedTimes {
        var closed = ClosedTimes()
        closed.closures = try Closure.all(of: territory.id, in: db).map { ($0, $0.stretch.ranges(in: window, zone: territory.zone)) }
        return closed
    }

    /// What of some times stays open at a place.
    func subtracted(from times: [Range<Instant>], at place: Numbers.Place) -> [Range<Instant>] {
        guard !closures.isEmpty else { return times }
        let closed = closures.filter { $0.closure.closes(place.organization, place.site) }.flatMap(\.times)
        return closed.isEmpty ? times : times.subtracting(closed)
    }

    /// Those that take something of some times at a place.
    func meeting(_ times: [Range<Instant>], at place: Numbers.Place) -> [Closure] {
        closures.filter { closed in
            closed.closure.closes(place.organization, place.site) && closed.times.contains { time in times.contains { $0.overlaps(time) } }
        }.map(\.closure)
    }

    /// What an agenda shows: the closures that take its openings, and those of the only house its agent works in.
    func closing(_ owner: AgendaOwner, meeting met: [Closure]) -> [(time: Range<Instant>, title: String)] {
        let house = owner.organizations.count == 1 ? owner.organizations.first?.id : nil
        return closures.filter { one in met.contains(one.closure) || (one.closure.siteID == nil && one.closure.organizationID == house) }
            .flatMap { one in one.times.map { ($0, one.closure.title) } }
    }
}

extension [Range<Instant>] {
    /// What is in these and in none of the others, as ranges in order.
    func subtracting(_ others: [Range<Instant>]) -> [Range<Instant>] {
        let taken = others.sorted { $0.lowerBound < $1.lowerBound }
        return flatMap { whole in
            var left: [Range<Instant>] = []
            var start = whole.lowerBound
            for other in taken where other.upperBound > start && other.lowerBound < whole.upperBound {
                if other.lowerBound > start { left.append(start..<other.lowerBound) }
                start = Swift.max(start, other.upperBound)
            }
            return start < whole.upperBound ? left + [start..<whole.upperBound] : left
        }
    }
}
