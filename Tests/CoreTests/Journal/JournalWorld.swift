import Core
import Foundation
import Scheduling
import Store
import TestKit

/// A territory whose journal has some entries about one person.
struct JournalWorld {
    let world: World
    let officer: Agent

    static func make(in store: Store) async throws -> JournalWorld {
        let world = try await World.make(in: store)
        let officer = Agent(territoryID: 64, firstName: "Ttipi", lastName: "Etxeberri", email: "dpo@example.org")
        try await store.write { db in
            try officer.insert(at: World.now, in: db)
            try db.run("INSERT INTO territory_role VALUES (\(64), \(officer.id), \(TerritoryRole.dataProtection))")
        }
        return JournalWorld(world: world, officer: officer)
    }

    /// Entries about the person, one by one, each with their name in it.
    func write(_ count: Int, about person: ID<Person>? = nil, in store: Store) async throws {
        try await store.write { db in
            for index in 0..<count {
                try Journal.record(
                    .read, about: (person ?? world.person.id).uuid, ["name": "Jeanne Lacoste", "index": String(index), "reason": "suivi"],
                    by: .agent(world.worker.id), of: 64, at: World.now.adding(minutes: index), in: db)
            }
        }
    }

    func sealed(_ count: Int, in store: Store) async throws {
        try await write(count, in: store)
        try await Journal.seal(in: store)
    }
}

extension Store {
    func verdict(noted: Journal.Head? = nil) async throws -> Journal.Verdict {
        try await read { db in try Journal.verify(64, noted: noted, in: db).verdict }
    }

    /// What someone with the database's own password would do first.
    func disarm() async throws {
        try await write { db in
            let triggers: [[String]] = try db.all(
                db.engine == .sqlite
                    ? "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'journal%'"
                    : """
                    SELECT tgname::text, relname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                    WHERE NOT tgisinternal AND relname LIKE 'journal%'
                    """
            ) { [try $0[0], try $0[1]] }
            for trigger in triggers {
                try db.run(
                    db.engine == .sqlite
                        ? "DROP TRIGGER \(identifier: trigger[0])"
                        : "DROP TRIGGER \(identifier: trigger[0]) ON \(identifier: trigger[1])")
            }
        }
    }
}

extension Journal.Verdict {
    var brokenAt: Int64? { if case .broken(let seq, _) = self { seq } else { nil } }
}
