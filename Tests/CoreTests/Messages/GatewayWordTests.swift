import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Administrators are told by e-mail what keeps a gateway")
struct GatewayWordTests {
    private static let mail = Sending.Carrier(
        name: "courriel", channel: .email, isRepeatable: false, gatewaysPage: "https://lien.example.org/setup/gateways")
    private static let other = Sending.Carrier(name: "secours", channel: .email, isRepeatable: false)
    private static let now = World.at(0, 9)

    /// The world's colleague sets the territory up.
    private func appoint(_ outbox: Outbox) async throws {
        try await outbox.store.write { db in
            try db.run("INSERT INTO territory_role VALUES (64, \(outbox.world.colleague.id), \(TerritoryRole.administrator))")
        }
    }

    /// What leaves by this gateway, and is taken by it.
    @discardableResult
    private func mail(
        _ carrier: Sending.Carrier = mail, _ answer: Delivery.Answer = .init(.handed), at now: Instant, _ outbox: Outbox
    ) async throws -> [Sending] {
        let sendings = try await outbox.take(carrier, at: now)
        try await Sending.record(sendings.map { ($0, answer) }, at: now, chance: 0.5, in: outbox.store)
        return sendings
    }

    private static func plain(_ sending: Sending) -> String { sending.rendered.text.replacing("\u{A0}", with: " ") }

    private func outcomes(_ outbox: Outbox) async throws -> [Message.Outcome?] {
        try await outbox.store.read { db in try db.all("SELECT outcome FROM gateway_word ORDER BY told_at, id") { try $0[0] } }
    }

