import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A permanence")
struct PermanenceTests {
    /// Held today by the worker, for the social service, at the site.
    private func withPermanence(
        _ engine: Engine, _ test: (AgendaWorld, Store, Opening, _ reception: Acting, _ worker: Acting) async throws -> Void
    ) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let opening = try await Opening.create(Self.draft(agendas), by: worker, at: World.now, in: store)
            try await test(agendas, store, opening, reception, worker)
        }
    }

    private static let today = World.paris.civil(World.now).date

    private static func draft(_ agendas: AgendaWorld) -> OpeningDraft {
        OpeningDraft(
            agentID: agendas.world.worker.id, organizationID: agendas.world.organization.id, siteID: agendas.world.site.id, reasonIDs: [],
            permanenceOf: agendas.world.social.id, stretch: StretchDraft(date: today, from: 480, to: 1080))
    }

    private func walkIn(_ name: String, _ minute: Int, _ agendas: AgendaWorld, by acting: Acting, _ store: Store) async throws -> Arrival {
        try await store.claim { db in
            try Arrival.walkIn(
                at: agendas.world.site.id, for: agendas.world.social.id, name: name, companion: "", by: acting,
                at: World.now.adding(minutes: minute), in: db)
        }
    }

    @Test("has no reason and a site, in the database too", arguments: Engine.available)
    func rules(on engine: Engine) async throws {
        try await withPermanence(engine) { agendas, store, opening, _, worker in
            let world = agendas.world
            let wrong: [(String, SQL)] = [
                (
                    "permanence_no_slot",
                    "INSERT INTO opening_reason (territory_id, opening_id, reason_id) VALUES (64, \(opening.id), \(world.reason.id))"
                ), ("permanence_site", "UPDATE opening SET site_id = NULL WHERE territory_id = 64 AND id = \(opening.id)"),
            ]
            for (name, sql) in wrong {
                let refused = await #expect(throws: ConstraintViolation.self) { try await store.write { db in try db.run(sql) } }
                #expect(refused?.name == name)
            }
            let usual = try await store.read { db in try Opening.of(world.worker.id, of: 64, in: db).first { $0.permanenceOf == nil } }
            let slots = try #require(usual)
            let refused = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in try db.run("INSERT INTO permanence VALUES (64, \(slots.id), \(world.social.id))") }
            }
            #expect(refused?.name == "permanence_no_slot")
            var draft = Self.draft(agendas)
            (draft.siteID, draft.reasonIDs) = (nil, [world.reason.id])
            let said = await #expect(throws: Refusal.self) {
                _ = try await Opening.create(draft, by: worker, at: World.now, in: store)
            }
            #expect(said?.fields.keys.sorted() == ["reasons", "site"])
        }
    }

    @Test("is shown as such and offers no slot, and becomes an opening again", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await withPermanence(engine) { agendas, store, opening, reception, worker in
            let days = Self.today..<Self.today.adding(days: 1)
            let agenda = try await store.read { db in
                try Agenda.read(of: [worker.agent.id], days, seenBy: reception, now: World.now, in: db)
            }
            let day = try #require(agenda.byDay(of: agendas.world.territory, now: World.now).first?.first)
            #expect(day.openings.map(\.item.permanence) == ["Service social"])
            #expect(day.free.isEmpty)
            var draft = Self.draft(agendas)
            (draft.permanenceOf, draft.reasonIDs, draft.version) = (nil, [agendas.world.reason.id], opening.version)
            _ = try await Opening.update(opening.id, draft, by: worker, at: World.now, in: store)
            let found = try await store.read { db in try Opening.find(opening.id, seenBy: worker, in: db).opening }
            #expect(found.permanence == nil && found.opening.permanenceOf == nil && found.reasons == [agendas.world.reason.name])
        }
    }

    @Test("has a queue in the order in which people came, that its holders alone call, each of them once", arguments: Engine.available)
    func queue(on engine: Engine) async throws {
        try await withPermanence(engine) { agendas, store, _, reception, worker in
            let world = agendas.world, colleague = try await world.acting(world.colleague, in: store)
            let version = try await agendas.version(of: world.worker, in: store)
            let first = try await walkIn("", 1, agendas, by: reception, store)
            let second = try await walkIn("M. Pomès", 2, agendas, by: reception, store)
            #expect(try await agendas.version(of: world.worker, in: store) > version, "open screens hear of it")
            let call: @Sendable (Acting) async throws -> Arrival = { acting in
                try await store.claim { db in
                    try Arrival.callNext(
                        for: world.social.id, at: world.site.id, by: acting, at: World.now.adding(minutes: 5), in: db)
                }
            }
            await #expect(throws: Refusal.permanenceOfOthers) { _ = try await call(colleague) }
            #expect(try await call(worker).id == first.id)
            await #expect(throws: Refusal.arrivalFollowed) {
                try await store.claim { db in try Arrival.follow(first.id, .called, by: worker, at: World.now, in: db) }
            }
            #expect(try await call(worker).id == second.id)
            await #expect(throws: Refusal.nobodyWaits) { _ = try await call(worker) }
            let waiting: @Sendable (Acting) async throws -> [ID<Arrival>] = { acting in
                try await store.read { db in try WaitingRoom.forOneself(acting, on: Self.today, in: db).present.map(\.arrival.id) }
            }
            #expect(try await waiting(worker) == [first.id, second.id])
            #expect(try await waiting(colleague) == [], "the permanence is not theirs")
            try await store.claim { db in try Arrival.follow(first.id, .undone, by: worker, at: World.now, in: db) }
            #expect(try await call(worker).id == first.id, "who was not there when called is called again")
            try await store.claim { db in try Arrival.follow(first.id, .left, by: worker, at: World.now, in: db) }
            #expect(try await waiting(worker) == [second.id])
        }
    }

    @Test("two who call at once call two people", arguments: Engine.available)
    func atOnce(on engine: Engine) async throws {
        try await withPermanence(engine) { agendas, store, _, reception, worker in
            for minute in 0..<8 { _ = try await walkIn("", minute, agendas, by: reception, store) }
            let world = agendas.world
            let called = try await withThrowingTaskGroup(of: ID<Arrival>.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await store.claim { db in
                            try Arrival.callNext(for: world.social.id, at: world.site.id, by: worker, at: World.now, in: db).id
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(called.count == 8)
        }
    }

    @Test("someone is late once their hour has passed and they have not come", arguments: Engine.available)
    func late(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, reception = try await world.acting(world.reception, in: store)
            let reason = Reason(serviceID: world.social.id, name: "Entretien", minutes: 30, how: .site)
            try await store.write { db in try reason.insert(of: 64, in: db) }
            let start = Instant(World.now.adding(minutes: 60).rawValue / 3600 * 3600)
            let booked = try await Booking(
                reasonID: reason.id, agentID: world.worker.id, personIDs: [world.person.id], startsAt: start,
                organizationID: world.organization.id, siteID: world.site.id
            ).book(by: reception, at: World.now, in: store)
            func read() async throws -> AgendaAppointment {
                let agenda = try await store.read { db in
                    try Agenda.read(
                        of: [world.worker.id], Self.today..<Self.today.adding(days: 1), seenBy: reception, now: World.now, in: db)
                }
                return try #require(agenda.agents.first?.appointments.first)
            }
            let before = try await read()
            #expect(before.late(at: start) == nil && before.late(at: start.adding(minutes: 12)) == 12)
            #expect(before.late(at: start.adding(minutes: 31)) == nil, "over is to be closed, not late")
            let arrival = try await store.claim { db in
                try Arrival.record(world.person.id, for: booked, companion: "", by: reception, at: start.adding(minutes: 13), in: db)
            }
            let there = try await read()
            #expect(there.presence == .waiting(since: start.adding(minutes: 13)) && there.late(at: start.adding(minutes: 14)) == nil)
            try await store.claim { db in try Arrival.follow(arrival.id, .left, by: reception, at: start.adding(minutes: 20), in: db) }
            #expect(try await read().presence == .left(at: start.adding(minutes: 20)))
        }
    }
}
