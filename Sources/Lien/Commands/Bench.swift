import ArgumentParser

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measures Lien on this machine.")

    func run() async throws { throw CleanExit.helpRequest(self) }
}
