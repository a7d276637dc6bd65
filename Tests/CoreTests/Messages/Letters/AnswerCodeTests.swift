import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The code of a letter")
struct AnswerCodeTests {
    @Test(
        "is read as people write it",
        arguments: [
            ("K7QX3M9P", "K7QX3M9P"), ("k7qx 3m9p", "K7QX3M9P"), (" K7QX-3M9P ", "K7QX3M9P"), ("koqx 3mip", "K0QX3M1P"),
            ("k7qx3m9l", "K7QX3M91"), ("K7QX3M9", nil), ("K7QX3M9PP", nil), ("K7QX3M9U", nil), ("", nil), ("K7QX3M9é", nil),
        ])
    func typed(_ typed: String, _ expected: String?) {
        #expect(AnswerCode(typed)?.text == expected)
    }

    @Test("opens day, hour and place, and is nowhere in the database", arguments: Engine.available)
    func opens(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let appointment = try await letters.book()
            let code = try #require(try await letters.code())
            let coded = try await letters.open(code.written.lowercased())
            #expect(coded.appointmentID == appointment.id && coded.startsAt == appointment.startsAt && coded.house == "MDS d’Orthez")
            #expect(coded.way == "par téléphone", "without the number of whoever is called")
            #expect(coded.mayBeAnswered(at: World.now) && coded.answered == nil)
            let kept: [[UInt8]] = try await letters.store.read { db in try db.all("SELECT digest FROM answer_code") { try $0[0] } }
            #expect(kept.count == 1 && kept[0].count == 32 && kept[0] != SecretToken.digest(of: code.text))
        }
    }

    @Test("opens nothing once the appointment is over, and is forgotten then", arguments: Engine.available)
    func expires(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let appointment = try await letters.book()
            let code = try #require(try await letters.code())
            #expect(try await letters.open(code.text, at: appointment.endsAt.adding(seconds: -1)).status == .upcoming)
            #expect(try await Purge.codes.run(at: appointment.endsAt.adding(seconds: -1), in: letters.store) == 0)
            #expect(try await letters.refusal { try await letters.open(code.text, at: appointment.endsAt) } == .unknownCode)
            #expect(try await Purge.codes.run(at: appointment.endsAt, in: letters.store) == 1)
        }
    }

    @Test("may be mistyped twenty times; then one waits, even with a good one, and nobody else does", arguments: Engine.available)
    func throttled(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            try await letters.book()
            let code = try #require(try await letters.code())
            for turn in 0..<20 {
                let wrong = turn.isMultiple(of: 2) ? "ZZZZZZZZ" : "?"
                #expect(try await letters.refusal { try await letters.open(wrong) } == .unknownCode)
                // A good one between two wrong ones starts no new count.
                if turn == 10 { #expect(try await letters.open(code.text).status == .upcoming) }
            }
            #expect(try await letters.refusal { try await letters.open(code.text) }?.kind == .tooMany)
            #expect(try await letters.refusal { try await letters.answer(.yes, code) }?.kind == .tooMany)
            #expect(try await letters.open(code.text, from: "192.0.2.2").status == .upcoming)
            #expect(try await letters.open(code.text, at: World.now.adding(minutes: 15)).status == .upcoming)
        }
    }

    @Test("counts tries made at once too", arguments: Engine.available)
    func throttledAtOnce(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let kinds = try await withThrowingTaskGroup(of: Refusal.Kind?.self) { group in
                for _ in 0..<30 { group.addTask { try await letters.refusal { try await letters.open("ZZZZZZZZ") }?.kind } }
                return try await group.reduce(into: [Refusal.Kind?]()) { $0.append($1) }
            }
            #expect(kinds.filter { $0 == .notFound }.count == 20 && kinds.filter { $0 == .tooMany }.count == 10)
        }
    }
}

