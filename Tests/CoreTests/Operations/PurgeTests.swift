import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("What must not outlive its use")
struct PurgeTests {
    @Test("what was said when booking is deleted 30 days after, and asking twice changes nothing", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            var booking = world.booking(at: World.at(0, 9))
            booking.said = "Coupure annoncée"
            let appointment = try await booking.book(by: reception, at: World.now, in: store)
            let end = appointment.endsAt
            #expect(try await Purge.said.run(at: end.adding(days: 30), in: store) == 0)
            #expect(try await Purge.said.run(at: end.adding(days: 30).adding(seconds: 1), in: store) == 1)
            #expect(try await Purge.said.run(at: end.adding(days: 31), in: store) == 0)
            let left = try await store.read { db in try db.exists("SELECT 1 FROM appointment WHERE said IS NOT NULL") }
            #expect(!left)
        }
    }

    @Test("a hold that ran out frees its time", arguments: Engine.available)
    func holds(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            try await store.write { db in
                _ = try db.run(
                    """
                    INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked)
                    VALUES (\(64), \(world.worker.id), \(World.at(0, 9)), \(World.at(0, 10)), \(UUID()), 'agent', \(World.now), \(false))
                    """)
            }
            #expect(try await Purge.holds.run(at: World.now.adding(seconds: -1), in: store) == 0)
            #expect(try await Purge.holds.run(at: World.now, in: store) == 1)
        }
    }

    @Test("each can run on an empty database", arguments: Engine.available, Purge.allCases)
    func empty(on engine: Engine, _ purge: Purge) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let changed = try await purge.run(at: World.now, in: store)
            #expect(changed == 0)
        }
    }

    @Test("the server’s key is made once, whoever asks first", arguments: Engine.available)
    func key(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = try (0..<3).map { _ in try Store.open(url, options: Store.Options(durability: .normal)) }
            let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for store in stores { group.addTask { try await ServerKey.load(in: store) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
            #expect(keys.first?.count == 32)
            for store in stores { await store.close() }
        }
    }
}
