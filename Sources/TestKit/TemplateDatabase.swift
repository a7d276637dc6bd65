import Foundation
import Store

/// One migrated PostgreSQL database for each list of migrations, copied for each test (about 80 ms a copy).
actor TemplateDatabase {
    static let shared = TemplateDatabase()

    private var templates: [[Migration]: Task<String, any Error>] = [:]
    private var count = 0
    private var administrator: Store?

    struct NoServer: Error, CustomStringConvertible {
        let description = "LIEN_POSTGRES does not name a PostgreSQL server"
    }

    nonisolated func withCopy(_ migrations: [Migration], _ test: (String) async throws -> Void) async throws {
        let name = try await copy(migrations)
        do { try await test(Self.url(name)) } catch {
            try? await drop(name)
            throw error
        }
        try await drop(name)
    }

    private func copy(_ migrations: [Migration]) async throws -> String {
        let template = try await template(migrations)
        let name = nextName("test")
        try await admin().runOutsideTransaction("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template) STRATEGY file_copy")
        return name
    }

    private func drop(_ name: String) async throws {
        try await admin().runOutsideTransaction("DROP DATABASE \(identifier: name) WITH (FORCE)")
    }

    private func template(_ migrations: [Migration]) async throws -> String {
        if let known = templates[migrations] { return try await known.value }
        let name = nextName("template")
        let task = Task { try await make(name, migrations) }
        templates[migrations] = task
        return try await task.value
    }

    private func make(_ name: String, _ migrations: [Migration]) async throws -> String {
        try await admin().runOutsideTransaction(
            "CREATE DATABASE \(identifier: name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        let store = try Store.open(Self.url(name))
        try await store.migrate(migrations)
        await store.close()
        return name
    }

    private func nextName(_ kind: String) -> String {
        count += 1
        return "lien_\(kind)_\(ProcessInfo.processInfo.processIdentifier)_\(count)"
    }

    private func admin() throws -> Store {
        if let administrator { return administrator }
        guard let server = Engine.server else { throw NoServer() }
        let store = try Store.open(server, options: Store.Options(connections: 2, wait: .seconds(120)))
        administrator = store
        return store
    }

    private static func url(_ database: String) throws -> String {
        guard var parts = Engine.server.flatMap({ URLComponents(string: $0) }) else { throw NoServer() }
        parts.path = "/" + database
        guard let url = parts.string else { throw NoServer() }
        return url
    }
}
