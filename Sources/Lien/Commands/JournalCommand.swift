import ArgumentParser
import Core
import Foundation
import Store

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Works on the journal of who did and who saw what.", subcommands: [Verify.self])
}

extension JournalCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recomputes the journal's chain: intact, erased under certificate N, or broken at N.",
            discussion: """
                The last line of each territory is its last place and seal, to be noted elsewhere: given back with --noted, it shows a \
                chain rewritten whole. The status is 1 when a chain is broken.
                """)

        @OptionGroup var options: DatabaseOptions

        @Option(help: "The slug of one territory; all of them unless given.")
        var territory: String?

        @Option(help: ArgumentHelp("A place and its seal, noted earlier; with --territory.", valueName: "seq:seal"))
        var noted: String?

        func run() async throws {
            let noted = try notedHead()
            let broken = try await options.settings().withCurrentStore { store in
                let territories = try await chosen(in: store)
                var broken = 0
                for territory in territories {
                    let report = try await store.read { db in try Journal.verify(territory.id, noted: noted, in: db) }
                    say(report, of: territory)
                    if case .broken = report.verdict { broken += 1 }
                }
                return broken
            }
            if broken > 0 { throw ExitCode.failure }
        }

        private func chosen(in store: Store) async throws -> [Territory] {
            let all = try await store.read { db in try Territory.all(in: db) }
            let chosen = all.filter { territory == nil || $0.slug == territory }
            if let territory, chosen.isEmpty { throw Failure("no territory is called \(territory)") }
            return chosen
        }

        private func notedHead() throws -> Journal.Head? {
            guard let noted else { return nil }
            guard territory != nil, let head = Journal.Head(noted) else {
                throw ValidationError("--noted takes a place and a seal as verify prints them, together with --territory")
            }
            return head
        }

        private func say(_ report: Journal.Report, of territory: Territory) {
            Terminal.say("\(territory.slug): \(report.verdict.words)")
            Terminal.say("  \(report.sealed) sealed entries, \(report.unsealed) waiting for their seal")
            if let head = report.head { Terminal.say("  \(head)") }
        }
    }
}

extension Journal.Verdict {
    var words: String {
        switch self {
        case .intact: "intact"
        case .erased(let numbers) where numbers.count == 1: "erased under certificate \(numbers[0])"
        case .erased(let numbers): "erased under certificates \(numbers.map(String.init).joined(separator: ", "))"
        case .broken(let seq, let why): "broken at \(seq): \(why)"
        }
    }
}
