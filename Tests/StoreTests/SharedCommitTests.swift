import Foundation
import Store
import TestKit
import Testing

private let schema = Migration(
    "t",
    [
        "CREATE TABLE parent (id \(type: .bigint, "id") NOT NULL PRIMARY KEY)",
        """
        CREATE TABLE t (v \(type: .bigint, "v") NOT NULL PRIMARY KEY,
          parent_id \(type: .bigint, "parent_id") REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)
        """,
    ])

/// Writers that stand in line together share a commit on SQLite: none may feel it.
@Suite struct SharedCommitTests {
    /// Lets writers gather behind one that waits, then runs them all; gives what each answered.
    private func together(
        _ store: Store, _ writers: [@Sendable (Writer) throws -> Void], during: ([Task<Void, any Error>]) async throws -> Void = { _ in }
    ) async throws -> [Result<Void, any Error>] {
        let gate = Gate()
        async let holder: Void = store.write { _ in gate.pass() }
        await gate.waitForSomeone()
        var tasks: [Task<Void, any Error>] = []
        for writer in writers {
            tasks.append(Task { try await store.write(writer) })
            try await Task.sleep(for: .milliseconds(20))
        }
        gate.open()
        try await holder
        try await during(tasks)
        var results: [Result<Void, any Error>] = []
        for task in tasks { results.append(await task.result) }
        return results
    }

    /// Plays a scene, again and again on SQLite until some of its writers have run twice: on a slow day each commits by itself.
    private func untilShared(by writers: Int, on engine: Engine, _ scene: (Store, Counter) async throws -> Void) async throws {
        let tries = Counter()
        for scenes in 1...50 {
            try await engine.withStore([schema], options: Store.Options(connections: 1)) { store in try await scene(store, tries) }
            if engine != .sqlite || tries.value > scenes * writers { return }
        }
        Issue.record("no commit was ever shared")
    }

    private func insert(_ value: Int, parent: Int? = nil, _ tries: Counter = Counter()) -> @Sendable (Writer) throws -> Void {
        { db in
            tries.add()
            try db.run("INSERT INTO t (v, parent_id) VALUES (\(value), \(parent))")
        }
    }

    @Test("one that is refused takes nothing from its neighbours", arguments: Engine.available)
    func refused(_ engine: Engine) async throws {
        struct Changed: Error {}
        try await engine.withStore([schema], options: Store.Options(connections: 1)) { store in
            let results = try await together(
                store,
                [
                    insert(1), insert(2), insert(1), insert(3),
                    { db in
                        try db.run("DELETE FROM t")
                        throw Changed()
                    },
                    insert(4),
                ])
            #expect(results.map { (try? $0.get()) != nil } == [true, true, false, true, false, true])
            #expect(throws: ConstraintViolation(name: "t_pkey")) { try results[2].get() }
            #expect(throws: Changed.self) { try results[4].get() }
            try await #expect(store.integers("SELECT v FROM t ORDER BY v") == [1, 2, 3, 4])
        }
    }

    @Test("a foreign key that fails at the commit fails its own writer alone", arguments: Engine.available)
    func deferred(_ engine: Engine) async throws {
        try await untilShared(by: 3, on: engine) { store, tries in
            let results = try await together(store, [insert(1, tries), insert(2, parent: 9, tries), insert(3, tries)])
            #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
            #expect(throws: ConstraintViolation(name: "foreign_key")) { try results[1].get() }
            try await #expect(store.integers("SELECT v FROM t ORDER BY v") == [1, 3])
        }
    }

    @Test("one that is cancelled in the middle of a change takes nothing from its neighbours")
    func cancelled() async throws {
        // SQLite then undoes the work of those before it, too.
        try await untilShared(by: 1, on: .sqlite) { store, tries in
            let gate = Gate()
            let endless: @Sendable (Writer) throws -> Void = { db in
                gate.open()
                gate.pass()
                try db.run("WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n) INSERT INTO t (v) SELECT i FROM n")
            }
            let results = try await together(store, [insert(1, tries), endless, insert(2)]) { tasks in
                await gate.waitForSomeone()
                try await Task.sleep(for: .milliseconds(100))
                tasks[1].cancel()
            }
            #expect(throws: CancellationError.self) { try results[1].get() }
            try await #expect(store.integers("SELECT v FROM t ORDER BY v") == [1, 2])
        }
    }
}
