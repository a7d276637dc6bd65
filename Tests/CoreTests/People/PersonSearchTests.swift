import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Search of people") struct PersonSearchTests {
    /// Three people with one family name, two of those with one number, as in the demo.
    private func family(_ engine: Engine, _ test: (World, Store) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            _ = try await world.add("Anne", "Etcheverry", born: "1950-12-03", ["0639981234"], commune: "Orthez", in: store)
            _ = try await world.add("Jean-Pierre", "Etcheverry", born: "1948-02-29", ["0639981234", "0536490001"], in: store)
            _ = try await world.add("Maïté", "Etcheverry", born: "1981-07-14", ["0639985678"], in: store)
            _ = try await world.add("Éléonore", "d’Arcangues", born: "1950-01-01", in: store)
            _ = try await world.add("Marie", "Le Febvre", in: store)
            try await test(world, store)
        }
    }

    @Test("the number finds both who share it, however it is written", arguments: Engine.available)
    func numbers(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            for typed in [
                "0639981234", "+33 6 39 98 12 34", "06.39.98.12.34", "06\u{A0}39\u{A0}98\u{A0}12\u{A0}34", "06 39 98 12", "+33 6 39981",
            ] {
                #expect(
                    try await world.find(typed, by: world.reception, in: store) == ["Anne Etcheverry", "Jean-Pierre Etcheverry"], "\(typed)"
                )
            }
            #expect(try await world.find("0639", by: world.reception, in: store).count == 3)
            #expect(try await world.find("0536490001", by: world.reception, in: store) == ["Jean-Pierre Etcheverry"])
            #expect(try await world.find("0612345678", by: world.reception, in: store) == [])
        }
    }

    @Test(
        "six letters of the name and the year of birth, any part of the names, in any order, without accents", arguments: Engine.available)
    func names(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            let cases = [
                "etchev 1950": ["Anne Etcheverry"], "1950 ETCHEV": ["Anne Etcheverry"], "anne etch": ["Anne Etcheverry"],
                "maite": ["Maïté Etcheverry"], "pierre jean etcheverry": ["Jean-Pierre Etcheverry"],
                "jeanpierre": ["Jean-Pierre Etcheverry"],
                "arcangues eleonore": ["Éléonore d’Arcangues"], "D'ARCANGUES": ["Éléonore d’Arcangues"],
                "darcangues": ["Éléonore d’Arcangues"],
                "lefebvre": ["Marie Le Febvre"], "le febvre marie": ["Marie Le Febvre"], "etcheverry 0536": ["Jean-Pierre Etcheverry"],
                "etcheverry dupont": [], "zzz": [], "%": [], "_": [],
                "etch%": ["Anne Etcheverry", "Jean-Pierre Etcheverry", "Maïté Etcheverry"],
            ]
            for (typed, expected) in cases {
                #expect(try await world.find(typed, by: world.reception, in: store) == expected, "\(typed)")
            }
        }
    }

    @Test("a birth date in any French form, a month, a year", arguments: Engine.available)
    func dates(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            for typed in ["3/12/1950", "03.12.1950", "3 décembre 1950", "1950-12-03", "03121950", "12/1950", "3/12/50"] {
                #expect(try await world.find(typed, by: world.reception, in: store) == ["Anne Etcheverry"], "\(typed)")
            }
            #expect(Set(try await world.find("1950", by: world.reception, in: store)) == ["Anne Etcheverry", "Éléonore d’Arcangues"])
            #expect(try await world.find("29/02/1948", by: world.reception, in: store) == ["Jean-Pierre Etcheverry"])
        }
    }

    @Test("a name heard and written otherwise is found by its sound, after those written so", arguments: Engine.available)
    func sounds(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            #expect(try await world.find("lefèvre", by: world.reception, in: store) == ["Marie Le Febvre"])
            #expect(try await world.find("etxeberry anne", by: world.reception, in: store) == [])
            #expect(try await world.find("echeverri anne", by: world.reception, in: store) == ["Anne Etcheverry"])
            #expect(try await world.find("echeverri 1981", by: world.reception, in: store) == ["Maïté Etcheverry"])
            _ = try await world.add("Luc", "Lefevre", in: store)
            #expect(try await world.find("lefevre", by: world.reception, in: store) == ["Luc Lefevre", "Marie Le Febvre"])
        }
    }

    @Test("the very words come before those that only begin so", arguments: Engine.available)
    func exactFirst(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            _ = try await world.add("Paul", "Martin", in: store)
            _ = try await world.add("Aline", "Martinez", in: store)
            _ = try await world.add("Anna", "Martin", in: store)
            #expect(try await world.find("martin", by: world.reception, in: store) == ["Anna Martin", "Paul Martin", "Aline Martinez"])
            #expect(try await world.find("anna martin", by: world.reception, in: store).first == "Anna Martin")
        }
    }

    @Test("what tells homonyms apart comes with them", arguments: Engine.available)
    func details(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            let reception = try await world.acting(world.reception, in: store)
            let found = try await store.read { db in try Person.search("etchev 1950", by: reception, in: db) }
            #expect(found.first?.birthDate?.description == "1950-12-03")
            #expect(found.first?.commune == "Orthez")
            #expect(found.first?.phones.map(\.number) == ["+33639981234"])
        }
    }

    @Test("no more people are listed than asked for", arguments: Engine.available)
    func limits(_ engine: Engine) async throws {
        try await family(engine) { (world, store) async throws in
            for letter in "abcdefghijklmnopqrstuvwxyz" { _ = try await world.add("Prénom\(letter)", "Nombreux", in: store) }
            let reception = try await world.acting(world.reception, in: store)
            #expect(try await store.read { db in try Person.search("nombreux", by: reception, limit: 12, in: db) }.count == 12)
            #expect(
                try await store.read { db in try Person.search("nombreux prenomz", by: reception, limit: 12, in: db) }.first?.firstName
                    == "Prénomz")
        }
    }
}
