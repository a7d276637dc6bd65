import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Changing a person's file") struct PersonEditingTests {
    @Test("a changed name finds the person, and the old one no longer does", arguments: Engine.available)
    func tokensFollow(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store)
            let person = try await world.add(
                "Anne", "Lassalle", born: "1950-12-03", ["0639981111"], to: [world.organization, world.elsewhere], in: store)
            var draft = PersonDraft(person)
            draft.lastName = "Etchegoyen"
            draft.phones = [.init("0536490001")]
            draft.birthDate = ""
            let typed = draft
            let after = try await store.write { db in try Person.edit(person.id, to: typed, version: 0, by: worker, at: World.now, in: db) }
            #expect(after.version == 1)
            #expect(try await world.find("etchegoyen", by: world.worker, in: store) == ["Anne Etchegoyen"])
            for old in ["lassalle", "0639981111", "1950"] { #expect(try await world.find(old, by: world.worker, in: store) == []) }
            let rows = try await store.read { db in
                try db.all("SELECT scope_id, token FROM person_token WHERE person_id = \(person.id)") {
                    "\(try $0[0] as UUID) \(try $0[1] as String)"
                }
            }
            let expected = after.tokenRows(in: [world.organization.id, world.elsewhere.id]).count
            #expect(rows.count == expected && Set(rows).count == expected)
        }
    }

    @Test("two agents at once: the second is told, and nothing of the first is lost", arguments: Engine.available)
    func conflict(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            var first = PersonDraft(person), second = PersonDraft(person)
            first.needs = "fauteuil"
            second.needs = "parler fort"
            let (one, two) = (first, second)
            try await store.write { db in _ = try Person.edit(person.id, to: one, version: 0, by: worker, at: World.now, in: db) }
            await #expect(throws: Refusal.editedMeanwhile) {
                try await store.write { db in _ = try Person.edit(person.id, to: two, version: 0, by: reception, at: World.now, in: db) }
            }
            #expect(try await Person.open(person.id, by: worker, at: World.now, in: store).needs == "fauteuil")
            try await store.write { db in _ = try Person.edit(person.id, to: one, version: 0, by: reception, at: World.now, in: db) }
            try await store.write { db in _ = try Person.edit(person.id, to: two, version: 1, by: reception, at: World.now, in: db) }
            let entries = try await world.journal(about: person.id, in: store)
            #expect(entries.map(\.act) == [.changed, .read, .changed])
            #expect(entries[0].payload.contains(#""needs.after":"fauteuil""#))
        }
    }

    @Test("of many who change one file at once, each change counts or is told", arguments: Engine.available)
    func race(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        var draft = PersonDraft(person)
                        draft.needs = "besoin \(index)"
                        let typed = draft
                        do {
                            try await store.write { db in
                                _ = try Person.edit(person.id, to: typed, version: 0, by: worker, at: World.now, in: db)
                            }
                            return true
                        } catch let refusal as Refusal where refusal == .editedMeanwhile { return false }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 1)
        }
    }

    @Test("only who follows the person changes the file", arguments: Engine.available)
    func rights(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), other = try await World.make(in: store, territoryID: 65)
            let person = try await world.add("Anne", "Lassalle", in: store)
            let caller = try await world.acting(try await world.hire(.caller, in: world.organization, store: store), in: store)
            let stranger = try await world.acting(try await world.hire(.worker, in: world.elsewhere, store: store), in: store)
            let foreigner = try await other.acting(other.worker, in: store)
            for (acting, refusal) in [(caller, Refusal.forbidden), (stranger, .notFound), (foreigner, .notFound)] {
                await #expect(throws: refusal) {
                    try await store.write { db in
                        _ = try Person.edit(person.id, to: PersonDraft(person), version: 0, by: acting, at: World.now, in: db)
                    }
                }
            }
        }
    }

    @Test("the privacy sentence is recorded once, with who said it", arguments: Engine.available)
    func informing(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            try await store.write { db in try Person.inform(person.id, by: worker, at: World.now, in: db) }
            try await store.write { db in try Person.inform(person.id, by: reception, at: World.now.adding(days: 1), in: db) }
            let after = try await Person.open(person.id, by: worker, at: World.now, in: store)
            #expect(after.informedAt == World.now && after.informedBy == world.worker.id)
        }
    }
}
