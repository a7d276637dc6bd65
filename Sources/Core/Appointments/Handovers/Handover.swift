import Foundation
import Scheduling
import Store

/// Une passation: what an agent has goes to a colleague from a day on, in one act, and people are told.
public struct Handover: Sendable, Equatable {
    public var from: ID<Agent>
    public var to: ID<Agent>
    public var organizationID: ID<Organization>
    /// The first day.
    public var date: CivilDate
    /// What becomes of each appointment from that day on.
    public var remedies: Remedies?
    /// People whom they follow in the services of the colleague.
    public var people: Bool
    public var openings: OpeningChoice

    public enum OpeningChoice: String, CaseIterable, Sendable {
        case leave, end, give
    }

    public init(
        from: ID<Agent>, to: ID<Agent>, organizationID: ID<Organization>, date: CivilDate, remedies: Remedies? = nil, people: Bool = true,
        openings: OpeningChoice = .end
    ) {
        self.from = from
        self.to = to
        self.organizationID = organizationID
        self.date = date
        self.remedies = remedies
        self.people = people
        self.openings = openings
    }

    /// What was handed over.
    public struct Done: Sendable, Equatable {
        public let id: ID<Handover>
        public let appointments: Int
        public let people: Int
        public let openings: Int
        /// What is left with the agent.
        public let left: Workload
    }
}

