import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Letters in batches")
struct LetterBatchTests {
    @Test("wait to be printed, once they are due, until they are posted", arguments: Engine.available)
    func posted(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            #expect(try await letters.waiting().map(\.personName) == ["Anne-Marie Courrier 0"])
            #expect(try await letters.waiting(at: World.now.adding(seconds: -60)).isEmpty, "not before it is due")
            let batch = try await letters.prepare()
            #expect(batch.letters == 1 && batch.state == .prepared)
            #expect(try await letters.waiting().isEmpty)
            #expect(try await letters.refusal { try await letters.prepare() } == .noLetters)
            let later = World.now.adding(minutes: 90)
            #expect(try await letters.post(batch, at: later) == 1)
            let message = try await letters.outbox.messages(.confirmation)[0]
            #expect(message.state == .said && message.sentAt == later)
            #expect(try await letters.waiting().isEmpty)
            #expect(try await letters.refusal { try await letters.post(batch) } == .letterBatchSettled)
            #expect(try await letters.refusal { try await letters.undo(batch) } == .letterBatchSettled)
            #expect(try await letters.refusal { try await letters.print(batch) } == .letterBatchSettled)
        }
    }

    @Test("are in one batch, whatever writes; a batch has one end", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let first = try await letters.prepare(), message = try await letters.outbox.messages(.confirmation)[0]
            try await letters.book(World.at(4, 9), for: nil)
            let second = try await letters.prepare()
            await #expect(throws: ConstraintViolation(name: "letter_once")) {
                try await letters.store.write { db in
                    try db.run(
                        "INSERT INTO letter (territory_id, batch_id, message_id, number, recipient) VALUES (64, \(second.id), \(message.id), 9, 'x')"
                    )
                }
            }
            try await letters.undo(first)
            await #expect(throws: ConstraintViolation(name: "letter_batch_one_end")) {
                try await letters.store.write { db in
                    try db.run("UPDATE letter_batch SET posted_at = 1, posted_by = prepared_by WHERE id = \(first.id)")
                }
            }
        }
    }

    @Test("are printed once when several agents prepare at once", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            for number in 1...11 {
                let person = LetterWorld.person(number, of: letters.world)
                try await letters.insert(person)
                try await letters.book(World.at(number / 6, 9, number % 6 * 30), for: person)
            }
            let batches = try await withThrowingTaskGroup(of: LetterBatch?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do { return try await letters.prepare() } catch let refusal as Refusal where refusal == .noLetters { return nil }
                    }
                }
                return try await group.reduce(into: [LetterBatch]()) { if let batch = $1 { $0.append(batch) } }
            }
            #expect(batches.map(\.letters).reduce(0, +) == 11)
            var messages: [ID<Message>] = []
            for batch in batches { messages += try await letters.details(batch).letters.map(\.message.id) }
            #expect(messages.count == 11 && Set(messages).count == 11)
            #expect(try await letters.waiting().isEmpty)
        }
    }

    @Test("leave it when the appointment is moved or cancelled, or when it was said, and are never posted", arguments: Engine.available)
    func untrue(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            var booked: [Appointment] = []
            for number in 1...4 {
                let person = LetterWorld.person(number, of: letters.world)
                try await letters.insert(person)
                booked.append(try await letters.book(World.at(3, 9, number * 30), for: person))
            }
            let batch = try await letters.prepare()
            let place = AppointmentFact.Place(agentID: letters.world.worker.id, startsAt: World.at(3, 14))
            _ = try await booked[0].move(to: place, by: letters.reception, at: World.now, in: letters.store)
            try await booked[1].cancel(.cancelledByService, why: "Absence", by: letters.reception, at: World.now, in: letters.store)
            let told = try await letters.details(batch).letters[2].message
            try await letters.store.write { db in try Message.markSaid(told.id, of: 64, at: World.now, in: db) }
            let details = try await letters.details(batch)
            #expect(details.letters.map(\.trouble) == [.moved, .cancelled, .told, nil])
            #expect(details.letters.map(\.number) == [1, 2, 3, 4])
            #expect(try await letters.print(batch).map(\.number) == [4])
            // What replaces them waits on its own.
            #expect(try await Set(letters.waiting().map(\.message.purpose)) == [.change, .cancellation])
            #expect(try await letters.post(batch) == 1)
            let after = try await letters.details(batch)
            #expect(after.good.count == 1 && after.out.map(\.trouble) == [.moved, .cancelled, .told])
            let states = try await letters.outbox.messages(.confirmation).map(\.state)
            #expect(states.filter { $0 == .said }.count == 2 && states.filter { $0 == .withdrawn }.count == 2)
        }
    }

    @Test("do not leave once the appointment is past", arguments: Engine.available)
    func past(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let batch = try await letters.prepare(), after = World.at(3, 9, 15)
            #expect(try await letters.details(batch, at: after).out.map(\.trouble) == [.past])
            #expect(try await letters.refusal { try await letters.print(batch, at: after) } == .nothingToPrint)
            #expect(try await letters.post(batch, at: after) == 0)
        }
    }

    @Test("come back when the batch is undone", arguments: Engine.available)
    func undone(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let batch = try await letters.prepare()
            try await letters.undo(batch)
            #expect(try await letters.waiting().count == 1)
            let details = try await letters.details(batch)
            #expect(details.batch.state == .undone && details.letters.map(\.trouble) == [.undone])
            let again = try await letters.prepare()
            #expect(again.id != batch.id && again.letters == 1)
        }
    }

    @Test("are printed anew when the address changes", arguments: Engine.available)
    func readdressed(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let batch = try await letters.prepare()
            try await letters.store.write { db in
                var moved = letters.someone
                moved.address = "3 impasse Neuve"
                try Message.readdress(moved, minding: .none, at: World.now, in: db)
            }
            #expect(try await letters.details(batch).out.map(\.trouble) == [.readdressed])
            let again = try await letters.prepare()
            #expect(try await letters.print(again)[0].recipient == ["Anne-Marie Courrier 0", "3 impasse Neuve", "64300 Orthez"])
            #expect(try await letters.post(batch) == 0)
            #expect(try await letters.post(again) == 1)
        }
    }

    @Test("are seen and printed by those who may see each of them", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let world = letters.world
            try await letters.book()
            let batch = try await letters.prepare()
            let worker = try await world.acting(world.worker, in: letters.store)
            #expect(try await letters.store.read { db in try LetterBatch.find(batch.id, seenBy: worker, in: db).id } == batch.id)
            // Someone of another service of the house.
            let midwife = Agent(territoryID: 64, firstName: "Jeanne", lastName: "Sage", email: "sage@example.org")
            try await letters.store.write { db in
                try midwife.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (64, \(world.organization.id), \(midwife.id), \(Role.worker))")
                try db.run("INSERT INTO agent_service VALUES (64, \(midwife.id), \(world.pmi.id))")
            }
            let acting = try await world.acting(midwife, in: letters.store)
            #expect(try await letters.waiting(for: acting).isEmpty)
            #expect(
                try await letters.refusal { try await letters.store.read { db in try LetterBatch.find(batch.id, seenBy: acting, in: db) } }
                    == .notFound)
            #expect(
                try await letters.refusal {
                    try await letters.store.claim { db in try LetterBatch.print(batch.id, key: nil, by: acting, at: World.now, in: db) }
                } == .notFound)
            #expect(try await letters.store.read { db in try LetterBatch.all(since: World.now, seenBy: acting, in: db) }.isEmpty)
        }
    }

    @Test("say in each person’s journal who took theirs away, when they are put together and at each print", arguments: Engine.available)
    func journalled(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let batch = try await letters.prepare()
            for _ in 0..<2 { _ = try await letters.print(batch) }
            let entries = try await letters.store.read { db in
                try db.all(
                    """
                    SELECT subject_id FROM journal_header WHERE act = 'exported' AND actor_id = \(letters.reception.agent.id) ORDER BY id
                    """
                ) { try $0[0] as UUID }
            }
            #expect(entries.filter { $0 == letters.someone.id.uuid }.count == 3 && entries.filter { $0 == batch.id.uuid }.count == 3)
        }
    }

    @Test("say what their template says, in two groups the code, and nothing that reveals", arguments: Engine.available)
    func printed(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let batch = try await letters.prepare(), printed = try #require(try await letters.print(batch).first)
            #expect(printed.recipient == ["Anne-Marie Courrier 0", "1 rue du Pont", "64300 Orthez"])
            #expect(printed.sender == ["Département d’essai", "MDS d’Orthez", "1 rue des Essais", "Orthez"])
            #expect(printed.date == "le 29 novembre 2026".replacing(" novembre ", with: "\u{A0}novembre\u{A0}"))
            let text = ([printed.subject] + printed.paragraphs.flatMap { $0 }).joined(separator: "\n")
            #expect(text.contains("jeudi 3\u{A0}décembre") && text.contains("9\u{A0}h"))
            #expect(Revealing(names: ["Premier contact RSA"]).found(in: text + printed.sender.joined(separator: " ")) == nil)
            #expect(printed.code?.written.count == 9)
            // Another print of the same letter is the same; without the key that made it, no code is printed.
            #expect(try await letters.print(batch) == [printed])
            #expect(try await letters.print(batch, LetterWorld.otherKey)[0].code == nil)
            #expect(try await letters.print(batch, nil)[0].code == nil)
        }
    }
}
