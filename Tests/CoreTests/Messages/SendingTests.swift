import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A message leaves once")
struct SendingTests {
    @Test("is handed to the gateway, and who asks again finds nothing", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let sent = try await outbox.send(.init(.handed, reference: "r-1", milliseconds: 40))
            #expect(sent.map(\.recipient) == ["+33639981234"])
            #expect(sent.first?.rendered.text.contains("jeudi 3 décembre à 9 h, par téléphone") == true)
            #expect(sent.first?.rendered.text.contains("RSA") == false)
            #expect(try await outbox.states() == [.handed])
            #expect(try await outbox.take(at: World.now.adding(days: 1)).isEmpty)
            let message = try await outbox.messages()[0]
            let delivery = try await outbox.deliveries(of: message)[0]
            #expect(delivery.outcome == .handed && delivery.reference == "r-1" && delivery.milliseconds == 40)
        }
    }

    @Test("is taken by one of many who ask at once", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            for hour in 0..<6 { try await outbox.book(World.at(3, 9).adding(minutes: 30 * hour)) }
            let taken = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for number in 0..<8 {
                    group.addTask { try await Sending.take(2, by: Outbox.sms, at: World.now, in: stores[number % 2]).sendings }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 6)
            #expect(Set(taken.map(\.messageID)).count == 6)
            for store in stores { await store.close() }
        }
    }

    @Test("does not leave about an appointment that was cancelled or is past", arguments: Engine.available)
    func untrue(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let cancelled = try await outbox.book(World.at(3, 9))
            try await outbox.book(World.at(3, 10))
            // As if the cancellation had not withdrawn it: the door alone judges.
            try await outbox.store.write { db in
                try db.run("UPDATE participation SET status = 'cancelled-by-person' WHERE appointment_id = \(cancelled.id)")
            }
            #expect(try await outbox.take(at: World.at(3, 9, 45)).count == 1)
            #expect(try await outbox.messages().map(\.because) == [.cancelled, nil])
            #expect(try await outbox.states().first == .withdrawn)
            try await outbox.book(World.at(4, 9))
            #expect(try await outbox.take(at: World.at(4, 9)).isEmpty)
            #expect(try await outbox.messages().last?.because == .past)
        }
    }

    @Test("is tried again later when the gateway is down, and given up visibly after two days", arguments: Engine.available)
    func patience(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(10, 9))
            try await outbox.send(.init(.failed, .connection))
            let waiting = try await outbox.messages()[0]
            #expect(waiting.state == .waiting && waiting.dueAt == World.now.adding(seconds: 15) && waiting.attempts == 1)
            #expect(try await outbox.take(at: World.now.adding(seconds: 14)).isEmpty)
            var now = World.now, tries = 1
            while try await outbox.messages()[0].state == .waiting, tries < 300 {
                now = try await outbox.messages()[0].dueAt
                try await outbox.send(.init(.failed, .connection), at: now)
                tries += 1
            }
            let message = try await outbox.messages()[0]
            #expect(message.state == .abandoned && message.because == .connection)
            #expect((World.now.adding(days: 2).adding(seconds: -3600)...World.now.adding(days: 2)).contains(now))
            #expect(try await outbox.deliveries(of: message).count == tries)
        }
    }

    @Test("is sent again by hand alone, once, when it is of unknown fate", arguments: Engine.available)
    func again(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            try await outbox.send(.init(.unknown, .broken))
            let message = try await outbox.messages()[0]
            #expect(try await outbox.take(at: World.now.adding(days: 1)).isEmpty)
            try await outbox.store.write { db in try Message.sendAgain(message.id, by: outbox.reception, at: World.now, in: db) }
            #expect(try await outbox.take().count == 1)
            await #expect(throws: Refusal.notToSendAgain) {
                try await outbox.store.write { db in try Message.sendAgain(message.id, by: outbox.reception, at: World.now, in: db) }
            }
            let stranger = Acting(territory: outbox.world.territory, agent: outbox.world.colleague, roles: [:])
            await #expect(throws: Refusal.notFound) {
                try await outbox.store.write { db in try Message.sendAgain(message.id, by: stranger, at: World.now, in: db) }
            }
        }
    }

    @Test("is refused for good, with the cause, when the gateway will have nothing of it", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            try await outbox.send(.init(.refused, .recipient))
            let message = try await outbox.messages()[0]
            #expect(message.state == .refused && message.because == .recipient)
            #expect(try await outbox.take(at: World.now.adding(days: 1)).isEmpty)
        }
    }

    @Test("whose worker died on the way is of unknown fate, and is never sent again by itself", arguments: Engine.available)
    func died(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let lost = try await outbox.take()
            #expect(try await outbox.states() == [.sending])
            #expect(try await outbox.take(at: World.now.adding(seconds: Sending.seconds - 1)).isEmpty, "its lease holds")
            #expect(try await outbox.take(at: World.now.adding(seconds: Sending.seconds)).isEmpty)
            #expect(try await outbox.states() == [.unknown])
            // The worker was only very slow: what it learnt stands.
            try await Sending.record([(lost[0], .init(.handed))], at: World.now.adding(seconds: 300), in: outbox.store)
            #expect(try await outbox.states() == [.handed])
        }
    }

    @Test("whose worker died is given again, under the same name, to a gateway that recognizes it", arguments: Engine.available)
    func resumed(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let lost = try await outbox.take(Outbox.repeatable), later = World.now.adding(seconds: Sending.seconds)
            #expect(try await outbox.take(Outbox.sms, at: later).isEmpty, "another gateway does not know it")
            let again = try await outbox.take(Outbox.repeatable, at: later.adding(seconds: 5))
            #expect(again.map(\.id) == lost.map(\.id))
            try await Sending.record([(again[0], .init(.handed))], at: later, in: outbox.store)
            #expect(try await outbox.states() == [.handed])
        }
    }

    @Test(
        "given twice under one name, it left when either was told so", arguments: Engine.available,
        [Delivery.Outcome.failed, .refused, .handed])
    func twice(on engine: Engine, second: Delivery.Outcome) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let slow = try await outbox.take(Outbox.repeatable), later = World.now.adding(seconds: Sending.seconds)
            let again = try await outbox.take(Outbox.repeatable, at: later)
            try #require(slow.count == 1 && again.map(\.id) == slow.map(\.id))
            try await Sending.record([(slow[0], .init(.handed))], at: later, in: outbox.store)
            try await Sending.record([(again[0], .init(second, .busy))], at: later, in: outbox.store)
            #expect(try await outbox.states() == [.handed])
            let next = later.adding(days: 1)
            #expect(try await outbox.take(Outbox.repeatable, at: next).isEmpty)
        }
    }

    @Test("has one attempt under way at most: the schema refuses a second", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let one = try await outbox.take()[0]
            await #expect(throws: ConstraintViolation(name: "delivery_once")) {
                try await outbox.store.write { db in
                    try db.run(
                        """
                        INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at)
                        VALUES (\(one.territoryID), \(ID<Delivery>.new()), \(one.messageID), 'x', 'sms', '+33639980000', FALSE, 0)
                        """)
                }
            }
        }
    }

    @Test("spoken or posted, does not leave by itself, and the schema refuses it", arguments: Engine.available)
    func spoken(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let person = try await outbox.world.anotherPerson(in: outbox.store)
            try await outbox.store.write { db in
                try db.run("INSERT INTO person_phone VALUES (\(64), \(person.id), 0, '+33536490001', '', FALSE)")
            }
            try await outbox.book(World.at(3, 9), for: person)
            #expect(try await outbox.messages().map(\.channel) == [.phone])
            #expect(try await outbox.take().isEmpty)
            await #expect(throws: ConstraintViolation(name: "message_by_itself")) {
                try await outbox.store.write { db in
                    try db.run("UPDATE message SET lease = \(ID<Message>.new()), leased_until = 1 WHERE channel = 'phone'")
                }
            }
        }
    }

    @Test("waits for the morning when a change is told at night, unless it is for the coming hours", arguments: Engine.available)
    func quiet(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9), at: World.at(0, 9))
            try await outbox.send(at: World.at(0, 9))
            let night = World.at(1, 21)
            let moved = try await appointment.move(
                to: .init(agentID: appointment.agentID, startsAt: World.at(3, 11)), by: outbox.reception, at: night, in: outbox.store)
            #expect(try await outbox.take(at: night).isEmpty)
            #expect(try await outbox.messages(.change)[0].dueAt == World.at(2, 8))
            _ = try await moved.move(
                to: .init(agentID: appointment.agentID, startsAt: World.at(2, 8, 30)), by: outbox.reception, at: night, in: outbox.store)
            #expect(try await outbox.take(at: night).count == 1)
        }
    }
}

