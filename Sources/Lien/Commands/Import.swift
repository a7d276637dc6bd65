import ArgumentParser
import Core
import Foundation
import Store

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Imports files.", subcommands: [Communes.self, People.self, Agents.self])
}

extension Import {
    static func bytes(_ file: String) throws -> Data {
        do { return try Data(contentsOf: URL(filePath: file)) } catch {
            throw Failure("the file \(URL(filePath: file).lastPathComponent) cannot be read")
        }
    }

    struct Communes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports the list of communes (code officiel géographique) from a CSV file.",
            discussion: """
                Commas, semicolons or tabs; UTF-8 or Latin-1. The columns code_insee, nom and codes_postaux are needed; departement, \
                population_municipale, latitude and longitude are kept when they are there. Each row that cannot be kept is named on \
                standard error. The status is 2 when some rows were not kept, and 1 when nothing was. An empty database is brought up to \
                date first.
                """)

        @OptionGroup var options: DatabaseOptions

        @Argument(help: "The CSV file.")
        var file: String

        @Flag(help: "With one bad row, import nothing.")
        var allOrNothing = false

        func run() async throws {
            let settings = try await options.settings()
            let bytes = try Import.bytes(file)
            let result = try await settings.withStore(making: true) { store in
                if try await store.schemaState(Schema.migrations) == .empty { try await store.migrate(Schema.migrations) }
                try await store.requireCurrentSchema()
                return try await CommuneImport.run(bytes, allOrNothing: allOrNothing, in: store)
            }
            try report(result)
        }

        private func report(_ result: CommuneImport) throws {
            for fault in result.faults { Terminal.progress("ligne \(fault.line) : \(fault.sentence)") }
            if allOrNothing, !result.faults.isEmpty {
                throw Failure("rien n’est importé : \(result.faults.count) lignes sont à corriger (--all-or-nothing)")
            }
            Terminal.say(
                "\(result.kept) communes : \(result.added) ajoutées, \(result.changed) modifiées, \(result.same) déjà à jour ; "
                    + "\(result.faults.count) lignes refusées.")
            if !result.faults.isEmpty { throw ExitCode(result.kept == 0 ? 1 : 2) }
        }
    }
}
