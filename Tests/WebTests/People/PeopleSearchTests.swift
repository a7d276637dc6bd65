import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Search pages") struct PeopleSearchTests {
    @Test("a search shows who matches, keeps what was typed, and leaves one entry", arguments: Engine.available)
    func page(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            _ = try await site.add("Anne", "Etcheverry") {
                $0.birthDate = "3/12/1950"; $0.phones = [.init("0639981234")]; $0.commune = "Orthez"
            }
            let answer = try await client.post("/people/search", ["q": "etchev 1950"], as: site.world.reception)
            #expect(answer.status == .ok)
            #expect(answer.text.contains("Anne Etcheverry") && answer.text.contains("06\u{A0}39\u{A0}98\u{A0}12\u{A0}34"))
            #expect(answer.text.contains("3\u{A0}décembre\u{A0}1950") && answer.text.contains("Orthez"))
            #expect(answer.text.contains("value=\"etchev 1950\"") && answer.headers[.cacheControl] == "no-store")
            #expect(try await site.journalled(.searched) == 1)
            let nobody = try await client.post("/people/search", ["q": "zzz"], as: site.world.reception)
            #expect(nobody.text.contains("Personne ne correspond") && nobody.text.contains("Créer une fiche"))
        }
    }

    @Test("nothing typed reaches an address, and what is asked with GET searches nothing", arguments: Engine.available)
    func addresses(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            _ = try await site.add("Anne", "Etcheverry")
            let page = try await client.get("/people?q=etcheverry", as: site.world.reception)
            #expect(page.status == .ok && !page.text.contains("Anne"))
            #expect(page.text.matches(of: /<form[^>]*method="get"/).isEmpty)
            #expect(try await client.get("/people/search?q=anne", as: site.world.reception).status == .methodNotAllowed)
        }
    }

    @Test("a name can hold anything and runs nothing", arguments: Engine.available)
    func escaping(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let name = "<script>alert(1)</script>", needs = "\"><img src=x onerror=alert(2)>"
            let person = try await site.add(name, "O’\"Neil") {
                $0.needs = needs; $0.commune = "<b>Pau"; $0.phones = [.init("0639981234", label: "<i>")]
            }
            for answer in [
                try await client.post("/people/search", ["q": "oneil"], as: site.world.reception),
                try await client.post("/people/search", ["q": "\"><script>"], as: site.world.reception),
                try await client.post("/people/candidates", ["q": "neil"], as: site.world.reception),
                try await client.get("/people/\(person.id)", as: site.world.reception),
                try await client.get("/people/\(person.id)/edit", as: site.world.reception),
            ] {
                #expect(answer.status == .ok)
                #expect(
                    !answer.text.contains("<script>") && !answer.text.contains("<img") && !answer.text.contains("<b>Pau")
                        && !answer.text.contains("<i>"))
            }
        }
    }

    @Test("typing leaves one entry at once and one a pause, which holds everyone shown", arguments: Engine.available)
    func typing(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            for name in ["Anne", "Annie", "Anna"] { _ = try await site.add(name, "Etcheverry") }
            for typed in ["an", "ann", "anni", "annie"] {
                let answer = try await client.post("/people/candidates", ["q": typed], as: site.world.reception)
                #expect(answer.text.contains("role=\"option\"") && answer.text.contains("Annie"))
            }
            #expect(try await site.journalled(.searched) == 1)
            try await site.desk.searches.flush(at: World.now.adding(seconds: SearchPauses.pause))
            #expect(try await site.journalled(.searched) == 2)
            let payloads = try await site.store.read { db in
                try db.all("SELECT payload FROM journal_payload ORDER BY id") { try $0[0] as String }.filter { $0.contains("count") }
            }
            #expect(payloads.last?.contains("\"count\":\"3\"") == true && !payloads.contains { $0.contains("Ann") })
        }
    }

    @Test("what cannot be journalled is not shown", arguments: Engine.available)
    func noJournal(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let person = try await site.add("Anne", "Etcheverry")
            try await site.store.write { db in try db.run("ALTER TABLE journal_payload RENAME TO lost") }
            for answer in [
                try await client.post("/people/search", ["q": "anne"], as: site.world.reception),
                try await client.post("/people/candidates", ["q": "anne"], as: site.world.reception),
                try await client.get("/people/\(person.id)", as: site.world.reception),
                try await client.get("/api/v1/people/\(person.id)", as: site.world.reception),
            ] {
                #expect(answer.status == .serviceUnavailable)
                #expect(!answer.text.contains("Etcheverry"))
            }
        }
    }

    @Test("communes are completed by name and postal code, the département's first", arguments: Engine.available)
    func communes(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            try await site.store.write { db in
                for (insee, name, departement, codes, population) in [
                    ("64430", "Orthez", "64", "64300", 10_500), ("64483", "Saint-Jean-de-Luz", "64", "64500", 14_000),
                    ("17347", "Saint-Jean-d’Angély", "17", "17400", 7_000), ("75056", "Paris", "75", "75001|75002", 2_100_000),
                ] {
                    try db.run(
                        """
                        INSERT INTO commune (insee, name, folded, departement, postal_codes, population)
                        VALUES (\(insee), \(name), \(Folding.key(name)), \(departement), \(codes), \(population))
                        """)
                }
                try db.run("UPDATE territory SET departement = '17'")
            }
            func names(_ typed: String) async throws -> [String] {
                let text = try await client.get("/communes?q=\(URLPath.encoded(typed))", as: site.world.reception).text
                return text.matches(of: /data-label="([^"]+)"/).map { String($0.1) }
            }
            #expect(try await names("st jean") == ["Saint-Jean-d’Angély", "Saint-Jean-de-Luz"])
            #expect(try await names("ORT") == ["Orthez"])
            #expect(try await names("64") == ["Saint-Jean-de-Luz", "Orthez"])
            #expect(try await names("75002") == ["Paris"])
            #expect(try await names("%") == [])
            #expect(try await names("zzz") == [])
        }
    }
}

@Suite("Pauses of typing") struct SearchPausesTests {
    private let acting = Acting(territory: World(territoryID: 1).territory, agent: World(territoryID: 1).worker, roles: [:])
    private let anne = ID<Person>.new()
    private let luc = ID<Person>.new()

    private func at(_ seconds: Int) -> Instant { World.now.adding(seconds: seconds) }
    private func search(_ second: Int, _ people: ID<Person>...) -> SearchedPeople { SearchedPeople(people, by: acting, at: at(second)) }

    @Test("the first search of a burst is written at once, the rest when typing pauses")
    func burst() {
        var pauses = SearchPauses()
        let written = [pauses.note(search(0, anne)), pauses.note(search(1, anne, luc)), pauses.note(search(2, luc))]
        #expect(written == [true, false, false])
        let due = [3, 4, 9].map { pauses.due(at: at($0)).map(\.people) }
        #expect(due == [[], [[anne, luc]], []])
        let next = pauses.note(search(9, anne))
        #expect(next)
    }

    @Test("nothing is lost when a new burst begins, when the server stops, or when writing fails")
    func nothingLost() {
        var pauses = SearchPauses()
        _ = pauses.note(search(0, anne))
        _ = pauses.note(search(1, luc))
        let begins = pauses.note(search(5, anne))
        #expect(begins)
        _ = pauses.note(search(6, anne, luc))
        let first = pauses.due(at: at(6))
        #expect(first.map(\.people) == [[luc]])
        pauses.giveBack(first)
        let rest = [pauses.rest(), pauses.rest()]
        #expect(rest.map { $0.map(\.people) } == [[[luc], [anne, luc]], []])
    }
}
