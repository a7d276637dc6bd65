import Core
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("A person's pages") struct PersonPageTests {
    private let form = ["last_name": "Lassalle", "first_name": "Anne", "channel": "sms", "language": "fr"]

    @Test("the page says how to reach the person, what comes next and what will be said", arguments: Engine.available)
    func page(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let world = site.world
            let reception = try await world.acting(world.reception, in: site.store)
            _ = try await world.booking(at: World.at(1, 9, 30)).book(by: reception, at: World.now, in: site.store)
            let page = try await client.get("/people/\(world.person.id)", as: world.reception)
            #expect(page.status == .ok)
            for expected in [
                "<h1>Jeanne Lacoste</h1>", "href=\"tel:+33639981234\"", "Mardi 1er\u{A0}décembre à\u{A0}9\u{A0}h\u{A0}30",
                "/appointments/new?person=\(world.person.id)", "à envoyer", "Premier contact RSA", "avec Maïté Ithurralde",
                "La phrase a été dite",
            ] {
                #expect(page.text.contains(expected), "\(expected)")
            }
            #expect(!page.text.contains("Écrire une note"))
            #expect(try await site.journalled(.read, about: world.person.id) == 1)
        }
    }

    @Test("what does not exist and what is another territory's are the same page, and journalled", arguments: Engine.available)
    func walls(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let other = try await World.make(in: site.store, territoryID: 65)
            let nobody = ID<Person>.new()
            let paths: [(ID<Person>) -> String] = [
                { "/people/\($0)" }, { "/people/\($0)/edit" }, { "/api/v1/people/\($0)" }, { "/api/v1/people/\($0)/notes" },
            ]
            for id in [nobody, other.person.id] {
                for path in paths { #expect(try await client.get(path(id), as: site.world.worker).status == .notFound) }
                let note = try await client.post(
                    "/people/\(id)/notes", ["service": site.world.social.id.description, "text": "x"], as: site.world.worker)
                #expect(note.status == .notFound)
                #expect(
                    try await client.post("/people/\(id)", form.merging(["version": "0"]) { $1 }, as: site.world.worker).status == .notFound
                )
                #expect(try await client.post("/people/\(id)/disclosure", ["reason": "curieux"], as: site.world.worker).status == .notFound)
                #expect(try await site.journalled(.refused, about: id) == 7)
            }
            #expect(try await client.get("/people/abc", as: site.world.worker).status == .notFound)
            #expect(try await site.journalled(.read) == 0)
            #expect(try await site.journalled(.disclosed) == 0)
        }
    }

    @Test("someone followed elsewhere opens for a reason", arguments: Engine.available)
    func disclosure(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let person = try await site.add(
                "Anne", "Lassalle",
                {
                    $0.phones = [.init("0639981111")]; $0.commune = "Pau"
                }, to: site.world.elsewhere)
            let found = try await client.post("/people/search", ["q": "06 39 98 11 11"], as: site.world.reception)
            #expect(found.text.contains("Anne Lassalle") && found.text.contains("autre organisation") && !found.text.contains("Pau"))
            let closed = try await client.get("/people/\(person.id)", as: site.world.reception)
            #expect(closed.status == .seeOther && closed.headers[.location] == "/people/\(person.id)/disclosure")
            let asked = try await client.get("/people/\(person.id)/disclosure", as: site.world.reception)
            #expect(asked.text.contains("Pourquoi ouvrez-vous") && !asked.text.contains("Lassalle"))
            let refused = try await client.post("/people/\(person.id)/disclosure", ["reason": " "], as: site.world.reception)
            #expect(refused.status == .unprocessableContent && refused.text.contains("Dites en quelques mots"))
            let opened = try await client.post(
                "/people/\(person.id)/disclosure", ["reason": "Elle appelle Orthez"], as: site.world.reception)
            #expect(opened.status == .seeOther)
            let page = try await client.get("/people/\(person.id)", as: site.world.reception)
            #expect(page.text.contains("<h1>Anne Lassalle</h1>") && !page.text.contains("/edit"))
            #expect(try await client.get("/people/\(person.id)/edit", as: site.world.reception).status == .forbidden)
            #expect(try await site.journalled(.disclosed, about: person.id) == 1)
        }
    }

    @Test("a refused creation says what is wrong beside each field and keeps what was typed", arguments: Engine.available)
    func refusedCreation(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let blank = try await client.get("/people/new", as: site.world.reception)
            #expect(blank.text.contains("Nous gardons vos coordonnées deux ans.") && blank.text.contains("La phrase a été dite"))
            let typed = [
                "last_name": "", "birth_date": "31/02/1950", "phone_1": "12", "phone_label_1": "fille", "email_1": "anne",
                "needs": "parler fort",
                "organization": site.world.organization.id.description, "channel": "sms", "language": "fr", "informed": "on",
            ]
            let answer = try await client.post("/people", typed, as: site.world.reception)
            #expect(answer.status == .unprocessableContent)
            for field in ["last_name", "birth_date", "phone_1", "email_1"] {
                #expect(answer.text.contains("id=\"f-\(field)-error\""), "\(field)")
            }
            for kept in [
                "31/02/1950", "value=\"12\"", "value=\"fille\"", "value=\"parler fort\"", "name=\"informed\" value=\"on\" checked",
            ] {
                #expect(answer.text.contains(kept), "\(kept)")
            }
            #expect(try await site.journalled(.created) == 0)
            let elsewhere = form.merging(["organization": site.world.elsewhere.id.description]) { $1 }
            #expect(try await client.post("/people", elsewhere, as: site.world.reception).status == .forbidden)
        }
    }

    @Test("who may already exist is shown before a second file is made", arguments: Engine.available)
    func lookalikes(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let typed = form.merging(["phone_1": "05 36 49 00 01", "organization": site.world.organization.id.description]) { $1 }
            let first = try await client.post("/people", typed, as: site.world.reception)
            #expect(first.status == .seeOther && first.headers[.location]?.hasPrefix("/people/") == true)
            var other = typed
            other["first_name"] = "Luc"
            let asked = try await client.post("/people", other, as: site.world.reception)
            #expect(asked.status == .conflict)
            #expect(
                asked.text.contains("existe peut-être déjà") && asked.text.contains("Anne Lassalle") && asked.text.contains("value=\"Luc\"")
            )
            other["create_anyway"] = "on"
            #expect(try await client.post("/people", other, as: site.world.reception).status == .seeOther)
            #expect(try await site.journalled(.created) == 2)
        }
    }

    @Test(
        "two agents edit at once: the second is told, keeps what was typed, sees the file, and can save again", arguments: Engine.available)
    func conflict(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let person = try await site.add("Anne", "Lassalle")
            let page = try await client.get("/people/\(person.id)/edit", as: site.world.worker)
            #expect(page.text.contains("name=\"version\" value=\"0\""))
            let first = form.merging(["version": "0", "needs": "fauteuil"]) { $1 }
            #expect(try await client.post("/people/\(person.id)", first, as: site.world.worker).status == .seeOther)
            var second = form.merging(["version": "0", "commune": "Orthez"]) { $1 }
            let told = try await client.post("/people/\(person.id)", second, as: site.world.reception)
            #expect(told.status == .conflict)
            #expect(told.text.contains("Un collègue a modifié") && told.text.contains("value=\"Orthez\"") && told.text.contains("fauteuil"))
            #expect(told.text.contains("name=\"version\" value=\"1\""))
            second["version"] = "1"
            second["needs"] = "fauteuil"
            #expect(try await client.post("/people/\(person.id)", second, as: site.world.reception).status == .seeOther)
            let shown = try await client.get("/people/\(person.id)", as: site.world.reception)
            #expect(shown.text.contains("fauteuil") && shown.text.contains("Orthez"))
        }
    }

    @Test("notes and referents are set from the page, by who may", arguments: Engine.available)
    func content(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let world = site.world, path = "/people/\(site.world.person.id)"
            let note = ["service": world.social.id.description, "text": "Dossier <ouvert>."]
            #expect(try await client.post("\(path)/notes", note, as: world.worker).status == .seeOther)
            #expect(try await client.get(path, as: world.worker).text.contains("Dossier &lt;ouvert&gt;."))
            #expect(try await !client.get(path, as: world.reception).text.contains("Dossier"))
            #expect(try await client.post("\(path)/notes", note, as: world.reception).status == .forbidden)
            let empty = try await client.post("\(path)/notes", ["service": world.social.id.description, "text": " "], as: world.worker)
            #expect(empty.status == .unprocessableContent && empty.text.contains("Écrivez la note."))
            let referent = ["referent": "\(world.social.id)_\(world.worker.id)"]
            #expect(try await client.post("\(path)/referents", referent, as: world.reception).status == .seeOther)
            #expect(try await client.get(path, as: world.reception).text.contains("Service social : <b>Maïté Ithurralde</b>"))
            #expect(
                try await client.post("\(path)/referents", ["referent": "\(world.social.id)_"], as: world.reception).status == .seeOther)
            #expect(try await client.get(path, as: world.reception).text.contains("Aucun référent"))
            #expect(try await client.post("\(path)/information", [:], as: world.reception).status == .seeOther)
            #expect(try await !client.get(path, as: world.reception).text.contains("n’a pas encore été dite"))
        }
    }
}
