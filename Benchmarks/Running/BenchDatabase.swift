import Core
import Foundation
import Store

/// Databases for one bench alone.
enum BenchDatabase {
    /// Makes an empty database with the product's schema, works with its address, and removes it.
    static func with<T>(_ request: BenchRequest, _ work: (String) async throws -> T) async throws -> T {
        switch request.engine {
        case .sqlite: try await withFile(work)
        case .postgres: try await withServer(request.server, work)
        }
    }

    /// Opens it, works with it, and closes it.
    static func open<T>(_ url: String, durability: Store.Durability = .normal, _ work: (Store) async throws -> T) async throws -> T {
        let store = try Store.open(url, options: Store.Options(connections: 16, wait: .seconds(60), durability: durability))
        do {
            try await store.migrate(Schema.migrations)
            let result = try await work(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    private static func withFile<T>(_ work: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lien-bench-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await work("sqlite:" + folder.appending(path: "bench.sqlite").path)
    }

    private static func withServer<T>(_ server: String?, _ work: (String) async throws -> T) async throws -> T {
        guard let server, var parts = URLComponents(string: server) else { throw BenchFailure("no PostgreSQL server was given") }
        let name = "lien_bench_\(ProcessInfo.processInfo.processIdentifier)"
        parts.path = "/" + name
        guard let url = parts.string else { throw BenchFailure("the server's address cannot be used") }
        try await administer(server, "CREATE DATABASE \(identifier: name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        do {
            let result = try await work(url)
            try await drop(name, server)
            return result
        } catch {
            try? await drop(name, server)
            throw error
        }
    }

    private static func drop(_ name: String, _ server: String) async throws {
        try await administer(server, "DROP DATABASE \(identifier: name) WITH (FORCE)")
    }

    private static func administer(_ server: String, _ command: SQL) async throws {
        let administrator = try Store.open(server, options: Store.Options(connections: 1, wait: .seconds(60)))
        do { try await administrator.runOutsideTransaction(command) } catch {
            await administrator.close()
            throw error
        }
        await administrator.close()
    }
}

extension Store {
    /// Lets PostgreSQL's planner know what was just loaded, as it does by itself in a database that has lived.
    func settle() async throws {
        if engine == .postgres { try await runOutsideTransaction("VACUUM ANALYZE") }
    }
}
