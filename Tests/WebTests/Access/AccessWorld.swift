import Core
import Foundation
import Scheduling
import Store
import TestKit

/// Two organizations of one territory with a social service and a PMI in each, and a PMI in another territory.
struct AccessWorld: Sendable {
    let compartments: [Compartment]

    static func make(in store: Store) async throws -> AccessWorld {
        let (here, there) = (World(territoryID: 64).territory, World(territoryID: 65).territory)
        let (social, pmi) = (Service(name: "Service social"), Service(name: "Maternellegorri", secret: true))
        let foreign = Service(name: "Maternellehori", secret: true)
        let orthez = Organization(name: "MDS d’Orthez"), pau = Organization(name: "MDS de Pau"),
            tarbes = Organization(name: "MDS de Tarbes")
        let shared = try await store.write { db in
            try here.insert(in: db)
            try there.insert(in: db)
            try db.run("UPDATE territory SET agent_figures = TRUE, public_figures = (id = \(there.id))")
            for service in [social, pmi] { try service.insert(of: here.id, in: db) }
            try foreign.insert(of: there.id, in: db)
            for house in [orthez, pau] { try house.insert(of: here.id, in: db) }
            try tarbes.insert(of: there.id, in: db)
            return (
                try person("Uhaldezuri", "+33639988000", of: here, in: [orthez, pau], db),
                try person("Uhaldehori", "+33639988001", of: there, in: [tarbes], db)
            )
        }
        let houses = [
            ("zuri", here, orthez, social, shared.0), ("gorri", here, orthez, pmi, shared.0), ("beltz", here, pau, social, shared.0),
            ("urdin", here, pau, pmi, shared.0), ("hori", there, tarbes, foreign, shared.1),
        ]
        let double = Agent(territoryID: here.id, firstName: "Bi", lastName: "Bikote")
        var compartments: [Compartment] = []
        for (mark, territory, house, service, person) in houses {
            let builder = CompartmentBuilder(
                mark: mark, territory: territory, organization: house, service: service, shared: person, double: double.id,
                isAtHome: house.id == orthez.id)
            compartments.append(try await builder.build(in: store))
        }
        let (first, second) = (compartments[1], compartments[2])
        try await store.write { db in
            try double.insert(at: World.now, in: db)
            for part in [first, second] { try part.add(double, opening: 15, db) }
        }
        return AccessWorld(compartments: compartments)
    }

    /// With what finds them.
    static func person(_ name: String, _ number: String, of territory: Territory, in houses: [Organization], _ db: Writer) throws -> Person
    {
        var draft = PersonDraft()
        (draft.firstName, draft.lastName, draft.phones) = ("Maddi", name, [.init(number)])
        let agent = Agent(territoryID: territory.id, firstName: "Agent", lastName: "Passant")
        try agent.insert(at: World.now, in: db)
        let acting = Acting(territory: territory, agent: agent, roles: [houses[0].id: [.reception]])
        let person = try NewPerson(draft, organizationID: houses[0].id, informed: true).create(by: acting, at: World.now, in: db)
        for house in houses.dropFirst() {
            try db.run("INSERT INTO person_organization VALUES (\(territory.id), \(person.id), \(house.id))")
        }
        return person
    }
}

extension AccessWorld {
    /// Signs someone in as a walker.
    /// - Returns: `nil` for nobody.
    func agent(for walker: Walker, in store: Store) async throws -> Agent? {
        let home = compartments[0], territory = home.territory.id
        let agent = Agent(territoryID: territory, firstName: "Peio", lastName: "Promeneur", email: "promeneur@example.org")
        switch walker {
        case .nobody: return nil
        case .owner: return home.worker
        case .over(let role):
            try await store.write { db in
                try agent.insert(at: World.now, in: db)
                try db.run("INSERT INTO territory_role (territory_id, agent_id, role) VALUES (\(territory), \(agent.id), \(role))")
            }
        case .role(let role, let secret):
            let service = compartments[secret ? 1 : 0].service
            try await store.write { db in
                try agent.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (\(territory), \(home.organization.id), \(agent.id), \(role))")
                try db.run("INSERT INTO agent_service VALUES (\(territory), \(agent.id), \(service.id))")
            }
        }
        return agent
    }
}

extension Compartment {
    /// Someone works here too.
    fileprivate func add(_ agent: Agent, opening hour: Int, _ db: Writer) throws {
        try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(agent.id), \(Role.worker))")
        try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(service.id))")
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: [.monday]))
        let stretch = try? Stretch(recurrence: recurrence, from: hour * 60, to: hour * 60 + 60)
        try Opening(
            agentID: agent.id, organizationID: organization.id, siteID: nil, place: word("Bikotx"), stretch: stretch!,
            reasonIDs: [things.world.reason.id]
        ).insert(of: territory.id, in: db)
    }
}
