import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Relatives, children and protected adults") struct RelationTests {
    /// A family: Léa and Tom, without numbers, of Anne and Paul, who live apart.
    struct Family: Sendable {
        let world: World
        let worker: Acting
        let lea: Person
        let tom: Person
        let anne: Person
        let paul: Person

        static func make(in store: Store) async throws -> Family {
            let world = try await World.make(in: store)
            let family = Family(
                world: world, worker: try await world.acting(world.worker, in: store),
                lea: try await world.add("Léa", "Lassalle", born: "2020-05-04", in: store),
                tom: try await world.add("Tom", "Lassalle", born: "2022-01-09", in: store),
                anne: try await world.add("Anne", "Lassalle", born: "1990-01-01", ["0639981111"], in: store),
                paul: try await world.add("Paul", "Etcheverry", born: "1988-01-01", ["0639982222"], in: store))
            for child in [family.lea, family.tom] {
                for parent in [family.anne, family.paul] { try await family.link(child, to: parent, in: store) }
            }
            return family
        }

        @discardableResult
        func link(
            _ person: Person, to other: Person, in store: Store, _ change: @escaping @Sendable (inout RelationDraft) -> Void = { _ in }
        ) async throws -> Relation {
            try await store.write { db in
                var draft = RelationDraft()
                (draft.kind, draft.receives) = (Relation.Kind.parent.rawValue, true)
                change(&draft)
                return try Relation.add(draft, from: person.id, to: other.id, by: worker, at: World.now, in: db)
            }
        }

        func booking(for person: Person, at start: Instant = World.at(0, 9)) -> Booking {
            var booking = world.booking(at: start)
            booking.personIDs = [person.id]
            return booking
        }
    }

    private func told(_ person: Person, in store: Store) async throws -> [String] {
        try await store.read { db in
            try Message.due(to: person.id, of: 64, in: db).map { "\($0.toName ?? "soi") \($0.recipient)" }.sorted()
        }
    }

    @Test("each parent who receives is told of a small child's appointment, at their own number", arguments: Engine.available)
    func parents(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            let appointment = try await family.booking(for: family.lea).book(by: family.worker, at: World.now, in: store)
            #expect(try await told(family.lea, in: store) == ["Anne Lassalle +33639981111", "Paul Etcheverry +33639982222"])
            try await PersonDetailTests.edit(family.lea.id, by: family.worker, in: store) { $0.phones = [.init("0639983333")] }
            #expect(try await told(family.lea, in: store) == ["soi +33639983333"])
            try await PersonDetailTests.edit(family.lea.id, by: family.worker, in: store) { $0.phones = [] }
            try await appointment.cancel(.cancelledByPerson, why: "", by: family.worker, at: World.now, in: store)
            let due = try await store.read { db in try Message.due(to: family.lea.id, of: 64, in: db) }
            #expect(due.map(\.purpose) == [.cancellation, .cancellation])
        }
    }

    @Test("who must not know is told nothing, even of what was waiting to leave", arguments: Engine.available)
    func unaware(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            _ = try await family.booking(for: family.lea).book(by: family.worker, at: World.now, in: store)
            let paul = try await store.read { db in
                try Relative.of(family.lea.id, seenBy: family.worker, at: World.now, in: db).first { $0.personID == family.paul.id }!
            }
            func set(_ change: @escaping @Sendable (inout RelationDraft) -> Void) async throws {
                try await store.write { db in
                    var draft = RelationDraft(paul.relation)
                    change(&draft)
                    try Relation.change(
                        paul.relation.id, of: family.lea.id, to: draft, by: family.worker, at: World.now, in: db)
                }
            }
            await #expect {
                try await set { ($0.isUnaware, $0.unawareSince, $0.unawareSource) = (true, "01/11/2026", "jugement") }
            } throws: { ($0 as? Refusal)?.fields["receives"] != nil }
            await #expect {
                try await set { ($0.receives, $0.isUnaware) = (false, true) }
            } throws: { ($0 as? Refusal)?.fields.keys.sorted() == ["unaware_since", "unaware_source"] }
            try await set {
                ($0.receives, $0.isUnaware, $0.unawareSince, $0.unawareSource) = (false, true, "01/11/2026", "jugement")
            }
            #expect(try await told(family.lea, in: store) == ["Anne Lassalle +33639981111"])
            await #expect(throws: ConstraintViolation(name: "relation_unaware")) {
                try await store.write { db in
                    try db.run("UPDATE relation SET receives = TRUE WHERE id = \(paul.relation.id)")
                }
            }
            var booking = family.booking(for: family.tom, at: World.at(0, 10))
            booking.accompaniedBy = family.world.person.id
            let refused = booking
            await #expect { _ = try await refused.book(by: family.worker, at: World.now, in: store) } throws: {
                ($0 as? Refusal)?.code == "not-a-relative"
            }
            #expect(try await family.world.journal(about: family.paul.id, in: store).contains { $0.payload.contains("unaware_since") })
        }
    }

    @Test("a discreet reason, or one confidential for minors, goes through nobody", arguments: Engine.available)
    func confidential(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            for column: SQL in ["discreet", "minors_confidential"] {
                try await store.write { db in try db.run("UPDATE reason SET discreet = FALSE, minors_confidential = FALSE") }
                try await store.write { db in try db.run("UPDATE reason SET \(column) = TRUE") }
                let start = World.at(column == "discreet" ? 0 : 1, 9)
                _ = try await family.booking(for: family.lea, at: start).booked(again: true, by: family.worker, at: World.now, in: store)
            }
            #expect(try await told(family.lea, in: store) == [])
        }
    }

    @Test("nobody is their own relative, even through others: in the schema too", arguments: Engine.available)
    func loops(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            await #expect { try await family.link(family.anne, to: family.anne, in: store) } throws: { ($0 as? Refusal)?.code == "oneself" }
            await #expect { try await family.link(family.anne, to: family.lea, in: store) } throws: {
                ($0 as? Refusal)?.code == "relation-loop"
            }
            let grandmother = try await family.world.add("Marie", "Lassalle", in: store)
            try await family.link(family.anne, to: grandmother, in: store)
            await #expect { try await family.link(grandmother, to: family.tom, in: store) } throws: {
                ($0 as? Refusal)?.code == "relation-loop"
            }
            await #expect(throws: ConstraintViolation(name: "relation_loop")) {
                try await store.write { db in
                    let relation = Relation(personID: grandmother.id, otherID: family.lea.id, kind: .guardian)
                    try relation.insert(of: 64, by: family.world.worker.id, at: World.now, in: db)
                }
            }
            try await family.link(family.lea, to: family.tom, in: store) { ($0.kind, $0.receives) = ("sibling", false) }
            try await family.link(family.tom, to: family.lea, in: store) { ($0.kind, $0.receives) = ("sibling", false) }
            await #expect { try await family.link(family.lea, to: family.tom, in: store) } throws: {
                ($0 as? Refusal)?.code == "relation-exists"
            }
        }
    }

    @Test("a carer is on file with their consent", arguments: Engine.available)
    func carers(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            await #expect { try await family.link(family.anne, to: family.paul, in: store) { $0.kind = "carer" } } throws: {
                ($0 as? Refusal)?.fields.keys.sorted() == ["consent_how", "consent_on"]
            }
            let relation = try await family.link(family.anne, to: family.paul, in: store) {
                ($0.kind, $0.receives, $0.consentOn, $0.consentHow) = ("carer", false, "02/11/2026", "de vive voix")
            }
            #expect(relation.consent == .init(on: CivilDate("2026-11-02")!, how: "de vive voix"))
            await #expect(throws: ConstraintViolation(name: "relation_consent")) {
                try await store.write { db in try db.run("UPDATE relation SET consent_on = NULL WHERE id = \(relation.id)") }
            }
        }
    }

    @Test("for a child's reason the child is the person, and the adult accompanies", arguments: Engine.available)
    func accompanied(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            try await store.write { db in try db.run("UPDATE reason SET for_child = TRUE") }
            let wrong = family.booking(for: family.anne)
            await #expect(throws: Refusal.childNeeded) { _ = try await wrong.book(by: family.worker, at: World.now, in: store) }
            var booking = family.booking(for: family.lea)
            booking.accompaniedBy = family.anne.id
            let appointment = try await booking.book(by: family.worker, at: World.now, in: store)
            let names = try await store.read { db in try AppointmentDetails.accompanying(appointment, in: db) }
            #expect(names == ["Anne Lassalle"])
        }
    }

    @Test("brothers and sisters are booked one after the other, all or none", arguments: Engine.available)
    func inARow(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            let siblings = try await store.read { db in
                try Relative.siblings(of: family.lea.id, seenBy: family.worker, at: World.now, in: db)
            }
            #expect(siblings.map(\.id) == [family.tom.id])
            var booking = family.booking(for: family.lea, at: World.at(0, 11, 30))
            booking.asSlot = true
            let late = booking
            await #expect(throws: Refusal.noRoomInARow) {
                _ = try await late.bookInARow(then: [family.tom.id], by: family.worker, at: World.now, in: store)
            }
            #expect(try await store.number("SELECT count(*) FROM appointment") == 0)
            booking.startsAt = World.at(0, 11)
            let booked = try await booking.bookInARow(then: [family.tom.id], by: family.worker, at: World.now, in: store)
            #expect(booked.map(\.startsAt) == [World.at(0, 11), World.at(0, 11, 30)])
            #expect(try await told(family.tom, in: store).count == 2)
        }
    }

    @Test("a protected adult gets their own, and the representative a copy that names no reason", arguments: Engine.available)
    func protected(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store), person = family.anne, representative = family.paul
            var draft = ProtectionDraft()
            (draft.measure, draft.startsOn, draft.copies) = ("curatelle", "01/01/2026", true)
            draft.representative = representative.id.description
            let wanted = draft
            func save() async throws -> Protection {
                try await store.write { db in
                    try Protection.save(wanted, for: person.id, by: family.worker, at: World.now, in: db)
                }
            }
            await #expect { _ = try await save() } throws: { ($0 as? Refusal)?.fields["representative"] != nil }
            try await family.link(person, to: representative, in: store) { ($0.kind, $0.receives) = ("representative", false) }
            _ = try await family.booking(for: person).book(by: family.worker, at: World.now, in: store)
            #expect(try await told(person, in: store) == ["soi +33639981111"])
            let measure = try await save()
            let due = try await store.read { db in try Message.due(to: person.id, of: 64, in: db) }
            #expect(Set(due.map { "\($0.toName ?? "soi") \($0.namesReason)" }) == ["soi true", "Paul Etcheverry false"])
            await #expect { _ = try await save() } throws: { ($0 as? Refusal)?.code == "measure-open" }
            var ended = wanted
            ended.endsOn = "01/06/2026"
            let last = ended
            try await store.write { db in
                _ = try Protection.save(last, measure.id, for: person.id, by: family.worker, at: World.now, in: db)
            }
            #expect(try await told(person, in: store) == ["soi +33639981111"])
        }
    }

    @Test("relatives are shown without addresses, and letters to them too", arguments: Engine.available)
    func addresses(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let family = try await Family.make(in: store)
            try await PersonDetailTests.edit(family.paul.id, by: family.worker, in: store) {
                ($0.address, $0.commune, $0.channel) = ("9 rue du Père", "Pau", "letter")
            }
            _ = try await family.booking(for: family.lea).book(by: family.worker, at: World.now, in: store)
            let file = try await store.read { db in
                try PersonFile.read(family.lea, by: family.worker, at: World.now, in: db)
            }
            #expect(file.messages.count == 2)
            #expect(!file.messages.contains { $0.recipient.contains("rue du Père") })
            #expect(try await told(family.lea, in: store).contains { $0.contains("9 rue du Père") })
        }
    }
}
