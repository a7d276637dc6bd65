import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The journal on the pages")
struct JournalPageTests {
    @Test("is for the data-protection role alone", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, _, _, visitors in
            let person = "/journal/people/\(world.person.id)"
            for (name, visitor) in visitors {
                let isOfficer = name == "data-protection"
                for path in ["/journal", "/journal/people", person] {
                    #expect(try await visitor.get(path).status == (isOfficer ? 200 : 403), "\(name) \(path)")
                }
                #expect(try await visitor.get("\(person)/print").status == (isOfficer ? 303 : 403), "\(name)")
                guard !isOfficer else { continue }
                _ = try await visitor.get("/account")
                for path in ["/journal/people", person, "\(person)/erasure"] {
                    let answer = try await visitor.post(path, [("q", "0639981234"), ("reason", "pour voir"), ("erasure", "pour voir")])
                    #expect(answer.status == 403, "\(name) \(path)")
                    #expect(!answer.text.contains("Lacoste"), "\(name) \(path)")
                }
            }
        }
    }

    @Test("shows who looked once a reason is given, and prints no agent’s name", arguments: Engine.available)
    func readers(on engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, elsewhere, _, visitors in
            let reception = visitors.first { $0.0 == "reception" }!.1
            #expect(try await reception.get("/people/\(world.person.id)").status == 200)
            let officer = visitors.first { $0.0 == "data-protection" }!.1
            let address = "/journal/people/\(world.person.id)"
            #expect(try await !officer.get(address).text.contains("Lacoste"))
            let refused = try await officer.post(address, [("reason", "")])
            #expect(refused.status == 422 && refused.text.contains(#"id="f-reason-error""#))
            #expect(try await officer.post(address, [("reason", "demande de la personne")]).location == address)
            let page = try await officer.get(address)
            #expect(page.text.contains("Jeanne Lacoste"))
            #expect(page.text.contains("consultation") && page.text.contains("Accueil") && page.text.contains("demande de la personne"))
            let print = try await officer.get("\(address)/print")
            #expect(print.status == 200 && print.text.contains("Accueil") && print.text.contains("Consultation"))
            for agent in [world.reception, world.worker] { #expect(!print.text.contains(agent.lastName)) }
            #expect(!print.text.contains("demande de la personne"))
            #expect(try await officer.post("/journal/people/\(elsewhere.person.id)", [("reason", "contrôle")]).status == 404)
        }
    }

    @Test("finds someone by the whole number or the id, and shows nobody to a part of a name", arguments: Engine.available)
    func finds(on engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, _, _, visitors in
            let officer = visitors.first { $0.0 == "data-protection" }!.1
            _ = try await officer.get("/journal/people")
            #expect(try await officer.post("/journal/people", [("q", world.person.id.description)]).text.contains("Jeanne Lacoste"))
            #expect(try await !officer.post("/journal/people", [("q", "Lacoste")]).text.contains("Jeanne Lacoste"))
        }
    }

    @Test("erases lawfully, and says under which certificate", arguments: Engine.available)
    func erases(on engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, _, _, visitors in
            let officer = visitors.first { $0.0 == "data-protection" }!.1
            let address = "/journal/people/\(world.person.id)"
            _ = try await officer.get(address)
            _ = try await officer.post(address, [("reason", "demande d’effacement")])
            let refused = try await officer.post("\(address)/erasure", [("erasure", "")])
            #expect(refused.status == 422 && refused.text.contains(#"id="f-erasure-error""#))
            #expect(try await officer.post("\(address)/erasure", [("erasure", "demande de la personne")]).status == 303)
            #expect(try await officer.get("/journal").text.contains("certificats 1"))
        }
    }

    @Test("has pages with one title, unique ids and a label for each field", arguments: 0..<4)
    func structure(_ index: Int) throws {
        let pages: [any Page] = [JournalPage.sample, JournalPeoplePage.sample, ReadersPage.sample, ReadersPrint.sample]
        let html = Layout(page: pages[index], frame: Gallery.frame, nonce: "n", notice: nil, assets: try Assets()).html.text
        #expect(html.matches(of: /<h1>/).count == 1)
        let ids = html.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let labels = html.matches(of: /\ for="([^"]+)"/).map { String($0.1) }
        for field in html.matches(of: /<(?:input|select|textarea)([^>]*)>/) where !field.1.contains(#"type="hidden""#) {
            let id = try #require(field.1.firstMatch(of: /\ id="([^"]+)"/)?.1)
            #expect(labels.contains(String(id)))
        }
    }
}
