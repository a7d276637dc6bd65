import Crypto
import CryptoExtras
import Foundation
import Scheduling
import Store

/// What an administrator would have set up.
extension Demo {
    func insertHouses(in db: Writer) throws {
        try territory.insert(in: db)
        for area in areas { try area.insert(of: territoryID, in: db) }
        for organization in organizations { try organization.insert(of: territoryID, in: db) }
        for service in services { try service.insert(of: territoryID, in: db) }
        for site in sites { try site.site.insert(of: territoryID, in: db) }
        try insertResources(in: db)
        for reason in reasons { try reason.insert(of: territoryID, in: db) }
        var rows = DemoRows(of: territoryID)
        let opened = zone.instant(today.adding(days: -400), minute: 600)
        journal(
            .created, about: nil, ["what": "territory", "slug": Demo.slug, "name": territory.name], by: .system, at: opened, number: 0,
            &rows)
        for (index, organization) in organizations.enumerated() {
            journal(
                .created, about: organization.id.uuid, ["what": "organization", "name": organization.name], by: .system, at: opened,
                number: 1 + index, &rows)
        }
        try rows.load(in: db)
    }

    func insertStaff(_ crew: DemoCrew, password: String, in db: Writer) throws {
        let arrived = zone.instant(today.adding(days: -390), minute: 600)
        var rows = DemoRows(of: territoryID)
        for one in crew.all {
            try one.agent.insert(at: arrived, in: db)
            try insertRights(of: one, in: db)
            journal(
                .created, about: one.agent.id.uuid, ["what": "agent", "first_name": one.agent.firstName, "last_name": one.agent.lastName],
                by: .system, at: arrived, number: 10_000 + one.number, &rows)
            let own = sites.filter { $0.organization == one.organization }.map(\.site)
            for opening in openings(of: one, at: own) { try opening.insert(of: territoryID, in: db) }
            for absence in absences(of: one) { try insert(absence, in: db) }
        }
        try db.run("UPDATE agent SET password = \(password) WHERE territory_id = \(territoryID) AND email IS NOT NULL")
        try rows.load(in: db)
    }

    private func insertRights(of one: DemoAgent, in db: Writer) throws {
        if let role = one.territoryRole { try role.insert(of: one.agent.id, of: territoryID, in: db) }
        if let role = one.role {
            try db.run(
                """
                INSERT INTO membership (territory_id, organization_id, agent_id, role)
                VALUES (\(territoryID), \(ids.make(.organization, one.organization) as ID<Organization>), \(one.agent.id), \(role))
                """)
        }
        guard let service = one.service else { return }
        try db.run(
            "INSERT INTO agent_service (territory_id, agent_id, service_id) VALUES (\(territoryID), \(one.agent.id), \(serviceID(service)))"
        )
    }

    private func insert(_ absence: Absence, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO absence (territory_id, id, agent_id, title, \(Stretch.columns))
            VALUES (\(territoryID), \(absence.id), \(absence.agentID), \(absence.title), \(absence.stretch.values))
            """)
    }
}

/// Everyone in the demo has one password, hashed once.
enum DemoPassword {
    static let text = "quatre gaves sous la neige"

    static func hash(seed: UInt64, cost: ScryptCost = .standard) throws -> String {
        var dice = Dice(seed, .password)
        let salt = (0..<16).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        let key = try KDF.Scrypt.deriveKey(
            from: Array(text.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.log2N, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        return PasswordHash(cost: cost, salt: salt, hash: key.withUnsafeBytes { Array($0) }).text
    }
}
