import ArgumentParser

/// The one binary.
@main
struct Lien: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lien", abstract: "Keeps in touch with the people a département, a commune or a social centre supports.",
        discussion: """
            Settings come from options, then from variables (LIEN_DATABASE, LIEN_PORT…), then from the JSON file that LIEN_CONFIG or \
            --config names. A command ends with status 0 when it did what was asked.
            """,
        subcommands: [
            Serve.self, Migrate.self, DemoCommand.self, Import.self, AgentCommand.self, Bench.self, JournalCommand.self, Gateways.self,
            Check.self,
            Version.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            stop(error)
        }
    }

    /// One sentence on standard error and a status; the parser says its own, with the usage.
    private static func stop(_ error: any Error) -> Never {
        guard let failure = Failure(of: error) else { exit(withError: error) }
        Terminal.complain(failure.sentence)
        exit(withError: ExitCode(failure.status))
    }
}
