import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("The journal's chain")
struct SealingTests {
    @Test("seals every entry, in one unbroken chain", arguments: Engine.available)
    func seals(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(300, in: store)
            #expect(try await Journal.seal(limit: 130, in: store) == 130)
            #expect(try await Journal.seal(limit: 1_000, in: store) == 170)
            #expect(try await Journal.seal(in: store) == 0)
            let places: [Int64] = try await store.read { db in try db.all("SELECT seq FROM journal_header ORDER BY seq") { try $0[0] } }
            #expect(places == Array(1...300))
            let report = try await store.read { db in try Journal.verify(64, in: db) }
            #expect(report.verdict == .intact)
            #expect(report.sealed == 300)
            #expect(report.unsealed == 0)
            #expect(report.head?.seq == 300)
        }
    }

    @Test("does not fork when several nodes seal at once", arguments: Engine.available)
    func doesNotFork(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let nodes = try (0..<4).map { _ in try Store.open(url, options: Store.Options(wait: .seconds(30), durability: .normal)) }
            let journal = try await JournalWorld.make(in: nodes[0])
            try await withThrowingTaskGroup(of: Int.self) { group in
                for (index, node) in nodes.enumerated() {
                    group.addTask {
                        var sealed = 0
                        for _ in 0..<20 {
                            if index == 0 { try await journal.write(10, in: node) }
                            sealed += try await Journal.seal(limit: 7, in: node)
                        }
                        return sealed
                    }
                }
                var sealed = 0
                for try await count in group { sealed += count }
                while case let count = try await Journal.seal(in: nodes[0]), count > 0 { sealed += count }
                #expect(sealed == 200)
            }
            let report = try await nodes[1].read { db in try Journal.verify(64, in: db) }
            #expect(report.verdict == .intact)
            #expect(report.sealed == 200)
            for node in nodes { await node.close() }
        }
    }

    @Test("keeps one chain for each territory", arguments: Engine.available)
    func territories(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let other = try await World.make(in: store, territoryID: 65)
            try await journal.write(3, in: store)
            try await store.write { db in
                _ = try Journal.record(.read, about: other.person.id.uuid, by: .system, of: 65, at: World.now, in: db)
            }
            #expect(try await Journal.seal(in: store) == 4)
            let heads = try await store.read { db in try [64, 65].map { try Journal.verify($0, in: db).head?.seq } }
            #expect(heads == [3, 1])
        }
    }

    @Test("an empty journal is intact", arguments: Engine.available)
    func empty(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let verdict = try await store.verdict()
            #expect(verdict == .intact)
        }
    }

    @Test("entries that wait for their seal are checked too", arguments: Engine.available)
    func unsealed(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.sealed(3, in: store)
            try await journal.write(2, in: store)
            #expect(try await store.verdict() == .intact)
            try await store.disarm()
            try await store.write { db in
                _ = try db.run(
                    """
                    UPDATE journal_payload SET payload = '{}'
                    WHERE id = (SELECT id FROM journal_header WHERE seq IS NULL ORDER BY id DESC LIMIT 1)
                    """)
            }
            #expect(try await store.verdict().brokenAt == 5)
        }
    }
}
