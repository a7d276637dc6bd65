import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

extension World {
    /// Someone with what finds them, in these organizations.
    func add(
        _ firstName: String, _ lastName: String, born: String? = nil, _ numbers: [String] = [], commune: String = "",
        to organizations: [Organization]? = nil, in store: Store
    ) async throws -> Person {
        let person = Person(
            territoryID: territory.id, firstName: firstName, lastName: lastName, birthDate: born.flatMap { CivilDate($0) },
            commune: commune, createdAt: World.now,
            phones: numbers.compactMap { PhoneNumber($0) }.map { Person.Phone(number: $0.e164, mobile: $0.isMobile) })
        let houses = organizations ?? [organization]
        try await store.write { db in
            try person.insert(in: db)
            for house in houses { try person.enter(house.id, in: db) }
        }
        return person
    }

    /// The names that a search finds, in order; those found elsewhere are marked.
    func find(_ typed: String, by agent: Agent, in store: Store) async throws -> [String] {
        let acting = try await acting(agent, in: store)
        return try await store.read { db in
            try Person.search(typed, by: acting, in: db).map { $0.elsewhere ? "(\($0.name))" : $0.name }
        }
    }

    /// An agent with one role in one organization, and these services.
    func hire(_ role: Role, in house: Organization, _ services: [Service] = [], store: Store) async throws -> Agent {
        let agent = Agent(territoryID: territory.id, firstName: "Agent", lastName: role.rawValue)
        try await store.write { db in
            try agent.insert(at: World.now, in: db)
            try db.run("INSERT INTO membership VALUES (\(territory.id), \(house.id), \(agent.id), \(role))")
            for service in services { try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(service.id))") }
        }
        return agent
    }

    /// The acts journalled about someone, oldest first, with their payloads.
    func journal(about person: ID<Person>, in store: Store) async throws -> [(act: Journal.Act, payload: String)] {
        try await store.read { db in
            try db.all(
                """
                SELECT journal_header.act, journal_payload.payload FROM journal_header
                JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id AND journal_payload.id = journal_header.id
                WHERE journal_header.territory_id = \(territory.id) AND journal_header.subject_id = \(person)
                ORDER BY journal_header.at, journal_header.id
                """
            ) { (act: try $0[0], payload: try $0[1]) }
        }
    }
}
