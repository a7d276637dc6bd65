import ArgumentParser
import Core
import Foundation
import Scheduling
import Store

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Loads an invented département and prints its logins.",
        discussion: "The same seed and day give the same rows. A demo that is already there is kept.")

    enum Size: String, ExpressibleByArgument, CaseIterable { case village, departement }

    @OptionGroup var options: DatabaseOptions

    @Option(help: "village: 60 agents and 20,000 people; departement: 1,000 agents, 1,000,000 people, 2,000,000 appointments.")
    var size = Size.village

    @Option(help: "Another seed gives other people.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The day that is today in the demo; the real one unless given.", valueName: "YYYY-MM-DD"))
    var today: String?

    @Flag(help: "Print the logins as JSON.")
    var logins = false

    func run() async throws {
        let day = try self.day()
        let settings = try await options.settings()
        let found = try await settings.withStore(making: true) { store in
            try await store.migrate(Schema.migrations)
            try await load(day, in: store)
            return try await Demo.logins(in: store)
        }
        try say(found)
    }

    private func day() throws -> CivilDate {
        guard let today else { return Self.realDay }
        guard let day = CivilDate(today) else { throw ValidationError("--today takes a day as YYYY-MM-DD") }
        return day
    }

    private static var realDay: CivilDate {
        let now = Instant(Int64(Date().timeIntervalSince1970))
        return Zone("Europe/Paris")?.civil(now).date ?? CivilDate(dayNumber: Int(now.rawValue / 86_400))
    }

    private func load(_ day: CivilDate, in store: Store) async throws {
        switch try await Demo.state(in: store) {
        case .loaded: return
        case .unfinished: throw Failure("a demo was being loaded here and was stopped: start again with another database")
        case .absent:
            let communes = try await store.read { db in try Commune.of(departement: Demo.departement, in: db) }
            let demo = try Demo(seed: seed, today: day, size: size == .village ? .village : .departement, communes: communes)
            try await demo.load(in: store) { Terminal.progress("  \($0)") }
        }
    }

    private func say(_ logins: [Demo.Login]) throws {
        guard self.logins else { return Terminal.say(Self.table(logins)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.say(String(decoding: try encoder.encode(logins.map(LoginLine.init)), as: UTF8.self))
    }

    private static func table(_ logins: [Demo.Login]) -> String {
        let rows = logins.map { [$0.role, $0.email, $0.password, $0.name, $0.organization ?? "", $0.service ?? ""] }
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return "  " + cells.joined(separator: "  ").replacing(/\s+$/, with: "")
        }.joined(separator: "\n")
    }
}

/// A login with every key, also those that are empty.
private struct LoginLine: Encodable {
    let role: String
    let email: String
    let password: String
    let name: String
    let organization: String
    let service: String

    init(_ login: Demo.Login) {
        role = login.role
        email = login.email
        password = login.password
        name = login.name
        organization = login.organization ?? ""
        service = login.service ?? ""
    }
}
