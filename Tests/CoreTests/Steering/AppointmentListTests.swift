import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The list of appointments behind figures")
struct AppointmentListTests {
    private func lines(_ acting: Acting, in store: Store, _ narrow: (inout FigureQuery) -> Void = { _ in }) async throws -> [AppointmentList
        .Line]
    {
        var query = try FigureQuery(.month, from: FigureWorld.monday, to: FigureWorld.monday.adding(days: 56))
        narrow(&query)
        let asked = query
        return try await store.read { db in
            let list = try AppointmentList(asked, for: acting, now: FigureWorld.now, in: db)
            return try list.days.flatMap { try list.lines(of: $0, in: db) }
        }
    }

    @Test("has a line for each participation that is counted, in order of time, and names nobody", arguments: Engine.available)
    func matches(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            let manager = try await world.world.acting(world.manager, in: store)
            let found = try await lines(manager, in: store), figures = try await world.figures(of: manager, in: store)
            #expect(found.count == figures.total.tally.total && found.count > 100)
            for status in Participation.Status.allCases { #expect(found.count { $0.status == status } == figures.total.tally[status]) }
            for origin in Origin.allCases { #expect(found.count { $0.origin == origin } == figures.total.tally[origin]) }
            #expect(found.map(\.startsAt) == found.map(\.startsAt).sorted())
            #expect(found.allSatisfy { $0.agent == nil && $0.organization == world.world.organization.name })
            let suivi = try await lines(manager, in: store) { $0.reason = world.reasons[1].id }
            #expect(suivi.allSatisfy { $0.reason == "Suivi" } && !suivi.isEmpty)
            try await store.write { db in _ = try db.run("UPDATE territory SET agent_figures = TRUE") }
            let enabled = try await world.world.acting(world.manager, in: store)
            #expect(try await lines(enabled, in: store).allSatisfy { $0.agent != nil })
        }
    }

    @Test("is for who sees the appointments: neither an administrator nor a worker", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withFigures(on: engine, 30) { world, store in
            await #expect(throws: Refusal.forbidden) { _ = try await lines(world.administrator, in: store) }
            let worker = try await world.world.acting(world.world.worker, in: store)
            await #expect(throws: Refusal.forbidden) { _ = try await lines(worker, in: store) }
            let manager = try await world.world.acting(world.manager, in: store)
            await #expect(throws: Refusal.notFound) {
                _ = try await lines(manager, in: store) { $0.organization = world.world.elsewhere.id }
            }
        }
    }

    @Test("names a discreet reason to its service alone, and does not list it by its name to others", arguments: Engine.available)
    func discreet(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            let manager = try await world.world.acting(world.manager, in: store), id = world.reasons[1].id
            try await store.write { db in try db.run("UPDATE reason SET discreet = TRUE WHERE territory_id = 64 AND id = \(id)") }
            let stranger = Acting(territory: manager.territory, agent: manager.agent, roles: manager.roles, services: [])
            let found = try await lines(stranger, in: store)
            #expect(found.contains { $0.reason == Reason.unnamed } && found.allSatisfy { $0.reason != "Suivi" })
            #expect(try await lines(stranger, in: store) { $0.reason = id }.isEmpty)
            let colleague = Acting(
                territory: manager.territory, agent: manager.agent, roles: manager.roles, services: [world.reasons[1].serviceID])
            #expect(try await lines(colleague, in: store) { $0.reason = id }.allSatisfy { $0.reason == "Suivi" })
            #expect(try await !lines(colleague, in: store) { $0.reason = id }.isEmpty)
        }
    }
}
