import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Who may find and open whom") struct PersonVisibilityTests {
    @Test("someone followed elsewhere is found only by the whole number, or the full name with the birth date", arguments: Engine.available)
    func elsewhere(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            _ = try await world.add(
                "Anne", "Lassalle", born: "1950-12-03", ["0639981111"], commune: "Pau", to: [world.elsewhere], in: store)
            for typed in [
                "lassalle", "anne lassalle", "lassalle 1950", "063998111", "3/12/1950", "lassalle 3/12/1950", "anne 3/12/1950",
                "lassal anne 3/12/1950",
            ] {
                #expect(try await world.find(typed, by: world.reception, in: store) == [], "\(typed)")
            }
            for typed in ["06 39 98 11 11", "+33639981111", "anne lassalle 3/12/1950", "LASSALLE Anne 3 décembre 1950"] {
                #expect(try await world.find(typed, by: world.reception, in: store) == ["(Anne Lassalle)"], "\(typed)")
            }
            let reception = try await world.acting(world.reception, in: store)
            let found = try await store.read { db in try Person.search("0639981111", by: reception, in: db) }
            #expect(found.first?.commune == "" && found.first?.phones == [])
        }
    }

    @Test("nobody finds anybody of another territory, and administrators find nobody", arguments: Engine.available)
    func walls(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), other = try await World.make(in: store, territoryID: 65)
            let person = try await other.add("Anne", "Lassalle", born: "1950-12-03", ["0639981111"], in: store)
            for typed in ["lassalle", "0639981111", "anne lassalle 3/12/1950"] {
                #expect(try await world.find(typed, by: world.reception, in: store) == [])
            }
            let admin = try await world.hire(.admin, in: world.organization, store: store)
            await #expect(throws: Refusal.forbidden) { try await world.find("lacoste", by: admin, in: store) }
            let reception = try await world.acting(world.reception, in: store)
            await #expect(throws: Refusal.notFound) { try await Person.open(person.id, by: reception, at: World.now, in: store) }
            #expect(try await world.journal(about: person.id, in: store).map(\.act) == [.refused])
            #expect(try await other.journal(about: person.id, in: store).isEmpty)
        }
    }

    @Test("an agent of two organizations finds the people of both, once", arguments: Engine.available)
    func twoHouses(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let both = try await world.hire(.worker, in: world.organization, store: store)
            try await store.write { db in
                try db.run("INSERT INTO membership VALUES (\(world.territory.id), \(world.elsewhere.id), \(both.id), \(Role.caller))")
            }
            _ = try await world.add("Anne", "Lassalle", to: [world.elsewhere], in: store)
            _ = try await world.add("Luc", "Lassalle", to: [world.organization, world.elsewhere], in: store)
            #expect(try await world.find("lassalle", by: both, in: store) == ["Anne Lassalle", "Luc Lassalle"])
            #expect(try await world.find("lassalle luc", by: both, in: store) == ["Luc Lassalle"])
            #expect(try await world.find("lassalle", by: world.reception, in: store) == ["Luc Lassalle"])
        }
    }

    @Test("opening a file is journalled before anyone reads it, and so is a refusal", arguments: Engine.available)
    func opening(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let person = try await Person.open(world.person.id, by: reception, at: World.now, in: store)
            #expect(person.phones.map(\.number) == ["+33639981234"])
            #expect(try await world.journal(about: person.id, in: store).map(\.act) == [.read])
            let nobody = ID<Person>.new()
            await #expect(throws: Refusal.notFound) { try await Person.open(nobody, by: reception, at: World.now, in: store) }
            #expect(try await world.journal(about: nobody, in: store).map(\.act) == [.refused])
            let admin = try await world.acting(try await world.hire(.admin, in: world.organization, store: store), in: store)
            await #expect(throws: Refusal.forbidden) { try await Person.open(person.id, by: admin, at: World.now, in: store) }
            #expect(try await world.journal(about: person.id, in: store).map(\.act) == [.read, .refused])
        }
    }

    @Test("someone followed elsewhere opens for a reason, which is kept and runs out", arguments: Engine.available)
    func disclosure(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let person = try await world.add("Anne", "Lassalle", to: [world.elsewhere], in: store)
            let reception = try await world.acting(world.reception, in: store), worker = try await world.acting(world.worker, in: store)
            await #expect(throws: Refusal.reasonNeeded) { try await Person.open(person.id, by: reception, at: World.now, in: store) }
            await #expect(throws: Refusal.self) {
                try await store.write { db in try Disclosure.make(for: person.id, because: "  ", by: reception, at: World.now, in: db) }
            }
            try await store.write { db in
                _ = try Disclosure.make(for: person.id, because: "Elle appelle Orthez par erreur", by: reception, at: World.now, in: db)
            }
            let soon = World.now.adding(minutes: Disclosure.minutes - 1), late = World.now.adding(minutes: Disclosure.minutes)
            #expect(try await Person.open(person.id, by: reception, at: soon, in: store).name == "Anne Lassalle")
            #expect(try await store.read { db in try Person.isKnown(person.id, to: reception, at: soon, in: db) })
            await #expect(throws: Refusal.reasonNeeded) { try await Person.open(person.id, by: worker, at: soon, in: store) }
            await #expect(throws: Refusal.reasonNeeded) { try await Person.open(person.id, by: reception, at: late, in: store) }
            let entries = try await world.journal(about: person.id, in: store)
            #expect(entries.map(\.act) == [.refused, .disclosed, .read, .refused, .refused])
            #expect(entries[1].payload.contains("par erreur"))
        }
    }

    @Test("a reason opens the file, and changes nothing in it", arguments: Engine.available)
    func disclosedIsReadOnly(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let person = try await world.add("Anne", "Lassalle", to: [world.elsewhere], in: store)
            let worker = try await world.acting(world.worker, in: store)
            try await store.write { db in
                _ = try Disclosure.make(for: person.id, because: "Elle appelle", by: worker, at: World.now, in: db)
            }
            await #expect(throws: Refusal.notFound) {
                try await store.write { db in
                    _ = try Person.edit(person.id, to: PersonDraft(person), version: 0, by: worker, at: World.now, in: db)
                }
            }
            await #expect(throws: Refusal.notFound) {
                try await store.write { db in
                    _ = try Note.add("Vue.", of: world.social.id, on: person.id, by: worker, at: World.now, in: db)
                }
            }
            try await store.write { db in try person.join(world.organization.id, by: worker, at: World.now, in: db) }
            try await store.write { db in try person.join(world.organization.id, by: worker, at: World.now, in: db) }
            #expect(try await world.find("lassalle", by: world.worker, in: store) == ["Anne Lassalle"])
        }
    }

    @Test("the index itself returns nobody of another organization", arguments: Engine.available)
    func indexHoldsTheRule(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let person = try await world.add("Anne", "Lassalle", born: "1950-12-03", ["0639981111"], to: [world.elsewhere], in: store)
            let rows = try await store.read { db in
                try db.all("SELECT scope_id, token FROM person_token WHERE person_id = \(person.id)") {
                    (try $0[0] as UUID, try $0[1] as String)
                }
            }
            let territoryWide = rows.filter { $0.0 == PersonToken.territoryScope.uuid }.map(\.1)
            #expect(Set(territoryWide) == ["0639981111", "anne.lassalle.19501203"])
            #expect(Set(rows.map(\.0)) == [world.elsewhere.id.uuid, PersonToken.territoryScope.uuid])
            let index = PersonIndex(territory: world.territory.id, scopes: [world.organization.id], limit: 20)
            for word in Set(rows.map(\.1)) {
                #expect(try await store.read { db in try index.people(matching: [Sought(text: word)], in: db) } == [])
            }
        }
    }
}
