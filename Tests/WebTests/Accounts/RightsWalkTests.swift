import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Who may open which page")
struct RightsWalkTests {

    /// One agent for each role, signed in, in the world's organization; another territory; an appointment to come.
    static func walk(
        on engine: Engine, _ test: @escaping @Sendable (World, World, Appointment, [(String, Visitor)]) async throws -> Void
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

    @Test("settings open to administrators alone, an organization’s to its own", arguments: Engine.available)
    func settings(on engine: Engine) async throws {
        try await Self.walk(on: engine) { world, _, _, visitors in
            let ofTerritory = [
                "/setup/territory", "/setup/areas", "/setup/areas/new", "/setup/organizations", "/setup/organizations/new",
                "/setup/organizations/\(world.organization.id)", "/setup/services", "/setup/services/new", "/setup/reasons",
                "/setup/reasons/new", "/setup/reasons/\(world.reason.id)", "/setup/agents", "/setup/agents/new",
                "/setup/agents/\(world.worker.id)", "/setup/organizations/\(world.elsewhere.id)/members", "/setup/imports",
            ]
            let ofOrganization = [
                "/setup", "/setup/sites", "/setup/sites/new", "/setup/sites/\(world.site.id)",
                "/setup/organizations/\(world.organization.id)/members",
                "/setup/organizations/\(world.organization.id)/members/\(world.worker.id)",
            ]
            for (name, visitor) in visitors {
                for path in ofTerritory {
                    let answer = try await visitor.get(path)
                    #expect(answer.status == (name == "administrator" ? 200 : 403), "\(name) \(path)")
                }
                for path in ofOrganization {
                    let answer = try await visitor.get(path)
                    #expect(answer.status == (["administrator", "admin"].contains(name) ? 200 : 403), "\(name) \(path)")
                }
                let seesRights = ["administrator", "admin", "data-protection"].contains(name)
                #expect(try await visitor.get("/setup/rights").status == (seesRights ? 200 : 403), "\(name)")
                #expect(try await visitor.get("/account").status == 200)
            }
        }
    }

    @Test("what is sent to the settings is refused as their pages are", arguments: Engine.available)
    func sending(on engine: Engine) async throws {
        try await Self.walk(on: engine) { world, _, _, visitors in
            let posts = [
                ("/setup/territory", [("name", "Volé"), ("holiday_zone", "metropole")]), ("/setup/areas", [("name", "Volé")]),
                ("/setup/organizations", [("name", "Volée")]), ("/setup/services", [("name", "Volé")]),
                ("/setup/reasons/\(world.reason.id)/retirement", []), ("/setup/reasons/\(world.reason.id)/deletion", []),
                ("/setup/agents", [("last_name", "Volé")]), ("/setup/agents/\(world.worker.id)", [("last_name", "Volé")]),
                ("/setup/agents/\(world.worker.id)/disabling", []), ("/setup/agents/\(world.worker.id)/password-link", []),
                ("/setup/agents/\(world.worker.id)/territory-roles", [("territory_roles", "administrator")]),
                ("/setup/agents/\(world.worker.id)/services", []),
                ("/setup/organizations/\(world.elsewhere.id)/members/\(world.worker.id)", [("roles", "manager")]),
                ("/setup/sites", [("organization_id", world.elsewhere.id.description), ("name", "Volé")]),
            ]
            for (name, visitor) in visitors where name != "administrator" {
                for (path, fields) in posts {
                    let answer = try await visitor.post(path, fields)
                    #expect(answer.status == 403, "\(name) \(path)")
                }
            }
        }
    }

    @Test("an administrator reads no content, and nobody opens what is elsewhere", arguments: Engine.available)
    func content(on engine: Engine) async throws {
        try await Self.walk(on: engine) { world, elsewhere, appointment, visitors in
            let content = [
                "/people", "/people/\(world.person.id)", "/people/new", "/appointments/new", "/appointments/\(appointment.id)",
                "/agenda/agents/\(world.worker.id)", "/agenda/sites/\(world.site.id)",
            ]
            for (name, visitor) in visitors where ["admin", "administrator", "data-protection"].contains(name) {
                for path in content {
                    let answer = try await visitor.get(path)
                    #expect([403, 404].contains(answer.status), "\(name) \(path): \(answer.status)")
                    #expect(!answer.text.contains("Lacoste"), "\(name) \(path)")
                }
            }
            let foreign = [
                "/setup/organizations/\(elsewhere.organization.id)", "/setup/organizations/\(elsewhere.organization.id)/members",
                "/setup/services/\(elsewhere.social.id)", "/setup/sites/\(elsewhere.site.id)", "/setup/reasons/\(elsewhere.reason.id)",
                "/setup/agents/\(elsewhere.worker.id)", "/people/\(elsewhere.person.id)",
                "/setup/organizations/\(world.organization.id)/members/\(elsewhere.worker.id)",
            ]
            for (name, visitor) in visitors {
                for path in foreign {
                    #expect([403, 404].contains(try await visitor.get(path).status), "\(name) \(path)")
                }
            }
        }
    }
}
