import Core
import TestKit

@testable import Web

extension Door {
    /// One day of what recurs, houses that close, who is away and who is told, weeks that are kept.
    static let changes: [Door] =
        ["openings", "absences"].flatMap { things -> [Door] in
            let days = "/agenda/\(things)/{id}/days"
            return [
                .page("GET \(days)", .fills), .page("POST \(days)", .fills), .page("GET \(days)/{date}", .fills),
                .page("POST \(days)/{date}", .fills), .page("POST \(days)/{date}/deletion", .fills).tryingRefusals,
            ]
        } + [
            .page("POST /agenda/absences/{id}/remedies", .fills),
            .page("GET /agenda/agents/{id}/handover", .here(.fillEveryAgenda)),
            .page("POST /agenda/agents/{id}/handover", .here(.fillEveryAgenda)),
            .page("GET /agenda/agents/{id}/away-today", .own || .here(.sayAway)),
            .page("POST /agenda/agents/{id}/away-today", .own || .here(.sayAway)),
            .page("GET /agenda/bascules", .anywhere(.fillEveryAgenda)), .page("GET /agenda/bascules/new", .anywhere(.fillEveryAgenda)),
            .page("POST /agenda/bascules", .anywhere(.fillEveryAgenda)), .page("GET /agenda/bascules/{id}", .here(.fillEveryAgenda)),
            .page("POST /agenda/bascules/{id}/reversal", .here(.fillEveryAgenda)).tryingRefusals,
            .page("POST /agenda/bascules/{id}/appointments/{appointment}", .here(.fillEveryAgenda)).tryingRefusals,
            .page("GET /agenda/closures", .signedIn), .page("GET /agenda/closures/new", .anywhere(.fillEveryAgenda)),
            .page("POST /agenda/closures", .anywhere(.fillEveryAgenda)), .page("GET /agenda/closures/{id}", .here(.fillEveryAgenda)),
            .page("POST /agenda/closures/{id}/remedies", .here(.fillEveryAgenda)),
            .page("POST /agenda/closures/{id}/deletion", .here(.fillEveryAgenda)).tryingRefusals,
            .page("GET /agenda/to-tell", .anywhere(.book)),
            .page("GET /agenda/to-tell", .anywhere(.book)) { "?site=\($0.things.world.site.id)" },
            .page("POST /agenda/to-tell/{id}/unreached", .colleague), .page("POST /agenda/to-tell/{id}/told", .colleague).tryingRefusals,
            .page("POST /agenda/to-tell/{id}/rebooking", .colleague).tryingRefusals,
            .page("GET /agenda/week-templates", .fills) { "?agent=\($0.worker.id)" },
            .form("POST /agenda/week-templates", .fills) { [("agent", "\($0.worker.id)")] },
            .form("POST /agenda/week-templates/application", .fills) { [("agent", "\($0.worker.id)")] },
            .form("POST /agenda/week-templates/{id}/deletion", .nobody) { [("agent", "\($0.worker.id)")] },
        ]

    /// Who comes, with an appointment or without.
    static let waiting: [Door] = [
        .page("GET /waiting-room", .anywhere(.seeEveryAppointment) || .anywhere(.seeServiceAppointments)),
        .page("GET /waiting-room/{id}", .seesSite), .page("POST /waiting-room/{id}/walk-ins", .seesSite),
        .form("POST /waiting-room/{id}/next", .seesSite) { [("service", "\($0.service.id)")] }.tryingRefusals,
        .form("POST /appointments/{id}/arrivals", .seesAppointment) { [("person", "\($0.shared.id)")] },
        .form("POST /arrivals/{id}/steps", .colleague) { _ in [("step", "left")] }.tryingRefusals,
    ]

    /// What left and what did not, and whom to call back.
    static let messages: [Door] =
        [
            .page("GET /messages", .anywhere(.book)), .page("GET /messages", .anywhere(.book)) { _ in "?tray=sent&state=unknown" },
            .page("GET /messages/to-call", .anywhere(.book)),
            .page("POST /messages/to-call/{appointment}/{person}", .seesAppointment).tryingRefusals,
            .page("POST /messages/{id}/again", .seesAppointment).tryingRefusals,
            .page("GET /messages/replies", .anywhere(.findPeople)),
            .page("POST /messages/replies/{id}/settled", .seesAppointment).tryingRefusals,
            .page("GET /setup/gateways", .anywhere(.setUpTerritory)),
            .page("GET /setup/gateways/costs", .anywhere(.setUpTerritory)),
        ] + campaigns

    private static let campaigns: [Door] = {
        let one = "/messages/campaigns/{id}", may: Rule = .here(.sendCampaigns)
        let acts = CampaignAct.allCases.map { Door.page("POST \(one)/\($0.rawValue)", may).tryingRefusals }
        return [
            .page("GET /messages/campaigns", .anywhere(.sendCampaigns)), .page("GET /messages/campaigns/new", .anywhere(.sendCampaigns)),
            .page("POST /messages/campaigns", .anywhere(.sendCampaigns)), .page("GET \(one)", may), .page("GET \(one)/edit", may),
            .page("POST \(one)", may), .page("POST \(one)/trials", may), .page("GET \(one)/unreached", may),
            .page("POST \(one)/unreached/{person}", may).tryingRefusals, .page("POST \(one)/letters", may).tryingRefusals,
            .page("GET /setup/campaigns", .anywhere(.setUpTerritory)), .page("POST /setup/campaigns", .anywhere(.setUpTerritory)),
        ] + acts
    }()

    /// Two files of one person.
    static let merging: [Door] = [
        .page("GET /people/{id}/merging", .here(.mergePeople)),
        .form("POST /people/{id}/merging/search", .here(.mergePeople)) { [("q", String($0.shared.lastName.prefix(6)))] },
        .page("GET /people/{id}/merging/{other}", .here(.mergePeople)),
        .form("POST /people/{id}/merging/{other}", .here(.mergePeople)) { _ in [("version", "0"), ("other_version", "0")] }.tryingRefusals,
        .form("POST /people/lookalikes", .anywhere(.editPeople)) { [("last_name", String($0.things.world.person.lastName.prefix(6)))] },
    ]
}
