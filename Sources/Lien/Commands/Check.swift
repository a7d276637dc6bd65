import ArgumentParser
import Core
import Foundation
import Scheduling
import Store
import Web

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reports on configuration, database, schema and clock; the status is 1 when something is wrong.")

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        var report = CheckReport()
        let settings = try await options.settings(server.flags)
        report.good("configuration", "listens on \(settings.host):\(settings.port), \(settings.pool) connections")
        if settings.secret == nil { report.good("secret", "kept in the database") } else { report.good("secret", "from LIEN_SECRET") }
        report.examine(settings.gateways)
        report.examineLetters(settings)
        do {
            try await settings.withStore { store in await report.examine(store, settings) }
        } catch {
            report.bad("database", Failure(of: error)?.sentence ?? "\(error)")
        }
        report.examineClock()
        if report.isBad { throw ExitCode.failure }
    }
}

/// Says each thing as it is examined: what is right on standard output, what is wrong on standard error.
struct CheckReport {
    private(set) var isBad = false

    func good(_ name: String, _ sentence: String) { Terminal.say("ok     \(name): \(sentence)") }
    func doubtful(_ name: String, _ sentence: String) { Terminal.say("note   \(name): \(sentence)") }

    mutating func bad(_ name: String, _ sentence: String) {
        isBad = true
        Terminal.progress("wrong  \(name): \(sentence)")
    }
}

extension CheckReport {
    func examine(_ gateways: GatewayFile) {
        if gateways.gateways.isEmpty {
            doubtful("gateways", "none: messages are written and none leaves; see LIEN_GATEWAYS")
        } else {
            good("gateways", gateways.gateways.map { "\($0.name) (\($0.channel.rawValue))" }.joined(separator: ", "))
        }
    }

    func examineLetters(_ settings: Settings) {
        if let program = WeasyPrint.program {
            good("letters", "printed by \(program)")
        } else {
            doubtful("letters", "cannot be printed: install the package weasyprint")
        }
        if settings.publicURL == nil { doubtful("letters", "carry no code to answer with; see LIEN_PUBLIC_URL") }
    }

    mutating func examine(_ store: Store, _ settings: Settings) async {
        do {
            let server = try await store.server()
            good("database", "\(settings.databaseName), \(server.version)")
            if server.isDurable { good("durability", server.durability) } else { doubtful("durability", server.durability) }
            examineClock(of: server)
            examineSchema(try await store.schemaState(Schema.migrations))
        } catch {
            bad("database", Failure(of: error)?.sentence ?? "\(error)")
        }
    }

    private mutating func examineSchema(_ state: SchemaState) {
        switch state {
        case .current: good("schema", "current")
        case .empty: bad("schema", "the database is empty: run lien migrate")
        case .behind(let names): bad("schema", "lacks \(names.joined(separator: ", ")): run lien migrate")
        case .newer(let names): bad("schema", "made by a newer version, with \(names.joined(separator: ", "))")
        }
    }

    private mutating func examineClock(of server: ServerFacts) {
        let drift = abs(server.now - Date().timeIntervalSince1970)
        let sentence = "the database's clock and ours differ by \(Int(drift.rounded())) s"
        if drift > 5 { bad("clock", sentence) } else { good("clock", sentence) }
    }

    mutating func examineClock() {
        if Zone("Europe/Paris") == nil { bad("time zones", "the system's time zone data is missing: install tzdata") }
        if Date().timeIntervalSince1970 < 1_767_225_600 { bad("clock", "it is set before 2026") }
    }
}
