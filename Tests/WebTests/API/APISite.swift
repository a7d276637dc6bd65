import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Scheduling
import Store
import TestKit

@testable import Web

/// The whole site over two territories that look alike, and programs with tokens of their agents.
struct APISite: Sendable {
    let deskful: Deskful
    let client: any TestClientProtocol
    let world: World
    /// Another territory in the same database.
    let other: World
    let administrator: Agent
    let administratorElsewhere: Agent

    var store: Store { deskful.store }

    static func with(_ engine: Engine, _ test: @escaping @Sendable (APISite) async throws -> Void) async throws {
        try await engine.withStore(Core.Schema.migrations) { store in
            let (world, other) = (try await World.make(in: store), try await World.make(in: store, territoryID: 65))
            let (here, elsewhere) = (try await administrator(of: world, in: store), try await administrator(of: other, in: store))
            let deskful = try Deskful(store)
            try await deskful.open { client in
                try await test(
                    APISite(
                        deskful: deskful, client: client, world: world, other: other, administrator: here, administratorElsewhere: elsewhere
                    ))
            }
        }
    }

    private static func administrator(of world: World, in store: Store) async throws -> Agent {
        let territory = world.territory.id
        let agent = Agent(territoryID: territory, firstName: "Claire", lastName: "Sallaberry", email: "claire.\(territory)@example.org")
        try await store.write { db in
            try agent.insert(at: World.now, in: db)
            try db.run("UPDATE agent SET password = 'scrypt$' WHERE id = \(agent.id)")
            try db.run("INSERT INTO territory_role (territory_id, agent_id, role) VALUES (\(territory), \(agent.id), 'administrator')")
        }
        return agent
    }

    /// A program that acts for an agent.
    func program(of agent: Agent, _ scope: TokenScopes.Level = .write) async throws -> Program {
        try await deskful.program(of: agent, client, .everywhere(scope))
    }

    func program(of agent: Agent, _ scopes: TokenScopes) async throws -> Program {
        try await deskful.program(of: agent, client, scopes)
    }

    /// Someone with this role alone, in the world's organization or over its territory.
    func someone(_ role: Role? = nil, over territory: TerritoryRole? = nil, services: [Service] = []) async throws -> Agent {
        let agent = Agent(territoryID: world.territory.id, firstName: "Peio", lastName: role?.rawValue ?? "sans rôle")
        try await store.write { db in
            try agent.insert(at: World.now, in: db)
            if let role {
                try db.run("INSERT INTO membership VALUES (\(world.territory.id), \(world.organization.id), \(agent.id), \(role))")
            }
            if let territory {
                try db.run(
                    "INSERT INTO territory_role (territory_id, agent_id, role) VALUES (\(world.territory.id), \(agent.id), \(territory))")
            }
            for service in services { try db.run("INSERT INTO agent_service VALUES (\(world.territory.id), \(agent.id), \(service.id))") }
        }
        return agent
    }

    /// What the body of a booking of the world's person says.
    func booking(at start: Instant = World.at(0, 9), _ change: (inout [String: JSONValue]) -> Void = { _ in }) -> JSONValue {
        var members: [String: JSONValue] = [
            "reason": .text("\(world.reason.id)"), "agent": .text("\(world.worker.id)"), "people": [.text("\(world.person.id)")],
            "organization": .text("\(world.organization.id)"), "site": .text("\(world.site.id)"), "starts_at": .text(start.rfc3339),
            "phone": "06 39 98 12 34",
        ]
        change(&members)
        return .object(members)
    }

    func count(_ sql: SQL) async throws -> Int {
        try await store.read { db in try db.first(sql) { try $0[0] as Int } ?? 0 }
    }
}

/// A program with a token. Whatever it is answered must be in the description, word for word.
struct Program: Sendable {
    let client: any TestClientProtocol
    var token: String?

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    func post(_ path: String, _ body: JSONValue, key: String? = nil) async throws -> Answer {
        try await send(.post, path, body, key: key)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, key: String? = nil) async throws -> Answer {
        var writer = JSONWriter()
        if let body { writer.json(body) }
        return try await raw(method, path, body.map { _ in writer.bytes }, key: key)
    }

    func raw(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]?, key: String? = nil, type: String = "application/json"
    ) async throws -> Answer {
        var headers: HTTPFields = [:]
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let key { headers[.idempotencyKey] = key }
        if body != nil { headers[.contentType] = type }
        let response = try await client.execute(
            uri: Endpoint.root + path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        let answer = Answer(response)
        if let endpoint = API.endpoint(method, path) { try endpoint.mustDescribe(answer) }
        return answer
    }

    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let type: String?
        let headers: HTTPFields
        let text: String
        let json: JSONValue

        init(_ response: TestResponse) {
            status = response.status.code
            type = response.headers[.contentType]
            headers = response.headers
            text = String(buffer: response.body)
            json = (try? JSON.value(of: response.body)) ?? .null
        }

        var code: String? { json["code"]?.text }
        var items: [JSONValue] { json["items"]?.array ?? [] }
        var id: String { json["id"]?.text ?? "" }
        var location: String? { headers[.location] }
        /// The fields that a refusal names.
        var fields: [String] {
            guard case .object(let fields) = json["fields"] else { return [] }
            return fields.keys.sorted()
        }
    }
}

extension API {
    /// The endpoint of a path with its values in place.
    static func endpoint(_ method: HTTPRequest.Method, _ path: String) -> Endpoint? {
        byShape[shape(method, path) { ID<Agent>($0) != nil ? "{id}" : CivilDate($0) != nil ? "{date}" : $0 }]
    }

    /// Looked up, not searched: the walk asks thousands of times.
    private static let byShape = Dictionary(
        uniqueKeysWithValues: endpoints.map { endpoint in
            let known = shape(endpoint.method, endpoint.path) { $0 == "{date}" || !$0.hasPrefix("{") ? $0 : "{id}" }
            return (known, endpoint)
        })

    private static func shape(_ method: HTTPRequest.Method, _ path: String, _ part: (String) -> String) -> String {
        let parts = path.split(separator: "?")[0].split(separator: "/").map { part(String($0)) }
        return "\(method.rawValue) \(parts.joined(separator: "/"))"
    }
}

/// An answer that the description does not know.
struct Undescribed: Error, CustomStringConvertible {
    let description: String
}

extension Endpoint {
    func mustDescribe(_ given: Program.Answer) throws {
        if given.status == status.code { return try check(given, against: answer, "application/json") }
        guard Problems.statuses(of: self).contains(given.status) else {
            throw Undescribed(description: "\(label): \(given.status) \(given.text)")
        }
        try check(given, against: Problems.schema, "application/problem+json")
    }

    private func check(_ given: Program.Answer, against schema: JSONSchema?, _ type: String) throws {
        guard let schema else {
            guard given.text.isEmpty else { throw Undescribed(description: "\(label): a body where none is described") }
            return
        }
        let faults = schema.faults(of: given.json)
        guard faults.isEmpty, given.type == type else {
            throw Undescribed(description: "\(label) \(given.type ?? "no type"): \(faults) in \(given.text)")
        }
    }
}
