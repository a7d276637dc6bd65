import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("What no slot was found for")
struct UnmetDemandTests {
    let now = World.now

    @Test("is recorded in one act, once a day for one person, and counted by reason, site and week", arguments: Engine.available)
    func counted(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world
            let reception = try await world.acting(world.reception, in: store)
            let manager = try await office.acting(.manager, in: store)
            func ask(_ at: Instant, person: Bool, site: Bool = false) async throws -> UnmetDemand {
                var draft = UnmetDemandDraft(reasonID: world.reason.id)
                draft.personID = person ? world.person.id : nil
                draft.siteID = site ? world.site.id : nil
                (draft.part, draft.from) = (.morning, World.monday)
                return try await store.write { [draft] db in try draft.record(by: reception, at: at, in: db) }
            }
            let first = try await ask(now, person: true, site: true)
            #expect(try await ask(now.adding(minutes: 5), person: true).id == first.id)
            #expect(first.askedOn == World.monday.adding(days: -1) && first.part == .morning && first.from == World.monday)
            for at in [World.at(0, 9), World.at(1, 9)] { _ = try await ask(at, person: false) }
            _ = try await ask(World.at(1, 10), person: true, site: true)
            let days = World.monday.adding(days: -7)..<World.monday.adding(days: 7)
            let counts = try await store.read { db in try UnmetDemand.counts(in: days, seenBy: manager, in: db) }
            #expect(counts.map(\.count) == [2, 1, 1])
            #expect(counts.map(\.monday) == [World.monday, World.monday, World.monday.adding(days: -7)])
            #expect(counts.map(\.siteName) == [nil, "Orthez", "Orthez"])
            #expect(counts.overall.map(\.count) == [2, 2])
            let journalled = try await store.read { db in
                try db.first("SELECT count(*) FROM journal_header WHERE act = 'created' AND subject_id = \(world.person.id)") {
                    try $0[0] as Int
                }
            }
            #expect(journalled == 2)
        }
    }

    @Test("is counted for who is responsible of the house, and asked for by who books there", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world
            let reception = try await world.acting(world.reception, in: store)
            let draft = UnmetDemandDraft(reasonID: world.reason.id)
            let caller = try await office.acting(.caller, in: store)
            await #expect(throws: Refusal.forbidden) {
                try await store.write { db in _ = try draft.record(by: caller, at: now, in: db) }
            }
            _ = try await store.write { db in try draft.record(by: reception, at: now, in: db) }
            let days = World.monday.adding(days: -7)..<World.monday
            await #expect(throws: Refusal.forbidden) {
                _ = try await store.read { db in try UnmetDemand.counts(in: days, seenBy: reception, in: db) }
            }
            let elsewhere = Acting(territory: world.territory, agent: world.worker, roles: [world.elsewhere.id: [.manager]])
            #expect(try await store.read { db in try UnmetDemand.counts(in: days, seenBy: elsewhere, in: db) }.isEmpty)
        }
    }
}
