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

/// Things of one territory for the walk to ask about; those that it deletes are spare ones.
struct Things: Sendable {
    var organization: Organization
    var spareOrganization: Organization
    var service: Service
    var spareService: Service
    var site: Site
    var worker: Agent
    var colleague: Agent
    var reason: Reason
    var spareReason: Reason
    var person: Person
    var area: Area
    var appointment: Appointment
    /// The last is deleted.
    var openings: [ID<Opening>]
    var absences: [ID<Absence>]
    var token: ID<ApiToken>

    static func make(_ site: APISite) async throws -> Things {
        let world = site.world, now = World.now
        let reception = try await world.acting(world.reception, in: site.store)
        let worker = try await world.acting(world.worker, in: site.store)
        let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: site.store)
        let hours = StretchDraft(date: World.monday.adding(days: 9), from: 600, to: 660)
        let absence = try await Absence.create(
            AbsenceDraft(agentID: world.worker.id, title: "Formation", stretch: hours), by: worker, at: now, in: site.store)
        let area = Area(name: "Béarn des gaves"),
            pmiReason = Reason(serviceID: world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home)
        let token = try await site.store.write { db in
            try area.insert(of: world.territory.id, in: db)
            try pmiReason.insert(of: world.territory.id, in: db)
            _ = try ApiToken.create(.init(name: "tableur", scope: .read, days: 30), by: worker, at: now, in: db)
            return try ApiToken.all(of: worker, now: now, in: db)[0].id
        }
        let openings = try await site.store.read { db in try Opening.of(world.worker.id, of: world.territory.id, in: db).map(\.id) }
        return Things(
            organization: world.organization, spareOrganization: world.elsewhere, service: world.social, spareService: world.pmi,
            site: world.site, worker: world.worker, colleague: world.colleague, reason: world.reason, spareReason: pmiReason,
            person: world.person, area: area, appointment: appointment, openings: openings, absences: [absence.id], token: token)
    }

    /// What nobody of another territory may ever be shown.
    var ids: [String] {
        [
            "\(organization.id)", "\(spareOrganization.id)", "\(service.id)", "\(spareService.id)", "\(site.id)", "\(worker.id)",
            "\(colleague.id)", "\(reason.id)", "\(spareReason.id)", "\(person.id)", "\(area.id)", "\(appointment.id)", "\(token)",
        ] + openings.map(\.description) + absences.map(\.description)
    }
}

