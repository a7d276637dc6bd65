import Core
import TestKit

@testable import Web

extension Door {
    /// Every page and form of the site; what changes something comes after what shows it.
    static let pages: [Door] =
        open + account + steering + agendas + changes + appointments + people + relatives + merging + memos + messages + waiting + settings
        + agents
        + journal
        + deletions

    private static let open: [Door] = [
        .page("GET /", .signedIn), .page("GET /sign-in", .anyone), .page("POST /session", .anyone), .page("GET /health", .anyone),
        .page("GET /ready", .anyone), .page("GET /metrics", .anyone), .page("GET \(OpenAPI.path)", .anyone),
        .page("GET /receipts/{token}", .nobody).tryingRefusals, .page("GET /unsubscribe/{token}", .nobody).tryingRefusals,
        .page("POST /unsubscribe/{token}", .nobody).tryingRefusals,
        .page("POST /inbound/{token}", .nobody).tryingRefusals, .page("GET /assets/{name}", .anyone),
        .page("GET /password/{token}", .anyone), .page("POST /password/{token}", .anyone),
        .page("GET /calendars/{secret}", .anyone), .page("GET /c", .anyone),
        .form("POST /c", .anyone) { [("code", $0.things.letters.code)] },
        .page("GET /c/{code}", .anyone), .page("GET /c/{code}/no", .anyone),
        Door(route: "POST /c/{code}/answers", rule: .nobody) { _ in .init(path: "/c/ZZZZZZZZ/answers", form: [("answer", "no")]) },
    ]

    private static let account: [Door] = [
        .page("GET /account", .signedIn), .page("POST /account/password", .signedIn), .page("POST /account/tokens", .signedIn),
        .page("POST /account/tokens/{id}/revocation", .own).tryingRefusals,
        .page("GET /account/calendars", .anywhere(.fillOwnAgenda)),
        .page("POST /account/calendars/feed/shows", .anywhere(.fillOwnAgenda)),
        .page("POST /account/calendars/feed", .anywhere(.fillOwnAgenda)),
        .page("POST /account/calendars/feed/revocation", .anywhere(.fillOwnAgenda)).tryingRefusals,
        .page("POST /account/calendars/foreign", .anywhere(.fillOwnAgenda)),
        .page("POST /account/calendars/foreign/{calendar}/reading", .own),
        .page("POST /account/calendars/foreign/{calendar}/deletion", .own).tryingRefusals,
    ]

    private static let steering: [Door] = [
        .page("GET /steering", .anywhere(.seeFigures), query: { _ in "?by=week&from=2026-11-01&to=2027-02-28" }),
        .page("GET /steering", .here(.seeFigures), query: { "?organization=\($0.organization.id)&from=2026-11-01&to=2027-02-28" }),
        .page("GET /steering", .anywhere(.seeFigures) && .ours, query: { "?reason=\($0.things.world.reason.id)" }),
        .page("GET /steering", .anywhere(.seeFigures) && .ours, query: { "?service=\($0.service.id)" }),
        .page("GET /{slug}/statistics", .publishes), .page("GET /{slug}/statistics/{sheet}", .publishes),
        .page("GET /steering/tables/{sheet}", .anywhere(.seeFigures)), .page("GET /steering/workbook", .anywhere(.seeFigures)),
        .page("GET /steering/workbook", .here(.seeFigures)) { "?organization=\($0.organization.id)" },
        .page("GET /steering/appointments/{kind}", .anywhere(.seeFigures) && .anywhere(.seeEveryAppointment)) { _ in
            "?from=2026-11-01&to=2027-02-28"
        },
        .page("GET /steering/mine", .anywhere(.fillOwnAgenda), query: { _ in "?from=2026-11-01&to=2027-02-28" }),
    ]

