import Core
import Crypto
import Foundation
import HTTPTypes
import Scheduling
import Store
import TestKit

@testable import Core
@testable import Web

/// Letters to ask about: two batches, and the code of a letter of the first.
struct ThingsPosted: Sendable {
    let batch: ID<LetterBatch>
    /// To be undone.
    let spare: ID<LetterBatch>
    let code: String

    /// The key of the tests' sites.
    static let key = AnswerCode.Key(SymmetricKey(data: Array(repeating: UInt8(7), count: 32)))

    static func make(_ world: World, about appointment: Appointment, in store: Store) async throws -> ThingsPosted {
        let reception = try await world.acting(world.reception, in: store)
        let first = try await batch(world, appointment, by: reception, in: store)
        let printed = try await store.claim { db in try LetterBatch.print(first, key: key, by: reception, at: World.now, in: db) }
        return ThingsPosted(
            batch: first, spare: try await batch(world, appointment, by: reception, in: store), code: printed[0].code?.text ?? "")
    }

    private static func batch(
        _ world: World, _ appointment: Appointment, by reception: Acting, in store: Store
    ) async throws -> ID<LetterBatch> {
        try await store.claim { db in
            let id = ID<Message>.new()
            try db.run(
                """
                INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at,
                  names_reason)
                VALUES (\(world.territory.id), \(id), \(world.person.id), \(appointment.id), 'confirmation', 'letter',
                  \("1 rue des Essais\n64300 Orthez"), \(World.now), \("letter/\(id)"), \(World.now), FALSE)
                """)
            return try LetterBatch.prepare(for: world.organization.id, key: key, by: reception, at: World.now, in: db).id
        }
    }

    var ids: [String] { ["\(batch)", "\(spare)"] }
}

extension Walk {
    /// What the post asks for.
    static func letters(_ things: Things) -> [(HTTPRequest.Method, String, JSONValue?)] {
        let one = "/letter-batches/\(things.letters.batch)", spare = "/letter-batches/\(things.letters.spare)"
        return [
            (.get, "/letters", nil), (.get, "/letter-batches", nil), (.get, one, nil), (.post, "\(one)/posting", nil),
            (.post, "\(spare)/undoing", nil),
            (.post, "/letter-batches", ["organization": .text("\(things.world.organization.id)")]),
        ]
    }
}
