import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Who sees which figures")
struct WhoSeesFiguresTests {
    @Test("a manager sees their organization’s, an administrator all, nobody else any", arguments: Engine.available)
    func scope(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            let manager = try await world.world.acting(world.manager, in: store)
            let mine = try await world.figures(of: manager, in: store)
            let expected = (0..<240).map(world.fact).filter { $0.organization == world.world.organization.id }.reduce(0) {
                $0 + $1.people.count
            }
            #expect(mine.total.tally.total == expected)
            #expect(mine.organizations.allSatisfy { $0.key == .organization(world.world.organization.id) })
            await #expect(throws: Refusal.notFound) {
                _ = try await world.figures(of: manager, in: store) { $0.organization = world.world.elsewhere.id }
            }
            for agent in [world.world.worker, world.world.reception] {
                let acting = try await world.world.acting(agent, in: store)
                await #expect(throws: Refusal.forbidden) { _ = try await world.figures(of: acting, in: store) }
            }
        }
    }

    @Test("nothing of another territory is counted or asked for", arguments: Engine.available)
    func territories(on engine: Engine) async throws {
        try await withFigures(on: engine, 30) { world, store in
            let other = try await World.make(in: store, territoryID: 65)
            let reception = try await other.acting(other.reception, in: store)
            _ = try await other.booking(at: World.at(2, 9)).book(by: reception, at: World.now, in: store)
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            #expect(try await world.figures(in: store).total.tally.total == (0..<30).map(world.fact).reduce(0) { $0 + $1.people.count })
            for change in [
                { $0.service = other.social.id }, { $0.reason = other.reason.id }, { $0.organization = other.organization.id },
            ] as [(inout FigureQuery) -> Void] {
                await #expect(throws: Refusal.notFound) { _ = try await world.figures(in: store, change) }
            }
        }
    }

    @Test("each agent sees their own, and managers only where the territory says so", arguments: Engine.available)
    func agents(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            let worker = try await world.world.acting(world.world.worker, in: store)
            let query = try FigureQuery(.month, from: FigureWorld.monday, to: FigureWorld.monday.adding(days: 56))
            let own = try await store.read { db in try OwnFigures.read(query, for: worker, now: FigureWorld.now, in: db) }
            let mine = (0..<240).map(world.fact).filter { $0.agent.id == worker.agent.id }
            #expect(own.total.tally.total == mine.reduce(0) { $0 + $1.people.count })
            #expect(try await world.figures(of: world.administrator, in: store).agents.isEmpty)
            #expect(try await world.figures(of: world.territory { $0.agentFigures = true }, in: store).agents.count == 5)
            let reception = try await world.world.acting(world.world.reception, in: store)
            await #expect(throws: Refusal.forbidden) {
                _ = try await store.read { db in try OwnFigures.read(query, for: reception, now: FigureWorld.now, in: db) }
            }
        }
    }

    @Test("no line is of one or two agents, nor is what the others leave of the total", arguments: Engine.available)
    func threes(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            // A reason that two agents alone answer, and a service with it.
            let lone = Reason(serviceID: world.world.pmi.id, name: "Pesée", minutes: 20, how: .video)
            try await store.write { db in
                try lone.insert(of: 64, in: db)
                try db.run(
                    "UPDATE appointment SET reason_id = \(lone.id), how = 'video' WHERE agent_id = \(world.agents[4].id) AND reason_id = \(world.reasons[2].id)"
                )
            }
            for kept in [false, true] {
                if kept { try await FigureKeeping.keep(at: FigureWorld.now, in: store) }
                let figures = try await world.figures(of: world.administrator, in: store)
                for lines in [figures.periods, figures.organizations, figures.services, figures.reasons, figures.hows, figures.teams] {
                    for line in lines { #expect(line.agents.isEmpty || line.agents.count >= 3, "\(line.name): \(line.agents.count)") }
                }
                #expect(!figures.reasons.contains { $0.key == .reason(lone.id) })
                #expect(figures.reasons.contains { $0.key == .others })
                await #expect(throws: Refusal.tooFewAgents) {
                    _ = try await world.figures(of: world.administrator, in: store) { $0.reason = lone.id }
                }
                let shown = try await world.figures(in: store) { $0.reason = lone.id }
                #expect(shown.total.tally.total > 0, "where the territory shows each agent’s, it is shown")
            }
        }
    }

    @Test("what a filter leaves out is of three agents too", arguments: Engine.available)
    func complement(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            // All but one agent are of one organization: asking for it would tell the other one’s figures.
            try await store.write { db in
                _ = try db.run(
                    "UPDATE appointment SET organization_id = \(world.world.organization.id) WHERE agent_id <> \(world.agents[0].id)")
            }
            let figures = try await world.figures(of: world.administrator, in: store)
            #expect(figures.organizations.map(\.key) == [.others])
            await #expect(throws: Refusal.tooFewAgents) {
                _ = try await world.figures(of: world.administrator, in: store) { $0.organization = world.world.organization.id }
            }
        }
    }

    @Test("teams that differ by one or two agents are not both shown")
    func teams() {
        let agents = (0..<9).map { _ in ID<Agent>.new() }
        let team = { (name: String, range: Range<Int>) in Team(organizationID: .new(), name: name, agentIDs: Set(agents[range])) }
        let shown = Threes.teams(
            [team("a", 0..<5), team("b", 0..<4), team("c", 5..<8), team("d", 7..<9), team("e", 0..<2)], within: Set(agents))
        #expect(shown.map(\.name) == ["a"], "c would leave one agent of all but a and c")
        #expect(Threes.teams([team("f", 0..<8)], within: Set(agents)).isEmpty, "all but one")
    }

    @Test("the setting is an administrator’s, and the journal keeps it", arguments: Engine.available)
    func setting(on engine: Engine) async throws {
        try await withFigures(on: engine, 0) { world, store in
            var settings = world.world.territory.settings
            #expect(!settings.agentFigures && !settings.publicFigures)
            settings.agentFigures = true
            let (changed, manager) = (settings, try await world.world.acting(world.manager, in: store))
            await #expect(throws: Refusal.forbidden) {
                try await store.write { db in try changed.save(by: manager, at: World.now, in: db) }
            }
            try await store.write { db in try changed.save(by: world.administrator, at: World.now, in: db) }
            let said = try await store.read { db in
                try db.all("SELECT payload FROM journal_payload ORDER BY id") { try $0[0] as String }
            }
            #expect(said.last?.contains("agent_figures") == true)
            #expect(try await store.read { db in try Territory.find(64, in: db)?.agentFigures } == true)
        }
    }
}
