import Crypto
import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// A world with someone whom only the post reaches.
struct LetterWorld: Sendable {
    let outbox: Outbox
    let someone: Person

    var world: World { outbox.world }
    var store: Store { outbox.store }
    var reception: Acting { outbox.reception }

    static let key = AnswerCode.Key(SymmetricKey(data: Array(repeating: UInt8(7), count: 32)))
    static let otherKey = AnswerCode.Key(SymmetricKey(data: Array(repeating: UInt8(8), count: 32)))
    static let address = "192.0.2.1"

    static func with(_ engine: Engine, _ test: @Sendable (LetterWorld) async throws -> Void) async throws {
        try await Outbox.with(engine) { outbox in
            let letters = LetterWorld(outbox: outbox, someone: person(0, of: outbox.world))
            try await letters.insert(letters.someone)
            try await test(letters)
        }
    }

    static func person(_ number: Int, of world: World) -> Person {
        Person(
            territoryID: world.territory.id, firstName: "Anne-Marie", lastName: "Courrier \(number)", channel: .letter,
            address: "\(number + 1) rue du Pont", postalCode: "64300", commune: "Orthez", createdAt: World.now)
    }

    func insert(_ person: Person) async throws {
        try await store.write { db in try person.insertForTests(in: [world.organization.id], db: db) }
    }

    @discardableResult
    func book(_ start: Instant = World.at(3, 9), for person: Person? = nil, at now: Instant = World.now) async throws -> Appointment {
        try await outbox.book(start, at: now, for: person ?? someone)
    }

    func prepare(by acting: Acting? = nil, at now: Instant = World.now) async throws -> LetterBatch {
        try await store.claim { db in
            try LetterBatch.prepare(for: world.organization.id, key: Self.key, by: acting ?? reception, at: now, in: db)
        }
    }

    func details(_ batch: LetterBatch, at now: Instant = World.now) async throws -> LetterBatchDetails {
        try await store.read { db in
            try LetterBatch.find(batch.id, seenBy: reception, in: db).details(seenBy: reception, at: now, in: db)
        }
    }

    func print(_ batch: LetterBatch, _ key: AnswerCode.Key? = key, at now: Instant = World.now) async throws -> [PrintedLetter] {
        try await store.claim { db in try LetterBatch.print(batch.id, key: key, by: reception, at: now, in: db) }
    }

    func post(_ batch: LetterBatch, at now: Instant = World.now) async throws -> Int {
        try await store.claim { db in try LetterBatch.post(batch.id, by: reception, at: now, in: db) }
    }

    func undo(_ batch: LetterBatch) async throws {
        try await store.claim { db in try LetterBatch.undo(batch.id, by: reception, at: World.now, in: db) }
    }

    func waiting(for acting: Acting? = nil, at now: Instant = World.now) async throws -> [Letter] {
        try await store.read { db in
            try WaitingLetters.read(for: acting ?? reception, at: now, in: db).houses.flatMap(\.letters)
        }
    }

    /// The code of the only letter that is printed.
    func code(at now: Instant = World.now) async throws -> AnswerCode? { try await print(prepare(at: now), at: now).first?.code }

    func open(_ code: String, from address: String = address, at now: Instant = World.now) async throws -> CodedAppointment {
        try await CodedAppointment.find(code, Self.key, from: address, at: now, in: store)
    }

    func answer(
        _ meaning: ReplyMeaning, _ code: AnswerCode, phone: PhoneNumber? = nil, at now: Instant = World.now
    ) async throws -> Reply {
        try await Reply.take(meaning, phone: phone, code: code.text, Self.key, from: Self.address, at: now, in: store)
    }

    func status(_ appointment: Appointment) async throws -> [Participation.Status] {
        try await store.read { db in try Participation.of(appointment, in: db).map(\.status) }
    }

    func refusal<T>(_ body: () async throws -> T) async throws -> Refusal? {
        do {
            _ = try await body()
            return nil
        } catch let refusal as Refusal { return refusal }
    }
}
