import ArgumentParser
import Core
import Store

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database's schema up to this version; never back.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let settings = try await options.settings()
        try await settings.withStore(making: true) { store in
            let before = try await store.schemaState(Schema.migrations)
            try await store.migrate(Schema.migrations)
            Terminal.say(before == .current ? "The schema was already current." : "The schema is current.")
        }
    }
}
