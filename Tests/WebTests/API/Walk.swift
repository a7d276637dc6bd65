import Core
import HTTPTypes
import Scheduling
import Store
import TestKit

@testable import Web

/// One request to each endpoint, about what one territory has; what deletes comes last.
struct Walk: Sendable {
    let steps: [Step]

    struct Step: Sendable {
        let endpoint: Endpoint
        let path: String
        let body: JSONValue?
    }

    /// Endpoints that the walk does not go through: none should be.
    var missing: [String] { API.endpoints.map(\.label).filter { label in !steps.contains { $0.endpoint.label == label } } }
}

/// Things of the world's territory for the walk to ask about.
struct Things: Sendable {
    let world: World
    let area: Area
    let appointment: Appointment
    let opening: ID<Opening>
    let absence: ID<Absence>
    let token: ID<ApiToken>
    let pmiReason: Reason
    /// A second file of the world’s person.
    let double: Person
    /// Someone without appointments, and with a relative and a measure.
    let quiet: Person
    let relation: ID<Relation>
    let protection: ID<Protection>
    let tag: PersonTag
    let memo: ID<Memo>
    let arrival: ID<Arrival>
    /// Of the worker.
    let group: ID<AgendaGroup>
    /// The absence laid.
    let change: ID<AgendaChange>
    /// Of today, at the site.
    let today: Appointment
    let changes: ThingsThatChange
    let booking: ThingsToBook
    /// À confirmer.
    let room: Resource
    /// The secret of the worker’s calendar.
    let calendar: String
    /// The worker’s.
    let foreign: ID<ForeignCalendar>
    let letters: ThingsPosted

    static func make(_ site: APISite) async throws -> Things { try await make(site.world, in: site.store) }

    /// - Parameter mark: ends names that a territory has once.
    static func make(_ world: World, _ mark: String = "", in store: Store) async throws -> Things {
        let now = World.now
        let reception = try await world.acting(world.reception, in: store)
        let worker = try await world.acting(world.worker, in: store)
        let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
        let hours = StretchDraft(date: World.monday.adding(days: 9), from: 600, to: 660)
        let absence = try await Absence.create(
            AbsenceDraft(agentID: world.worker.id, title: "Formation", stretch: hours), by: worker, at: now, in: store)
        let area = Area(name: "Béarn des gaves\(mark)"),
            pmiReason = Reason(serviceID: world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home)
        let token = try await store.write { db in
            try area.insert(of: world.territory.id, in: db)
            try pmiReason.insert(of: world.territory.id, in: db)
            _ = try ApiToken.create(.init(name: "tableur", scope: .read, days: 30), by: worker, at: now, in: db)
            return try ApiToken.all(of: worker, now: now, in: db)[0].id
        }
        let quiet = Person(territoryID: world.territory.id, firstName: "Anne", lastName: "Arrieta", createdAt: now)
        let tag = PersonTag(name: "Atelier\(mark)")
        let (relation, protection) = try await store.write { db in
            try tag.insert(of: world.territory.id, in: db)
            try quiet.insertForTests(in: [world.organization.id], db: db)
            var kind = RelationDraft(), measure = ProtectionDraft()
            kind.kind = Relation.Kind.spouse.rawValue
            (measure.measure, measure.startsOn) = (Protection.Measure.tutelle.rawValue, "01/01/2026")
            return (
                try Relation.add(kind, from: quiet.id, to: world.person.id, by: worker, at: now, in: db).id,
                try Protection.save(measure, for: quiet.id, by: worker, at: now, in: db).id
            )
        }
        let double = try await world.anotherPerson(named: "Lacoste-Dupouy", in: store)
        let memo = try await store.claim { db in
            try MemoDraft(
                agentID: world.worker.id, organizationID: world.organization.id, caller: "Mme Etcheto", phone: "", text: "Rappeler.",
                dueAt: now.adding(minutes: 60)
            ).leave(by: reception, at: now, in: db).id
        }
        let onSite = Reason(serviceID: world.social.id, name: "Entretien\(mark)", minutes: 30, how: .site)
        try await store.write { db in try onSite.insert(of: world.territory.id, in: db) }
        let soon = Instant(now.adding(minutes: 60).rawValue / 3600 * 3600)
        let today = try await Booking(
            reasonID: onSite.id, agentID: world.worker.id, personIDs: [world.person.id], startsAt: soon,
            organizationID: world.organization.id, siteID: world.site.id
        ).book(by: reception, at: now, in: store)
        let arrival = try await store.claim { db in
            try Arrival.walkIn(at: world.site.id, for: world.social.id, name: "", companion: "", by: reception, at: now, in: db).id
        }
        let room = Resource(
            organizationID: world.organization.id, kind: .room, name: "Salle des Gaves\(mark)", needsAcceptance: true)
        try await store.write { db in try room.insert(of: world.territory.id, in: db) }
        let group = AgendaGroup(name: "Le jeudi\(mark)", agentIDs: [world.worker.id])
        try await store.write { db in try group.save(by: worker, at: now, in: db) }
        let change: ID<AgendaChange>? = try await store.read { db in
            try db.first(
                "SELECT id FROM agenda_change WHERE territory_id = \(world.territory.id) AND thing_id = \(absence.id)"
            ) { try $0[0] }
        }
        let calendar = try await store.write { db in try CalendarFeed.renew(showing: .how, by: worker, at: now, in: db).text }
        let foreign = try await store.write { db in
            try ForeignCalendar.add(.init(name: "Mairie", url: "https://exemple.fr/a.ics"), by: worker, at: now, in: db).id
        }
        let opening = try await store.read { db in try Opening.of(world.worker.id, of: world.territory.id, in: db)[0].id }
        return Things(
            world: world, area: area, appointment: appointment, opening: opening, absence: absence.id, token: token, pmiReason: pmiReason,
            double: double, quiet: quiet, relation: relation, protection: protection, tag: tag, memo: memo, arrival: arrival,
            group: group.id, change: change ?? .new(), today: today,
            changes: try await ThingsThatChange.make(world, mark, in: store),
            booking: try await ThingsToBook.make(world, mark, in: store), room: room, calendar: calendar, foreign: foreign,
            letters: try await ThingsPosted.make(world, about: appointment, in: store))
    }