extension Handover {
    /// Hands over, all or nothing: appointments one by one as was chosen, people, openings; each person of an appointment is told.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func give(by acting: Acting, at now: Instant, in store: Store) async throws -> Done {
        do {
            return try await store.claim { db in try give(by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.slotTaken
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func give(by acting: Acting, at now: Instant, in db: Writer) throws -> Done {
        let id = ID<Handover>.new()
        try check(by: acting, at: now, in: db)
        try Agent.lockCalendars(
            try (remedies?.agents(of: acting.territoryID, in: db) ?? []).union([from, to]), of: acting.territoryID, in: db)
        let cover = cover(id, of: acting.territory, at: now)
        let before = try cover.appointments(of: acting.territoryID, at: now, in: db).count
        try remedies?.apply(under: cover, by: acting, at: now, in: db)
        let after = try cover.appointments(of: acting.territoryID, at: now, in: db).count
        try giveMemos(by: acting, at: now, in: db)
        let followed = people ? try givePeople(by: acting, at: now, in: db) : 0
        let opened = try giveOpenings(by: acting, at: now, in: db)
        try Journal.record(
            .changed, about: from.uuid,
            [
                "what": "handover", "to": to.description, "organization": organizationID.description, "date": date.description,
                "appointments": String(before - after), "people": String(followed), "openings": String(opened),
            ], by: acting, at: now, in: db)
        return Done(
            id: id, appointments: before - after, people: followed, openings: opened,
            left: try Workload.of(from, of: acting.territoryID, at: now, in: db))
    }

    private func check(by acting: Acting, at now: Instant, in db: Reader) throws {
        let owners = try AgendaOwner.find([from, to], seenBy: acting, in: db)
        guard owners.allSatisfy({ $0.organizations.contains { $0.id == organizationID } }) else { throw Refusal.notFound }
        try acting.require(.fillEveryAgenda, in: organizationID)
        guard from != to, owners[1].agent.disabledAt == nil else {
            throw Refusal.field("to", "same-agent", "Choisissez un collègue qui travaille ici.")
        }
        guard date >= acting.territory.zone.civil(now).date else {
            throw Refusal.field("date", "past", "Ce jour est passé. Choisissez-en un à venir.")
        }
    }

    /// The agent's appointments in the house from that day on: wherever they are free, a colleague may be given one.
    func cover(_ id: ID<Handover> = .new(), of territory: Territory, at now: Instant) -> Cover {
        let start = max(territory.zone.instant(date, minute: 0), now), agent = from
        return Cover(
            origin: Tidings.Origin(cause: .handover, id: id.uuid),
            which: Cover.parts(of: agent, territory.id, and: "AND appointment.organization_id = \(organizationID)"), agent: agent,
            away: [start..<Cover.window(from: start).upperBound], hits: { other, _ in other == agent }, why: "Passation.",
            needsOpening: false)
    }

    /// Words left for the agent in this house are the colleague's to answer.
    private func giveMemos(by acting: Acting, at now: Instant, in db: Writer) throws {
        let memos: [ID<Memo>] = try db.all(
            """
            SELECT memo.id FROM memo WHERE memo.territory_id = \(acting.territoryID) AND memo.agent_id = \(from)
              AND memo.organization_id = \(organizationID) AND memo.settled_at IS NULL ORDER BY memo.id
            """
        ) { try $0[0] }
        for memo in memos {
            try db.run("UPDATE memo SET agent_id = \(to) WHERE territory_id = \(acting.territoryID) AND id = \(memo)")
            try db.run(
                """
                INSERT INTO memo_fact (territory_id, id, memo_id, act, to_agent_id, by_agent_id, at)
                VALUES (\(acting.territoryID), \(ID<Memo>.new()), \(memo), \(Memo.Act.passedOn), \(to), \(acting.agent.id), \(now))
                """)
        }
    }

    /// Those of the organization's people whom the colleague may follow, in the services of both.
    private func givePeople(by acting: Acting, at now: Instant, in db: Writer) throws -> Int {
        let services = try Agent.services(of: to, of: acting.territoryID, in: db)
        let rows = try db.all(
            """
            SELECT referent.person_id, referent.service_id FROM referent
            WHERE referent.territory_id = \(acting.territoryID) AND referent.agent_id = \(from)
              AND referent.service_id IN \(list: services.sorted()) AND EXISTS (
                SELECT 1 FROM person_organization WHERE person_organization.territory_id = referent.territory_id
                  AND person_organization.person_id = referent.person_id AND person_organization.organization_id = \(organizationID))
            ORDER BY referent.person_id, referent.service_id
            """
        ) { (person: try $0[0] as ID<Person>, service: try $0[1] as ID<Service>) }
        for row in rows {
            try db.run(
                """
                UPDATE referent SET agent_id = \(to), since = \(now) WHERE territory_id = \(acting.territoryID)
                  AND person_id = \(row.person) AND service_id = \(row.service)
                """)
            try Journal.record(
                .changed, about: row.person.uuid,
                [
                    "what": "referent", "service": row.service.description, "agent.before": from.description,
                    "agent.after": to.description,
                ], by: acting, at: now, in: db)
        }
        return rows.count
    }

    /// - Throws: a ``Refusal`` beside `openings` when the colleague is not of the services of one of them.
    private func giveOpenings(by acting: Acting, at now: Instant, in db: Writer) throws -> Int {
        guard openings != .leave else { return 0 }
        let standing = try Opening.of(from, of: acting.territoryID, in: db).filter { opening in
            opening.organizationID == organizationID && !opening.stretch.occurrences(in: date..<date.adding(days: 3 * 366)).isEmpty
        }
        if openings == .give { for opening in standing { try give(opening, by: acting, at: now, in: db) } }
        try Opening.end(standing, before: date, of: acting.territoryID, in: db)
        let ended = try Opening.of(from, of: acting.territoryID, in: db)
        for opening in standing {
            let left = ended.first { $0.id == opening.id }
            try (left ?? opening).record(left == nil ? .deleted : .changed, from: left == nil ? nil : opening, by: acting, at: now, in: db)
        }
        return standing.count
    }

    /// One of its reasons, or its permanence, is of the colleague's services.
    private func isFor(_ opening: Opening, _ reasons: Set<ID<Reason>>, of territory: Int64, in db: Reader) throws -> Bool {
        guard let service = opening.permanenceOf else { return !reasons.isEmpty }
        return try db.exists(
            "SELECT 1 FROM agent_service WHERE territory_id = \(territory) AND agent_id = \(to) AND service_id = \(service)")
    }

    private func give(_ opening: Opening, by acting: Acting, at now: Instant, in db: Writer) throws {
        let allowed = Set(try Reason.openable(by: to, of: acting.territoryID, in: db).map(\.id))
        let reasons = opening.reasonIDs.intersection(allowed)
        guard try isFor(opening, reasons, of: acting.territoryID, in: db) else {
            throw Refusal.field(
                "openings", "not-of-service",
                "Ce collègue n’est pas du service de ces plages : faites-les s’arrêter, ou choisissez-en un autre.")
        }
        let starts = opening.stretch.occurrences(in: date..<date.adding(days: 3 * 366)).first { $0.exception?.isAdded != true }
        let rest = try starts.map {
            try opening.stretch.recurrence.pattern == .once ? opening.stretch : opening.stretch.split(at: $0.date).after
        }
        guard let rest else { return }
        let given = Opening(
            agentID: to, organizationID: organizationID, siteID: opening.siteID, place: opening.place, stretch: rest, reasonIDs: reasons,
            permanenceOf: opening.permanenceOf)
        try given.insert(of: acting.territoryID, in: db)
        try given.record(.created, by: acting, at: now, in: db)
    }
}

extension Handover {
    /// What there is to hand over, and to whom.
    public struct Plan: Sendable, Equatable {
        public let owner: AgendaOwner
        /// Colleagues of the house who have an agenda.
        public let colleagues: [AgendaOwner]
        public let covered: Covered
        public let offers: [ID<Appointment>: Remedy.Ways]
        public let load: Workload

        public init(
            owner: AgendaOwner, colleagues: [AgendaOwner], covered: Covered, offers: [ID<Appointment>: Remedy.Ways], load: Workload
        ) {
            self.owner = owner
            self.colleagues = colleagues
            self.covered = covered
            self.offers = offers
            self.load = load
        }
    }

    /// - Throws: ``Refusal/notFound``; ``Refusal/forbidden``.
    public func plan(_ calendars: Calendars, by acting: Acting, now: Instant, in db: Reader) throws -> Plan {
        guard let owner = try AgendaOwner.find([from], seenBy: acting, in: db).first else { throw Refusal.notFound }
        try acting.require(.fillEveryAgenda, in: organizationID)
        let colleagues = try AgendaOwner.of(organizationID, seenBy: acting, in: db).filter { $0.agent.id != from }
        let cover = cover(of: acting.territory, at: now)
        let covered = try cover.covered(seenBy: acting, at: now, in: db)
        var offers = try calendars.offers(under: cover, by: acting, now: now, in: db)
        if let chosen = colleagues.first(where: { $0.agent.id == to }) {
            for one in covered.appointments where try !Claim.taken(.agent(to), one.keptTime, of: acting.territoryID, in: db) {
                let known = offers[one.id] ?? .none
                let someone = Remedy.Ways.Someone(id: to, name: chosen.agent.name)
                offers[one.id] = Remedy.Ways(colleagues: [someone] + known.colleagues.filter { $0.id != to }, next: known.next)
            }
        }
        return Plan(
            owner: owner, colleagues: colleagues, covered: covered, offers: offers,
            load: try Workload.of(from, of: acting.territoryID, at: now, in: db))
    }
}
