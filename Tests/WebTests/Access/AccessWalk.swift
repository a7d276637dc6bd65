import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import TestKit
import Testing

@testable import Web

/// One walker before every address, about every compartment.
struct AccessWalk: Sendable {
    let walker: Walker
    let world: AccessWorld
    let deskful: Deskful
    let client: any TestClientProtocol
    let agent: Agent?
    /// What no answer may hold, and what to say of one that does.
    let secrets: [(word: String, what: String)]

    static let password = "girafe-compas-tunnel-ardoise"

    static func with(_ engine: Engine, _ walker: Walker, _ test: @escaping @Sendable (AccessWalk) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await AccessWorld.make(in: store)
            let deskful = try Deskful(store)
            let agent = try await world.agent(for: walker, in: store)
            if let email = agent?.email {
                try await Agent.setPassword(password, email: email, at: World.now, hasher: deskful.desk.hasher, in: store)
            }
            try await deskful.open { client in
                let secrets = world.compartments.flatMap { Self.secrets(of: $0, kept: walker) }
                try await test(
                    AccessWalk(walker: walker, world: world, deskful: deskful, client: client, agent: agent, secrets: secrets))
            }
        }
    }

    private static func secrets(of compartment: Compartment, kept walker: Walker) -> [(word: String, what: String)] {
        compartment.secrets.filter { !$0.rule.allows(walker, compartment) }.flatMap { secret in
            secret.words.map { ($0, "shows \(secret.what) of \(compartment.name): \($0)") }
        }
    }

    /// Tries every door.
    func walk() async throws {
        let program = try await program(), visitor = try await visitor()
        for door in Door.pages + Door.api(world.compartments) + Door.last {
            for compartment in door.isPlain ? [world.compartments[0]] : world.compartments {
                let allowed = door.rule.allows(walker, compartment)
                guard !(allowed && door.onlyRefused) else { continue }
                let asked = door.ask(compartment)
                let answer = door.isAPI ? try await program.ask(door, asked) : try await visitor.ask(door, asked)
                check(answer, of: door, about: compartment, allowed: allowed)
            }
        }
    }

    private func program() async throws -> Program {
        guard let agent else { return Program(client: client, token: nil) }
        return try await deskful.program(of: agent, client)
    }

    private func visitor() async throws -> Browser {
        let visitor = Visitor(client)
        if let email = agent?.email { try await visitor.signIn(email, Self.password) } else { _ = try await visitor.get("/sign-in") }
        return Browser(client: client, cookies: visitor.cookies, token: visitor.token)
    }
}

extension AccessWalk {
    /// What came back, of a page or of a program's request.
    struct Answer {
        let status: Int
        let text: String
        let location: String?

        /// A page that asks to sign in, or why a file is opened, refuses as a 403 does.
        var refuses: Bool {
            if status == 303, let location { return location.hasPrefix("/sign-in?") || location.hasSuffix("/disclosure") }
            return [401, 403, 404].contains(status)
        }
        /// What was sent cannot be sent again after signing in.
        var asksWhoOneIs: Bool { status == 303 && location == "/sign-in" }
    }

    private func check(_ answer: Answer, of door: Door, about compartment: Compartment, allowed: Bool) {
        let what = "\(walker.testDescription), \(door.route), \(compartment.name): \(answer.status)"
        if answer.status >= 500 { Issue.record("\(what) \(answer.text.prefix(300))") }
        // What a body names may be refused beside its field too.
        let refused = answer.refuses || answer.asksWhoOneIs || (!door.namesInPath && !door.isPlain && answer.status >= 400)
        let isRight = allowed ? !answer.refuses : refused
        if !isRight { Issue.record("\(what), though it is \(allowed ? "allowed" : "not allowed") \(answer.text.suffix(600))") }
        checkWords(of: answer, what)
    }

    private func checkWords(of answer: Answer, _ what: String) {
        for secret in secrets where answer.text.holds(secret.word) { Issue.record("\(what) \(secret.what)") }
    }
}

extension String {
    /// Faster than a search by characters: the walk reads thousands of pages.
    fileprivate func holds(_ word: String) -> Bool { withCString { strstr($0, word) != nil } }
}

/// A visitor's cookies and form token, without reading every page for newer ones.
private struct Browser {
    let client: any TestClientProtocol
    let cookies: [String: String]
    let token: String

    func ask(_ door: Door, _ asked: Door.Asked) async throws -> AccessWalk.Answer {
        var headers: HTTPFields = [.cookie: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
        var body: ByteBuffer?
        if door.method != .get {
            headers[.contentType] = "application/x-www-form-urlencoded"
            let pairs = (asked.form + [("csrf", token)]).map { URLPath.encoded($0.0) + "=" + URLPath.encoded($0.1) }
            body = ByteBuffer(string: pairs.joined(separator: "&"))
        }
        let response = try await client.execute(uri: asked.path, method: door.method, headers: headers, body: body)
        return .init(
            status: response.status.code, text: String(buffer: response.body), location: response.headers[.location])
    }
}

extension Program {
    fileprivate func ask(_ door: Door, _ asked: Door.Asked) async throws -> AccessWalk.Answer {
        let answer = try await send(door.method, asked.path, asked.json)
        return .init(status: answer.status, text: answer.text, location: answer.location)
    }
}

extension Deskful {
    /// A program that acts for an agent.
    func program(of agent: Agent, _ client: any TestClientProtocol, _ scopes: TokenScopes = .everywhere(.write)) async throws -> Program {
        let secret = try await store.write { db in
            let acting = try Acting.load(agent.id, of: agent.territoryID, in: db)!
            return try ApiToken.create(.init(name: "essai", scopes: scopes, days: 30), by: acting, at: clock.now, in: db)
        }
        return Program(client: client, token: secret.text)
    }
}