@Suite("What a gateway says later")
struct AcknowledgementTests {
    @Test("is written once, whatever comes after, and of nothing that was not sent", arguments: Engine.available)
    func acknowledged(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let outbox = try await Outbox.make(in: store)
            for hour in [9, 10] { try await outbox.book(World.at(3, hour)) }
            let sent = try await outbox.send()
            func tell(_ sending: Sending, _ arrived: Bool) async throws -> Delivery.Acknowledgement {
                try await store.claim { db in
                    try Delivery.acknowledge(sending.id, of: 64, arrived: arrived, at: World.now, in: db)
                }
            }
            #expect(try await tell(sent[0], true) == .taken)
            #expect(try await tell(sent[0], false) == .settled)
            #expect(try await tell(sent[1], false) == .taken)
            #expect(try await outbox.states() == [.arrived, .undelivered])
            #expect(try await outbox.messages()[1].because == .notDelivered)
            let unknown = try await store.claim { db in
                try Delivery.acknowledge(.new(), of: 64, arrived: true, at: World.now, in: db)
            }
            #expect(unknown == .unknown)
        }
    }

    @Test("before the answer to the sending is written stands", arguments: Engine.available)
    func early(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let outbox = try await Outbox.make(in: store)
            try await outbox.book(World.at(3, 9))
            let sending = try await outbox.take()[0]
            _ = try await store.claim { db in
                try Delivery.acknowledge(sending.id, of: 64, arrived: true, at: World.now, in: db)
            }
            try await Sending.record([(sending, .init(.handed))], at: World.now, in: store)
            #expect(try await outbox.states() == [.arrived])
        }
    }
}
