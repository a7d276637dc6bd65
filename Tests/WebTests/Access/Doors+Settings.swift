import Core

@testable import Web

extension Door {
    static let settings: [Door] =
        [
            .page("GET /setup", .anywhere(.setUpOrganization)), .page("GET /setup/rights", .anywhere(.seeRights)),
            .page("GET /setup/person-fields", .anywhere(.setUpTerritory)),
            .page("POST /setup/person-fields", .anywhere(.setUpTerritory)),
            .page("GET /setup/territory", .anywhere(.setUpTerritory)), .page("POST /setup/territory", .anywhere(.setUpTerritory)),
        ] + setUp("areas", list: .setUpTerritory, .inTerritory(.setUpTerritory))
        + setUp("organizations", list: .setUpTerritory, .inTerritory(.setUpTerritory))
        + setUp("tags", list: .setUpTerritory, .inTerritory(.setUpTerritory))
        + setUp("services", list: .setUpTerritory, .inTerritory(.setUpTerritory))
        + setUp("reasons", list: .setUpTerritory, .inTerritory(.setUpTerritory))
        + setUp("sites", list: .setUpOrganization, .here(.setUpOrganization)) + webhooks + templates
        + setUp("resources", list: .setUpOrganization, .here(.setUpOrganization))
        + [
            .page("POST /setup/reasons/{id}/retirement", .inTerritory(.setUpTerritory)),
            .page("POST /setup/reasons/{id}/restoration", .inTerritory(.setUpTerritory)),
            .page("GET /setup/imports", .anywhere(.importFiles)), .page("POST /setup/imports", .anywhere(.importFiles)),
            .page("GET /setup/imports/{id}", .nobody), .page("POST /setup/imports/{id}/preview", .nobody),
            .page("POST /setup/imports/{id}/run", .nobody),
            .page("GET /setup/organizations/{id}/teams", .here(.setUpOrganization)),
            .page("POST /setup/organizations/{id}/teams", .here(.setUpOrganization)),
            .page("GET /setup/organizations/{id}/teams/{team}", .here(.setUpOrganization)),
            .page("POST /setup/organizations/{id}/teams/{team}", .here(.setUpOrganization)),
            .page("POST /setup/organizations/{id}/teams/{team}/deletion", .here(.setUpOrganization)).tryingRefusals,
            .page("GET /setup/organizations/{id}/members", .here(.setUpOrganization)),
            .page("POST /setup/organizations/{id}/members", .here(.setUpOrganization)),
            .page("GET /setup/organizations/{id}/members/{agent}", .here(.setUpOrganization)),
            .page("POST /setup/organizations/{id}/members/{agent}", .here(.setUpOrganization), on: true),
        ]

    private static let webhooks: [Door] = {
        let list = "/setup/organizations/{id}/webhooks", one = list + "/{webhook}"
        let doors =
            ["GET \(list)", "POST \(list)", "GET \(one)", "POST \(one)", "POST \(one)/secret", "POST \(one)/pings"]
            + ["GET \(one)/deliveries/{delivery}", "POST \(one)/deliveries/{delivery}/replay", "POST \(one)/switch"]
        return doors.map { .page($0, .here(.setUpOrganization)) }
            + [.page("POST \(one)/deletion", .here(.setUpOrganization)).tryingRefusals]
    }()

    private static let templates: [Door] = {
        let query: @Sendable (Compartment) -> String = { "?purpose=reminder&channel=sms&organization=\($0.organization.id)" }
        let doors = ["GET edit", "POST edit", "POST look", "GET versions", "POST versions", "POST retirement"].map { one in
            Door.page(one.replacing(" ", with: " /setup/templates/"), .here(.setUpOrganization), query: query)
        }
        return doors + [
            .page("GET /setup/templates", .anywhere(.setUpOrganization)), .page("POST /setup/templates/price", .anywhere(.setUpTerritory)),
        ]
    }()

    /// What is deleted is in use, and stays; but an area and a tag.
    private static func setUp(_ things: String, list permission: Permission, _ one: Rule) -> [Door] {
        [
            .page("GET /setup/\(things)", .anywhere(permission)), .page("POST /setup/\(things)", .anywhere(permission)),
            .page("GET /setup/\(things)/new", .anywhere(permission)), .page("GET /setup/\(things)/{id}", one),
            .page("POST /setup/\(things)/{id}", one),
            ["areas", "tags", "resources"].contains(things)
                ? .page("POST /setup/\(things)/{id}/deletion", one).tryingRefusals : .page("POST /setup/\(things)/{id}/deletion", one),
        ]
    }

    static let agents: [Door] =
        [
            .page("GET /setup/agents", .anywhere(.setUpTerritory)), .page("POST /setup/agents", .anywhere(.setUpTerritory)),
            .page("GET /setup/agents/new", .anywhere(.setUpTerritory)), .page("GET /setup/agents/{id}", .inTerritory(.setUpTerritory)),
            .page("POST /setup/agents/{id}", .inTerritory(.setUpTerritory), on: true),
        ]
        + ["password-link", "territory-roles", "services", "memberships", "disabling", "enabling", "shutting-out"].map {
            .page("POST /setup/agents/{id}/\($0)", .inTerritory(.setUpTerritory), on: true)
        }
}
