import Core
import Foundation
import Store
import TestKit
import Testing

/// One thing that someone with the database's password may do to an entry at a place of the chain.
enum Tampering: String, CaseIterable, CustomTestStringConvertible {
    case at, actor, noActor, otherActor, act, noSubject, otherSubject, digest, seal, unsealed, shifted
    case salt, payloadByte, payloadLonger, payloadShorter, payloadGone, entryGone, entryAdded
    var testDescription: String { rawValue }

    func apply(_ seq: Int64, in db: Writer) throws {
        for statement in statements(seq) { try db.run(statement) }
    }

    private func statements(_ seq: Int64) -> [SQL] {
        let entry: SQL = "id = (SELECT id FROM journal_header WHERE territory_id = 64 AND seq = \(seq))"
        let someone = UUID(uuidString: "01890000-0000-7000-8000-000000000001")!
        let bytes = Array(repeating: UInt8(1), count: 32)
        func header(_ change: SQL) -> SQL { "UPDATE journal_header SET \(change) WHERE territory_id = 64 AND seq = \(seq)" }
        func payload(_ change: SQL) -> SQL { "UPDATE journal_payload SET \(change) WHERE \(entry)" }
        return switch self {
        case .at: [header("at = at + 1")]
        case .actor: [header("actor = 'system'")]
        case .noActor: [header("actor_id = NULL")]
        case .otherActor: [header("actor_id = \(someone)")]
        case .act: [header("act = 'reae'")]
        case .noSubject: [header("subject_id = NULL")]
        case .otherSubject: [header("subject_id = \(someone)")]
        case .digest: [header("digest = \(bytes)")]
        case .seal: [header("seal = \(bytes)")]
        case .unsealed: [header("seq = NULL, seal = NULL")]
        case .shifted: [header("seq = 1000 + seq")]
        case .salt: [payload("salt = \(Array(bytes.prefix(16)))")]
        case .payloadByte: [payload("payload = replace(payload, 'Jeanne', 'Jeanna')")]
        case .payloadLonger: [payload("payload = payload || ' '")]
        case .payloadShorter: [payload("payload = substr(payload, 1, length(payload) - 1)")]
        case .payloadGone: ["DELETE FROM journal_payload WHERE \(entry)"]
        case .entryGone:
            ["DELETE FROM journal_payload WHERE \(entry)", "DELETE FROM journal_header WHERE territory_id = 64 AND seq = \(seq)"]
        case .entryAdded: Self.adding(someone, before: seq)
        }
    }

    /// The copy of an entry, as if it had always stood there.
    private static func adding(_ id: UUID, before seq: Int64) -> [SQL] {
        [
            "UPDATE journal_header SET seq = -seq WHERE seq >= \(seq)",
            "UPDATE journal_header SET seq = 1 - seq WHERE seq < 0",
            """
            INSERT INTO journal_header (territory_id, id, at, actor, actor_id, act, subject_id, digest, seq, seal)
            SELECT territory_id, \(id), at, actor, actor_id, act, subject_id, digest, \(seq), seal FROM journal_header WHERE seq = \(seq) + 1
            """,
            """
            INSERT INTO journal_payload (territory_id, id, salt, payload)
            SELECT 64, \(id), salt, payload FROM journal_payload
            WHERE id = (SELECT id FROM journal_header WHERE territory_id = 64 AND seq = \(seq) + 1)
            """,
        ]
    }
}

@Suite("A check of the journal")
struct TamperingTests {
    @Test("finds one altered, missing or added byte, in the middle and at the end", arguments: Engine.available, Tampering.allCases)
    func finds(on engine: Engine, _ tampering: Tampering) async throws {
        for seq: Int64 in [1, 4, 8] {
            try await engine.withStore(Schema.migrations) { store in
                try await JournalWorld.make(in: store).sealed(8, in: store)
                try await store.disarm()
                #expect(try await store.verdict() == .intact)
                try await store.write { db in try tampering.apply(seq, in: db) }
                #expect(try await store.verdict().brokenAt == seq)
            }
        }
    }

    @Test("finds the last entries removed, and a head altered or gone", arguments: Engine.available)
    func head(on engine: Engine) async throws {
        let changes: [(SQL, Int64)] = [
            ("UPDATE journal_head SET seq = seq + 1", 9), ("UPDATE journal_head SET seq = seq - 1", 8),
            ("UPDATE journal_head SET seal = digest FROM journal_header WHERE journal_header.seq = 3", 8), ("DELETE FROM journal_head", 8),
        ]
        for (change, seq) in changes {
            try await engine.withStore(Schema.migrations) { store in
                try await JournalWorld.make(in: store).sealed(8, in: store)
                try await store.disarm()
                try await store.write { db in _ = try db.run(change) }
                #expect(try await store.verdict().brokenAt == seq)
            }
        }
    }

    @Test("finds a chain rewritten whole, beside a seal noted before", arguments: Engine.available)
    func rewritten(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await JournalWorld.make(in: store).sealed(8, in: store)
            let head = try await store.read { db in try Journal.verify(64, in: db).head }
            let noted = try #require(head)
            #expect(try await store.verdict(noted: noted) == .intact)
            try await store.disarm()
            try await store.write { db in
                try db.run("UPDATE journal_header SET at = at + 60 WHERE seq = 2")
                try db.run("UPDATE journal_header SET seq = NULL, seal = NULL")
                try db.run("DELETE FROM journal_head")
            }
            try await Journal.seal(in: store)
            #expect(try await store.verdict() == .intact)
            #expect(try await store.verdict(noted: noted).brokenAt == 8)
        }
    }
}
