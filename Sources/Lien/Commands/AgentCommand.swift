import ArgumentParser
import Core
import Foundation
import Scheduling
import Store

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Makes, disables and gives passwords to agents; the first administrator begins here.",
        subcommands: [Create.self, Password.self, Disable.self])

    static var now: Instant { Instant(Int64(Date().timeIntervalSince1970)) }
}

extension AgentCommand {
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an agent who can sign in, and the territory if it is not there.",
            discussion: "The password is asked for, or read from standard input.")

        @OptionGroup var options: DatabaseOptions

        @Option(help: "The short name of the territory, which begins its public addresses.")
        var territory: String

        @Option(help: "The territory's name, when it is made.")
        var territoryName: String?

        @Option(help: "The e-mail to sign in with.")
        var email: String

        @Option(help: "First name.")
        var firstName = ""

        @Option(help: "Last name.")
        var lastName: String

        @Flag(help: "May set up the whole territory.")
        var administrator = false

        func run() async throws {
            let draft = AgentDraft(firstName: firstName, lastName: lastName, email: email)
            let first = FirstAgent(territory: territory, territoryName: territoryName, draft: draft, administrator: administrator)
            let settings = try await options.settings()
            let password = try SecretInput.password()
            let made = try await settings.withCurrentStore { store in
                try await Agent.createFirst(first, password: password, at: AgentCommand.now, hasher: PasswordHasher(), in: store)
            }
            Terminal.say("\(made.agent.name) can sign in to \(made.territory.slug).")
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an agent a new password and ends their sessions.",
            discussion: "The password is asked for, or read from standard input.")

        @OptionGroup var options: DatabaseOptions

        @Option(help: "The agent's e-mail.")
        var email: String

        func run() async throws {
            let settings = try await options.settings()
            let password = try SecretInput.password()
            try await settings.withCurrentStore { store in
                try await Agent.setPassword(password, email: email, at: AgentCommand.now, hasher: PasswordHasher(), in: store)
            }
            Terminal.say("The password is changed.")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps an agent from signing in, at once; what they did stays.")

        @OptionGroup var options: DatabaseOptions

        @Option(help: "The agent's e-mail.")
        var email: String

        func run() async throws {
            try await options.settings().withCurrentStore { store in
                try await Agent.disable(email: email, at: AgentCommand.now, in: store)
            }
            Terminal.say("This agent cannot sign in any more.")
        }
    }
}
