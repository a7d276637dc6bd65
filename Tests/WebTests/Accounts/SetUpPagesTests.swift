import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Setting up on the pages")
struct SetUpPagesTests {
    static func asAdministrator(
        on engine: Engine, _ test: @escaping @Sendable (Deskful, World, Visitor, Visitor.Factory) async throws -> Void
    ) async throws {
        try await SignInPageTests.withSite(on: engine) { site, world, visitors in
            let visitor = visitors.new()
            try await visitor.signIn("claire@example.org", SignInPageTests.password)
            try await test(site, world, visitor, visitors)
        }
    }

    @Test("an administrator makes, changes and deletes each kind of thing", arguments: Engine.available)
    func everything(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { site, world, visitor, _ in
            let made: [(String, [(String, String)])] = [
                ("areas", [("name", "Béarn des Gaves")]),
                ("organizations", [("name", "MDS d’Oloron"), ("area_id", ""), ("phone", "05 36 49 12 34")]),
                ("services", [("name", "Insertion"), ("secret", "on")]),
                ("sites", [("organization_id", world.organization.id.description), ("name", "Salies"), ("commune", "Salies-de-Béarn")]),
                (
                    "reasons",
                    [
                        ("name", "FSL"), ("service_id", world.social.id.description), ("minutes", "45"), ("how", "site"),
                        ("bookable_by", "service"), ("earliest_minutes", "1440"), ("latest_minutes", "43200"), ("colour", "#123456"),
                    ]
                ),
            ]
            for (things, fields) in made {
                #expect(try await visitor.get("/setup/\(things)/new").status == 200)
                let answer = try await visitor.post("/setup/\(things)", fields)
                #expect(answer.status == 303 && answer.location == "/setup/\(things)", "\(things)")
                let list = try await visitor.get("/setup/\(things)")
                let name = fields.first { $0.0 == "name" }!.1
                let address = try #require(list.text.firstMatch(of: try Regex("href=\"([^\"]+)\">\(name)</a>"))?[1].substring)
                let form = try await visitor.get(String(address))
                #expect(form.status == 200 && form.text.contains("value=\"\(name)\""))
                let renamed = fields.map { $0.0 == "name" ? ("name", name + " bis") : $0 }
                #expect(try await visitor.post(String(address), renamed).status == 303)
                #expect(try await visitor.get("/setup/\(things)").text.contains("\(name) bis"))
                #expect(try await visitor.post("\(address)/deletion").status == 303)
                #expect(try await !visitor.get("/setup/\(things)").text.contains("\(name) bis"))
            }
        }
    }

    @Test("a refused form keeps what was typed, with the sentence beside the field", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { _, world, visitor, _ in
            let taken = try await visitor.post("/setup/services", [("name", "PMI"), ("secret", "on")])
            #expect(taken.status == 422 && taken.text.contains("Un service porte déjà ce nom."))
            #expect(taken.text.contains(#"value="PMI""#) && taken.text.contains(" checked"))
            let wrong = try await visitor.post(
                "/setup/reasons", [("name", ""), ("service_id", "x"), ("minutes", "trente"), ("colour", "vert"), ("how", "phone")])
            #expect(wrong.status == 422)
            for field in ["name", "service_id", "minutes", "colour", "earliest_minutes"] {
                #expect(wrong.text.contains(#"id="f-\#(field)-error""#), "\(field)")
            }
            #expect(wrong.text.contains(#"value="trente""#))
            let used = try await visitor.post("/setup/services/\(world.social.id)/deletion")
            #expect(used.status == 409 && used.text.contains("Il reste en place") && used.text.contains(#"value="Service social""#))
            #expect(try await visitor.get("/setup/services/\(ID<Service>.new())").status == 404)
            #expect(try await visitor.get("/setup/services/x").status == 404)
        }
    }

    @Test("a reason is retired and comes back", arguments: Engine.available)
    func reason(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { _, world, visitor, _ in
            let address = "/setup/reasons/\(world.reason.id)"
            let page = try await visitor.get(address)
            #expect(page.text.contains("Retirer ce motif"))
            #expect(try await visitor.post(address + "/retirement").status == 303)
            #expect(try await visitor.get("/setup/reasons").text.contains("retiré"))
            #expect(try await visitor.get("/setup").text.contains("il manque encore"))
            #expect(try await visitor.get(address).text.contains("Proposer de nouveau"))
            #expect(try await visitor.post(address + "/restoration").status == 303)
            #expect(try await !visitor.get("/setup").text.contains("il manque encore"))
        }
    }

