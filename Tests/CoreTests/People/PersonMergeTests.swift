import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Making one file of two") struct PersonMergeTests {
    @Test("moves all that pointed to the other, of every kind, and loses nothing", arguments: Engine.available)
    func everything(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            try await pair.fill(in: store)
            let before = try await pair.rows(of: pair.other.id, in: store)
            #expect(before.filter { $0.value == 0 }.isEmpty, "a kind of row was not tried: \(before)")
            let person = try await pair.merge().run(by: pair.reception, at: World.now, in: store)
            let left = try await pair.rows(of: pair.other.id, in: store)
            #expect(left.filter { $0.value > 0 }.isEmpty, "left behind: \(left)")
            let after = try await pair.rows(of: pair.kept.id, in: store)
            for pointer in PersonPointer.all where pointer.rule == .moved && pointer.table != "person_merged" {
                let name = "\(pointer.table).\(pointer.column)"
                #expect(after[name] == before[name], "\(name)")
            }
            let others = [
                "person_merged.into_id": 2, "participation.person_id": 2, "referent.person_id": 1,
                "person_organization.person_id": 2, "person_detail.person_id": 1, "external_number.person_id": 1, "person_tag.person_id": 1,
                "relation.person_id": 1, "relation.other_id": 1, "accompaniment.person_id": 1, "archiving.person_id": 0,
            ]
            for (name, count) in others { #expect(after[name] == count, "\(name)") }
            #expect(person.phones.map(\.number) == ["+33639981234", "+33536490001", "+33639985678"])
            #expect(try await store.number("SELECT count(*) FROM person WHERE id = \(pair.other.id)") == 0)
        }
    }

    @Test("keeps the word chosen field by field, and sets the other aside with the history", arguments: Engine.available)
    func fields(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let (world, reception) = (pair.world, pair.reception)
            var draft = PersonDraft(pair.other)
            (draft.needs, draft.language, draft.birthDate) = ("fauteuil, parler fort", "eu", "4/12/1950")
            draft.emails = [.init("jeannette@example.org", label: "travail")]
            let typed = draft
            _ = try await store.write { db in
                try Person.edit(pair.other.id, to: typed, version: 0, by: reception, at: World.now, in: db)
            }
            let merge = pair.merge([.firstName, .address]) { $0.otherVersion = 1 }
            let person = try await merge.run(by: reception, at: World.now.adding(minutes: 5), in: store)
            #expect(person.firstName == "Jeannette" && person.commune == "Pau")
            #expect(person.birthDate == pair.kept.birthDate && person.language == "fr" && person.version == 2)
            #expect(person.needs == "fauteuil, parler fort" && person.emails.map(\.label) == ["travail"])
            let opened = try await Person.open(pair.kept.id, by: reception, at: World.now, in: store)
            #expect(opened == person)
            let history = try await store.read { db in try MergedPerson.into(person.id, of: world.territory.id, in: db) }
            #expect(history.map(\.id) == [pair.other.id] && history[0].agentID == world.reception.id)
            #expect(history[0].name == "Jeannette Lacoste" && history[0].at == World.now.adding(minutes: 5))
            #expect(history[0].aside == ["first_name": "Jeanne", "birth_date": "1950-12-04", "language": "eu"])
            let entries = try await world.journal(about: person.id, in: store)
            #expect(entries.contains { $0.act == .merged && $0.payload.contains("Jeannette") && $0.payload.contains("eu") })
            let gone = try await world.journal(about: pair.other.id, in: store)
            #expect(gone.last?.act == .merged)
        }
    }

    @Test("leaves one person to find, by all that either was found by, in every organization of either", arguments: Engine.available)
    func searching(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let world = pair.world
            let stranger = try await world.hire(.reception, in: world.elsewhere, store: store)
            _ = try await pair.merge([.firstName]).run(by: pair.reception, at: World.now, in: store)
            #expect(try await world.find("lacoste 1950", by: world.reception, in: store) == ["Jeannette Lacoste"])
            for typed in ["0536490001", "0639985678", "jeannette"] {
                #expect(try await world.find(typed, by: stranger, in: store) == ["Jeannette Lacoste"], "\(typed)")
            }
            #expect(try await world.find("jeanne 1950", by: stranger, in: store) == ["Jeannette Lacoste"])
            let tokens = try await store.number("SELECT count(*) FROM person_token WHERE person_id = \(pair.kept.id)")
            #expect(try await store.number("SELECT count(*) FROM person_token") == tokens)
        }
    }

    @Test("leads from the old address, through several files, to the one that stays", arguments: Engine.available)
    func addresses(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let (world, reception) = (pair.world, pair.reception)
            let last = try await world.add("Jeanne", "Lacoste", born: "1950-12-03", in: store)
            _ = try await pair.merge().run(by: reception, at: World.now, in: store)
            let second = PersonMerge(keptID: last.id, otherID: pair.kept.id, keptVersion: 0, otherVersion: 1)
            _ = try await second.run(by: reception, at: World.now, in: store)
            for old in [pair.kept.id, pair.other.id] {
                let found = try await store.read { db in try Person.successor(of: old, of: world.territory.id, in: db) }
                #expect(found == last.id)
                await #expect(throws: Refusal.merged) { try await Person.open(old, by: reception, at: World.now, in: store) }
            }
            let entries = try await world.journal(about: pair.other.id, in: store)
            #expect(entries.allSatisfy { $0.act != .refused })
            let appointment = try await pair.book(pair.other, 0, 9, in: store)
            #expect(try await store.read { db in try Participation.of(appointment, in: db) }.map(\.personID) == [last.id])
        }
    }

    @Test("shows the data-protection role who read either file", arguments: Engine.available)
    func readers(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let officer = Acting(
                territory: pair.world.territory, agent: pair.world.colleague, roles: [:], territoryRoles: [.dataProtection])
            _ = try await Person.open(pair.other.id, by: pair.reception, at: World.now, in: store)
            _ = try await pair.merge().run(by: pair.reception, at: World.now, in: store)
            let acts = try await store.write { db in
                try Journal.consult(pair.kept.id, because: "la personne le demande", by: officer, at: World.now, in: db)
                return try Journal.readers(of: pair.kept.id, by: officer, at: World.now, in: db).map(\.act)
            }
            #expect(acts.filter { $0 == .merged }.count == 2 && acts.contains(.read))
        }
    }

    @Test("stands twice in one appointment as once, as what took place", arguments: Engine.available)
    func sharedAppointment(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            var booking = pair.world.booking(at: World.at(0, 9))
            booking.personIDs = [pair.kept.id, pair.other.id]
            let appointment = try await booking.book(by: pair.reception, at: World.now, in: store)
            await #expect(throws: Refusal.appointmentsOverlap) {
                try await pair.merge().run(by: pair.reception, at: World.now, in: store)
            }
            try await appointment.close(.cancelledByService, for: pair.kept.id, why: "", by: pair.reception, at: World.now, in: store)
            _ = try await pair.merge().run(by: pair.reception, at: World.now, in: store)
            let participations = try await store.read { db in try Participation.of(appointment, in: db) }
            #expect(participations == [Participation(personID: pair.kept.id, status: .upcoming)])
        }
    }
}
