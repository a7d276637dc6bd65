import Scheduling
import Store

/// What must be free beside the agents: this room, or any interpreter of a language.
public enum ResourceWish: Sendable, Hashable {
    case this(ID<Resource>)
    case any(Resource.Kind, language: String? = nil)

    func accepts(_ resource: Resource) -> Bool {
        switch self {
        case .this(let id): resource.id == id
        case .any(let kind, let language): resource.kind == kind && resource.speaks(language) && !resource.isRetired
        }
    }
}

/// The resources among which a search chooses, and when each is free.
struct FreeResources: Sendable {
    let wishes: [ResourceWish]
    /// By name.
    let resources: [Resource]
    /// The units that nothing takes, by resource.
    private(set) var free: [ID<Resource>: UnitSet] = [:]
    /// Where each may begin.
    private(set) var starts: [ID<Resource>: UnitSet] = [:]

    /// Nothing is read when nothing is wished for.
    static func read(
        _ wishes: [ResourceWish], window: Range<Int>, of acting: Acting, now: Instant, in db: Reader
    ) throws -> FreeResources? {
        guard !wishes.isEmpty else { return nil }
        let resources = try Resource.of(acting.organizations(with: .book), of: acting.territoryID, in: db)
            .filter { one in wishes.contains { $0.accepts(one) } }
        var found = FreeResources(wishes: wishes, resources: resources)
        found.free = Dictionary(uniqueKeysWithValues: resources.map { ($0.id, UnitSet(window: window).filled) })
        let range = UnitSet.instant(of: window.lowerBound)..<UnitSet.instant(of: window.upperBound)
        for taken in try Resource.taken(resources.map(\.id), in: range, of: acting.territoryID, now: now, in: db) {
            found.free[taken.resource]?.remove(touching: taken.time)
        }
        return found
    }

    mutating func prepare(length: Int) { starts = free.mapValues { $0.erodedForRun(length: length) } }

    /// The starts at which every wish can be met at a place.
    func starts(at place: Numbers.Place, in window: Range<Int>) -> UnitSet {
        var all = UnitSet(window: window).filled
        for wish in wishes {
            var some = UnitSet(window: window)
            for one in resources where wish.accepts(one) && one.serves(place) { some.formUnion(starts[one.id] ?? some) }
            all.formIntersection(some)
        }
        return all
    }

    /// Of what meets each wish at that time, the first by name; two wishes are never met by one.
    func chosen(at start: Instant, place: Numbers.Place) -> [ID<Resource>] {
        let unit = UnitSet.unit(of: start)
        return wishes.reduce(into: []) { chosen, wish in
            let one = resources.first { one in
                wish.accepts(one) && one.serves(place) && !chosen.contains(one.id) && starts[one.id]?.contains(unit) == true
            }
            if let one { chosen.append(one.id) }
        }
    }
}

extension Resource {
    /// Whether it can be used where an appointment takes place: in its house; a room or a car of a site, at that site only.
    func serves(_ place: Numbers.Place) -> Bool {
        organizationID == place.organization && (siteID == nil || place.site == nil || siteID == place.site)
    }

    /// What takes their time: appointments, pauses and holds.
    /// - Parameter author: whose own holds do not count.
    static func taken(
        _ resources: [ID<Resource>], in window: Range<Instant>, of territory: Int64, heldBut author: ID<Agent>? = nil, now: Instant,
        in db: Reader
    ) throws -> [(resource: ID<Resource>, time: Range<Instant>)] {
        guard !resources.isEmpty else { return [] }
        let others: SQL = author.map { "AND (held_by IS NULL OR held_by <> \($0))" } ?? ""
        return try db.all(
            """
            SELECT holder_id, starts_at, ends_at FROM claim
            WHERE territory_id = \(territory) AND holder_id IN \(list: resources)
              AND starts_at > \(window.lowerBound.adding(seconds: -86_400)) AND starts_at < \(window.upperBound)
              AND ends_at > \(window.lowerBound) AND (expires_at IS NULL OR expires_at > \(now)) \(others)
            """
        ) { (resource: try $0[0], time: try $0[1]..<(try $0[2])) }
    }
}

extension UnitSet {
    /// All the units of the window.
    fileprivate var filled: UnitSet {
        var set = self
        set.insert(window)
        return set
    }
}