    @Test("the territory’s settings are read back and changed, and its name shows at once", arguments: Engine.available)
    func territory(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { _, world, visitor, _ in
            let page = try await visitor.get("/setup/territory")
            #expect(page.text.contains(#"value="Département d’essai""#) && page.text.contains("Nous gardons vos coordonnées deux ans."))
            var fields = world.territory.settings.form.fields.map { ($0.key, $0.value[0]) }
            fields = fields.map { $0.0 == "name" ? ("name", "Territoire d’Orthez") : $0 }
            #expect(try await visitor.post("/setup/territory", fields).status == 303)
            #expect(try await visitor.get("/setup").text.contains("Territoire d’Orthez"))
            let wrong = try await visitor.post("/setup/territory", [("name", ""), ("holiday_zone", "metropole")])
            #expect(wrong.status == 422 && wrong.text.contains("f-zone-error") && wrong.text.contains("f-privacy_notice-error"))
        }
    }

    @Test("a new agent is given a role, a service and a link, chooses a password and signs in", arguments: Engine.available)
    func agent(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { _, world, visitor, visitors in
            let created = try await visitor.post(
                "/setup/agents", [("first_name", "Anne"), ("last_name", "Borda"), ("email", "Anne@Example.org")])
            let address = try #require(created.location)
            let given = try await visitor.post(
                address + "/memberships",
                [("organization_id", world.organization.id.description), ("roles", "worker"), ("roles", "caller")])
            #expect(given.status == 303)
            #expect(try await visitor.post(address + "/services", [("service_ids", world.social.id.description)]).status == 303)
            let linked = try await visitor.post(address + "/password-link")
            let link = try #require(linked.shown("link"))
            #expect(linked.status == 201 && link.hasPrefix("http://"))
            let path = String(link[link.range(of: "/password/")!.lowerBound...])
            let anne = visitors.new()
            #expect(try await anne.get(path).text.contains("anne@example.org"))
            let password = SignInPageTests.password
            let different = try await anne.post(path, [("password", password), ("confirmation", password + "x")])
            #expect(different.status == 422 && different.text.contains("f-confirmation-error"))
            let weak = try await anne.post(path, [("password", "anne-borda-64"), ("confirmation", "anne-borda-64")])
            #expect(weak.status == 422 && weak.text.contains("f-password-error"))
            #expect(try await anne.post(path, [("password", password), ("confirmation", password)]).location == "/sign-in")
            #expect(try await anne.get(path).status == 404)
            try await anne.signIn("anne@example.org", password)
            #expect(try await anne.get("/account").text.contains("travailleur social, appelant"))
            let boxes = "roles-\(world.organization.id)"
            #expect(try await visitor.post(address + "/memberships", [(boxes, "reception")]).status == 303)
            #expect(try await anne.get("/account").text.contains(">accueil<"))
            #expect(try await visitor.post(address + "/disabling").status == 303)
            #expect(try await anne.get("/account").status == 303, "signed out")
        }
    }

    @Test(
        "what cannot be is said in its own section: an e-mail taken, the last administrator, a role without organization",
        arguments: Engine.available)
    func agentRefused(on engine: Engine) async throws {
        try await Self.asAdministrator(on: engine) { _, world, visitor, _ in
            let taken = try await visitor.post(
                "/setup/agents/\(world.worker.id)", [("last_name", "Ithurralde"), ("email", world.reception.email!)])
            #expect(taken.status == 422 && taken.text.contains("f-email-error") && taken.text.contains("Un autre compte a déjà cet e-mail"))
            let list = try await visitor.get("/setup/agents?q=sallab")
            let own = String(try #require(list.text.firstMatch(of: /href="(\/setup\/agents\/[^"n][^"]*)">Claire/)?.1))
            let last = try await visitor.post(own + "/territory-roles", [])
            #expect(last.status == 409 && last.text.contains("dernier administrateur"))
            let disabled = try await visitor.post(own + "/disabling")
            #expect(disabled.status == 409 && disabled.text.contains("dernier administrateur"))
            let nowhere = try await visitor.post(own + "/memberships", [("roles", "worker")])
            #expect(nowhere.status == 422 && nowhere.text.contains("f-organization_id-error"))
            #expect(try await visitor.get("/setup/agents?q=personne").text.contains("Personne ne correspond."))
        }
    }
}
