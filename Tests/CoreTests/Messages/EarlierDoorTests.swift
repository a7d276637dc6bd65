import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A place that is free sooner, once more before it is told")
struct EarlierDoorTests {
    /// What happens between the offer and the door, and what is said of it.
    private static let happenings: [(Message.Cause?, @Sendable (EarlierWorld, Appointment) async throws -> Void)] = [
        (
            .placeTaken,
            { earlier, _ in
                try await earlier.outbox.book(World.at(2, 9), at: EarlierWorld.told, for: try await earlier.someone(50))
            }
        ),
        (.unwished, { earlier, _ in try await earlier.run("DELETE FROM earlier_wish") }),
        (
            .cancelled,
            { earlier, _ in
                // As if the cancellation had withdrawn nothing: the door alone judges.
                try await earlier.run("UPDATE participation SET status = 'cancelled-by-person'")
            }
        ),
        (
            .moved,
            { earlier, waiting in
                try await earlier.run(
                    "UPDATE appointment SET starts_at = \(World.at(2, 15)), ends_at = \(World.at(2, 16)) WHERE id = \(waiting.id)")
            }
        ),
    ]

    @Test("taken, wanted no more, cancelled or moved meanwhile: it does not leave, and says why", arguments: Engine.available)
    func untrue(on engine: Engine) async throws {
        for (cause, happens) in Self.happenings {
            try await EarlierWorld.with(engine) { earlier in
                let waiting = try await earlier.waiting(1)
                try await earlier.freed()
                try await earlier.offer()
                #expect(try await earlier.offers(waiting).map(\.isFree) == [true])
                try await happens(earlier, waiting)
                #expect(try await earlier.send().isEmpty)
                #expect(try await earlier.causes() == [cause])
                #expect(try await earlier.outbox.messages(.earlierSlot).map(\.state) == [.withdrawn])
            }
        }
    }

    @Test("held up until nobody could call any more, it does not leave", arguments: Engine.available)
    func late(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            try await earlier.waiting(1)
            try await earlier.freed()
            try await earlier.offer()
            #expect(try await earlier.send(at: World.at(2, 8, 5)).isEmpty)
            #expect(try await earlier.causes() == [.tooLate])
        }
    }

    @Test("what did not leave counts for nothing: another place is told the same day", arguments: Engine.available)
    func another(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let waiting = try await earlier.waiting(1)
            try await earlier.freed()
            try await earlier.offer()
            try await earlier.outbox.book(World.at(2, 9), at: EarlierWorld.told, for: try await earlier.someone(50))
            #expect(try await earlier.send().isEmpty)
            try await earlier.freed(World.at(2, 10), at: World.at(0, 11))
            #expect(try await earlier.send(at: World.at(0, 11, 5)).map(\.number) == ["01"])
            let offers = try await earlier.offers(waiting, at: World.at(0, 12))
            #expect(offers.map(\.place.startsAt) == [World.at(2, 10)] && offers.map(\.toldAt) == [World.at(0, 11, 5)])
            try await earlier.move(waiting, to: World.at(2, 10), at: World.at(0, 12))
            #expect(try await earlier.offers(waiting, at: World.at(0, 12)).map(\.isFree) == [false])
            #expect(try await earlier.wish(waiting) == nil)
        }
    }

    @Test("taken off, what waits does not leave", arguments: Engine.available)
    func takenOff(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let waiting = try await earlier.waiting(1), person = try #require(try await earlier.person(of: waiting))
            try await earlier.freed()
            try await earlier.offer()
            try await earlier.store.write { db in
                try waiting.wishEarlierNoMore(for: person, by: earlier.reception, at: EarlierWorld.told, in: db)
            }
            #expect(try await earlier.send().isEmpty)
            #expect(try await earlier.outbox.messages(.earlierSlot).map(\.state) == [.withdrawn])
        }
    }

    @Test("two places given back at once, looked at by several: each is told once, of one", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let earlier = try await EarlierWorld.make(in: stores[0])
            for number in 1...2 { try await earlier.waiting(number) }
            let world = earlier.world, reception = earlier.reception, colleague = try await earlier.someone(50)
            let taken = try await earlier.outbox.book(World.at(2, 9))
            var booking = world.booking(at: World.at(2, 10), of: world.colleague)
            booking.personIDs = [colleague.id]
            let other = try await booking.book(by: reception, at: World.now, in: stores[0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, one) in [taken, other].enumerated() {
                    group.addTask {
                        try await one.cancel(.cancelledByPerson, why: "", by: reception, at: EarlierWorld.monday, in: stores[index])
                    }
                }
                try await group.waitForAll()
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask { try await FreedPlace.offer(at: EarlierWorld.told, in: stores[number % 2]) }
                }
                try await group.waitForAll()
            }
            let told = try await earlier.outbox.messages(.earlierSlot)
            #expect(told.count == 2 && Set(told.map(\.personID)).count == 2)
            for store in stores { await store.close() }
        }
    }

    @Test("the schema lets nobody be told twice a day, nor a fourth be told of a place", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let waiting = try await earlier.waiting(1)
            try await earlier.freed()
            try await earlier.offer()
            let other = try await earlier.someone(2).id
            let insert: @Sendable (Int) async throws -> Void = { rank in
                try await earlier.run(
                    """
                    INSERT INTO earlier_offer (territory_id, place_id, person_id, appointment_id, rank, offered_on)
                    SELECT 64, id, \(other), \(waiting.id), \(rank), '2026-11-30' FROM freed_place
                    """)
            }
            await #expect(throws: ConstraintViolation(name: "earlier_offer_rank")) { try await insert(4) }
            await #expect(throws: ConstraintViolation(name: "earlier_offer_ranked")) { try await insert(1) }
            try await insert(2)
            try await earlier.freed(World.at(3, 10), at: World.at(0, 11))
            await #expect(throws: ConstraintViolation(name: "earlier_offer_once_a_day")) {
                try await earlier.run(
                    """
                    INSERT INTO earlier_offer (territory_id, place_id, person_id, appointment_id, rank, offered_on)
                    SELECT 64, id, \(other), \(waiting.id), 1, '2026-11-30' FROM freed_place WHERE starts_at = \(World.at(3, 10))
                    """)
            }
        }
    }

    @Test("NON frees nothing, and OUI is for someone to read: the place is to be given by hand", arguments: Engine.available)
    func answered(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let waiting = try await earlier.waiting(1)
            try await earlier.freed()
            #expect(try await earlier.send().count == 1)
            for (text, effect) in [("NON", Reply.Effect.toRead), ("oui", .toRead)] {
                let reply = try await Reply.take(
                    .init(gateway: "essai", reference: nil, sender: "+33639982001", text: text), at: World.at(0, 11), in: earlier.store)
                #expect(reply?.effect == effect, "\(text)")
            }
            #expect(try await earlier.store.read { db in try Participation.of(waiting, in: db).map(\.status) } == [.upcoming])
        }
    }
}