extension Walk {
    init(_ things: Things) {
        let hours: [String: JSONValue] = ["date": "2026-12-08", "from": "17:00", "to": "18:00"]
        let opening: [String: JSONValue] = [
            "organization": .text("\(things.organization.id)"), "agent": .text("\(things.worker.id)"),
            "reasons": [.text("\(things.reason.id)")],
            "site": .text("\(things.site.id)"),
        ]
        let person = "/people/\(things.person.id)", appointment = "/appointments/\(things.appointment.id)"
        let roles = "/memberships/\(things.organization.id)/\(things.colleague.id)", referent = "\(person)/referents/\(things.service.id)"
        let slots = "/slots?reason=\(things.reason.id)&site=\(things.site.id)&person=\(things.person.id)"
        let booking: JSONValue = [
            "reason": .text("\(things.reason.id)"), "agent": .text("\(things.worker.id)"), "people": [.text("\(things.person.id)")],
            "organization": .text("\(things.organization.id)"), "starts_at": "2026-12-01T09:00:00Z", "phone": "0639981234", "again": true,
        ]
        let all: [(HTTPRequest.Method, String, JSONValue?)] = [
            (.get, "/me", nil), (.get, "/tokens", nil), (.post, "/tokens", ["name": "essai", "scope": "read", "days": 30]),
            (.get, "/territory", nil), (.patch, "/territory", ["organization_label": "MDS"]),
            (.get, "/areas", nil), (.post, "/areas", ["name": "Soule"]), (.get, "/areas/\(things.area.id)", nil),
            (.patch, "/areas/\(things.area.id)", ["name": "Béarn"]),
            (.get, "/organizations", nil), (.post, "/organizations", ["name": "MDS de Mauléon", "area": .text("\(things.area.id)")]),
            (.get, "/organizations/\(things.spareOrganization.id)", nil),
            (.patch, "/organizations/\(things.spareOrganization.id)", ["phone": "0536490011"]),
            (.get, "/services", nil), (.post, "/services", ["name": "Insertion"]), (.get, "/services/\(things.service.id)", nil),
            (.patch, "/services/\(things.service.id)", ["name": "Service social départemental"]),
            (.get, "/sites", nil), (.post, "/sites", ["name": "Mairie", "organization": .text("\(things.organization.id)")]),
            (.get, "/sites/\(things.site.id)", nil), (.patch, "/sites/\(things.site.id)", ["address": "2 rue des Essais"]),
            (.get, "/reasons", nil),
            (.post, "/reasons", ["service": .text("\(things.service.id)"), "name": "FSL", "minutes": 45, "how": "site"]),
            (.get, "/reasons/\(things.reason.id)", nil),
            (.patch, "/reasons/\(things.reason.id)", ["instructions": "Avoir la notification."]),
            (.get, "/agents", nil), (.post, "/agents", ["last_name": "Etxeberri", "services": [.text("\(things.service.id)")]]),
            (.get, "/agents/\(things.worker.id)", nil), (.patch, "/agents/\(things.colleague.id)", ["first_name": "Beñat"]),
            (.get, "/memberships", nil), (.get, roles, nil), (.put, roles, ["roles": ["worker", "manager"]]),
            (.get, slots, nil), (.post, "/appointments", booking),
            (.get, "/appointments?agent=\(things.worker.id)&from=2026-11-30", nil), (.get, appointment, nil),
            (.post, "\(appointment)/move", ["starts_at": "2026-11-29T10:30:00Z"]), (.post, "\(appointment)/attempts", [:]),
            (.post, "\(appointment)/undoing", ["fact": .text("\(ID<AppointmentFact>.new())")]),
            (.post, "\(appointment)/cancellation", ["by": "service"]),
            (.post, "\(appointment)/status", ["person": .text("\(things.person.id)"), "status": "not-provided"]),
            (.get, "/agendas/\(things.worker.id)", nil), (.get, "/openings?agent=\(things.worker.id)", nil),
            (.post, "/openings", .object(hours.merging(opening) { $1 })), (.get, "/openings/\(things.openings[0])", nil),
            (.patch, "/openings/\(things.openings[0])", ["to": "12:30"]),
            (.get, "/absences?agent=\(things.worker.id)", nil),
            (.post, "/absences", .object(hours.merging(["agent": .text("\(things.worker.id)")]) { $1 })),
            (.get, "/absences/\(things.absences[0])", nil), (.patch, "/absences/\(things.absences[0])", ["title": "Congés"]),
            (.post, "/people/search", ["q": .text(String(things.person.lastName.prefix(6)))]),
            (.post, "/people", ["last_name": "Arrieta", "organization": .text("\(things.organization.id)")]),
            (.get, person, nil), (.patch, person, ["version": 0, "needs": "fauteuil"]), (.post, "\(person)/information", nil),
            (.get, "\(person)/notes", nil),
            (.post, "\(person)/notes", ["service": .text("\(things.service.id)"), "text": "Vue ce jour."]),
            (.get, "\(person)/referents", nil),
            (.put, referent, ["agent": .text("\(things.worker.id)")]), (.delete, referent, nil),
            (.delete, "/openings/\(things.openings[things.openings.count - 1])", nil),
            (.delete, "/absences/\(things.absences[things.absences.count - 1])", nil), (.delete, roles, nil),
            (.delete, "/reasons/\(things.spareReason.id)", nil), (.delete, "/sites/\(things.site.id)", nil),
            (.delete, "/services/\(things.spareService.id)", nil), (.delete, "/organizations/\(things.spareOrganization.id)", nil),
            (.delete, "/areas/\(things.area.id)", nil), (.delete, "/tokens/\(things.token)", nil),
            (.post, "\(person)/disclosures", ["reason": "elle déménage"]),
        ]
        steps = all.compactMap { method, path, body in API.endpoint(method, path).map { Step(endpoint: $0, path: path, body: body) } }
    }
}
