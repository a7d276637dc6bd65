import Core
import Foundation
import Store

/// Opening the database of the settings.
extension Settings {
    /// - Parameter making: a SQLite file that is not there is made; otherwise it is a mistake in its path.
    func open(making: Bool = false) throws -> Store {
        if !making, let path = sqlitePath, !FileManager.default.fileExists(atPath: path) {
            throw Failure("the database file \(path) is not there: check LIEN_DATABASE, or make it with lien migrate")
        }
        return try Store.open(database, options: Store.Options(connections: pool, durability: durability))
    }

    /// Opens it, works with it, and closes it.
    func withStore<T>(making: Bool = false, _ work: (Store) async throws -> T) async throws -> T {
        let store = try open(making: making)
        do {
            let result = try await work(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// The same for commands that read or change data: the schema must be this version's.
    func withCurrentStore<T>(_ work: (Store) async throws -> T) async throws -> T {
        try await withStore { store in
            try await store.requireCurrentSchema()
            return try await work(store)
        }
    }

    var sqlitePath: String? { database.hasPrefix("sqlite:") ? String(database.dropFirst("sqlite:".count)) : nil }

    /// The database's address without its password.
    var databaseName: String {
        guard sqlitePath == nil, var parts = URLComponents(string: database) else { return database }
        parts.password = parts.password.map { _ in "…" }
        parts.query = nil
        return parts.string ?? "postgres"
    }
}

extension Store {
    /// - Throws: ``Failure`` that says what to do.
    func requireCurrentSchema() async throws {
        switch try await schemaState(Schema.migrations) {
        case .current: return
        case .empty: throw Failure("the database is empty: run lien migrate first")
        case .behind(let names): throw Failure("the database lacks \(names.joined(separator: ", ")): run lien migrate first")
        case .newer(let names): throw StoreError.newerSchema(names)
        }
    }
}
