import Core
import Foundation
import Logging
import Scheduling
import Store
import TestKit
import Testing

@testable import Lien

@Suite("The work beside the pages")
struct WorkersTests {
    /// Runs every worker once, at an instant.
    private func work(at now: Instant, in store: Store) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        for worker in Workers.all(in: store, logger: logger, now: { now }) { try await worker.work() }
    }

    private func count(_ rows: SQL, in store: Store) async throws -> Int {
        try await store.read { db in try db.first("SELECT count(*) FROM \(rows)") { try $0[0] as Int } ?? 0 }
    }

    @Test("forgets what was said when booking 30 days after the appointment, and keeps the appointment", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            var booking = world.booking(at: World.at(0, 9))
            booking.said = "Coupure annoncée"
            let reception = try await world.acting(world.reception, in: store)
            let end = try await booking.book(by: reception, at: World.now, in: store).endsAt
            try await work(at: end.adding(days: 30), in: store)
            #expect(try await count("appointment WHERE said IS NOT NULL", in: store) == 1)
            try await work(at: end.adding(days: 30).adding(seconds: 1), in: store)
            #expect(try await count("appointment WHERE said IS NOT NULL", in: store) == 0)
            #expect(try await count("appointment", in: store) == 1)
        }
    }

    @Test("closes sessions that are too old or idle, links and failures to sign in that no longer count", arguments: Engine.available)
    func sessions(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), now = World.now
            try await store.write { db in
                try session(of: world, seen: now, expires: now.adding(seconds: Session.absolute), db)
                try session(of: world, seen: now.adding(seconds: 1 - Session.idle), expires: now.adding(seconds: 1), db)
                try db.run(
                    """
                    INSERT INTO password_link (territory_id, agent_id, token, created_by, created_at, expires_at)
                    VALUES (\(64), \(world.worker.id), \(bytes()), \(world.worker.id), \(now), \(now.adding(seconds: 1)))
                    """)
                try db.run("INSERT INTO sign_in_failure (subject, at, id) VALUES (\(bytes()), \(now.adding(seconds: 1 - 900)), \(UUID()))")
            }
            try await work(at: now, in: store)
            #expect(try await count("session", in: store) == 2)
            #expect(try await count("password_link", in: store) == 1)
            #expect(try await count("sign_in_failure", in: store) == 1)
            try await work(at: now.adding(seconds: 1), in: store)
            #expect(try await count("session", in: store) == 1)
            #expect(try await count("password_link", in: store) == 0)
            #expect(try await count("sign_in_failure", in: store) == 0)
            try await work(at: now.adding(seconds: Session.idle), in: store)
            #expect(try await count("session", in: store) == 0)
        }
    }

    @Test("frees time whose hold ran out, and forgets answers kept for a day", arguments: Engine.available)
    func holdsAndAnswers(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), now = World.now
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked)
                    VALUES (\(64), \(world.worker.id), \(World.at(0, 9)), \(World.at(0, 10)), \(UUID()), 'agent', \(now), \(false))
                    """)
                try db.run(
                    """
                    INSERT INTO idempotency (territory_id, agent_id, key, request, status, response, created_at)
                    VALUES (\(64), \(world.worker.id), 'clé', \(bytes()), \(201), '{}', \(now))
                    """)
            }
            try await work(at: now.adding(seconds: -1), in: store)
            #expect(try await count("claim", in: store) == 1)
            try await work(at: now, in: store)
            #expect(try await count("claim", in: store) == 0)
            try await work(at: now.adding(days: 1), in: store)
            #expect(try await count("idempotency", in: store) == 1)
            try await work(at: now.adding(days: 1).adding(seconds: 1), in: store)
            #expect(try await count("idempotency", in: store) == 0)
        }
    }

    @Test("seals what the journal holds", arguments: Engine.available)
    func seals(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            #expect(try await count("journal_header WHERE seq IS NULL", in: store) > 0)
            try await work(at: World.now, in: store)
            #expect(try await count("journal_header WHERE seq IS NULL", in: store) == 0)
        }
    }

    private func session(of world: World, seen: Instant, expires: Instant, _ db: Writer) throws {
        try db.run(
            """
            INSERT INTO session (token, territory_id, agent_id, created_at, seen_at, expires_at)
            VALUES (\(bytes()), \(64), \(world.worker.id), \(seen), \(seen), \(expires))
            """)
    }

    /// As long as a hash.
    private func bytes() -> [UInt8] { (0..<32).map { _ in .random(in: 0...255) } }
}
