import ArgumentParser
import Benchmarks
import Foundation
import Store

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures Lien on this machine, beside the floor that the same work allows here.",
        discussion: """
            Each bench makes its own data, always the same, in a database of its own that is gone afterwards. --engine postgres needs \
            a server whose address is in LIEN_POSTGRES: bin/with-postgres lien bench booking --engine postgres. Figures mean nothing in \
            a debug build.
            """)

    @Argument(help: ArgumentHelp("\(Benchmark.allCases.map(\.rawValue).joined(separator: " or ")).", valueName: "bench"))
    var name: Benchmark

    @Option(help: "sqlite or postgres.")
    var engine = Store.Engine.sqlite

    @Option(help: "1, 10 or 100 times the data; beyond 1, what that changes is shown.")
    var scale = 1

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard [1, 10, 100].contains(scale) else { throw ValidationError("--scale is 1, 10 or 100") }
    }

    func run() async throws {
        let server = ProcessInfo.processInfo.environment["LIEN_POSTGRES"]
        if engine == .postgres, server == nil {
            throw Failure("LIEN_POSTGRES names no server: run bin/with-postgres lien bench \(name.rawValue) --engine postgres")
        }
        if isDebugBuild { Terminal.progress("note: this is a debug build; its figures mean nothing") }
        let request = BenchRequest(engine: engine, scale: scale, commit: Commit.current, server: server, progress: Terminal.progress)
        do {
            let report = try await name.run(request)
            Terminal.say(json ? try report.json() : report.table())
        } catch let failure as BenchFailure {
            throw Failure(failure.description)
        }
    }
}

/// Assertions are run in a debug build alone.
private var isDebugBuild: Bool {
    var runs = false
    assert({ runs = true }() == ())
    return runs
}

extension Benchmark: ExpressibleByArgument {}
extension Store.Engine: ExpressibleByArgument {}
