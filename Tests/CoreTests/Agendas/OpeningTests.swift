import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("An opening")
struct OpeningTests {
    let now = World.now

    @Test("is created, changed and deleted, each with its entry in the journal and a new calendar version", arguments: Engine.available)
    func lifecycle(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let before = try await agendas.version(of: world.worker, in: store)
            let opening = try await Opening.create(agendas.draft(), by: acting, at: now, in: store)
            #expect(try await agendas.version(of: world.worker, in: store) == before + 1)
            let updated = try await Opening.update(
                opening.id, agendas.draft(1020..<1110, pattern: .weekly(every: 2, on: [.monday])), by: acting, at: now, in: store)
            #expect(try await agendas.version(of: world.worker, in: store) == before + 2)
            let found = try await store.read { db in try Opening.of(world.worker.id, of: 64, in: db) }
            #expect(found.first { $0.id == opening.id } == updated)
            try await Opening.delete(opening.id, by: acting, at: now, in: store)
            #expect(try await agendas.version(of: world.worker, in: store) == before + 3)
            let left = try await store.read { db in
                try db.exists("SELECT 1 FROM opening_reason WHERE opening_id = \(opening.id)")
                    || Opening.of(world.worker.id, of: 64, in: db).contains { $0.id == opening.id }
            }
            #expect(!left)
            let acts = try await store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(opening.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "changed", "deleted"])
            await #expect(throws: Refusal.notFound) { try await Opening.delete(opening.id, by: acting, at: now, in: store) }
        }
    }

    @Test("of one’s own takes one right, of others another", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let outcomes: [(Agent, Refusal?)] = [
                (world.worker, nil), (agendas.manager, nil), (world.colleague, .forbidden), (world.reception, .forbidden),
                (agendas.midwife, .notFound), (agendas.stranger, .notFound),
            ]
            for (agent, expected) in outcomes {
                let acting = try await world.acting(agent, in: store)
                let version = try await agendas.version(of: world.worker, in: store)
                let refusal = await refused { _ = try await Opening.create(agendas.draft(), by: acting, at: now, in: store) }
                #expect(refusal == expected, "\(agent.name)")
                if expected != nil { #expect(try await agendas.version(of: world.worker, in: store) == version) }
            }
            let opening = try await Opening.create(
                agendas.draft(), by: try await world.acting(world.worker, in: store), at: now, in: store)
            for (agent, expected) in outcomes where expected != nil {
                let acting = try await world.acting(agent, in: store)
                let change = await refused {
                    _ = try await Opening.update(opening.id, agendas.draft(600..<660), by: acting, at: now, in: store)
                }
                #expect(change == expected, "\(agent.name) changes")
                #expect(await refused { try await Opening.delete(opening.id, by: acting, at: now, in: store) } == expected)
            }
        }
    }

    @Test("says beside each field what is wrong", arguments: Engine.available)
    func complaints(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let acting = try await agendas.world.acting(agendas.world.worker, in: store)
            let spring = CivilDate(year: 2027, month: 3, day: 28)!
            let wrong: [(String, (inout OpeningDraft) -> Void)] = [
                ("to", { $0.stretch.to = $0.stretch.from }),
                ("to", { $0.stretch.to = $0.stretch.from - 60 }),
                ("from", { $0.stretch.from = 1021 }),
                ("from", { $0.stretch = StretchDraft(date: spring, from: 150, to: 240) }),
                ("to", { $0.stretch = StretchDraft(date: spring, from: 90, to: 125) }),
                ("date", { $0.stretch.date = CivilDate(year: 2126, month: 1, day: 1)! }),
                ("weekdays", { $0.stretch.pattern = .weekly(every: 1, on: []) }),
                ("every", { $0.stretch.pattern = .weekly(every: 0, on: [.monday]) }),
                ("every", { $0.stretch.pattern = .weekly(every: 61, on: [.monday]) }),
                ("nth", { $0.stretch.pattern = .monthly(every: 1, nth: 6, .monday) }),
                (
                    "until",
                    {
                        $0.stretch.pattern = .weekly(every: 1, on: [.monday])
                        $0.stretch.until = World.monday.adding(days: -1)
                    }
                ),
                (
                    "until",
                    {
                        $0.stretch.pattern = .weekly(every: 1, on: [.sunday])
                        $0.stretch.until = World.monday.adding(days: 5)
                    }
                ),
                ("reasons", { $0.reasonIDs = [] }),
                ("place", { $0.place = "Salle des fêtes" }),
            ]
            for (field, change) in wrong {
                var draft = agendas.draft()
                change(&draft)
                let refusal = await refused { _ = try await Opening.create(draft, by: acting, at: now, in: store) }
                #expect(refusal?.kind == .invalid && refusal?.fields.keys.sorted() == [field], "\(field): \(refusal?.fields ?? [:])")
            }
        }
    }

    @Test("for a reason on site needs a place, known or written", arguments: Engine.available)
    func needsPlace(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let follow = Reason(serviceID: world.social.id, name: "Suivi", minutes: 30, how: .site)
            try await store.write { db in try follow.insert(of: 64, in: db) }
            var draft = agendas.draft()
            draft.siteID = nil
            _ = try await Opening.create(draft, by: acting, at: now, in: store)
            draft.reasonIDs.insert(follow.id)
            let refusal = await refused { _ = try await Opening.create(draft, by: acting, at: now, in: store) }
            #expect(refusal?.fields["site"]?.contains("« Suivi »") == true)
            draft.place = "Mairie de Salies"
            #expect(try await Opening.create(draft, by: acting, at: now, in: store).place == "Mairie de Salies")
        }
    }

    @Test("knows no other service’s reasons, no other house’s sites, no other house", arguments: Engine.available)
    func unknown(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let pau = Site(organizationID: world.elsewhere.id, name: "Pau")
            try await store.write { db in try pau.insert(of: 64, in: db) }
            let changes: [(inout OpeningDraft) -> Void] = [
                { $0.reasonIDs = [agendas.visit.id] }, { $0.reasonIDs.insert(.new()) }, { $0.siteID = .new() },
                { $0.organizationID = world.elsewhere.id }, { $0.organizationID = .new() }, { $0.agentID = .new() },
            ]
            for (index, change) in changes.enumerated() {
                var draft = agendas.draft()
                change(&draft)
                #expect(await refused { _ = try await Opening.create(draft, by: acting, at: now, in: store) } == .notFound, "\(index)")
            }
            var draft = agendas.draft()
            draft.siteID = pau.id
            let refusal = await refused { _ = try await Opening.create(draft, by: acting, at: now, in: store) }
            #expect(refusal?.fields.keys.sorted() == ["site"])
        }
    }

    @Test("tells how many upcoming appointments lie in it, and leaves them when it goes", arguments: Engine.available)
    func deletionLeavesAppointments(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let opening = try await Opening.create(agendas.draft(), by: acting, at: now, in: store)
            let inside = try await world.booking(at: World.at(0, 17, 15)).book(by: acting, at: now, in: store)
            _ = try await world.booking(at: World.at(0, 9)).booked(again: true, by: acting, at: now, in: store)
            let upcoming = try await store.read { db in try opening.upcoming(seenBy: acting, now: now, in: db) }
            #expect(upcoming.map(\.id) == [inside.id])
            try await Opening.delete(opening.id, by: acting, at: now, in: store)
            let agenda = try await store.read { db in
                try Agenda.read(of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: acting, now: now, in: db)
            }
            #expect(agenda.agents.first?.appointments.count == 2)
        }
    }

    @Test("comes back from the database as it went in, whatever its recurrence", arguments: Engine.available)
    func roundTrip(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            var random = Seeded(seed: 20_261_129)
            let stretches = (0..<200).compactMap { _ in random.stretch() }
            #expect(stretches.count > 150)
            let openings = stretches.filter { $0.days == 0 }.map { stretch in
                Opening(
                    agentID: agendas.stranger.id, organizationID: agendas.world.organization.id, stretch: stretch,
                    reasonIDs: [agendas.world.reason.id])
            }
            let absences = stretches.map { Absence(agentID: agendas.stranger.id, title: "Congé", stretch: $0) }
            try await store.write { db in
                for opening in openings { try opening.insert(of: 64, in: db) }
                for absence in absences { try absence.insert(of: 64, in: db) }
            }
            let found = try await store.read { db in try Opening.of(agendas.stranger.id, of: 64, in: db) }
            #expect(Dictionary(grouping: found, by: \.id) == Dictionary(grouping: openings, by: \.id))
            let away = try await store.read { db in try Absence.of(agendas.stranger.id, of: 64, in: db) }
            #expect(Dictionary(grouping: away, by: \.id) == Dictionary(grouping: absences, by: \.id))
        }
    }
}

