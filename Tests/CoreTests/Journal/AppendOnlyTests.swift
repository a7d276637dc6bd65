import Core
import Foundation
import Store
import TestKit
import Testing

@Suite("The journal is append-only in the schema")
struct AppendOnlyTests {
    static let changes: [SQL] = [
        "UPDATE journal_header SET at = at + 1",
        "UPDATE journal_header SET seq = seq + 100",
        "UPDATE journal_header SET seq = NULL, seal = NULL WHERE seq = 1",
        "UPDATE journal_header SET seq = 9, seal = digest, act = 'changed' WHERE seq IS NULL",
        "DELETE FROM journal_header",
        "UPDATE journal_payload SET payload = '{}'",
        "DELETE FROM journal_payload",
        "UPDATE journal_head SET seal = seal",
        "UPDATE journal_head SET seq = seq - 1",
        "DELETE FROM journal_head",
        "UPDATE journal_erasure SET at = at + 1",
        "DELETE FROM journal_erasure",
        "UPDATE journal_erased SET number = number",
        "DELETE FROM journal_erased",
    ]

    @Test("so that nothing written is changed or removed", arguments: Engine.available, changes.indices)
    func refuses(on engine: Engine, _ index: Int) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let other = try await journal.world.anotherPerson(in: store)
            try await journal.write(1, about: other.id, in: store)
            try await journal.sealed(3, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            _ = try await Journal.erase(other.id, because: "demande", by: officer, at: World.now, in: store)
            await #expect(throws: ConstraintViolation(name: "journal_append_only")) {
                try await store.write { db in _ = try db.run(Self.changes[index]) }
            }
            #expect(try await store.verdict() == .erased(certificates: [1]))
        }
    }

    @Test("nor emptied at once", arguments: Engine.available.filter { $0 == .postgres })
    func truncate(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await JournalWorld.make(in: store).sealed(2, in: store)
            for table in ["journal_payload", "journal_head", "journal_erased"] {
                await #expect(throws: ConstraintViolation(name: "journal_append_only")) {
                    try await store.write { db in _ = try db.run("TRUNCATE \(identifier: table)") }
                }
            }
        }
    }
}
