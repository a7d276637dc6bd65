import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Archiving a file") struct ArchivingTests {
    @Test("an archived person leaves the search unless asked, is not booked for, and comes back", arguments: Engine.available)
    func cycle(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", born: "1950-12-03", ["0639981111"], in: store)
            try await Archiving.begin(for: person.id, .moved, why: "à Dax", by: worker, at: World.now, in: store)
            for typed in ["lassalle", "0639981111", "anne lassalle 3/12/1950"] {
                #expect(try await world.find(typed, by: world.worker, in: store) == [], "\(typed)")
            }
            let asked = try await store.read { db in try Person.search("lassal anne", by: worker, archives: true, in: db) }
            #expect(asked.map(\.name) == ["Anne Lassalle"] && asked[0].isArchived)
            let booking = booking(world, for: person)
            await #expect(throws: Refusal.archived) { try await booking.book(by: worker, at: World.now, in: store) }
            try await PersonDetailTests.edit(person.id, by: worker, in: store) { $0.lastName = "Etchegoyen" }
            #expect(try await world.find("etchegoyen", by: world.worker, in: store) == [])
            try await Archiving.end(for: person.id, by: worker, at: World.now, in: store)
            #expect(try await world.find("etchegoyen", by: world.worker, in: store) == ["Anne Etchegoyen"])
            #expect(try await store.number("SELECT count(*) FROM person_token WHERE token LIKE '!%'") == 0)
            _ = try await booking.book(by: worker, at: World.now, in: store)
            let entries = try await world.journal(about: person.id, in: store).map(\.payload)
            #expect(entries.contains(#"{"reason":"moved","what":"archived","why":"à Dax"}"#) && entries.contains(#"{"what":"unarchived"}"#))
        }
    }

    private func booking(_ world: World, for person: Person, at start: Instant = World.at(0, 9)) -> Booking {
        var booking = world.booking(at: start)
        booking.personIDs = [person.id]
        return booking
    }

    @Test("who has an appointment to come is not archived; a past one does not matter", arguments: Engine.available)
    func upcoming(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            let appointment = try await booking(world, for: person).book(by: worker, at: World.now, in: store)
            await #expect(throws: Refusal.stillUpcoming) {
                try await Archiving.begin(for: person.id, .deceased, why: "", by: worker, at: World.now, in: store)
            }
            #expect(try await world.find("lassalle", by: world.worker, in: store) == ["Anne Lassalle"])
            try await appointment.cancel(.cancelledByPerson, why: "", by: worker, at: World.now, in: store)
            try await Archiving.begin(for: person.id, .deceased, why: "", by: worker, at: World.now, in: store)
            let fact = try await store.read { db in try appointment.lastFact(in: db)!.id }
            await #expect(throws: Refusal.archived) { try await appointment.undo(fact, by: worker, at: World.now, in: store) }
            try await Archiving.end(for: person.id, by: worker, at: World.now, in: store)
            try await appointment.undo(fact, by: worker, at: World.now, in: store)
            try await Archiving.begin(for: person.id, .deceased, why: "", by: worker, at: World.at(0, 12), in: store)
            let place = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(2, 9))
            await #expect(throws: Refusal.archived) {
                _ = try await appointment.move(to: place, by: worker, at: World.at(0, 12), in: store)
            }
        }
    }

    @Test("the schema refuses both: booking the archived, archiving the booked", arguments: Engine.available)
    func schema(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let away = try await world.add("Anne", "Lassalle", in: store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: worker, at: World.now, in: store)
            try await Archiving.begin(for: away.id, .moved, why: "", by: worker, at: World.now, in: store)
            await #expect(throws: ConstraintViolation(name: "participation_archived")) {
                try await store.write { db in
                    try Participation(personID: away.id, status: .upcoming).insert(for: appointment, in: db)
                }
            }
            await #expect(throws: ConstraintViolation(name: "archiving_upcoming")) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO archiving (territory_id, person_id, reason, why, at, by_agent)
                        VALUES (64, \(world.person.id), 'moved', '', \(World.now), \(world.worker.id))
                        """)
                }
            }
        }
    }

    @Test("a booking and an archiving at once: one of the two is refused, never neither", arguments: Engine.available)
    func race(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            for round in 0..<10 {
                let person = try await world.add("Anne", "Lassalle \(round)", in: store)
                let booking = booking(world, for: person, at: World.at(round / 5, 9 + round % 3, (round % 2) * 30))
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await booking.booked(again: true, by: worker, at: World.now, in: store) }
                    group.addTask {
                        try? await Archiving.begin(for: person.id, .moved, why: "", by: worker, at: World.now, in: store)
                    }
                }
                let both = try await store.number(
                    """
                    SELECT count(*) FROM archiving JOIN participation ON participation.territory_id = archiving.territory_id
                      AND participation.person_id = archiving.person_id WHERE archiving.person_id = \(person.id)
                    """)
                #expect(both == 0)
            }
        }
    }

    @Test("a reason is given, in words when it is another one; by who may change the file", arguments: Engine.available)
    func reasons(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let caller = try await world.acting(try await world.hire(.caller, in: world.organization, store: store), in: store)
            await #expect {
                try await Archiving.begin(for: world.person.id, .other, why: " ", by: worker, at: World.now, in: store)
            } throws: {
                ($0 as? Refusal)?.code == "no-reason"
            }
            await #expect(throws: Refusal.forbidden) {
                try await Archiving.begin(for: world.person.id, .moved, why: "", by: caller, at: World.now, in: store)
            }
            await #expect(throws: Refusal.notFound) {
                try await Archiving.begin(for: .new(), .moved, why: "", by: worker, at: World.now, in: store)
            }
        }
    }
}
