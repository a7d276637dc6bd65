import Core
import HTTPTypes
import TestKit

@testable import Web

extension Door {
    /// Every endpoint, asked as ``Walk`` does, and who may: over the right that it asks for, what is one's own to see.
    static func api(_ compartments: [Compartment]) -> [Door] {
        let steps = Dictionary(uniqueKeysWithValues: compartments.map { ($0.mark, Self.steps(about: $0)) })
        return Walk(compartments[0].things).steps.map { step in
            let route = "\(step.endpoint.method.rawValue) \(Endpoint.root)\(step.endpoint.path)"
            var door = Door(route: route, rule: rule(of: step.endpoint)) { about in
                let same = steps[about.mark]?[step.endpoint.label]
                return Asked(path: same?.path ?? step.path, json: same?.body)
            }
            door.onlyRefused = ["/undoing", "/status", "/again", "/settlement"].contains { step.endpoint.path.hasSuffix($0) }
            return door
        }
    }

    /// By the endpoint’s label.
    private static func steps(about compartment: Compartment) -> [String: Walk.Step] {
        Dictionary(Walk(compartment.things).steps.map { ($0.endpoint.label, $0) }) { first, _ in first }
    }

    private static func rule(of endpoint: Endpoint) -> Rule {
        let needed: Rule = endpoint.needs.map { .anywhere($0) } ?? .signedIn
        guard let rule = rules[endpoint.label] ?? rules[endpoint.tag] else { return endpoint.pathNames.isEmpty ? needed : .nobody }
        return needed && (endpoint.pathNames.isEmpty && rules[endpoint.label] == nil ? .signedIn : rule)
    }

    /// By endpoint, else by what it is about: who may, of those who have the right.
    private static let rules: [String: Rule] = [
        "GET /areas/{id}": .ours, "areas": .ours, "organizations": .ours, "services": .ours, "reasons": .ours,
        "GET /services/{id}": .knowsService, "GET /reasons/{id}": .knowsReason,
        "GET /sites/{id}": .ours, "sites": .here(.setUpOrganization), "POST /sites": .here(.setUpOrganization),
        "GET /resources/{id}": .home || .here(.setUpOrganization), "resources": .here(.setUpOrganization),
        "POST /resources": .here(.setUpOrganization),
        "agents": .ours, "GET /agents/{id}": .ours && (.home || .anywhere(.setUpOrganization)),
        "memberships": .here(.setUpOrganization),
        "GET /slots": .here(.findPeople) && .books, "POST /appointments": .here(.book) && .books, "POST /groups": .here(.book) && .books,
        "POST /holds": .here(.book) && .books, "holds": .nobody,
        "POST /unmet-demands": .here(.book) && .books,
        "GET /appointments": .ours, "appointments": .seesAppointment,
        "agendas": .seesAgenda, "GET /openings": .seesAgenda, "GET /absences": .seesAgenda, "POST /openings": .fills,
        "POST /absences": .fills, "GET /openings/{id}": .seesAgenda, "GET /absences/{id}": .seesAgenda, "openings": .fills,
        "absences": .fills,
        "POST /people": .here(.editPeople), "GET /people/{id}": .here(.findPeople), "GET /people/{id}/referents": .here(.findPeople),
        "GET /people/{id}/notes": .here(.findPeople), "POST /people/{id}/notes": .here(.writeNotes),
        "POST /people/{id}/disclosures": .ours, "PUT /people/{id}/referents/{service}": .here(.editPeople) && (.open || .ofService),
        "DELETE /people/{id}/referents/{service}": .here(.editPeople) && (.open || .ofService), "people": .here(.editPeople),
        "GET /people/{id}/story": .here(.findPeople), "GET /people/{id}/relatives": .here(.findPeople),
        "GET /people/{id}/protections": .here(.findPeople), "POST /people/{id}/access": .ours,
        "POST /appointments/in-a-row": .here(.book) && .books, "POST /appointments/consecutive": .here(.book) && .books,
        "POST /appointments/series": .here(.book) && .books, "memos": .seesAppointment, "POST /memos": .home, "tags": .ours,
        "GET /people/{id}/merges": .here(.findPeople), "POST /people/{id}/merges": .here(.mergePeople),
        "bascules": .here(.fillEveryAgenda), "POST /bascules": .here(.fillEveryAgenda), "POST /bascules/preview": .here(.fillEveryAgenda),
        "closures": .here(.fillEveryAgenda), "GET /closures/{id}": .home, "POST /closures": .here(.fillEveryAgenda),
        "teams": .here(.setUpOrganization), "POST /teams": .here(.setUpOrganization),
        "POST /agents/{id}/handovers": .here(.fillEveryAgenda), "POST /agendas/{agent}/away-today": .here(.sayAway),
        "letter-batches": .seesAppointment, "POST /letter-batches": .here(.book), "tidings": .colleague, "messages": .seesAppointment,
        "replies": .here(.book),
        "GET /arrivals": .seesSite,
        "POST /arrivals": .seesSite, "arrivals": .colleague, "POST /imports": .ours,
        "DELETE /tokens/{id}": .own, "agenda-changes": .fills, "agenda-groups": .own, "POST /agenda-groups": .seesAgenda,
        "GET /figures": .here(.seeFigures), "templates": .here(.setUpOrganization), "POST /templates": .here(.setUpOrganization),
        "POST /templates/look": .signedIn, "campaigns": .here(.sendCampaigns), "POST /campaigns": .here(.sendCampaigns),
    ]
}
