import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A server that refuses a recipient")
struct RefusedRecipientTests {
    @Test(
        "says that nobody is there, or what it thinks of us, or of the day",
        arguments: [
            ("550 5.1.1 <jean@example.org>: Recipient address rejected: User unknown", true),
            ("550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 Please try again", true),
            ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", true), ("553 5.1.2 no such domain", true),
            ("550 5.2.1 The mailbox is disabled", true), ("550 No such user here", true), ("551 User not local", true),
            ("550 5.7.1 Message rejected by policy", false), ("554 5.7.1 <jean@example.org>: Relay access denied", false),
            ("550 relaying to that recipient is not allowed", false), ("550 sender rejected, unknown user", false),
            ("550 5.1.8 Bad sender's system address", false), ("552 5.2.2 Mailbox full", false), ("550 Administrative prohibition", false),
            ("550 5.0.0 blocked: your address is on a blacklist", false), ("450 4.1.1 User unknown, try later", false),
            ("451 4.7.1 Greylisting in action", false), ("550", false), ("", false),
        ])
    func words(_ words: String, _ isGone: Bool) {
        #expect(RefusedRecipient.isGone(words) == isGone)
    }

    private static func refused(isGone: Bool) -> Delivery.Answer {
        var answer = Delivery.Answer(.refused, .recipient)
        answer.isGone = isGone
        return answer
    }

    private func send(_ answer: Delivery.Answer, at now: Instant, _ world: ReturnWorld) async throws {
        let sendings = try await Sending.take(20, by: ReturnWorld.carrier, at: now, in: world.store).sendings
        try await Sending.record(sendings.map { ($0, answer) }, at: now, in: world.store)
    }

    @Test("for good: nothing more goes there, and what waits takes the next way", arguments: Engine.available)
    func gone(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(9, 9))
            try await Reminder.find(at: World.at(5, 9), in: world.store)
            try await send(Self.refused(isGone: true), at: World.now, world)
            let messages = try await world.messages()
            #expect(messages.map(\.state) == [.refused, .waiting] && messages[0].because == .recipient)
            #expect(messages[0].mayBeSentAgain && messages[0].channel == .email)
            #expect(messages[1].channel == .sms)
            #expect(try await world.now()?.emails.first?.bouncedAt == World.now)
        }
    }

    @Test("for good, of someone whom nothing else reaches: they are to be called", arguments: Engine.available)
    func toCall(on engine: Engine) async throws {
        try await ReturnWorld.with(engine, mobile: false) { world in
            _ = try await world.book(World.at(9, 9))
            try await Reminder.find(at: World.at(5, 9), in: world.store)
            try await send(Self.refused(isGone: true), at: World.now, world)
            let listed = try await world.store.read { db in try ToCall.read(for: world.outbox.reception, at: World.at(7, 15), in: db) }
            #expect(listed.lines.map(\.personName) == ["Jean Adresse"])
        }
    }

    @Test("today, or us: the address stays as it was", arguments: Engine.available)
    func ours(on engine: Engine) async throws {
        for answer in [Self.refused(isGone: false), Delivery.Answer(.failed, .busy)] {
            try await ReturnWorld.with(engine) { world in
                _ = try await world.book(World.at(9, 9))
                try await send(answer, at: World.now, world)
                #expect(try await world.now()?.emails.first?.bouncedAt == nil)
            }
        }
    }

    @Test("to whom an agent is told of their agenda: no file changes", arguments: Engine.available)
    func agents(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            let worker = try await world.outbox.world.acting(world.outbox.world.worker, in: world.store)
            try await world.store.write { db in
                try AgendaPreference(emails: .all).save(by: worker, at: World.now, in: db)
                try db.run("UPDATE person_email SET address = \(world.outbox.world.worker.email)")
                try db.run("UPDATE person SET channel = 'sms' WHERE id = \(world.person.id)")
            }
            _ = try await world.book(World.at(9, 9))
            try await send(Self.refused(isGone: true), at: World.now.adding(minutes: 5), world)
            #expect(try await world.messages().contains { $0.state == .refused })
            #expect(try await world.now()?.emails.first?.bouncedAt == nil)
        }
    }
}
