import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Templates of messages on the pages")
struct TemplatePageTests {
    private static let edit = "/setup/templates/edit?purpose=reminder&channel=sms"
    private static let plain = "Vous avez un rendez-vous le {date} à {heure}."

    @Test("the list leads to each template, and says whose words it has", arguments: Engine.available)
    func list(on engine: Engine) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { _, _, visitor, _ in
            let before = try await visitor.get("/setup/templates")
            let links = before.text.matches(of: /href="(\/setup\/templates\/edit\?purpose=[^"]+)"/).map {
                $0.1.replacing("&amp;", with: "&")
            }
            let all = Template.Purpose.allCases.count * Template.Channel.allCases.count
            #expect(links.count == all && before.text.components(separatedBy: "texte fourni").count == all + 1)
            for link in links { #expect(try await visitor.get(String(link)).status == 200, "\(link)") }
            #expect(try await visitor.post(Self.edit, [("body", Self.plain), ("after", "0")]).status == 303)
            #expect(try await visitor.get("/setup/templates").text.contains("version 1"))
        }
    }

    @Test("« Voir » counts, prices and measures, and keeps nothing", arguments: Engine.available)
    func look(on engine: Engine) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { site, world, visitor, _ in
            _ = try await visitor.get("/setup/templates")
            #expect(try await visitor.post("/setup/templates/price", [("price", "4,5")]).status == 303)
            let wrong = try await visitor.post("/setup/templates/price", [("price", "cher")])
            #expect(wrong.status == 422 && wrong.text.contains("Donnez un prix") && wrong.text.contains("value=\"cher\""))
            let url = Self.edit.replacing("/edit", with: "/look")
            let seen = try await visitor.post(url, [("body", "Ça y est : \(Self.plain) Transmettez-nous vos papiers."), ("after", "0")])
            #expect(seen.status == 200 && seen.text.contains("1\u{A0}SMS") && seen.text.contains("4,5\u{A0}centimes"))
            #expect(seen.text.contains("’ devient") == false && seen.text.contains("Lisibilité") && seen.text.contains("envoyez"))
            let fault = try await visitor.post(url, [("body", "Bonjour {prénom}"), ("after", "0")])
            #expect(fault.status == 200 && fault.text.contains("{prénom} n’existe pas") && fault.text.contains("{consignes}"))
            #expect(try await site.store.read { db in try !db.exists("SELECT 1 FROM template") })
        }
    }

    @Test("a refused text stays as it was typed, with its sentence beside the field", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { _, _, visitor, _ in
            _ = try await visitor.get(Self.edit)
            let hard = "Conformément à la réglementation applicable, votre participation obligatoire est subordonnée à votre inscription."
            let refused = try await visitor.post(Self.edit, [("body", hard), ("after", "0")])
            #expect(refused.status == 422 && refused.text.contains("sous 70") && refused.text.contains("id=\"f-because-error\""))
            #expect(refused.text.contains(hard + "</textarea>"))
            #expect(try await visitor.post(Self.edit, [("body", hard), ("after", "0"), ("because", "La loi le demande.")]).status == 303)
            #expect(try await visitor.get("/setup/templates").text.contains("difficile à lire"))
            let late = try await visitor.post(Self.edit, [("body", Self.plain), ("after", "0")])
            #expect(late.status == 409 && late.text.contains("Quelqu’un vient d’écrire"))
        }
    }

    @Test("the history goes back to a version, and a text can be put away", arguments: Engine.available)
    func history(on engine: Engine) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { _, _, visitor, _ in
            let versions = Self.edit.replacing("/edit", with: "/versions")
            _ = try await visitor.get(Self.edit)
            #expect(try await visitor.get(versions).text.contains("Rien n’a encore été écrit ici"))
            for (number, body) in [Self.plain, "Venez le {date}."].enumerated() {
                #expect(try await visitor.post(Self.edit, [("body", body), ("after", "\(number)")]).status == 303)
            }
            let history = try await visitor.get(versions).text
            let id = try #require(history.firstMatch(of: /name="version" value="([^"]+)"/)?.1)
            #expect(history.components(separatedBy: "Revenir à la version").count == 2)
            #expect(try await visitor.post(versions, [("version", String(id))]).status == 303)
            #expect(try await visitor.get(Self.edit).text.contains("version 3"))
            #expect(try await visitor.post(Self.edit.replacing("/edit", with: "/retirement")).status == 303)
            #expect(try await visitor.get(Self.edit).text.contains("C’est le texte fourni"))
        }
    }

    @Test("looking at a real appointment leaves its entry, and one that is not theirs to see is not found", arguments: Engine.available)
    func preview(on engine: Engine) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { site, world, visitor, _ in
            let appointment = try await world.booking(at: World.at(1, 9)).book(
                by: world.acting(world.reception, in: site.store), at: World.now, in: site.store)
            _ = try await visitor.get(Self.edit)
            let url = Self.edit.replacing("/edit", with: "/look")
            let fields = [("body", Self.plain), ("after", "0"), ("appointment", appointment.id.description)]
            #expect(try await visitor.post(url, fields).status == 404)
            try await site.store.write { db in
                try db.run(
                    """
                    INSERT INTO membership (territory_id, organization_id, agent_id, role)
                    SELECT \(world.territory.id), \(world.organization.id), id, \(Role.manager) FROM agent
                    WHERE email = 'claire@example.org'
                    """)
            }
            _ = try await visitor.get(Self.edit)
            let seen = try await visitor.post(url, fields)
            #expect(seen.status == 200 && seen.text.contains("mardi 1er décembre à 9 h."))
            let entries = try await site.store.read { db in
                try db.exists("SELECT 1 FROM journal_header WHERE act = 'read' AND subject_id = \(world.person.id)")
            }
            #expect(entries)
        }
    }

    @Test(
        "what is no template is not found",
        arguments: Engine.available, ["", "?purpose=reminder", "?purpose=reminder&channel=phone", "?purpose=x&channel=sms"])
    func nothing(on engine: Engine, query: String) async throws {
        try await SetUpPagesTests.asAdministrator(on: engine) { _, _, visitor, _ in
            let status = try await visitor.get("/setup/templates/edit" + query).status
            #expect(status == 404)
        }
    }
}
