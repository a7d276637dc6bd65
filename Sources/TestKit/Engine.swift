import Foundation
import Store
import Testing

/// The engines that a test runs on: SQLite always, PostgreSQL when `LIEN_POSTGRES` holds the URL of a server's
/// administrative database (`bin/with-postgres` sets it).
public enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgres

    public static var available: [Engine] { server == nil ? [.sqlite] : [.sqlite, .postgres] }
    public var testDescription: String { rawValue }

    /// The administrative database of the server, when there is one.
    public static let server = ProcessInfo.processInfo.environment["LIEN_POSTGRES"]

    /// A store for this test alone, with these migrations applied; nothing is left of it afterwards.
    public func withStore(
        _ migrations: [Migration] = [], options: Store.Options = Store.Options(durability: .normal),
        _ test: (Store) async throws -> Void
    ) async throws {
        try await withDatabase(migrations) { url in
            let store = try Store.open(url, options: options)
            do { try await test(store) } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }

    /// The URL of a database for this test alone: for tests that open several stores on one.
    public func withDatabase(_ migrations: [Migration] = [], _ test: (String) async throws -> Void) async throws {
        try await Self.turnstile.pass {
            switch self {
            case .sqlite: try await TemplateFile.shared.withCopy(migrations, test)
            case .postgres: try await TemplateDatabase.shared.withCopy(migrations, test)
            }
        }
    }

    /// Twice the cores of a small machine.
    private static let turnstile = Turnstile(4)
}
