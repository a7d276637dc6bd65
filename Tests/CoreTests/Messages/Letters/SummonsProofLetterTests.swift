import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A posted letter shows that someone was told of a convocation")
struct SummonsProofLetterTests {
    private func oblige(_ letters: LetterWorld) async throws {
        try await letters.store.write { db in
            var reason = letters.world.reason
            reason.isSummons = true
            try reason.update(of: letters.world.territory.id, in: db)
        }
    }

    private func proof(_ appointment: Appointment, _ letters: LetterWorld) async throws -> SummonsProof? {
        try await letters.store.read { db in
            let details = try AppointmentDetails.find(appointment.id, seenBy: letters.reception, in: db)
            return try SummonsProof.of(details, seenBy: letters.reception, in: db)
        }
    }

    @Test("the batch, the day it was posted, who said so and the words on the paper", arguments: Engine.available)
    func posted(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await oblige(letters)
            let appointment = try await letters.book(World.at(3, 9)), batch = try await letters.prepare()
            let paper = try #require(try await letters.print(batch, at: World.now.adding(minutes: 5)).first)
            #expect(try await proof(appointment, letters)?.strength == SummonsProof.Strength.none, "printed is not posted")
            let now = World.at(0, 15)
            #expect(try await letters.post(batch, at: now) == 1)
            let proof = try #require(try await proof(appointment, letters)), one = try #require(proof.posted.first)
            #expect(proof.strength == .posted && proof.posted.count == 1 && proof.sent.isEmpty)
            #expect(one.postedAt == now && one.printedAt == World.now.adding(minutes: 5) && one.number == paper.number)
            #expect(one.batchID == batch.id && one.agentName == letters.world.reception.name)
            #expect(one.subject == paper.subject && !one.text.isEmpty)
            let lines = paper.paragraphs.flatMap { $0 }
            #expect(!lines.isEmpty && lines.allSatisfy(one.text.contains), "\(one.text)")
        }
    }

    @Test("what was answered with its code, whatever it says", arguments: Engine.available)
    func answered(on engine: Engine) async throws {
        for (meaning, strength) in [(ReplyMeaning.callBack, SummonsProof.Strength.answered), (.no, .answered), (.yes, .confirmed)] {
            try await LetterWorld.with(engine) { letters in
                try await oblige(letters)
                let appointment = try await letters.book(World.at(3, 9)), batch = try await letters.prepare()
                let code = try #require(try await letters.print(batch).first?.code)
                _ = try await letters.post(batch)
                let now = World.at(1, 18)
                _ = try await letters.answer(meaning, code, at: now)
                let proof = try #require(try await proof(appointment, letters))
                #expect(proof.strength == strength && proof.coded == [.init(at: now, meaning: meaning)])
            }
        }
    }

    @Test("a letter taken out of its batch, posted too late or undone shows nothing", arguments: Engine.available)
    func nothing(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await oblige(letters)
            let moved = try await letters.book(World.at(3, 9)), batch = try await letters.prepare()
            _ = try await letters.print(batch)
            _ = try await moved.move(
                to: .init(agentID: moved.agentID, startsAt: World.at(4, 9)), by: letters.reception, at: World.now, in: letters.store)
            #expect(try await letters.post(batch) == 0)
            #expect(try await proof(moved, letters)?.strength == SummonsProof.Strength.none)
            let next = try await letters.prepare()
            _ = try await letters.print(next)
            try await letters.undo(next)
            #expect(try await proof(moved, letters)?.posted.isEmpty == true)
        }
    }

    @Test("printed again it says what the last print said; posted, nothing writes it again", arguments: Engine.available)
    func kept(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await oblige(letters)
            let appointment = try await letters.book(World.at(3, 9)), batch = try await letters.prepare()
            _ = try await letters.print(batch)
            _ = try await letters.print(batch, at: World.now.adding(minutes: 30))
            _ = try await letters.post(batch, at: World.now.adding(minutes: 60))
            #expect(try await proof(appointment, letters)?.posted.map(\.printedAt) == [World.now.adding(minutes: 30)])
            for statement: SQL in [
                "UPDATE letter_text SET text = 'autre chose'",
                """
                INSERT INTO letter_text (territory_id, batch_id, message_id, subject, text, printed_at)
                SELECT territory_id, batch_id, message_id, '', 'autre chose', 0 FROM letter
                """,
            ] {
                await #expect(throws: ConstraintViolation(name: "letter_text_kept")) {
                    try await letters.store.write { db in try db.run(statement) }
                }
            }
        }
    }

    @Test("of a reason that does not oblige no words are kept, and empty ones are none", arguments: Engine.available)
    func ordinary(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let appointment = try await letters.book(World.at(3, 9)), batch = try await letters.prepare()
            _ = try await letters.print(batch)
            #expect(try await proof(appointment, letters) == nil)
            #expect(try await letters.store.read { db in try !db.exists("SELECT 1 FROM letter_text") })
            await #expect(throws: ConstraintViolation(name: "letter_text_said")) {
                try await letters.store.write { db in
                    try db.run(
                        """
                        INSERT INTO letter_text (territory_id, batch_id, message_id, subject, text, printed_at)
                        SELECT territory_id, batch_id, message_id, '', '', 0 FROM letter
                        """)
                }
            }
        }
    }
}
