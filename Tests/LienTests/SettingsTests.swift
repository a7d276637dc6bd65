import Configuration
import Foundation
import Logging
import Store
import Testing

@testable import Lien

@Suite("The configuration")
struct SettingsTests {
    @Test("has a default for everything")
    func defaults() async throws {
        let settings = try await Settings.read(environment: [:])
        #expect(settings.database == "sqlite:lien.sqlite")
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.pool == 8)
        #expect(settings.trustedProxies.isEmpty)
        #expect(settings.secret == nil)
    }

    @Test("options come before variables, and variables before the file")
    func order() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lien-\(UUID()).json")
        try Data(#"{"port": 1111, "pool": 3, "host": "0.0.0.0", "logLevel": "debug"}"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = try await Settings.read(
            flags: ["port": ConfigValue(.int(3333), isSecret: false)],
            environment: ["LIEN_PORT": "2222", "LIEN_POOL": "5", "LIEN_CONFIG": file.path])
        #expect(settings.port == 3333)
        #expect(settings.pool == 5)
        #expect(settings.host == "0.0.0.0")
        #expect(settings.logLevel == .debug)
    }

    @Test(
        "a value that cannot be used stops the start with its name",
        arguments: [
            ("LIEN_PORT", "many"), ("LIEN_PORT", "0"), ("LIEN_PORT", "70000"), ("LIEN_POOL", "-1"), ("LIEN_TRUSTED_PROXIES", "10.0.0.0/64"),
            ("LIEN_PUBLIC_URL", "lien.example"), ("LIEN_SECRET", "short"), ("LIEN_LOG_LEVEL", "loud"), ("LIEN_LOG_FORMAT", "xml"),
            ("LIEN_DURABILITY", "maybe"), ("LIEN_CONFIG", "/nowhere/lien.json"),
        ])
    func invalid(_ name: String, _ value: String) async throws {
        let failure = await #expect(throws: Failure.self) { _ = try await Settings.read(environment: [name: value]) }
        #expect(failure?.sentence.hasPrefix("\(name): ") == true)
        #expect(failure?.sentence.contains("short") == false)
        #expect(failure?.status == 78)
    }

    @Test("never prints the database's password")
    func password() async throws {
        let settings = try await Settings.read(environment: ["LIEN_DATABASE": "postgres://lien:hidden@db.example:5432/lien?x=hidden"])
        #expect(!settings.databaseName.contains("hidden"))
        #expect(settings.databaseName.contains("db.example"))
    }

    @Test("a SQLite file that is not there is a mistake, not a new database")
    func missingFile() async throws {
        var settings = Settings()
        settings.database = "sqlite:/tmp/lien-\(UUID()).sqlite"
        let failure = #expect(throws: Failure.self) { _ = try settings.open() }
        #expect(failure?.sentence.contains("lien migrate") == true)
    }
}
