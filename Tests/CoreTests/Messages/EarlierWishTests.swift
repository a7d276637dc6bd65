import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Someone may want to come sooner")
struct EarlierWishTests {
    @Test("asked while booking, or later; taken off; each with who, when and the journal's entry", arguments: Engine.available)
    func noted(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let asked = try await earlier.waiting(1), store = earlier.store
            #expect(
                try await earlier.wish(asked)
                    == EarlierWish(askedAt: World.now.adding(minutes: 1), askedBy: earlier.world.reception.id))
            let other = try await earlier.outbox.book(World.at(9, 9)), person = earlier.world.person.id
            #expect(try await earlier.wish(other) == nil)
            for _ in 0..<2 {
                try await store.write { db in
                    try other.wishEarlier(for: person, by: earlier.reception, at: EarlierWorld.monday, in: db)
                }
            }
            #expect(try await earlier.wish(other)?.askedAt == EarlierWorld.monday)
            #expect(try await earlier.count("SELECT count(*) FROM earlier_wish") == 2)
            for _ in 0..<2 {
                try await store.write { db in
                    try other.wishEarlierNoMore(for: person, by: earlier.reception, at: EarlierWorld.monday, in: db)
                }
            }
            #expect(try await earlier.wish(other) == nil)
            let entries = try await earlier.count("SELECT count(*) FROM journal_payload WHERE payload LIKE '%earlier-wish%'")
            #expect(entries == 4, "one at the booking, one each time it is asked, one when it is taken off")
        }
    }

    @Test("moved later it holds; moved sooner it is granted; cancelled it is over; undone, all is as before", arguments: Engine.available)
    func follows(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let asked = try await earlier.waiting(1), person = try #require(try await earlier.person(of: asked))
            try await earlier.move(asked, to: World.at(10, 9))
            #expect(try await earlier.wish(asked) != nil)
            try await earlier.move(asked, to: World.at(3, 9))
            #expect(try await earlier.wish(asked) == nil)
            let moved = try #require(try await earlier.store.read { db in try asked.lastFact(in: db) })
            try await asked.undo(moved.id, by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
            #expect(try await earlier.wish(asked) != nil)
            try await asked.cancel(.cancelledByPerson, why: "", by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
            #expect(try await earlier.wish(asked) == nil)
            let cancelled = try #require(try await earlier.store.read { db in try asked.lastFact(in: db) })
            try await asked.undo(cancelled.id, by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
            #expect(try await earlier.wish(asked) != nil)
            try await asked.cancel(.cancelledByService, why: "", by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
            await #expect(throws: Refusal.notUpcoming) {
                try await earlier.store.write { db in
                    try asked.wishEarlier(for: person, by: earlier.reception, at: EarlierWorld.monday, in: db)
                }
            }
        }
    }

    @Test("not of what is past, nor by who may not book there, nor for someone who does not come", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let booked = try await earlier.outbox.book(World.at(2, 9)), person = earlier.world.person.id
            let stranger = try await earlier.someone(1).id
            let wish: @Sendable (ID<Person>, Acting, Instant) async throws -> Void = { person, acting, now in
                try await earlier.store.write { db in try booked.wishEarlier(for: person, by: acting, at: now, in: db) }
            }
            await #expect(throws: Refusal.noEarlierPlace) { try await wish(person, earlier.reception, World.at(2, 9)) }
            await #expect(throws: Refusal.notFound) { try await wish(stranger, earlier.reception, EarlierWorld.monday) }
            let elsewhere = Acting(territory: earlier.world.territory, agent: earlier.world.reception, roles: [:])
            await #expect(throws: Refusal.notFound) { try await wish(person, elsewhere, EarlierWorld.monday) }
            #expect(try await earlier.count("SELECT count(*) FROM earlier_wish") == 0)
        }
    }
}

extension EarlierWorld {
    func person(of appointment: Appointment) async throws -> ID<Person>? {
        try await store.read { db in try Participation.of(appointment, in: db).first?.personID }
    }
}
