import Core
import Crypto
import Foundation
import Scheduling
import Store
import Synchronization
import TestKit
import Testing

@Suite("The demo territory")
struct DemoTests {
    static let today = CivilDate(year: 2026, month: 11, day: 22)!
    static let small = Demo.Size(organizations: 3, agentsEach: 10, people: 450, days: 35, journalDays: 14)

    private static func load(_ store: Store, seed: UInt64 = 1, today: CivilDate = DemoTests.today) async throws {
        try await Demo(seed: seed, today: today, size: small).load(in: store)
    }

    private static func digest(on engine: Engine, seed: UInt64 = 1, today: CivilDate = DemoTests.today) async throws -> String {
        let found = Mutex("")
        try await engine.withStore(Schema.migrations) { store in
            try await load(store, seed: seed, today: today)
            let digest = try await store.demoDigest()
            found.withLock { $0 = digest }
        }
        return found.withLock { $0 }
    }

    @Test("is the same for the same seed and day, on both engines")
    func deterministic() async throws {
        var digests: Set<String> = []
        for engine in Engine.available {
            for _ in 0..<2 { digests.insert(try await Self.digest(on: engine)) }
        }
        #expect(digests.count == 1)
    }

    @Test("is another for another seed, and for another day", arguments: [(UInt64(2), 0), (1, 1)])
    func differs(_ seed: UInt64, _ days: Int) async throws {
        let first = try await Self.digest(on: .sqlite)
        let second = try await Self.digest(on: .sqlite, seed: seed, today: Self.today.adding(days: days))
        #expect(first != second)
    }

    @Test("keeps the product's rules", arguments: Engine.available)
    func rules(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await Self.load(store)
            #expect(try await store.count("SELECT count(*) FROM person") == 450)
            // An appointment that keeps its time has its agent's claim and one for each person; a cancelled one has none.
            let cancelled: SQL = "('cancelled-by-person', 'cancelled-by-service')"
            #expect(
                try await store.count("SELECT count(*) FROM claim WHERE holder = 'person'")
                    == store.count("SELECT count(*) FROM participation WHERE status NOT IN \(cancelled)"))
            #expect(
                try await store.count("SELECT count(*) FROM claim WHERE holder = 'agent'")
                    == store.count("SELECT count(DISTINCT appointment_id) FROM participation WHERE status NOT IN \(cancelled)"))
            // A phone appointment is missed only after enough calls; every closed status is a recorded fact.
            #expect(
                try await store.count(
                    """
                    SELECT count(*) FROM participation JOIN appointment ON appointment.id = participation.appointment_id
                    WHERE how = 'phone' AND status = 'missed'
                      AND (SELECT count(*) FROM call_attempt WHERE call_attempt.appointment_id = appointment.id) < 2
                    """) == 0)
            #expect(
                try await store.count("SELECT count(*) FROM appointment_fact WHERE act = 'status'")
                    == store.count("SELECT count(*) FROM participation WHERE status <> 'upcoming'"))
            #expect(try await store.count("SELECT count(*) FROM participation WHERE status = 'upcoming'") > 0)
            // Nothing was closed before it took place, nor written after the day of the demo.
            let now = World.paris.instant(Self.today, minute: 0)
            #expect(try await store.count("SELECT count(*) FROM appointment WHERE created_at >= \(now) OR created_at >= starts_at") == 0)
            #expect(
                try await store.count(
                    """
                    SELECT count(*) FROM participation JOIN appointment ON appointment.id = participation.appointment_id
                    WHERE status IN ('attended', 'missed', 'not-provided') AND ends_at > \(now)
                    """) == 0)
        }
    }

    @Test("has an intact journal that begins with its creation", arguments: Engine.available)
    func journal(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await Self.load(store)
            let territory = try await store.read { db in try Territory.all(in: db)[0] }
            let report = try await store.read { db in try Journal.verify(territory.id, in: db) }
            #expect(report.verdict == .intact)
            #expect(report.unsealed == 0)
            #expect(report.sealed > 100)
        }
    }

    @Test("has three people of one family, two of them with one number, whom reception finds", arguments: Engine.available)
    func family(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await Self.load(store)
            let reception = try await store.demoActing("accueil.orthez@example.org")
            @Sendable func found(_ typed: String) async throws -> [String] {
                try await store.read { db in try Person.search(typed, by: reception, in: db).map(\.name).sorted() }
            }
            #expect(try await found("0639981234") == ["Maddi Lahargarai", "Peio Lahargarai"])
            #expect(try await found("+33 6 39 98 12 34") == ["Maddi Lahargarai", "Peio Lahargarai"])
            #expect(try await found("laharg").count { $0.hasSuffix(" Lahargarai") } == 3)
            #expect(try await found("laharg 1984") == ["Odette Lahargarai"])
        }
    }

    @Test("can be booked in: reception finds free slots with a worker in Orthez", arguments: Engine.available)
    func slots(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await Self.load(store)
            let reception = try await store.demoActing("accueil.orthez@example.org")
            let now = World.paris.instant(Self.today, minute: 600)
            let found = try await store.read { db in
                let reason = try Reason.bookable(by: reception, in: db).first { $0.name == "Premier contact RSA" }
                return try Calendars().find(SlotQuery(reasonID: reason!.id), for: reception, now: now, in: db)
            }
            #expect(found.slots.contains { $0.start < now.adding(days: 14) })
        }
    }

    @Test("has a login for each role, with the password that is printed", arguments: Engine.available)
    func logins(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            #expect(try await Demo.state(in: store) == .absent)
            try await Self.load(store)
            #expect(try await Demo.state(in: store) == .loaded)
            let logins = try await Demo.logins(in: store)
            let roles = Role.allCases.map(\.rawValue) + TerritoryRole.allCases.map(\.rawValue)
            #expect(Set(logins.map(\.role)) == Set(roles))
            #expect(logins.first { $0.role == "reception" }?.organization == "MDS d’Orthez")
        }
    }
}