@Suite("What people answer with the code of a letter")
struct CodedReplyTests {
    @Test("does what the same answer by SMS does", arguments: Engine.available)
    func answers(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let appointment = try await letters.book()
            let code = try #require(try await letters.code())
            let yes = try await letters.answer(.yes, code)
            #expect(yes.effect == .confirmed && yes.text == "Je viendrai" && yes.personID == letters.someone.id)
            #expect(try await letters.answer(.yes, code).id == yes.id, "pressed twice, it is one answer")
            #expect(try await letters.open(code.text).answered == .yes)
            let number = try #require(PhoneNumber("05 36 49 00 01"))
            let call = try await letters.answer(.callBack, code, phone: number)
            #expect(call.effect == .toRead && call.settledAt == nil && call.sender == number.e164 && call.text.contains("05\u{A0}36"))
            #expect(try await letters.status(appointment) == [.upcoming])
            let no = try await letters.answer(.no, code)
            #expect(no.effect == .freed && no.personID == letters.someone.id)
            #expect(try await letters.status(appointment) == [.cancelledByPerson])
            #expect(try await letters.refusal { try await letters.answer(.yes, code) } == .tooLateToAnswer)
            #expect(try await !letters.open(code.text).mayBeAnswered(at: World.now))
            // Reception reads all of it, and the time is free.
            let seen = try await letters.store.read { db in
                try ReplyDetails.all(seenBy: letters.reception, settledSince: World.now.adding(days: -1), in: db).map(\.reply.id)
            }
            #expect(Set(seen) == [yes.id, call.id, no.id])
            let other = try await letters.world.anotherPerson(in: letters.store)
            try await letters.outbox.book(World.at(3, 9), for: other)
        }
    }

    @Test("frees nothing that obliges, nor when there are two: nothing changes, and someone reads it", arguments: Engine.available)
    func standing(on engine: Engine) async throws {
        for obliges in [false, true] {
            try await LetterWorld.with(engine) { letters in
                let appointment = try await letters.book()
                let code = try #require(try await letters.code())
                if obliges {
                    try await letters.store.write { db in
                        var reason = letters.world.reason
                        reason.isSummons = true
                        try reason.update(of: 64, in: db)
                    }
                } else {
                    try await letters.book(World.at(4, 9))
                }
                let reply = try await letters.answer(.no, code)
                #expect(reply.effect == .standing && reply.settledAt == nil && reply.appointmentID == appointment.id)
                #expect(try await letters.status(appointment) == [.upcoming])
                #expect(try await letters.outbox.messages(.standing).isEmpty, "no SMS is written to a number that anyone may have typed")
            }
        }
    }

    @Test("frees each of two people’s, one right after the other", arguments: Engine.available)
    func two(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let other = LetterWorld.person(1, of: letters.world)
            try await letters.insert(other)
            let booked = [try await letters.book(), try await letters.book(World.at(3, 10), for: other)]
            let printed = try await letters.print(letters.prepare())
            for letter in printed {
                let code = try #require(letter.code)
                #expect(try await letters.answer(.no, code).effect == .freed)
            }
            #expect(printed.count == 2 && printed[0].code != printed[1].code)
            for appointment in booked { #expect(try await letters.status(appointment) == [.cancelledByPerson]) }
        }
    }

    @Test("follows the appointment: what was answered is about the time that it had", arguments: Engine.available)
    func moved(on engine: Engine) async throws {
        try await LetterWorld.with(engine) { letters in
            let appointment = try await letters.book()
            let code = try #require(try await letters.code())
            _ = try await letters.answer(.yes, code)
            let place = AppointmentFact.Place(agentID: letters.world.worker.id, startsAt: World.at(3, 14))
            _ = try await appointment.move(to: place, by: letters.reception, at: World.now, in: letters.store)
            let coded = try await letters.open(code.text)
            #expect(coded.startsAt == World.at(3, 14) && coded.answered == nil)
            #expect(try await letters.answer(.no, code).effect == .freed)
        }
    }

    @Test("of many NON at once, one appointment is freed once", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        for _ in 0..<4 {
            try await LetterWorld.with(engine) { letters in
                let appointment = try await letters.book()
                let code = try #require(try await letters.code())
                let effects = try await withThrowingTaskGroup(of: Reply.Effect?.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            do { return try await letters.answer(.no, code).effect } catch let refusal as Refusal {
                                #expect(refusal == .tooLateToAnswer)
                                return nil
                            }
                        }
                    }
                    return try await group.reduce(into: [Reply.Effect?]()) { $0.append($1) }
                }
                #expect(effects.filter { $0 == .freed }.count == 1)
                #expect(try await letters.status(appointment) == [.cancelledByPerson])
                let kept = try await letters.store.read { db in
                    try db.first("SELECT count(*) FROM reply WHERE effect = 'freed'") { try $0[0] as Int } ?? 0
                }
                #expect(kept == 1)
            }
        }
    }
}
