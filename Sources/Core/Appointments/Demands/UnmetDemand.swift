import Scheduling
import Store

/// Une demande sans créneau: what someone asked for when no slot was found.
public struct UnmetDemand: Sendable, Equatable {
    public let id: ID<UnmetDemand>
    public let reasonID: ID<Reason>
    /// Where it was asked.
    public let organizationID: ID<Organization>
    /// `nil` when nobody was chosen yet.
    public var personID: ID<Person>?
    /// `nil`: any site would have done.
    public var siteID: ID<Site>?
    public var part: Part?
    /// From which day on.
    public var from: CivilDate?
    /// The day on which it was asked, in the territory's time.
    public let askedOn: CivilDate

    public enum Part: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case morning, afternoon
    }
}

/// What was looked for, in vain.
public struct UnmetDemandDraft: Sendable, Equatable {
    public var reasonID: ID<Reason>
    public var personID: ID<Person>?
    public var siteID: ID<Site>?
    /// Needed of who books in several houses, when no site says which.
    public var organizationID: ID<Organization>?
    public var part: UnmetDemand.Part?
    public var from: CivilDate?

    public init(reasonID: ID<Reason>) { self.reasonID = reasonID }
}

extension UnmetDemandDraft {
    /// Records it, once a day for one person and reason.
    /// - Throws: ``Refusal/notFound`` for a reason, a site or a person that is not theirs.
    public func record(by acting: Acting, at now: Instant, in db: Writer) throws -> UnmetDemand {
        try acting.require(.book)
        let bookable = try Reason.findBookable(reasonID, by: acting, in: db)
        let house = try house(among: bookable.organizations, of: acting.territoryID, in: db)
        let person = try personID.map { try known($0, to: acting, at: now, in: db) }
        let today = acting.territory.zone.civil(now).date
        let demand = UnmetDemand(
            id: .new(), reasonID: reasonID, organizationID: house, personID: person, siteID: siteID, part: part, from: from, askedOn: today)
        if let person, let same = try UnmetDemand.find(person, reasonID, on: today, of: acting.territoryID, in: db) { return same }
        try demand.insert(by: acting, at: now, in: db)
        let facts = ["what": "unmet-demand", "reason": reasonID.description, "id": demand.id.description]
        try Journal.record(.created, about: person?.uuid ?? demand.id.uuid, facts, by: acting, at: now, in: db)
        return demand
    }

    private func house(among houses: [ID<Organization>], of territory: Int64, in db: Reader) throws -> ID<Organization> {
        let asked = try siteID.map { site -> ID<Organization> in
            let found = try db.first("SELECT organization_id FROM site WHERE territory_id = \(territory) AND id = \(site)") {
                try $0[0] as ID<Organization>
            }
            guard let found else { throw Refusal.notFound }
            return found
        }
        guard let house = asked ?? organizationID ?? houses.first, houses.contains(house) else { throw Refusal.notFound }
        return house
    }

    private func known(_ id: ID<Person>, to acting: Acting, at now: Instant, in db: Reader) throws -> ID<Person> {
        guard let person = try Person.known(id, to: acting, at: now, in: db) else { throw Refusal.notFound }
        return person.id
    }
}

extension UnmetDemand {
    fileprivate func insert(by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO unmet_demand (territory_id, id, organization_id, reason_id, person_id, site_id, part, from_date, asked_on, at,
              by_agent)
            VALUES (\(acting.territoryID), \(id), \(organizationID), \(reasonID), \(personID), \(siteID), \(part), \(from), \(askedOn),
              \(now), \(acting.agent.id))
            """)
    }

    fileprivate static func find(
        _ person: ID<Person>, _ reason: ID<Reason>, on day: CivilDate, of territory: Int64, in db: Reader
    ) throws -> UnmetDemand? {
        try db.first(
            """
            SELECT id, organization_id, site_id, part, from_date FROM unmet_demand
            WHERE territory_id = \(territory) AND person_id = \(person) AND reason_id = \(reason) AND asked_on = \(day)
            """
        ) { row in
            UnmetDemand(
                id: try row[0], reasonID: reason, organizationID: try row[1], personID: person, siteID: try row[2], part: try row[3],
                from: try row[4], askedOn: day)
        }
    }
}