extension Store {
    func count(_ sql: SQL) async throws -> Int { try await read { db in try db.first(sql) { try $0[0] as Int } ?? -1 } }

    func demoActing(_ email: String) async throws -> Acting {
        try await read { db in
            let found = try db.first("SELECT territory_id, id FROM agent WHERE email = \(email)") {
                (try $0[0] as Int64, try $0[1] as ID<Agent>)
            }
            return try Acting.load(found!.1, of: found!.0, in: db)!
        }
    }

    /// SHA-256 of every row of every table that the demo fills, in the order of their keys.
    func demoDigest() async throws -> String {
        try await read { db in
            var hash = SHA256()
            for (table, columns) in Self.demoTables {
                let list = SQL(joined: columns.map { "\(identifier: $0)" }, by: ", ")
                try db.forEach("SELECT \(list) FROM \(identifier: table) ORDER BY \(list)") { row in
                    for column in columns.indices { hash.update(data: Array("\(try row.cell(column).plain())|".utf8)) }
                }
            }
            return hash.finalize().map { String($0, radix: 16) }.joined()
        }
    }

    private static let demoTables: [(String, [String])] = [
        ("territory", ["id", "slug", "name"]), ("organization", ["id", "name"]), ("site", ["id", "name", "address"]),
        ("agent", ["id", "first_name", "last_name", "email", "password"]), ("opening", ["id", "agent_id", "start_minute", "weekdays"]),
        ("absence", ["id", "agent_id", "first_date", "nights", "title"]),
        ("person", ["id", "first_name", "last_name", "birth_date", "channel", "language", "address", "commune", "needs", "created_at"]),
        ("person_organization", ["person_id", "organization_id"]), ("person_phone", ["person_id", "rank", "number"]),
        ("person_token", ["scope_id", "token", "search_key", "person_id"]), ("referent", ["person_id", "service_id", "agent_id", "since"]),
        ("note", ["id", "person_id", "text"]), ("tag", ["id", "name"]), ("person_tag", ["person_id", "tag_id"]),
        ("external_number", ["person_id", "kind", "number"]), ("person_detail", ["person_id", "never_voicemail", "caution"]),
        ("relation", ["id", "person_id", "other_id", "kind", "consent_on"]), ("protection", ["id", "person_id", "representative_id"]),
        ("appointment", ["id", "agent_id", "reason_id", "starts_at", "said", "phone", "replaces_id"]),
        ("participation", ["appointment_id", "person_id", "status"]), ("appointment_fact", ["id", "appointment_id", "act", "why", "at"]),
        ("claim", ["holder_id", "starts_at", "ends_at", "id", "appointment_id"]), ("message", ["id", "recipient", "dedup_key", "due_at"]),
        ("journal_header", ["id", "at", "act", "subject_id", "digest", "seq", "seal"]), ("journal_payload", ["id", "salt", "payload"]),
    ]
}

extension Cell {
    /// One text for one value, whatever the engine keeps it as: a UUID is bytes in SQLite.
    func plain() throws -> String {
        switch try value() {
        case .null: "-"
        case .bool(let bool): bool ? "1" : "0"
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .blob(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: ".")
        case .uuid(let uuid): withUnsafeBytes(of: uuid.uuid) { $0.map { String($0, radix: 16) }.joined(separator: ".") }
        }
    }
}
