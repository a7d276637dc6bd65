import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The import of people") struct PeopleImportTests {
    private static let header = "Nom;Prénom;Né(e) le;Tél;Courriel;CP;Ville\r\n"
    private static let anne = "Etcheverry;Anne;03/12/1950;0639981234;anne@example.org;64300;Orthez\r\n"
    private static let luc = "Lassalle;Luc;1948-02-29;;;;\r\n"

    @Test("keeps each person once, finds them at once, and the same file again changes nothing", arguments: Engine.available)
    func keeps(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let file = Self.header + Self.anne + Self.luc
            #expect(try await world.preview(file).signs == "cc")
            #expect(try await world.names() == ["Jeanne Lacoste"], "a preview writes nothing")
            let first = try await world.people(file)
            #expect(first.signs == "cc" && first.isWritten && first.lines.map(\.line) == [2, 3])
            #expect(try await world.people(file).signs == "==")
            #expect(try await world.names() == ["Anne Etcheverry", "Jeanne Lacoste", "Luc Lassalle"])
            let found = try await world.office.world.find("etchev 1950", by: world.office.world.reception, in: world.store)
            #expect(found == ["Anne Etcheverry"])
            let anne = try #require(try await world.person("Etcheverry"))
            #expect(anne.phones.map(\.number) == ["+33639981234"] && anne.commune == "Orthez" && anne.informedAt == nil)
            let entries = try await world.office.world.journal(about: anne.id, in: world.store)
            #expect(entries.map(\.act) == [.created] && entries[0].payload.contains("import"))
            let imports = try await world.store.journal().filter { $0.contains("\"what\":\"import\"") }
            #expect(imports.count == 2)
        }
    }

    @Test("adds what a file lacks and never changes what it says", arguments: Engine.available)
    func completes(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            _ = try await world.people(Self.header + "Etcheverry;Anne;;06 39 98 12 34;;64000;Pau\n")
            let report = try await world.people(Self.header + "ETCHEVERRY;anne;3/12/1950;06 39 98 12 34;anne@example.org;64300;Orthez\n")
            #expect(report.signs == "+" && report.lines[0].sentence.contains("e-mail"))
            let anne = try #require(try await world.person("Etcheverry"))
            #expect(anne.firstName == "Anne" && anne.commune == "Pau" && anne.birthDate == CivilDate("1950-12-03"))
            #expect(anne.emails.map(\.address) == ["anne@example.org"] && anne.version == 1)
        }
    }

    @Test("someone of another organization is followed here too, by one file", arguments: Engine.available)
    func elsewhere(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let (here, store) = (world.office.world, world.store)
            let known = try await here.add("Anne", "Etcheverry", born: "1950-12-03", to: [here.elsewhere], in: store)
            let signs = try await world.people(Self.header + Self.anne).signs
            #expect(signs == "+")
            let houses = try await store.read { db in try Person.organizations(of: known.id, of: here.territory.id, in: db) }
            #expect(Set(houses) == [here.organization.id, here.elsewhere.id])
        }
    }

    @Test("a family number makes nobody someone else", arguments: Engine.available)
    func family(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let row = "Etcheverry;Peio;1/1/1952;0639981234;;;\n"
            let signs = try await world.people(Self.header + Self.anne + row).signs
            #expect(signs == "cc")
        }
    }

    @Test(
        "names the row that is wrong, says what to do, and keeps the others, or nothing",
        arguments: [
            ("Dupouy;Jean", "colonnes au lieu de 7"), (";;;;;;x", "au moins un nom"), ("Dupouy;Jean;31/02/1950;;;;", "n’existe pas"),
            ("Dupouy;Jean;;12;;;", "numéro"), ("Dupouy;Jean;;;jean@;;", "adresse"), ("\"Dupouy;Jean;;;;;", "guillemet"),
            ("Etcheverry;Anne;03/12/1950;0639981234;anne@example.org;64300;Orthez", "déjà à la ligne 2"),
            ("Lacoste;Jeanne;;;;;", "porte déjà ce nom"),
        ])
    func faults(_ row: String, _ words: String) async throws {
        for engine in Engine.available {
            try await ImportWorld.with(engine) { world in
                _ = try await world.office.world.add("Jeanne", "Lacoste", born: "1950-01-01", in: world.store)
                let nothing = try await world.people(Self.header + Self.anne + row + "\n", allOrNothing: true)
                #expect(!nothing.isWritten && nothing.signs == "c!")
                #expect(try await world.person("Etcheverry") == nil)
                let report = try await world.people(Self.header + Self.anne + row + "\n")
                #expect(report.signs == "c!" && report.lines[1].line == 3)
                #expect(report.lines[1].sentence.contains(words), "\(report.lines[1].sentence)")
                #expect(try await world.person("Etcheverry") != nil)
            }
        }
    }

    @Test("reads what spreadsheets write: a byte order mark, Latin-1, commas, a lost zero", arguments: Engine.available)
    func encodings(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let latin = Array("Nom,Prénom,Téléphone\nÉtcheto,Zoé,639985678\n".unicodeScalars.map { UInt8($0.value) })
            #expect(try await world.run(latin, .people).signs == "c")
            let zoe = try #require(try await world.person("Étcheto"))
            #expect(zoe.firstName == "Zoé" && zoe.phones.map(\.number) == ["+33639985678"])
            let marked = [0xEF, 0xBB, 0xBF] + Array("Nom\tPrénom\nÇelik\tAy\u{15F}e\n".utf8)
            #expect(try await world.run(marked, .people).signs == "c")
            #expect(try await world.person("Çelik")?.firstName == "Ayşe")
        }
    }

    @Test("columns are taken for what one says they are", arguments: Engine.available)
    func mapping(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let file = "A;B;C\nAnne;Etcheverry;à rappeler\n"
            await #expect(throws: Refusal.self) { _ = try await world.preview(file) }
            let report = try await world.people(file, mapping: [0: "first_name", 1: "last_name"])
            #expect(report.signs == "c")
            #expect(try await world.names().contains("Anne Etcheverry"))
            await #expect(throws: Refusal.self) { _ = try await world.preview(file, mapping: [0: "first_name", 1: "nonsense"]) }
            for empty in ["", "Nom\n", "\n\n"] {
                await #expect(throws: Refusal.self, "\(empty)") { _ = try await world.preview(empty) }
            }
        }
    }

    @Test("a file is imported once, by an administrator, and gone a day later", arguments: Engine.available)
    func access(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let (office, store) = (world.office, world.store)
            let reception = try await office.world.acting(office.world.reception, in: store)
            await #expect(throws: Refusal.forbidden) { _ = try await world.run(Array("Nom\nX\n".utf8), .people, by: reception) }
            let file = try await store.write { db in
                try ImportFile.receive(
                    Array((Self.header + Self.anne).utf8), named: "a.csv", as: .people, for: office.world.organization.id,
                    by: office.admin, at: Office.now, in: db)
            }
            _ = try await file.run(nil, allOrNothing: false, by: office.admin, at: Office.now, in: store)
            let kept = try await store.read { db in try ImportFile.find(file.id, by: office.admin, in: db) }
            #expect(kept.content == nil && kept.report?.signs == "c")
            await #expect(throws: Refusal.self) {
                _ = try await kept.run(nil, allOrNothing: false, by: office.admin, at: Office.now, in: store)
            }
            let other = try await Office.make(in: store, territoryID: 65)
            await #expect(throws: Refusal.notFound) {
                try await store.read { db in _ = try ImportFile.find(file.id, by: other.admin, in: db) }
            }
            try await Purge.imports.run(at: Office.now.adding(days: 1), in: store)
            #expect(try await store.number("SELECT count(*) FROM import_file") == 1)
            try await Purge.imports.run(at: Office.now.adding(days: 1).adding(seconds: 1), in: store)
            #expect(try await store.number("SELECT count(*) FROM import_file") == 0)
        }
    }
}
