import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("An agent of several organizations, with or without a login")
struct SharedCalendarTests {
    @Test("has one calendar: what one house books, the other no longer offers", arguments: Engine.available)
    func oneCalendar(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            // Without an e-mail: an intervenant, who never signs in.
            let visitor = Agent(territoryID: 64, firstName: "Lan", lastName: "Nguyen")
            let annex = Site(organizationID: world.elsewhere.id, name: "Pau")
            try await store.write { db in
                try visitor.insert(at: World.now, in: db)
                try annex.insert(of: 64, in: db)
                try db.run("INSERT INTO agent_service VALUES (\(64), \(visitor.id), \(world.social.id))")
                for (house, site) in [(world.organization.id, world.site.id), (world.elsewhere.id, annex.id)] {
                    try db.run("INSERT INTO membership VALUES (\(64), \(house), \(visitor.id), \(Role.worker))")
                    try db.run(
                        "INSERT INTO membership VALUES (\(64), \(house), \(agendas.manager.id), \(Role.reception)) ON CONFLICT DO NOTHING")
                    let hours = world.opening(of: visitor, 540..<600).stretch
                    try Opening(
                        agentID: visitor.id, organizationID: house, siteID: site, stretch: hours, reasonIDs: [world.reason.id]
                    ).insert(of: 64, in: db)
                }
            }
            let acting = try await world.acting(agendas.manager, in: store)
            let calendars = Calendars()
            let find = { (house: ID<Organization>) async throws -> [Instant] in
                try await store.read { db in
                    var query = SlotQuery(reasonID: world.reason.id)
                    (query.agentIDs, query.organizationIDs) = ([visitor.id], [house])
                    query.dates = World.monday..<World.monday.adding(days: 1)
                    return try calendars.find(query, for: acting, now: World.now, in: db).slots.map(\.start)
                }
            }
            for house in [world.organization.id, world.elsewhere.id] {
                #expect(try await find(house) == [World.at(0, 9), World.at(0, 9, 30)])
            }
            var booking = world.booking(at: World.at(0, 9), of: visitor)
            booking.asSlot = true
            _ = try await booking.book(by: acting, at: World.now, in: store)
            for house in [world.organization.id, world.elsewhere.id] { #expect(try await find(house) == [World.at(0, 9, 30)]) }
        }
    }
}
