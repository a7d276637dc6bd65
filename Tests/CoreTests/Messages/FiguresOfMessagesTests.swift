import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What messages cost, and what gateways do not take")
struct FiguresOfMessagesTests {
    private func administrator(_ outbox: Outbox) async throws -> Acting {
        let agent = outbox.world.colleague
        try await outbox.store.write { db in
            try db.run("INSERT INTO territory_role VALUES (\(64), \(agent.id), \(TerritoryRole.administrator))")
        }
        return try await outbox.world.acting(agent, in: outbox.store)
    }

    @Test("each part of an SMS costs what it did when it left; a refused one costs nothing", arguments: Engine.available)
    func cost(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let acting = try await administrator(outbox), store = outbox.store
            try await outbox.book(World.at(3, 9))
            try await outbox.send()
            try await store.write { db in try SMSPrice.set("4,5", by: acting, at: World.now, in: db) }
            for hour in [10, 11] { try await outbox.book(World.at(3, hour)) }
            let sent = try await outbox.take()
            try await Sending.record([(sent[0], .init(.arrived)), (sent[1], .init(.refused, .recipient))], at: World.now, in: store)
            try await store.write { db in try SMSPrice.set("9", by: acting, at: World.now, in: db) }
            let month = World.monday
            let cost = try await store.read { db in try MonthlyCost.read(month, for: acting, in: db) }
            let parts = SMSText(sent[0].rendered.text).parts.count
            #expect(cost.unpriced == 1 && cost.messages == 2 && cost.tenths == 45 * parts)
            #expect(cost.lines.map(\.organization) == [outbox.world.organization.name] && cost.lines.map(\.purpose) == [.confirmation])
            let other = try await store.read { db in try MonthlyCost.read(month.adding(days: 40), for: acting, in: db) }
            #expect(other.lines.isEmpty)
            await #expect(throws: Refusal.forbidden) {
                _ = try await store.read { db in try MonthlyCost.read(month, for: outbox.reception, in: db) }
            }
        }
    }

    @Test("what each text became is counted by version", arguments: Engine.available)
    func texts(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let acting = try await administrator(outbox)
            for hour in [9, 10] { try await outbox.book(World.at(3, hour)) }
            try await outbox.send(.init(.arrived))
            let figures = try await outbox.store.read { db in try TextFigures.read(since: World.now, for: acting, in: db) }
            #expect(figures == [TextFigures(purpose: .confirmation, channel: .sms, version: nil, counts: [.arrived: 2])])
        }
    }

    @Test("a spent credit is told at once, a line that is down after some tries; both pass by themselves", arguments: Engine.available)
    func trouble(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let acting = try await administrator(outbox), store = outbox.store
            func count() async throws -> Int { try await store.read { db in try GatewayTrouble.count(for: acting, in: db) } }
            try await outbox.book(World.at(10, 9))
            try await outbox.send(.init(.failed, .connection))
            #expect(try await count() == 0)
            var now = World.now
            while try await count() == 0 {
                now = now.adding(minutes: 5)
                try await outbox.send(.init(.failed, .connection), at: now)
                try #require(now < World.now.adding(days: 1))
            }
            try await outbox.book(World.at(10, 10), at: now)
            try await outbox.send(.init(.failed, .credit), at: now)
            let troubles = try await store.read { db in try GatewayTrouble.read(for: acting, in: db) }
            #expect(troubles.map(\.because) == [.connection, .credit] && troubles.map(\.messages) == [1, 1])
            #expect(troubles.map(\.since) == [World.now, now])
            #expect(try await store.read { db in try GatewayTrouble.count(for: outbox.reception, in: db) } == 0)
            try await outbox.send(.init(.handed), at: now.adding(minutes: 60 * 8))
            #expect(try await count() == 0)
        }
    }
}
