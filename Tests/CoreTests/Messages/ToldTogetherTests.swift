import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("One message when several are told through one person")
struct ToldTogetherTests {
    private let mobile = "+33639981234"

    /// The mother's at 9, one child's at 9.30, the other's at 10, their confirmations sent.
    private func family(_ outbox: Outbox) async throws -> [Appointment] {
        let children = [try await outbox.child("Léo"), try await outbox.child("Mia")]
        var booked = [try await outbox.book(World.at(9, 9))]
        for (number, child) in children.enumerated() {
            booked.append(try await outbox.book(World.at(9, 9, 30).adding(minutes: 30 * number), for: child))
        }
        try await outbox.send()
        try await Reminder.find(at: World.at(5, 9), in: outbox.store)
        return booked
    }

    @Test("a mother and her children recalled the same morning: one SMS that names them", arguments: Engine.available)
    func family(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await family(outbox)
            let now = World.at(7, 9)
            let sent = try await outbox.send(at: now)
            let text = try #require(sent.first?.rendered.text)
            #expect(sent.count == 1 && sent[0].recipient == mobile)
            #expect(text.contains("9 h 30 pour Léo Lacoste") && text.contains("10 h pour Mia Lacoste"), "\(text)")
            #expect(SMSText(text).parts.count <= 2)
            let reminders = try await outbox.messages(.reminder)
            #expect(reminders.map(\.state) == [.handed, .handed, .handed])
            let leader = try #require(reminders.first { $0.withID == nil })
            #expect(reminders.compactMap(\.withID) == [leader.id, leader.id])
            #expect(try await outbox.send(at: World.at(7, 12)).isEmpty, "each was told")
            let listed = try await outbox.store.read { db in try ToCall.read(for: outbox.reception, at: World.at(7, 12), in: db) }
            #expect(listed.lines.isEmpty, "and none is to be called")
        }
    }

    @Test("what the gateway says of it is said of each", arguments: Engine.available)
    func fate(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await family(outbox)
            let first = try #require(try await outbox.send(.init(.failed, .connection), at: World.at(7, 9)).first)
            #expect(first.along.count == 2)
            #expect(try await outbox.messages(.reminder).map(\.state) == [.waiting, .waiting, .waiting])
            #expect(try await outbox.messages(.reminder).allSatisfy { $0.withID == nil && $0.attempts == 1 })
            let again = try #require(try await outbox.send(at: World.at(7, 9, 5)).first)
            #expect(again.along.count == 2)
            try await outbox.store.write { db in
                _ = try Delivery.acknowledge(again.id, of: 64, arrived: false, at: World.at(7, 9, 6), in: db)
            }
            #expect(try await outbox.messages(.reminder).map(\.state) == [.undelivered, .undelivered, .undelivered])
            let listed = try await outbox.store.read { db in try ToCall.read(for: outbox.reception, at: World.at(7, 12), in: db) }
            #expect(listed.lines.count == 3)
        }
    }

    @Test("whose worker died is of unknown fate, each of them; what goes along never leaves alone", arguments: Engine.available)
    func died(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await family(outbox)
            let lost = try await outbox.take(at: World.at(7, 9))
            #expect(lost.count == 1)
            #expect(try await outbox.take(at: World.at(7, 10)).isEmpty)
            #expect(try await outbox.messages(.reminder).map(\.state) == [.unknown, .unknown, .unknown])
            await #expect(throws: ConstraintViolation(name: "delivery_alone")) {
                try await outbox.store.write { db in
                    try db.run(
                        """
                        INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at)
                        VALUES (64, \(ID<Delivery>.new()), \(lost[0].along[0]), 'essai', 'sms', \(mobile), FALSE, 0)
                        """)
                }
            }
        }
        try await Outbox.with(engine) { outbox in
            _ = try await family(outbox)
            let lost = try #require(try await outbox.take(Outbox.repeatable, at: World.at(7, 9)).first)
            let again = try #require(try await outbox.take(Outbox.repeatable, at: World.at(7, 10)).first)
            #expect(again.id == lost.id && again.rendered == lost.rendered && again.along == lost.along)
        }
    }

    @Test("a child who is told no more leaves the others together", arguments: Engine.available)
    func untrue(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let booked = try await family(outbox)
            try await outbox.store.write { db in
                try db.run("UPDATE participation SET status = 'cancelled-by-person' WHERE appointment_id = \(booked[1].id)")
            }
            let sent = try await outbox.send(at: World.at(7, 9))
            #expect(sent.count == 1 && sent[0].along.count == 1 && !sent[0].rendered.text.contains("Léo"))
            #expect(try await outbox.take(at: World.at(7, 12)).isEmpty)
            #expect(try await outbox.messages(.reminder).compactMap(\.because) == [.cancelled])
        }
    }

    @Test("two who share a number and are told each for themselves get each their own", arguments: Engine.available)
    func apart(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            var brother = Person(territoryID: 64, firstName: "Jean", lastName: "Lacoste", createdAt: World.now)
            brother.phones = [Person.Phone(number: mobile, mobile: true)]
            let made = brother
            try await outbox.store.write { db in try made.insertForTests(in: [outbox.world.organization.id], db: db) }
            try await outbox.book(World.at(9, 9))
            try await outbox.book(World.at(9, 9, 30), for: made)
            try await outbox.send()
            try await Reminder.find(at: World.at(5, 9), in: outbox.store)
            let sent = try await outbox.send(at: World.at(7, 9, 30))
            #expect(sent.count == 2 && sent.allSatisfy { $0.recipient == mobile && $0.along.isEmpty })
        }
    }

    @Test("more than two SMS would hold leave in several", arguments: Engine.available)
    func long(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            for number in 0..<4 {
                let child = try await outbox.child("Marie-Antoinette-Joséphine-\(number)")
                try await outbox.book(World.at(9, 9).adding(minutes: 30 * number), for: child)
            }
            try await outbox.send()
            try await Reminder.find(at: World.at(5, 9), in: outbox.store)
            let sent = try await outbox.send(at: World.at(7, 9)) + outbox.send(at: World.at(7, 12))
            #expect(sent.count > 1 && sent.count < 4)
            #expect(sent.allSatisfy { SMSText($0.rendered.text).parts.count <= 2 })
            #expect(sent.count + sent.reduce(0) { $0 + $1.along.count } == 4)
        }
    }

    @Test("asked for by two nodes at once, they are still one", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            for number in 0..<4 {
                let child = try await outbox.child("Ana\(number)")
                try await outbox.book(World.at(9, 9).adding(minutes: 30 * number), for: child)
            }
            try await outbox.send()
            try await Reminder.find(at: World.at(5, 9), in: outbox.store)
            let now = World.at(7, 10, 30)
            let sent = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for number in 0..<6 {
                    group.addTask {
                        var all: [Sending] = []
                        // One at a time, so that each finds what another has in hand.
                        while case let batch = try await Sending.take(1, by: Outbox.sms, at: now, in: stores[number % 2]), batch.seen > 0 {
                            all += batch.sendings
                        }
                        return all
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sent.reduce(0) { $0 + 1 + $1.along.count } == 4)
            #expect(sent.count == 1, "\(sent.map(\.along.count))")
            for store in stores { await store.close() }
        }
    }
}
