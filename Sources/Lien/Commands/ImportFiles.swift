import ArgumentParser
import Core
import Foundation
import Scheduling
import Store

extension Import {
    struct People: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports people from a CSV file, for an organization that will follow them.",
            discussion: """
                Columns are known by their names: nom is needed; prénom, date de naissance, téléphone, autre téléphone, e-mail, adresse, \
                code postal, commune and besoins are kept when they are there. Someone who has a file keeps it, and what it lacks is \
                added. \(Import.told)
                """)

        @OptionGroup var options: DatabaseOptions
        @OptionGroup var importing: ImportOptions

        @Option(help: "The name of the organization that will follow them.")
        var organization: String

        func run() async throws { try await importing.run(.people, organization, options) }
    }

    struct Agents: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports agents from a CSV file, with their organization, roles and services.",
            discussion: """
                Columns are known by their names: nom is needed; prénom, e-mail, organisation, rôle and services are kept when they are \
                there. An agent is known by their e-mail; what they have stays and what the row says is added. \(Import.told)
                """)

        @OptionGroup var options: DatabaseOptions
        @OptionGroup var importing: ImportOptions

        func run() async throws { try await importing.run(.agents, nil, options) }
    }

    fileprivate static let told = """
        Commas, semicolons or tabs; UTF-8 or Latin-1. Each row that cannot be kept is named on standard error. The status is 2 when some \
        rows were not kept, and 1 when nothing was.
        """
}

/// What importing people and importing agents share.
struct ImportOptions: ParsableArguments {
    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "The e-mail of the administrator in whose name it is done: the journal says so.")
    var by: String

    @Flag(help: "With one bad row, import nothing.")
    var allOrNothing = false

    @Flag(help: "Say what would be done with each row, and import nothing.")
    var preview = false

    func run(_ kind: ImportFile.Kind, _ organization: String?, _ options: DatabaseOptions) async throws {
        let bytes = Array(try Import.bytes(file)), now = Instant(Int64(Date().timeIntervalSince1970))
        let report = try await options.settings().withStore { store in
            try await store.requireCurrentSchema()
            let (acting, imported) = try await store.read { db in
                let acting = try Acting.administrator(email: by, in: db)
                let house = try organization.map { try Organization.called($0, of: acting.territoryID, in: db) }
                return (acting, try ImportFile.unkept(bytes, as: kind, for: house, by: acting, in: db))
            }
            if preview { return try await imported.preview(nil, by: acting, at: now, in: store) }
            return try await imported.run(nil, allOrNothing: allOrNothing, by: acting, at: now, in: store)
        }
        try say(report)
    }

    private func say(_ report: ImportReport) throws {
        for line in report.lines where preview || line.outcome == .refused {
            Terminal.progress("ligne \(line.line) : \(line.outcome.label)\(line.sentence.isEmpty ? "" : " : \(line.sentence)")")
        }
        let refused = report.count(.refused)
        guard report.isWritten || preview else {
            throw Failure("rien n’est importé : \(refused) lignes sont à corriger (--all-or-nothing)")
        }
        let counts = ImportReport.Outcome.allCases.map { "\(report.count($0)) \($0.label)" }.joined(separator: ", ")
        Terminal.say(preview ? "Aperçu : \(counts)." : "\(counts).")
        if refused > 0 { throw ExitCode(refused == report.lines.count ? 1 : 2) }
    }
}
