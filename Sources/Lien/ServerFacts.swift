import Foundation
import Store

/// What `check` asks the database about itself.
struct ServerFacts: Sendable {
    let version: String
    let durability: String
    let isDurable: Bool
    /// Seconds since 1970.
    let now: Double
}

extension Store {
    func server() async throws -> ServerFacts {
        switch engine {
        case .sqlite: try await sqliteFacts()
        case .postgres: try await postgresFacts()
        }
    }

    private func sqliteFacts() async throws -> ServerFacts {
        let version = try await read { db in try db.first("SELECT sqlite_version()") { try $0[0] as String } ?? "" }
        let synchronous = try await write { db in try db.first("PRAGMA synchronous") { try $0[0] as Int } ?? 0 }
        let durable = synchronous >= 2
        return ServerFacts(
            version: "SQLite \(version)",
            durability: durable ? "every change waits for the disk" : "a power cut may lose the last changes (LIEN_DURABILITY)",
            isDurable: durable, now: Date().timeIntervalSince1970)
    }

    private func postgresFacts() async throws -> ServerFacts {
        let facts = try await read { db in
            try db.first(
                """
                SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),
                  extract(epoch FROM clock_timestamp())::double precision
                """
            ) { (try $0[0] as String, try $0[1] as String, try $0[2] as String, try $0[3] as Double) }
        }
        guard let facts else { throw StoreError.unreachable("it does not answer") }
        let durable = facts.1 == "on" && facts.2 != "off"
        return ServerFacts(
            version: "PostgreSQL \(facts.0)", durability: "fsync \(facts.1), synchronous_commit \(facts.2)", isDurable: durable,
            now: facts.3)
    }
}