/// What a verb refused, or nothing.
func refused(_ body: () async throws -> Void) async -> Refusal? {
    do {
        try await body()
        return nil
    } catch { return error as? Refusal ?? Refusal(.unavailable, "unexpected", "\(error)") }
}

/// Numbers that are the same at each run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Any stretch that the schema takes.
    mutating func stretch() -> Stretch? {
        let first = World.monday.adding(days: Int.random(in: -400...400, using: &self))
        let every = Int.random(in: 1...60, using: &self)
        let weekday = Weekday.allCases.randomElement(using: &self) ?? .monday
        let patterns: [Recurrence.Pattern] = [
            .once, .daily(every: every),
            .weekly(every: every, on: Set(Weekday.allCases.filter { _ in Bool.random(using: &self) }).union([weekday])),
            .monthly(every: every, nth: [1, 2, 3, 4, 5, -1].randomElement(using: &self) ?? 1, weekday),
        ]
        let recurrence = Recurrence(
            first: first, pattern: patterns.randomElement(using: &self) ?? .once,
            until: Bool.random(using: &self) ? first.adding(days: Int.random(in: 0...900, using: &self)) : nil,
            times: Bool.random(using: &self) ? Int.random(in: 1...50, using: &self) : nil)
        let days = Bool.random(using: &self) ? 0 : Int.random(in: 0...400, using: &self)
        return try? Stretch(
            recurrence: recurrence, from: Int.random(in: 0..<1440, using: &self), to: Int.random(in: 1...1440, using: &self), days: days)
    }
}
