import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("An address that does not answer")
struct BounceTests {
    @Test("is written to no more: what waits and what comes take the next way", arguments: Engine.available)
    func next(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            #expect(sent.map(\.recipient) == ["jean@example.org"])
            _ = try await world.book(World.at(4, 9))
            #expect(try await world.comesBack(.bounce(), to: sent[0].id) == .bounced)
            _ = try await world.book(World.at(7, 9))
            let messages = try await world.messages()
            #expect(messages[0].state == .undelivered && messages[0].because == .recipient)
            #expect(messages[0].mayBeSentAgain)
            #expect(messages.dropFirst().map(\.channel) == [.sms, .sms])
            #expect(messages.dropFirst().map(\.recipient) == ["+33639985678", "+33639985678"])
            #expect(try await world.now()?.emails == [Person.Email(address: "jean@example.org", bouncedAt: World.now)])
            #expect(try await world.send(at: World.now.adding(minutes: 5)).isEmpty)
        }
    }

    @Test("of someone whom nothing else reaches: they are to be called when their reminder is due", arguments: Engine.available)
    func toCall(on engine: Engine) async throws {
        try await ReturnWorld.with(engine, mobile: false) { world in
            _ = try await world.book(World.at(9, 9))
            let sent = try await world.send()
            try await Reminder.find(at: World.at(5, 9), in: world.store)
            try await world.comesBack(.bounce(), to: sent[0].id, at: World.at(5, 10))
            #expect(try await world.messages().map(\.state) == [.undelivered, .withdrawn])
            let listed = try await world.store.read { db in try ToCall.read(for: world.outbox.reception, at: World.at(7, 15), in: db) }
            #expect(listed.lines.map(\.personName) == ["Jean Adresse"])
        }
    }

    @Test("was the way of a reminder: who did not get it is to be called", arguments: Engine.available)
    func reminder(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(9, 9))
            try await world.send()
            try await Reminder.find(at: World.at(5, 9), in: world.store)
            let sent = try await world.send(at: World.at(7, 15))
            #expect(sent.count == 1)
            try await world.comesBack(.bounce(), to: sent[0].id, at: World.at(7, 16))
            let listed = try await world.store.read { db in try ToCall.read(for: world.outbox.reception, at: World.at(7, 16), in: db) }
            #expect(listed.lines.map(\.because) == [.undelivered])
        }
    }

    @Test("stays that of this letter alone when the server refused us, or is full", arguments: Engine.available)
    func ours(on engine: Engine) async throws {
        for status in ["5.7.1", "5.2.2", "4.4.7"] {
            try await ReturnWorld.with(engine) { world in
                _ = try await world.book(World.at(3, 9))
                let sent = try await world.send()
                #expect(try await world.comesBack(.bounce(status), to: sent[0].id) == .bounced)
                #expect(try await world.messages()[0].because == .notDelivered)
                #expect(try await world.now()?.emails.first?.bouncedAt == nil)
            }
        }
    }

    @Test("is late and no more: nothing changes", arguments: Engine.available)
    func late(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            #expect(try await world.comesBack(.bounce("4.4.1", action: "delayed"), to: sent[0].id) == .delayed)
            #expect(try await world.messages().map(\.state) == [.handed])
        }
    }

    @Test("answers again when someone says so, and the same letter read again says nothing new", arguments: Engine.available)
    func again(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            try await world.comesBack(.bounce(), to: sent[0].id)
            _ = try await world.book(World.at(4, 9))
            let later = World.now.adding(minutes: 5)
            try await world.store.write { db in
                try Person.restore(email: "jean@example.org", of: world.person.id, by: world.outbox.reception, at: later, in: db)
            }
            #expect(try await world.messages().map(\.channel) == [.email, .email])
            for (uid, minutes) in [(Int64(1), 10), (2, 20)] {
                #expect(try await world.comesBack(.bounce(), to: sent[0].id, uid: uid, at: World.now.adding(minutes: minutes)) == .bounced)
            }
            #expect(try await world.now()?.emails.first?.bouncedAt == nil)
            #expect(try await world.send(at: World.now.adding(minutes: 30)).count == 1)
            let told: Int? = try await world.store.read { db in
                try db.first("SELECT count(*) FROM journal_payload WHERE payload LIKE '%\"answers\":%'") { try $0[0] }
            }
            #expect(told == 2, "the journal says both")
        }
    }

    @Test("stays so when the rest of the file changes, and not when it is corrected", arguments: Engine.available)
    func edited(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            try await world.comesBack(.bounce(), to: sent[0].id)
            for (typed, isBounced) in [("jean@example.org", true), ("jean.adresse@example.org", false)] {
                let before = try #require(try await world.now())
                var draft = PersonDraft(before)
                draft.commune = "Orthez \(typed)".filter { $0 != "@" }
                draft.emails = [.init(typed)]
                let changed = draft
                let after = try await world.store.write { db in
                    try Person.edit(
                        before.id, to: changed, version: before.version, by: world.outbox.reception, at: World.now, in: db)
                }
                #expect((after.emails.first?.bouncedAt != nil) == isBounced)
                #expect((try await world.now()?.emails.first?.bouncedAt != nil) == isBounced)
            }
        }
    }

    @Test("is given to no gateway, whatever asks for it", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            // As if it had stopped answering between the look and the door.
            try await world.store.write { db in try db.run("UPDATE person_email SET bounced_at = \(World.now)") }
            let message = try await world.messages()[0]
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await world.store.write { db in
                    try db.run(
                        """
                        INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at)
                        VALUES (64, \(ID<Delivery>.new()), \(message.id), 'courriel', 'email', 'jean@example.org', FALSE, \(World.now))
                        """)
                }
            }
            #expect(violation?.name == "delivery_bounced")
            #expect(try await world.send().isEmpty)
            #expect(try await world.messages().map(\.channel) == [.sms], "at the door it takes the next way")
        }
    }
}