    /// What nobody of another territory may ever be shown.
    var ids: [String] {
        [
            "\(world.organization.id)", "\(world.elsewhere.id)", "\(world.social.id)", "\(world.pmi.id)", "\(world.site.id)",
            "\(world.worker.id)", "\(world.colleague.id)", "\(world.reception.id)", "\(world.reason.id)", "\(world.person.id)",
            "\(area.id)",
            "\(appointment.id)", "\(double.id)", "\(opening)", "\(absence)", "\(token)", "\(pmiReason.id)", "territoire-64",
            "\(quiet.id)", "\(relation)", "\(protection)", "\(tag.id)", "\(memo)", "\(arrival)", "\(group)", "\(change)", "\(today.id)",
            "\(room.id)",
        ] + changes.ids + booking.ids + letters.ids
    }
}

extension Walk {
    private static let preferences: JSONValue = [
        "first_hour": 7, "last_hour": 20, "weekend": true, "colours": "status", "legend": true,
        "arrivals": true, "changes": "soon",
    ]

    init(_ things: Things) {
        let world = things.world
        let hours: [String: JSONValue] = ["date": "2026-12-08", "from": "17:00", "to": "18:00"]
        let opening: [String: JSONValue] = [
            "organization": .text("\(world.organization.id)"), "agent": .text("\(world.worker.id)"),
            "reasons": [.text("\(world.reason.id)")],
            "site": .text("\(world.site.id)"),
        ]
        let person = "/people/\(world.person.id)", appointment = "/appointments/\(things.appointment.id)"
        let roles = "/memberships/\(world.organization.id)/\(world.colleague.id)", referent = "\(person)/referents/\(world.social.id)"
        let quiet = "/people/\(things.quiet.id)"
        let relation = "\(quiet)/relatives/\(things.relation)", protection = "\(quiet)/protections/\(things.protection)"
        let measure: JSONValue = ["measure": "tutelle", "starts_on": "2026-01-01", "ends_on": "2026-06-01"]
        let slots = "/slots?reason=\(world.reason.id)&site=\(world.site.id)&person=\(world.person.id)"
        let booking: JSONValue = [
            "reason": .text("\(world.reason.id)"), "agent": .text("\(world.worker.id)"), "people": [.text("\(world.person.id)")],
            "organization": .text("\(world.organization.id)"), "starts_at": "2026-12-01T09:00:00Z", "phone": "0639981234", "again": true,
        ]
        let inARow: JSONValue = [
            "reason": .text("\(world.reason.id)"), "agent": .text("\(world.worker.id)"), "people": [.text("\(world.person.id)")],
            "then": [.text("\(things.quiet.id)")], "organization": .text("\(world.organization.id)"),
            "starts_at": "2026-12-02T09:00:00Z", "phone": "0639981234", "again": true,
        ]
        let together = { (date: String, more: [String: JSONValue]) -> JSONValue in
            .object(
                [
                    "reason": .text("\(world.reason.id)"), "agent": .text("\(world.worker.id)"), "people": [.text("\(world.person.id)")],
                    "organization": .text("\(world.organization.id)"), "starts_at": .text("\(date)T09:00:00Z"), "phone": "0639981234",
                    "again": true,
                ].merging(more) { $1 })
        }
        let memo: JSONValue = [
            "agent": .text("\(world.worker.id)"), "caller": "M. Pomès", "text": "Rappeler ce soir.", "due_at": "2026-12-02T09:00:00Z",
        ]
        let all: [(HTTPRequest.Method, String, JSONValue?)] = [
            (.get, "/me", nil), (.get, "/tokens", nil), (.post, "/tokens", ["name": "essai", "scopes": ["people:read"], "days": 30]),
            (.get, "/territory", nil), (.patch, "/territory", ["organization_label": "MDS"]),
            (.get, "/areas", nil), (.post, "/areas", ["name": "Soule"]), (.get, "/areas/\(things.area.id)", nil),
            (.patch, "/areas/\(things.area.id)", ["name": "Béarn"]),
            (.get, "/organizations", nil), (.post, "/organizations", ["name": "MDS de Mauléon", "area": .text("\(things.area.id)")]),
            (.get, "/organizations/\(world.elsewhere.id)", nil), (.patch, "/organizations/\(world.elsewhere.id)", ["phone": "0536490011"]),
            (.get, "/services", nil), (.post, "/services", ["name": "Insertion"]), (.get, "/services/\(world.social.id)", nil),
            (.patch, "/services/\(world.social.id)", ["name": "Service social départemental"]),
            (.get, "/sites", nil), (.post, "/sites", ["name": "Mairie", "organization": .text("\(world.organization.id)")]),
            (.get, "/sites/\(world.site.id)", nil), (.patch, "/sites/\(world.site.id)", ["address": "2 rue des Essais"]),
            (.get, "/resources", nil), (.get, "/resources/\(things.room.id)", nil),
            (
                .post, "/resources",
                ["organization": .text("\(world.organization.id)"), "kind": "interpreter", "name": "Interprète", "languages": ["ar"]]
            ),
            (.patch, "/resources/\(things.room.id)", ["contact": "accueil"]),
            (.get, "/reasons", nil),
            (.post, "/reasons", ["service": .text("\(world.social.id)"), "name": "FSL", "minutes": 45, "how": "site"]),
            (.get, "/reasons/\(world.reason.id)", nil), (.patch, "/reasons/\(world.reason.id)", ["instructions": "Avoir la notification."]),
            (.get, "/agents", nil), (.post, "/agents", ["last_name": "Etxeberri", "services": [.text("\(world.social.id)")]]),
            (.get, "/agents/\(world.worker.id)", nil), (.patch, "/agents/\(world.colleague.id)", ["first_name": "Beñat"]),
            (.get, "/memberships", nil), (.get, roles, nil), (.put, roles, ["roles": ["worker", "manager"]]),
            (.get, slots, nil), (.post, "/appointments", booking),
            (.get, "/appointments?agent=\(world.worker.id)&from=2026-11-30", nil), (.get, appointment, nil),
            (.post, "\(appointment)/earlier-wishes", ["person": .text("\(world.person.id)")]),
            (.post, "\(appointment)/earlier-wishes/removal", ["person": .text("\(world.person.id)")]),
            (.post, "\(appointment)/move", ["starts_at": "2026-11-29T10:30:00Z", "ends_at": "2026-11-29T11:15:00Z"]),
            (.post, "\(appointment)/attempts", [:]),
            (.post, "\(appointment)/undoing", ["fact": .text("\(ID<AppointmentFact>.new())")]),
            (.post, "\(appointment)/colleagues", ["agent": .text("\(world.colleague.id)")]),
            (.post, "\(appointment)/colleagues/removal", ["agent": .text("\(world.colleague.id)")]),
            (.post, "\(appointment)/resources", ["resource": .text("\(things.room.id)")]),
            (.post, "\(appointment)/resources/answers", ["resource": .text("\(things.room.id)"), "accepted": true]),
            (.post, "\(appointment)/resources/removal", ["resource": .text("\(things.room.id)")]),
            (.delete, "/resources/\(things.room.id)", nil),
            (.post, "\(appointment)/cancellation", ["by": "service"]),
            (.post, "\(appointment)/status", ["person": .text("\(world.person.id)"), "status": "not-provided"]),
            (.get, "/agendas/\(world.worker.id)", nil), (.get, "/openings?agent=\(world.worker.id)", nil),
            (.post, "/openings", .object(hours.merging(opening) { $1 })), (.get, "/openings/\(things.opening)", nil),
            (.patch, "/openings/\(things.opening)", ["to": "12:30"]),
            (.get, "/absences?agent=\(world.worker.id)", nil),
            (.post, "/absences", .object(hours.merging(["agent": .text("\(world.worker.id)")]) { $1 })),
            (.get, "/absences/\(things.absence)", nil), (.patch, "/absences/\(things.absence)", ["title": "Congés"]),
            (.post, "/people/search", ["q": .text(String(world.person.lastName.prefix(6)))]),
            (.post, "/people", ["last_name": "Arrieta", "organization": .text("\(world.organization.id)")]),
            (
                .post, "/imports",
                ["kind": "people", "organization": .text("\(world.organization.id)"), "csv": "nom;prénom\nEtxeberri;Maddi\n"]
            ),
            (.get, "\(person)/merges", nil),
            (.post, "\(person)/merges", ["other": .text("\(things.double.id)"), "version": 0, "other_version": 0, "take": ["first_name"]]),
            (.get, person, nil), (.patch, person, ["version": 1, "needs": "fauteuil", "emails": [["address": "jeanne@example.org"]]]),
            (.post, "\(person)/information", nil),
            (.post, "\(person)/emails/restoration", ["address": "jeanne@example.org"]),
            (.get, "\(person)/notes", nil),
            (.post, "\(person)/notes", ["service": .text("\(world.social.id)"), "text": "Vue ce jour."]),
            (.get, "\(person)/referents", nil), (.get, "\(person)/story?limit=2", nil),
            (.get, "/tags", nil), (.post, "/tags", ["name": "Numérique"]), (.get, "/tags/\(things.tag.id)", nil),
            (.patch, "/tags/\(things.tag.id)", ["name": "Atelier cuisine"]),
            (.get, "/territory/person-fields", nil), (.put, "/territory/person-fields", ["off": ["msa"]]),
            (.get, "\(quiet)/relatives", nil), (.patch, relation, ["books": true]),
            (.post, "\(person)/relatives", ["other": .text("\(things.quiet.id)"), "kind": "other"]),
            (.get, "\(quiet)/protections", nil), (.put, protection, measure), (.post, "\(quiet)/protections", measure),
            (.post, "\(quiet)/access", ["reason": "elle le demande"]),
            (.put, "\(quiet)/archiving", ["reason": "moved"]), (.delete, "\(quiet)/archiving", nil),
            (.post, "/appointments/in-a-row", inARow),
            (.post, "/appointments/consecutive", together("2026-12-03", ["then_reason": .text("\(world.reason.id)")])),
            (.post, "/appointments/series", together("2026-12-04", ["starts": ["2026-12-11T09:00:00Z", "2026-12-18T09:00:00Z"]])),
            (.get, "/agenda-groups", nil), (.get, "/agenda-groups/\(things.group)", nil),
            (.post, "/agenda-groups", ["name": "Le mardi", "agents": [.text("\(world.worker.id)")]]),
            (.get, "/agenda-changes", nil),
            (.get, "/preferences", nil), (.put, "/preferences", Self.preferences),
            (.get, "/arrivals?site=\(world.site.id)", nil),
            (.post, "/arrivals", ["site": .text("\(world.site.id)"), "service": .text("\(world.social.id)")]),
            (.post, "/arrivals/\(things.arrival)/steps", ["step": "received"]),
            (.post, "/appointments/\(things.today.id)/arrivals", ["person": .text("\(world.person.id)"), "companion": "sa fille"]),
            (.get, "/memos", nil), (.post, "/memos", memo), (.post, "/memos/\(things.memo)/answers", ["act": "not-reached"]),
            (.post, "/memos/\(things.memo)/passing", ["agent": .text("\(world.colleague.id)")]),
            (.put, referent, ["agent": .text("\(world.worker.id)")]), (.delete, referent, nil),
        ]
        let last: [(HTTPRequest.Method, String, JSONValue?)] = [
            (.delete, relation, nil), (.delete, "/agenda-groups/\(things.group)", nil), (.delete, "/tags/\(things.tag.id)", nil),
            (.delete, "/openings/\(things.opening)", nil),
            (.delete, "/absences/\(things.absence)", nil), (.post, "/agenda-changes/\(things.change)/undoing", nil), (.delete, roles, nil),
            (.delete, "/reasons/\(things.pmiReason.id)", nil), (.delete, "/sites/\(world.site.id)", nil),
            (.delete, "/services/\(world.pmi.id)", nil), (.delete, "/organizations/\(world.elsewhere.id)", nil),
            (.delete, "/areas/\(things.area.id)", nil), (.delete, "/tokens/\(things.token)", nil),
            (.post, "\(person)/disclosures", ["reason": "elle déménage"]),
        ]
        steps = (all + Self.booking(things) + Self.changes(things) + last).compactMap { method, path, body in
            API.endpoint(method, path).map { Step(endpoint: $0, path: path, body: body) }
        }
    }
}
