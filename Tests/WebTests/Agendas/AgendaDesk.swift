import Core
import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Scheduling
import Store
import TestKit

@testable import Web

/// A desk over one database, with whoever the tests say signed in.
struct AgendaDesk: Sendable {
    let world: World
    let store: Store
    let desk: Desk
    let midwife = Agent(territoryID: 64, firstName: "Lili", lastName: "Sallaberry")

    init(_ world: World, _ store: Store, now: Instant = World.now) throws {
        self.world = world
        self.store = store
        let site = try WebSite(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), options: .init(rate: nil))
        desk = Desk(site: site, store: store, now: { now })
    }

    static func with(_ engine: Engine, now: Instant = World.now, _ test: (AgendaDesk) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await test(try AgendaDesk(try await World.make(in: store), store, now: now))
        }
    }

    /// Every route of agendas, asked by an agent.
    func application(as agent: Agent) async throws -> some ApplicationProtocol {
        let acting = try await world.acting(agent, in: store)
        let router = desk.site.router(session: [Acts(acting: acting)]) { router in
            let agents = router.group(context: AgentContext.self)
            API(desk: desk).add(to: router, agents)
            AgendaRoutes(desk: desk).add(to: agents)
            OpeningRoutes(desk: desk).add(to: agents)
            AbsenceRoutes(desk: desk).add(to: agents)
            BasculeRoutes(desk: desk).add(to: agents)
            ClosureRoutes(desk: desk).add(to: agents)
            OccurrenceRoutes<Absence>(desk: desk).add(to: agents)
            OccurrenceRoutes<Opening>(desk: desk).add(to: agents)
            TidingsRoutes(desk: desk).add(to: agents)
            WeekTemplateRoutes(desk: desk).add(to: agents)
            DayListRoutes(desk: desk).add(to: agents)
            MovingRoutes(desk: desk).add(to: agents)
            ChangesRoutes(desk: desk).add(to: agents)
            TogetherRoutes(desk: desk).add(to: agents)
            AgendaGroupRoutes(desk: desk).add(to: agents)
            PreferenceRoutes(desk: desk).add(to: agents)
            HandoverRoutes(desk: desk).add(to: agents)
        }
        return Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)), services: [desk.watch],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Asks as an agent.
    func ask<T: Sendable>(as agent: Agent, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> T) async throws -> T {
        try await application(as: agent).test(.router) { client in try await test(client) }
    }

    /// The midwife works in the same house, for the PMI and for the social service.
    func addMidwife(_ visit: Reason) async throws {
        try await store.write { db in
            try midwife.insert(at: World.now, in: db)
            try visit.insert(of: 64, in: db)
            try db.run("INSERT INTO membership VALUES (\(64), \(world.organization.id), \(midwife.id), \(Role.worker))")
            for service in [world.pmi, world.social] {
                try db.run("INSERT INTO agent_service VALUES (\(64), \(midwife.id), \(service.id))")
            }
        }
    }

    func book(_ start: Instant) async throws -> Appointment {
        let reception = try await world.acting(world.reception, in: store)
        return try await world.booking(at: start).booked(again: true, by: reception, at: World.now, in: store)
    }
}

/// Says who is signed in, as the session does.
struct Acts: RouterMiddleware {
    let acting: Acting

    func handle(_ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response) async throws -> Response {
        var context = context
        context.signedIn = SignedIn(acting: acting)
        return try await next(request, context)
    }
}

extension TestClientProtocol {
    func get(_ path: String) async throws -> TestResponse { try await execute(uri: path, method: .get) }

    /// A program's token stands for the form's.
    func post(_ path: String, _ fields: [(String, String)]) async throws -> TestResponse {
        let body = fields.map { URLPath.encoded($0.0) + "=" + URLPath.encoded($0.1) }.joined(separator: "&")
        return try await execute(
            uri: path, method: .post, headers: [.authorization: "Bearer x", .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, json: String? = nil) async throws -> TestResponse {
        try await execute(
            uri: path, method: method, headers: [.authorization: "Bearer x", .contentType: "application/json"],
            body: json.map { ByteBuffer(string: $0) })
    }
}