    private static let agendas: [Door] = [
        .page("GET /agenda", .signedIn), .page("GET /agenda/to-close", .signedIn),
        .page("GET /account/preferences", .signedIn), .page("POST /account/preferences", .signedIn),
        .page("GET /agenda/agents/{id}", .seesAgenda, query: { _ in "?view=week&date=2026-11-30" }),
        .page("GET /agenda/agents/{id}", .seesAgenda, query: { _ in "?view=day&date=2026-11-30" }),
        .page("GET /agenda/sites/{id}", .seesSite, query: { _ in "?date=2026-11-30&everyone=on" }),
        .page("GET /agenda/agents/{id}", .seesAgenda, query: { _ in "?view=month&date=2026-11-30" }),
        .page("GET /agenda/agents/{id}", .seesAgenda, query: { _ in "?view=list&date=2026-11-30" }),
        .page("GET /agenda/sites/{id}", .seesSite, query: { _ in "?view=month&date=2026-11-30" }),
        .page(
            "GET /agenda/together", .seesAgenda, query: { "?agents=\($0.worker.id)&date=2026-11-30" }),
        .page(
            "GET /agenda/together", .seesAgenda,
            query: { "?agents=\($0.worker.id)&view=week&date=2026-11-30" }),
        .page("GET /agenda/changes", .signedIn), .page("POST /agenda/changes/{id}/undoing", .fills).tryingRefusals,
        .page("GET /agenda/groups", .signedIn),
        .form("POST /agenda/groups", .seesAgenda) { [("agents", "\($0.worker.id)"), ("name", "")] },
        .page("GET /agenda/groups/{id}", .own), .page("GET /agenda/groups/{id}/edit", .own),
        .form("POST /agenda/groups/{id}/edit", .own) { [("agents", "\($0.worker.id)"), ("name", "")] },
        .page("POST /agenda/groups/{id}/deletion", .own).tryingRefusals,
        .page("GET /agenda/agents/{id}/list", .seesAgenda, query: { _ in "?date=2026-11-30" }),
        .page("GET /agenda/agents/{id}/list.csv", .seesAgenda, query: { _ in "?date=2026-11-30" }),
        .page("GET /agenda/sites/{id}/list", .seesSite, query: { _ in "?date=2026-11-30" }),
        .page("GET /agenda/sites/{id}/list.csv", .seesSite, query: { _ in "?date=2026-11-30" }),
        .double("GET /agenda/agents/{id}") { "/agenda/agents/\($0)?view=week&date=2026-11-30" },
        .double("GET /agenda/openings") { "/agenda/openings?agent=\($0)" },
        .page("GET /agenda/events", .seesAgenda, query: { "?agents=\($0.worker.id)" }).tryingRefusals,
        .page("GET /agenda/events", .seesSite, query: { "?site=\($0.things.world.site.id)" }).tryingRefusals,
        .page("GET /agenda/openings", .seesAgenda, query: { "?agent=\($0.worker.id)" }),
        .page("GET /agenda/openings/new", .fills, query: { "?agent=\($0.worker.id)" }), .page("GET /agenda/openings/{id}", .fills),
        .form("POST /agenda/openings", .fills) { [("agent", "\($0.worker.id)")] }, .page("POST /agenda/openings/{id}", .fills),
        .page("POST /agenda/openings/{id}/time", .fills).tryingRefusals,
        .page("GET /agenda/absences", .seesAgenda, query: { "?agent=\($0.worker.id)" }),
        .page("GET /agenda/absences/new", .fills, query: { "?agent=\($0.worker.id)" }), .page("GET /agenda/absences/{id}", .fills),
        .form("POST /agenda/absences", .fills) { [("agent", "\($0.worker.id)")] }, .page("POST /agenda/absences/{id}", .fills),
    ]

