import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Scheduling
import Store
import TestKit

@testable import Web

/// The people's pages and API over a small world; whom one is signed in as is said by a header.
struct PeopleSite {
    let world: World
    let store: Store
    let desk: Desk

    static func with(
        _ engine: Engine, now: @escaping @Sendable () -> Instant = { World.now },
        _ test: @Sendable (PeopleSite, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let site = try WebSite(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), options: .init(rate: nil))
            let people = PeopleSite(world: world, store: store, desk: Desk(site: site, store: store, now: now))
            try await Application(router: people.router).test(.router) { client in try await test(people, client) }
        }
    }

    private var router: Router<AppContext> {
        desk.site.router(session: [AgentHeader(store: store)]) { router in
            let agents = router.group(context: AgentContext.self).add(middleware: MergedPersonMiddleware(desk: desk))
            API(desk: desk).add(to: router, agents)
            PeopleRoutes(desk: desk).add(to: agents)
            PersonFormRoutes(desk: desk).add(to: agents)
            PersonRoutes(desk: desk).add(to: agents)
            MergingRoutes(desk: desk).add(to: agents)
            RelativeRoutes(desk: desk).add(to: agents)
            ProtectionRoutes(desk: desk).add(to: agents)
            StoryRoutes(desk: desk).add(to: agents)
            ArchivingRoutes(desk: desk).add(to: agents)
            BookingRoutes(desk: desk).add(to: agents)
            AppointmentRoutes(desk: desk).add(to: agents)
        }
    }

    /// Someone with what finds them, of these organizations.
    func add(_ firstName: String, _ lastName: String, _ change: (inout PersonDraft) -> Void = { _ in }, to house: Organization? = nil)
        async throws -> Person
    {
        var draft = PersonDraft()
        (draft.firstName, draft.lastName) = (firstName, lastName)
        change(&draft)
        let agent = Agent(territoryID: world.territory.id, firstName: "Agent", lastName: "Passant")
        let organization = house ?? world.organization
        let new = NewPerson(draft, organizationID: organization.id, informed: true)
        let acting = Acting(territory: world.territory, agent: agent, roles: [organization.id: [.reception]])
        return try await store.write { db in
            try agent.insert(at: World.now, in: db)
            return try new.create(by: acting, at: World.now, in: db)
        }
    }

    /// An agent with this role alone in the world's organization.
    func hire(_ role: Role) async throws -> Agent {
        let agent = Agent(territoryID: world.territory.id, firstName: "Agent", lastName: role.rawValue)
        try await store.write { db in
            try agent.insert(at: World.now, in: db)
            try db.run("INSERT INTO membership VALUES (\(world.territory.id), \(world.organization.id), \(agent.id), \(role))")
        }
        return agent
    }

    /// How often this act was journalled.
    func journalled(_ act: Journal.Act, about person: ID<Person>? = nil) async throws -> Int {
        try await store.read { db in
            let subject: SQL = person.map { "AND subject_id = \($0)" } ?? ""
            return try db.first("SELECT count(*) FROM journal_header WHERE act = \(act) \(subject)") { try $0[0] as Int } ?? 0
        }
    }
}

/// Signs in the agent whose id the request says, as the session's cookie does.
struct AgentHeader: RouterMiddleware {
    let store: Store

    func handle(_ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response) async throws -> Response {
        var context = context
        if let text = request.headers[.testAgent], let uuid = UUID(uuidString: text) {
            let found = try await store.read { db in
                try db.first("SELECT territory_id FROM agent WHERE id = \(uuid)") { try $0[0] as Int64 }.flatMap {
                    try Acting.load(ID<Agent>(uuid), of: $0, in: db)
                }
            }
            context.signedIn = found.map(SignedIn.init)
            context.frame = Frame(brand: .init(name: "Département d’essai"), search: .init())
        }
        return try await next(request, context)
    }
}

extension HTTPField.Name {
    static let testAgent = HTTPField.Name("X-Test-Agent")!
}

extension TestClientProtocol {
    func get(_ path: String, as agent: Agent) async throws -> TestResponse {
        try await execute(uri: path, method: .get, headers: [.testAgent: agent.id.description])
    }

    /// A form; the bearer header stands for the form token, which tests of its own look after.
    func post(_ path: String, _ fields: [String: String], as agent: Agent) async throws -> TestResponse {
        let body = fields.map { "\(URLPath.encoded($0))=\(URLPath.encoded($1))" }.joined(separator: "&")
        return try await execute(
            uri: path, method: .post,
            headers: [.testAgent: agent.id.description, .authorization: "Bearer test", .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }

    func json(_ method: HTTPRequest.Method, _ path: String, _ body: String, as agent: Agent) async throws -> TestResponse {
        try await execute(
            uri: path, method: method,
            headers: [.testAgent: agent.id.description, .authorization: "Bearer test", .contentType: "application/json"],
            body: ByteBuffer(string: body))
    }
}