    @Test("once when it begins: which one, what, since when, how many wait and what to do", arguments: Engine.available)
    func begins(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            for hour in [9, 10] { try await outbox.book(World.at(3, hour), at: Self.now) }
            try await outbox.send(.init(.failed, .credit), at: Self.now)
            let sent = try await mail(at: Self.now, outbox)
            #expect(sent.map(\.recipient) == [outbox.world.colleague.email] && sent[0].from == outbox.world.territory.name)
            let text = Self.plain(sent[0])
            for said in [
                "« essai »", "crédit épuisé chez l’opérateur", "Depuis le lundi 30 novembre à 9 h", "2 messages attendent de partir",
                "Rechargez le compte", "https://lien.example.org/setup/gateways",
            ] {
                #expect(text.contains(said), "\(said): \(text)")
            }
            #expect(sent[0].rendered.subject.contains("essai") && sent[0].rendered.html?.contains("essai") == true)
            // It fails again and again: that is known.
            for minutes in [1, 5, 30, 600] { try await outbox.send(.init(.failed, .credit), at: Self.now.adding(minutes: minutes)) }
            #expect(try await mail(at: Self.now.adding(minutes: 601), outbox).isEmpty)
            #expect(try await outcomes(outbox) == [.handed])
        }
    }

    @Test("what may pass by itself, only after some tries", arguments: Engine.available)
    func patience(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            try await outbox.book(World.at(9, 9), at: Self.now)
            var now = Self.now
            for _ in 1..<GatewayTrouble.tries {
                try await outbox.send(.init(.failed, .connection), at: now)
                now = now.adding(minutes: 5)
            }
            #expect(try await mail(at: now, outbox).isEmpty)
            try await outbox.send(.init(.failed, .connection), at: now)
            #expect(try await mail(at: now, outbox).first?.rendered.text.contains("passerelle injoignable") == true)
        }
    }

    @Test("once more when it still lasts the next day, and anew when it came back", arguments: Engine.available)
    func lasts(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            try await outbox.book(World.at(9, 9), at: Self.now)
            try await outbox.send(.init(.failed, .credit), at: Self.now)
            #expect(try await mail(at: Self.now, outbox).count == 1)
            let next = Self.now.adding(days: 1)
            try await outbox.send(.init(.failed, .credit), at: next)
            let again = try await mail(at: next, outbox)
            #expect(again.count == 1 && Self.plain(again[0]).contains("Depuis le lundi 30 novembre"), "since it began")
            // Put right, then spent again, hours after.
            try await outbox.send(at: next.adding(minutes: 60))
            let noon = next.adding(minutes: 180)
            try await outbox.book(World.at(9, 10), at: noon)
            try await outbox.send(.init(.failed, .credit), at: noon)
            #expect(try await mail(at: noon, outbox).first.map(Self.plain)?.contains("Depuis le mardi 1er décembre") == true)
        }
    }

    @Test("never through the gateway that it is about, but through the other", arguments: Engine.available)
    func itself(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            _ = try await ReturnWorld.make(outbox).book(World.at(9, 9))
            try await mail(Self.mail, .init(.failed, .credentials), at: Self.now, outbox)
            #expect(try await mail(Self.mail, at: Self.now, outbox).isEmpty, "alone, it says nothing")
            let sent = try await mail(Self.other, at: Self.now, outbox)
            #expect(sent.map(\.recipient) == [outbox.world.colleague.email])
            #expect(sent.first?.rendered.subject.contains("courriel") == true)
        }
    }

    @Test("not when it works again by then, nor a day too late; what did not leave is tried again", arguments: Engine.available)
    func door(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            for hour in [9, 10] { try await outbox.book(World.at(9, hour), at: Self.now) }
            let taken = try await outbox.take(at: Self.now)
            try await Sending.record([(taken[0], .init(.failed, .credit))], at: Self.now, chance: 0.5, in: outbox.store)
            #expect(try await mail(Self.mail, .init(.failed, .connection), at: Self.now, outbox).count == 1)
            #expect(try await mail(at: Self.now.adding(seconds: 5), outbox).isEmpty, "it waits a little")
            let again = try await outbox.take(Self.mail, at: Self.now.adding(minutes: 1))
            #expect(again.count == 1)
            try await Sending.record([(again[0], .init(.failed, .connection))], at: Self.now, chance: 0.5, in: outbox.store)
            #expect(try await outbox.take(Self.mail, at: Self.now.adding(days: 2)).isEmpty)
            let later = Self.now.adding(minutes: 5)
            try await outbox.send(at: later)
            #expect(try await mail(at: later, outbox).isEmpty)
            #expect(try await outcomes(outbox) == [.untrue])
            // It had told nobody: the next one is told.
            try await outbox.book(World.at(9, 11), at: later)
            try await outbox.send(.init(.failed, .credit), at: later.adding(minutes: 1))
            #expect(try await mail(at: later.adding(minutes: 1), outbox).count == 1)
        }
    }

    @Test("to nobody else: neither one who left, nor one who watches over data", arguments: Engine.available)
    func others(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let gone = Agent(territoryID: 64, firstName: "Claire", lastName: "Sallaberry", email: "claire@example.org")
            try await outbox.store.write { db in
                try gone.insert(at: World.now, in: db)
                try db.run("INSERT INTO territory_role VALUES (64, \(gone.id), \(TerritoryRole.administrator))")
                try db.run("UPDATE agent SET disabled_at = 0 WHERE id = \(gone.id)")
                try db.run("INSERT INTO territory_role VALUES (64, \(outbox.world.worker.id), \(TerritoryRole.dataProtection))")
            }
            try await outbox.book(World.at(3, 9), at: Self.now)
            try await outbox.send(.init(.failed, .credit), at: Self.now)
            #expect(try await mail(at: Self.now, outbox).isEmpty)
        }
    }

    @Test("noted by two nodes at once, and taken by both, it is one e-mail", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            try await appoint(outbox)
            for hour in [9, 10, 11, 14, 15, 16] { try await outbox.book(World.at(3, hour), at: Self.now) }
            let taken = try await outbox.take(at: Self.now)
            #expect(taken.count == 6)
            let sent = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for (number, sending) in taken.enumerated() {
                    group.addTask {
                        let store = stores[number % 2]
                        try await Sending.record(
                            [(sending, .init(.failed, .credit))], at: Self.now.adding(seconds: number), chance: 0.5, in: store)
                        return try await Sending.take(5, by: Self.mail, at: Self.now.adding(seconds: 10), in: store).sendings
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sent.count == 1)
            for store in stores { await store.close() }
        }
    }

    @Test("one row a trouble, one e-mail each time and each reader: the schema refuses another", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let insert: @Sendable () async throws -> Void = {
                try await outbox.store.write { db in
                    _ = try db.run(
                        """
                        INSERT INTO gateway_word (territory_id, id, gateway, channel, because, told_at, agent_id, recipient, due_at)
                        VALUES (64, \(ID<GatewayWord>.new()), 'essai', 'sms', 'credit', 0, \(outbox.world.colleague.id), 'x', 0)
                        """)
                }
            }
            try await insert()
            await #expect(throws: ConstraintViolation.self) { try await insert() }
        }
    }

    @Test("and it is forgotten a month after", arguments: Engine.available)
    func forgotten(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await appoint(outbox)
            try await outbox.book(World.at(3, 9), at: Self.now)
            try await outbox.send(.init(.failed, .credit), at: Self.now)
            try await mail(at: Self.now, outbox)
            #expect(try await Purge.faults.run(at: Self.now.adding(days: 30), in: outbox.store) == 0)
            #expect(try await Purge.faults.run(at: Self.now.adding(days: 31), in: outbox.store) == 2)
        }
    }
}