    private static let appointments: [Door] = [
        .page("GET /appointments/new", .anywhere(.book)),
        .page("GET /appointments/new", .anywhere(.book) && .here(.findPeople)) {
            "?person=\($0.things.world.person.id)&reason=\($0.things.world.reason.id)&agent=\($0.worker.id)&site=\($0.things.world.site.id)"
        },
        .form("POST /appointments/new", .anywhere(.book) && .here(.findPeople)) {
            [
                ("person", "\($0.things.world.person.id)"), ("reason", "\($0.things.world.reason.id)"),
                ("q", String($0.shared.lastName.prefix(6))),
            ]
        },
        .page("GET /appointments/new", .anywhere(.book)) { "?reason=\($0.things.booking.prescribable.id)" },
        .form("POST /appointments/holds/release", .anywhere(.book)) { [("hold", "\($0.things.booking.hold)")] },
        .page("GET /unmet-demands", .anywhere(.fillEveryAgenda)),
        .form("POST /unmet-demands", .anywhere(.book) && .books) { [("reason", "\($0.things.world.reason.id)")] },
        .page("GET /groups", .anywhere(.book)), .page("GET /groups/new", .anywhere(.book)),
        .form("POST /groups", .anywhere(.book)) { [("reason", "\($0.things.booking.group.id)"), ("agent", "\($0.worker.id)")] },
        .form("POST /appointments", .anywhere(.book)) { [("reason", "\($0.things.world.reason.id)"), ("agent", "\($0.worker.id)")] },
        .form("POST /appointments/series/dates", .anywhere(.book)) { [("reason", "\($0.things.world.reason.id)")] },
        .form("POST /appointments/series", .anywhere(.book)) { [("reason", "\($0.things.world.reason.id)")] }.tryingRefusals,
        .page("GET /appointments/{id}", .seesAppointment), .page("GET /appointments/{id}/move", .seesAppointment),
        .page("POST /appointments/{id}/move/slots", .seesAppointment), .page("POST /appointments/{id}/move", .seesAppointment),
        .form("POST /appointments/{id}/status", .seesAppointment) {
            [("person", "\($0.shared.id)"), ("status", "not-provided")]
        }.tryingRefusals,
        .form("POST /appointments/{id}/time", .seesAppointment) { [("agent", "\($0.worker.id)"), ("date", "")] },
        .form("POST /appointments/{id}/colleagues", .seesAppointment) { [("colleague", "\($0.colleague.id)")] },
        .form("POST /appointments/{id}/colleagues/removal", .seesAppointment) { [("agent", "\($0.colleague.id)")] }.tryingRefusals,
        .form("POST /appointments/{id}/earlier-wishes", .seesAppointment) { [("person", "\($0.shared.id)")] },
        .form("POST /appointments/{id}/earlier-wishes/removal", .seesAppointment) { [("person", "\($0.shared.id)")] },
        .page("GET /resources", .anywhere(.book)), .page("GET /resources/to-confirm", .anywhere(.book)),
        .page("GET /resources/{id}", .here(.book)), .page("POST /resources/{id}/pauses", .here(.book)),
        .page("POST /resources/{id}/pauses/{pause}/deletion", .here(.book)).tryingRefusals,
        .form("POST /appointments/{id}/resources", .seesAppointment) { [("resource", "\($0.things.room.id)")] },
        .form("POST /appointments/{id}/resources/answers", .seesAppointment) {
            [("resource", "\($0.things.room.id)"), ("accepted", "yes")]
        }.tryingRefusals,
        .form("POST /appointments/{id}/resources/removal", .seesAppointment) { [("resource", "\($0.things.room.id)")] }.tryingRefusals,
        .page("POST /appointments/{id}/attempts", .seesAppointment),
        .page("POST /appointments/{id}/undoing", .seesAppointment).tryingRefusals,
        .page("POST /appointments/{id}/cancellation", .seesAppointment),
    ]

    private static let people: [Door] = [
        .page("GET /people", .anywhere(.findPeople)), .page("GET /communes", .signedIn, query: { _ in "?q=orth" }),
        .form("POST /people/search", .anywhere(.findPeople)) { [("q", String($0.things.world.person.lastName.prefix(6)))] },
        .form("POST /people/candidates", .anywhere(.findPeople)) { [("q", String($0.shared.lastName.prefix(6)))] },
        .form("POST /people/search", .anywhere(.findPeople)) { [("q", String($0.things.world.person.phones[0].number.prefix(9)))] },
        .page("GET /people/new", .anywhere(.editPeople)), .page("POST /people", .anywhere(.editPeople)),
        .page("GET /people/{id}", .here(.findPeople)), .shared("GET /people/{id}", .inTerritory(.findPeople)),
        .page("GET /people/{id}/edit", .here(.editPeople)), .form("POST /people/{id}", .here(.editPeople)) { _ in [("version", "0")] },
        .form("POST /people/{id}/notes", .here(.writeNotes)) { [("service", "\($0.service.id)")] },
        .form("POST /people/{id}/referents", .here(.editPeople) && (.open || .ofService)) { [("referent", "\($0.service.id)_")] },
        .form("POST /people/{id}/emails/restoration", .here(.editPeople)) { _ in [("email", "jeanne@example.org")] },
        .page("POST /people/{id}/information", .here(.editPeople)), .page("GET /people/{id}/disclosure", .anywhere(.findPeople)),
    ]

