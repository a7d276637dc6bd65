import Foundation
import Store
import TestKit
import Testing

private let schema = Migration("t", ["CREATE TABLE t (v \(type: .bigint, "v") NOT NULL)"])

@Suite(.enabled(if: Engine.server != nil, "needs PostgreSQL: run through bin/with-postgres"))
struct LostServerTests {
    @Test("a server stopped in mid-transaction fails it clearly, once, and is found again when it is back")
    func stopped() async throws {
        try await PrivateCluster.with { cluster in
            let store = try Store.open(cluster.url, options: Store.Options(connections: 2))
            try await store.migrate([schema])
            try await store.write { db in try db.run("INSERT INTO t (v) VALUES (1)") }

            let gate = Gate()
            let tries = Counter()
            let writer = Task {
                try await store.write { db in
                    tries.add()
                    try db.run("INSERT INTO t (v) VALUES (2)")
                    gate.pass()
                    try db.run("INSERT INTO t (v) VALUES (3)")
                }
            }
            await gate.waitForSomeone()
            try cluster.stop()
            gate.open()
            try await Self.expectUnreachable { try await writer.value }
            #expect(tries.value == 1)
            try await Self.expectUnreachable { _ = try await store.has("SELECT 1 FROM t") }

            try cluster.start()
            try await #expect(store.integers("SELECT v FROM t") == [1])
            try await store.write { db in try db.run("INSERT INTO t (v) VALUES (4)") }
            try await #expect(store.integers("SELECT v FROM t ORDER BY v") == [1, 4])
            await store.close()
        }
    }

    @Test("a server that restarts while no one is asking is not noticed")
    func restarted() async throws {
        try await PrivateCluster.with { cluster in
            let store = try Store.open(cluster.url, options: Store.Options(connections: 4))
            try await store.migrate([schema])
            try await Self.useAll(store, connections: 4)
            try cluster.stop()
            try cluster.start()
            try await Self.useAll(store, connections: 4)
            try await #expect(store.integers("SELECT count(*) FROM t") == [8])
            await store.close()
        }
    }

    @Test("a server that restarts is not noticed by a transaction that only sends")
    func restartedBeforeSending() async throws {
        try await PrivateCluster.with { cluster in
            let store = try Store.open(cluster.url, options: Store.Options(connections: 1))
            try await store.migrate([schema])
            try cluster.stop()
            try cluster.start()
            try await store.write { db in try db.send("INSERT INTO t (v) VALUES (1)") }
            try await #expect(store.integers("SELECT v FROM t") == [1])
            await store.close()
        }
    }

    @Test("a connection that the server ends in mid-transaction is replaced")
    func terminated() async throws {
        try await Engine.postgres.withStore([schema], options: Store.Options(connections: 2)) { store in
            let victim = Counter()
            let gate = Gate()
            let writer = Task {
                try await store.write { db in
                    let id: Int? = try db.first("SELECT pg_backend_pid()") { row in try row[0] }
                    victim.add(id ?? 0)
                    try db.run("INSERT INTO t (v) VALUES (1)")
                    gate.pass()
                    try db.run("INSERT INTO t (v) VALUES (2)")
                }
            }
            await gate.waitForSomeone()
            let id = victim.value
            try await #expect(store.has("SELECT 1 WHERE pg_terminate_backend(\(id)::int)"))
            gate.open()
            try await Self.expectUnreachable { try await writer.value }
            try await Self.useAll(store, connections: 2)
            try await #expect(store.integers("SELECT count(*) FROM t") == [2])
        }
    }

    /// A transaction on each connection at the same time.
    private static func useAll(_ store: Store, connections: Int) async throws {
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<connections {
                group.addTask {
                    try await store.claim { db in
                        try db.run("INSERT INTO t (v) VALUES (0)")
                        gate.pass()
                    }
                }
            }
            for _ in 0..<connections { await gate.waitForSomeone() }
            for _ in 0..<connections { gate.open() }
            try await group.waitForAll()
        }
    }

    private static func expectUnreachable(_ work: () async throws -> Void) async throws {
        do {
            try await work()
            Issue.record("nothing was thrown")
        } catch StoreError.unreachable {
        }
    }
}
