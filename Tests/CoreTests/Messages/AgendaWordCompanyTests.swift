import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Agents are told of groups that they run, and of what they receive with a colleague")
struct AgendaWordCompanyTests {
    private static let mail = Sending.Carrier(name: "courriel", channel: .email, isRepeatable: false)

    private func asking(_ wanted: AgendaPreference.Changes, _ agent: Agent, in outbox: Outbox) async throws {
        let acting = try await outbox.world.acting(agent, in: outbox.store)
        try await outbox.store.write { db in try AgendaPreference(emails: wanted).save(by: acting, at: World.now, in: db) }
    }

    /// What is told so far that was not: to whom, and what.
    private func told(_ outbox: Outbox, at now: Instant) async throws -> [ID<Agent>: String] {
        let sent = try await outbox.take(Self.mail, at: now.adding(minutes: 5))
        try await Sending.record(sent.map { ($0, .init(.handed)) }, at: now, chance: 0.5, in: outbox.store)
        let agents = [outbox.world.worker, outbox.world.colleague]
        return Dictionary(
            uniqueKeysWithValues: sent.compactMap { one in
                agents.first { $0.email == one.recipient }.map { ($0.id, Self.acts(one.rendered.text)) }
            })
    }

    /// « Pris », « Déplacé », « Annulé », in their order.
    private static func acts(_ text: String) -> String {
        text.split(separator: "\n").filter { $0.hasPrefix("–") }.compactMap { $0.split(separator: " ").dropFirst().first }
            .joined(separator: ", ")
    }

    private func workshop(_ outbox: Outbox) async throws -> Booking {
        var reason = Reason(serviceID: outbox.world.social.id, name: "Atelier", minutes: 60, how: .site)
        reason.seats = 3
        let made = reason
        try await outbox.store.write { db in try made.insert(of: 64, in: db) }
        return Booking(
            reasonID: reason.id, agentID: outbox.world.worker.id, personIDs: [], startsAt: World.at(3, 9),
            organizationID: outbox.world.organization.id, siteID: outbox.world.site.id)
    }

    @Test("a group: with the first who enrols, when it moves, and when it is called off", arguments: Engine.available)
    func group(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.all, outbox.world.worker, in: outbox)
            var booking = try await workshop(outbox), now = World.at(0, 9)
            let worker = outbox.world.worker.id
            let group = try await booking.openGroup(by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now).isEmpty)
            booking.personIDs = [outbox.world.person.id]
            _ = try await booking.book(by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [worker: "Pris"])
            booking.personIDs = [try await outbox.world.anotherPerson(in: outbox.store).id]
            now = World.at(0, 10)
            _ = try await booking.book(by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now).isEmpty, "one more who comes changes no agenda")
            _ = try await group.move(to: .init(agentID: worker, startsAt: World.at(3, 14)), by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [worker: "Déplacé"])
            now = World.at(0, 11)
            try await group.cancel(.cancelledByService, why: "", by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [worker: "Annulé"])
        }
    }

    @Test("a group whose agent cancels it themselves, or asks nothing, tells them nothing", arguments: Engine.available)
    func silence(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            var booking = try await workshop(outbox)
            booking.personIDs = [outbox.world.person.id]
            let group = try await booking.book(by: outbox.reception, at: World.now, in: outbox.store)
            try await asking(.all, outbox.world.worker, in: outbox)
            let worker = try await outbox.world.acting(outbox.world.worker, in: outbox.store)
            try await group.cancel(.cancelledByService, why: "", by: worker, at: World.now, in: outbox.store)
            #expect(try await told(outbox, at: World.now).isEmpty)
        }
    }

    @Test("the second agent: booked, moved and cancelled, each as they asked", arguments: Engine.available)
    func second(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.all, outbox.world.colleague, in: outbox)
            try await asking(.soon, outbox.world.worker, in: outbox)
            let (worker, colleague) = (outbox.world.worker.id, outbox.world.colleague.id)
            var booking = outbox.world.booking(at: World.at(3, 9)), now = World.at(0, 9)
            booking.colleagueIDs = [colleague]
            let appointment = try await booking.book(by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [colleague: "Pris"], "the other wants today and tomorrow only")
            _ = try await appointment.move(
                to: .init(agentID: worker, startsAt: World.at(1, 9)), by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [colleague: "Déplacé", worker: "Déplacé"])
            now = World.at(0, 11)
            try await appointment.cancel(.cancelledByPerson, why: "", by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [colleague: "Annulé", worker: "Annulé"])
        }
    }

    @Test("who joins later, and who leaves; nothing when both happen before it was told", arguments: Engine.available)
    func joining(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.all, outbox.world.colleague, in: outbox)
            let colleague = outbox.world.colleague.id
            var now = World.at(0, 9)
            let appointment = try await outbox.book(World.at(3, 9), at: now)
            try await appointment.join(colleague, by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [colleague: "Pris"])
            now = World.at(0, 10)
            try await appointment.leave(colleague, by: outbox.reception, at: now, in: outbox.store)
            #expect(try await told(outbox, at: now) == [colleague: "Annulé"])
            now = World.at(0, 11)
            try await appointment.join(colleague, by: outbox.reception, at: now, in: outbox.store)
            try await appointment.leave(colleague, by: outbox.reception, at: now.adding(minutes: 1), in: outbox.store)
            #expect(try await told(outbox, at: now.adding(minutes: 1)).isEmpty)
            let own = try await outbox.world.acting(outbox.world.colleague, in: outbox.store)
            try await appointment.join(colleague, by: own, at: now.adding(minutes: 20), in: outbox.store)
            #expect(try await told(outbox, at: now.adding(minutes: 20)).isEmpty, "they know what they did")
        }
    }
}
