import Foundation
import Store
import TestKit
import Testing

private let schema = Migration("t", ["CREATE TABLE t (v \(type: .bigint, "v") NOT NULL)"])

@Suite struct WaitingTests {
    private let one = Store.Options(connections: 1, wait: .milliseconds(300), durability: .normal)

    @Test("with every connection taken, one waits the given time and is told so", arguments: Engine.available)
    func exhausted(_ engine: Engine) async throws {
        try await engine.withStore([schema], options: one) { store in
            let gate = Gate()
            async let holder: Int = store.write { db in
                gate.pass()
                return try db.run("INSERT INTO t (v) VALUES (1)")
            }
            await gate.waitForSomeone()
            let waited = await seconds {
                await #expect(throws: StoreError.busy) { try await store.write { db in try db.run("INSERT INTO t (v) VALUES (2)") } }
            }
            #expect(waited > 0.25 && waited < 5)
            gate.open()
            try await #expect(holder == 1)
            try await store.write { db in try db.run("INSERT INTO t (v) VALUES (3)") }
            let kept = try await store.integers("SELECT v FROM t ORDER BY v")
            #expect(kept == [1, 3])
        }
    }

    @Test("SQLite bounds the wait of its readers too")
    func exhaustedReaders() async throws {
        try await Engine.sqlite.withStore([schema], options: one) { store in
            let gate = Gate()
            async let holder: Void = store.read { _ in gate.pass() }
            await gate.waitForSomeone()
            await #expect(throws: StoreError.busy) { try await store.has("SELECT 1 FROM t") }
            gate.open()
            try await holder
            let found = try await store.has("SELECT 1 FROM t")
            #expect(!found)
        }
    }

    @Test("someone who gives up waiting leaves the line at once, and the others keep their places", arguments: Engine.available)
    func cancelledWhileWaiting(_ engine: Engine) async throws {
        try await engine.withStore([schema], options: Store.Options(connections: 1, wait: .seconds(20))) { store in
            let gate = Gate()
            async let holder: Void = store.write { _ in gate.pass() }
            await gate.waitForSomeone()
            let impatient = Task { try await store.write { db in try db.run("INSERT INTO t (v) VALUES (1)") } }
            let patient = Task { try await store.write { db in try db.run("INSERT INTO t (v) VALUES (2)") } }
            try await Task.sleep(for: .milliseconds(50))
            impatient.cancel()
            let waited = await seconds { await #expect(throws: CancellationError.self) { try await impatient.value } }
            #expect(waited < 5)
            gate.open()
            try await holder
            _ = try await patient.value
            let kept = try await store.integers("SELECT v FROM t")
            #expect(kept == [2])
        }
    }

    @Test("a query is given up when its task is cancelled, and the store goes on", arguments: Engine.available)
    func cancelledQuery(_ engine: Engine) async throws {
        let endless: SQL =
            engine == .postgres
            ? "SELECT pg_sleep(60)" : "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        try await engine.withStore([schema], options: Store.Options(connections: 1)) { store in
            for _ in 0..<3 {
                let gate = Gate()
                let query = Task {
                    try await store.write { db in
                        try db.run("INSERT INTO t (v) VALUES (1)")
                        gate.open()
                        gate.pass()
                        return try db.exists(endless)
                    }
                }
                await gate.waitForSomeone()
                try await Task.sleep(for: .milliseconds(100))
                query.cancel()
                let waited = await seconds { await #expect(throws: CancellationError.self) { try await query.value } }
                #expect(waited < 20)
                let kept = try await store.has("SELECT 1 FROM t")
                #expect(!kept)
            }
        }
    }

    @Test("a task cancelled between two statements keeps nothing", arguments: Engine.available)
    func cancelledBetween(_ engine: Engine) async throws {
        try await engine.withStore([schema], options: Store.Options(connections: 2)) { store in
            let gate = Gate()
            let writer = Task {
                try await store.write { db in
                    try db.run("INSERT INTO t (v) VALUES (1)")
                    gate.pass()
                }
            }
            await gate.waitForSomeone()
            writer.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await writer.value }
            let kept = try await store.has("SELECT 1 FROM t")
            #expect(!kept)
        }
    }

    @Test("a long reader sees one state and keeps no one from writing", arguments: Engine.available)
    func longReader(_ engine: Engine) async throws {
        try await engine.withStore([schema], options: Store.Options(connections: 2)) { store in
            try await store.write { db in try db.run("INSERT INTO t (v) VALUES (1)") }
            let gate = Gate()
            async let reader: [Int] = store.read { db in
                let before: Int? = try db.first("SELECT count(*) FROM t") { row in try row[0] }
                gate.pass()
                let after: Int? = try db.first("SELECT count(*) FROM t") { row in try row[0] }
                return [before, after].compactMap(\.self)
            }
            await gate.waitForSomeone()
            for value in 2...50 { try await store.write { db in try db.run("INSERT INTO t (v) VALUES (\(value))") } }
            gate.open()
            try await #expect(reader == [1, 1])
            let count = try await store.integers("SELECT count(*) FROM t")
            #expect(count == [50])
        }
    }

    @Test("a reader may not write", arguments: Engine.available)
    func readOnly(_ engine: Engine) async throws {
        try await engine.withStore([schema]) { store in
            await #expect(throws: StoreError.self) {
                try await store.read { db in try db.exists("INSERT INTO t (v) VALUES (1) RETURNING v") }
            }
        }
    }
}
