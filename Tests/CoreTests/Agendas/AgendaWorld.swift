import Core
import Scheduling
import Store
import TestKit

/// More of the small territory: a midwife of the PMI, a manager, a stranger in another organization.
struct AgendaWorld: Sendable {
    let world: World
    let midwife: Agent
    let manager: Agent
    let stranger: Agent
    let visit: Reason

    static func make(in store: Store) async throws -> AgendaWorld {
        let world = try await World.make(in: store)
        let made = AgendaWorld(
            world: world,
            midwife: Agent(territoryID: 64, firstName: "Lili", lastName: "Sallaberry"),
            manager: Agent(territoryID: 64, firstName: "Paul", lastName: "Barrère"),
            stranger: Agent(territoryID: 64, firstName: "Anne", lastName: "Lassalle"),
            visit: Reason(serviceID: world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home))
        try await store.write { db in try made.insert(in: db) }
        return made
    }

    private func insert(in db: Writer) throws {
        for agent in [midwife, manager, stranger] { try agent.insert(at: World.now, in: db) }
        try visit.insert(of: 64, in: db)
        try join(midwife, .worker, world.pmi, in: db)
        try join(manager, .manager, nil, in: db)
        try db.run("INSERT INTO membership VALUES (\(64), \(world.elsewhere.id), \(stranger.id), \(Role.worker))")
        try db.run("INSERT INTO agent_service VALUES (\(64), \(stranger.id), \(world.social.id))")
    }

    func join(_ agent: Agent, _ role: Role, _ service: Service?, in db: Writer) throws {
        try db.run("INSERT INTO membership VALUES (\(64), \(world.organization.id), \(agent.id), \(role))")
        if let service { try db.run("INSERT INTO agent_service VALUES (\(64), \(agent.id), \(service.id))") }
    }

    /// An opening of the worker's Monday, from 17 h to 18 h unless given.
    func draft(of agent: Agent? = nil, _ minutes: Range<Int> = 1020..<1080, pattern: Recurrence.Pattern = .once) -> OpeningDraft {
        OpeningDraft(
            agentID: (agent ?? world.worker).id, organizationID: world.organization.id, siteID: world.site.id, reasonIDs: [world.reason.id],
            stretch: StretchDraft(date: World.monday, from: minutes.lowerBound, to: minutes.upperBound, pattern: pattern))
    }

    func version(of agent: Agent, in store: Store) async throws -> Int64 {
        try await store.read { db in try AgendaOwner.versions(of: [agent.id], of: 64, in: db)[agent.id] ?? -1 }
    }

    /// A visit of the midwife to the person.
    func visitBooking(at start: Instant) -> Booking {
        Booking(
            reasonID: visit.id, agentID: midwife.id, personIDs: [world.person.id], startsAt: start,
            organizationID: world.organization.id)
    }
}

/// Runs a test in a fresh world on an engine.
func withAgendas(on engine: Engine, _ test: (AgendaWorld, Store) async throws -> Void) async throws {
    try await engine.withStore(Schema.migrations) { store in try await test(try await AgendaWorld.make(in: store), store) }
}
