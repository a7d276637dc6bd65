import Scheduling
import Store
import TestKit

@testable import Core

/// A world with those who write templates.
struct TemplateWorld: Sendable {
    let world: World
    let store: Store
    /// Of the territory.
    let administrator: Acting
    /// Of the organization alone.
    let admin: Acting
    let reception: Acting

    static func with(_ engine: Engine, _ test: @Sendable (TemplateWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), territory = world.territory.id
            let over = Agent(territoryID: territory, firstName: "Reine", lastName: "Glage")
            let of = Agent(territoryID: territory, firstName: "Rémi", lastName: "Glage")
            try await store.write { db in
                for agent in [over, of] { try agent.insert(at: World.now, in: db) }
                try db.run(
                    """
                    INSERT INTO territory_role (territory_id, agent_id, role)
                    VALUES (\(territory), \(over.id), \(TerritoryRole.administrator))
                    """)
                try db.run("INSERT INTO membership VALUES (\(territory), \(world.organization.id), \(of.id), \(Role.admin))")
            }
            try await test(
                TemplateWorld(
                    world: world, store: store, administrator: try await world.acting(over, in: store),
                    admin: try await world.acting(of, in: store), reception: try await world.acting(world.reception, in: store)))
        }
    }

    static let plain = "Vous avez un rendez-vous le {date} à {heure}.[ Appelez le {numéro}.]"

    @discardableResult
    func write(_ draft: Template.Draft, by acting: Acting? = nil, at now: Instant = World.now) async throws -> Template {
        try await store.write { db in try Template.write(draft, by: acting ?? administrator, at: now, in: db) }
    }

    func refusal(of draft: Template.Draft, by acting: Acting? = nil) async throws -> Refusal? {
        do {
            try await write(draft, by: acting)
            return nil
        } catch let refusal as Refusal { return refusal }
    }

    func used(_ scope: Template.Scope) async throws -> Template {
        try await store.read { db in try Template.used(for: scope, of: world.territory.id, in: db) }
    }
}