    private static let relatives: [Door] = [
        .page("GET /people/{id}/story", .here(.findPeople)), .page("GET /people/{id}/story", .here(.findPeople)) { _ in "?part=notes" },
        .page("GET /people/{id}/archiving", .here(.editPeople)), .page("POST /people/{id}/archiving", .here(.editPeople)),
        .page("POST /people/{id}/archiving/end", .here(.editPeople)),
        .page("GET /people/{id}/calendars", .here(.editPeople)), .page("POST /people/{id}/calendars", .here(.editPeople)),
        .page("POST /people/{id}/calendars/{feed}/revocation", .here(.editPeople)).tryingRefusals,
        .page("GET /people/{id}/relatives/new", .here(.editPeople)),
        .page("GET /people/{id}/relatives/new", .here(.editPeople)) { "?other=\($0.things.world.person.id)" },
        .form("POST /people/{id}/relatives/search", .here(.editPeople)) { [("q", String($0.shared.lastName.prefix(6)))] },
        .form("POST /people/{id}/relatives", .here(.editPeople)) { [("other", "\($0.things.world.person.id)")] },
        .page("GET /people/{id}/relatives/{relation}", .here(.editPeople)),
        .page("POST /people/{id}/relatives/{relation}", .here(.editPeople)),
        .page("GET /people/{id}/protections/new", .here(.editPeople)), .page("POST /people/{id}/protections", .here(.editPeople)),
        .page("GET /people/{id}/protections/{protection}", .here(.editPeople)),
        .page("POST /people/{id}/protections/{protection}", .here(.editPeople)),
    ]

    private static let memos: [Door] = [
        .page("GET /memos", .anywhere(.findPeople)), .page("GET /memos/new", .anywhere(.findPeople)),
        .page("POST /memos", .anywhere(.findPeople)),
        .form("POST /memos/{id}/answers", .seesAppointment && .anywhere(.findPeople)) { _ in [("act", "not-reached")] },
        .form("POST /memos/{id}/passing", .seesAppointment && .anywhere(.findPeople)) { [("agent", "\($0.colleague.id)")] },
    ]

    private static let journal: [Door] = [
        .page("GET /journal", .anywhere(.readJournal)), .page("GET /journal/people", .anywhere(.readJournal)),
        .form("POST /journal/people", .anywhere(.readJournal)) { [("q", String($0.things.world.person.lastName.prefix(6)))] },
        .page("GET /journal/people/{id}", .anywhere(.readJournal)),
        .form("POST /journal/people/{id}", .anywhere(.readJournal)) { _ in [("reason", "droit d’accès")] },
        .page("GET /journal/people/{id}", .anywhere(.readJournal)), .page("GET /journal/people/{id}/print", .anywhere(.readJournal)),
        .page("POST /journal/people/{id}/access", .inTerritory(.exportAccess)),
        .page("POST /journal/people/{id}/erasure", .anywhere(.eraseJournal)),
    ]

    private static let deletions: [Door] = [
        .page("POST /people/{id}/relatives/{relation}/deletion", .here(.editPeople)).tryingRefusals,
        .page("POST /agenda/openings/{id}/deletion", .fills, on: true), .page("POST /agenda/absences/{id}/deletion", .fills, on: true),
    ]

    /// The very last: what opens someone's file to who gives a reason, and what signs out.
    static let last: [Door] = [
        .form("POST /people/{id}/disclosure", .inTerritory(.findPeople)) { _ in [("reason", "elle déménage")] },
        .page("POST /account/sessions/end", .signedIn), .page("POST /session/end", .signedIn),
    ]

    /// About the agent of both services: a colleague of either sees the hours, and not all that they are for.
    static func double(_ route: String, _ path: @escaping @Sendable (ID<Agent>) -> String) -> Door {
        let rule: Rule = .anywhere(.seeEveryAppointment) || .anywhere(.seeServiceAppointments)
        var door = Door(route: route, rule: rule) { Asked(path: path($0.double)) }
        door.isPlain = true
        return door
    }

    /// About whom every organization follows.
    private static func shared(_ route: String, _ rule: Rule) -> Door {
        Door(route: route, rule: rule) { Asked(path: "/people/\($0.shared.id)") }
    }
}
