import Foundation
import Store

/// One migrated SQLite file for each list of migrations, copied for each test: migrating takes half a second, a copy a few milliseconds.
actor TemplateFile {
    static let shared = TemplateFile()

    private var templates: [[Migration]: Task<Data, any Error>] = [:]

    /// The copy stands in a folder of its own.
    nonisolated func withCopy(_ migrations: [Migration], _ test: (String) async throws -> Void) async throws {
        let template = try await template(migrations)
        try await Self.inFolder { url in
            try template.write(to: Self.file(url))
            try await test(url)
        }
    }

    private func template(_ migrations: [Migration]) async throws -> Data {
        if let known = templates[migrations] { return try await known.value }
        let task = Task { try await Self.make(migrations) }
        templates[migrations] = task
        return try await task.value
    }

    /// A store that is closed has brought its journal into its one file.
    private static func make(_ migrations: [Migration]) async throws -> Data {
        var made = Data()
        try await inFolder { url in
            let store = try Store.open(url, options: Store.Options(durability: .normal))
            try await store.migrate(migrations)
            await store.close()
            made = try Data(contentsOf: file(url))
        }
        return made
    }

    private static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lien-test-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body("sqlite:" + folder.appending(path: "test.db").path)
    }

    private static func file(_ url: String) -> URL { URL(filePath: String(url.dropFirst("sqlite:".count))) }
}
