import Core
import Scheduling
import Store
import TestKit

@testable import Web

/// A visitor for each role.
enum RoleVisitors {
    /// One agent for each role, signed in, in the world's organization; another territory; an appointment to come.
    static func with(
        _ engine: Engine, _ test: @escaping @Sendable (World, World, Appointment, [(String, Visitor)]) async throws -> Void
    ) async throws {
        try await SignInPageTests.withSite(on: engine) { site, world, factory in
            let elsewhere = try await World.make(in: site.store, territoryID: 40)
            let admin = Acting(
                territory: world.territory, agent: world.reception, roles: [:], territoryRoles: [.administrator])
            var visitors: [(String, Visitor)] = []
            for name in Role.allCases.map(\.rawValue) + TerritoryRole.allCases.map(\.rawValue) {
                let email = "\(name)@example.org"
                try await site.store.write { db in
                    let agent = try Agent.create(.init(firstName: "", lastName: name, email: email), by: admin, at: World.now, in: db)
                    if let role = Role(rawValue: name) {
                        try Membership(organizationID: world.organization.id, agentID: agent.id, roles: [role])
                            .save(by: admin, at: World.now, in: db)
                    } else if let role = TerritoryRole(rawValue: name) {
                        try TerritoryRole.set([role], of: agent.id, by: admin, at: World.now, in: db)
                    }
                }
                try await Agent.setPassword(
                    SignInPageTests.password, email: email, at: World.now, hasher: site.desk.hasher, in: site.store)
                let visitor = factory.new()
                try await visitor.signIn(email, SignInPageTests.password)
                visitors.append((name, visitor))
            }
            let reception = try await world.acting(world.reception, in: site.store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: site.store)
            try await test(world, elsewhere, appointment, visitors)
        }
    }
}
