import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("One day of what recurs")
struct OccurrenceTests {
    let now = World.now
    /// Every Monday from 17 h to 18 h.
    private let mondays = Recurrence.Pattern.weekly(every: 1, on: [.monday])

    private func opening(_ agendas: AgendaWorld, in store: Store) async throws -> (Opening, Acting) {
        let acting = try await agendas.world.acting(agendas.world.worker, in: store)
        return (try await Opening.create(agendas.draft(pattern: mondays), by: acting, at: now, in: store), acting)
    }

    private func read(_ id: ID<Opening>, by acting: Acting, in store: Store) async throws -> Opening {
        try await store.read { db in try Opening.find(id, seenBy: acting, in: db).opening.opening }
    }

    /// The first three weeks, as (day from Monday 30 November, hour).
    private func times(_ opening: Opening) -> [Range<Instant>] {
        opening.stretch.ranges(in: World.at(0, 0)..<World.at(21, 0), zone: World.paris)
    }

    @Test("is moved, cut, deleted, put back and added, alone", arguments: Engine.available)
    func one(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, acting) = try await opening(agendas, in: store)
            let second = World.monday.adding(days: 7), wednesday = World.monday.adding(days: 9)
            let steps: [(OccurrenceChange, [Range<Instant>])] = [
                (
                    .move(to: second, minutes: 1020..<1050),
                    [World.at(0, 17)..<World.at(0, 18), World.at(7, 17)..<World.at(7, 17, 30), World.at(14, 17)..<World.at(14, 18)]
                ),
                (
                    .move(to: wednesday, minutes: 600..<660),
                    [World.at(0, 17)..<World.at(0, 18), World.at(9, 10)..<World.at(9, 11), World.at(14, 17)..<World.at(14, 18)]
                ),
                (.delete, [World.at(0, 17)..<World.at(0, 18), World.at(14, 17)..<World.at(14, 18)]),
                (.restore, [World.at(0, 17)..<World.at(0, 18), World.at(7, 17)..<World.at(7, 18), World.at(14, 17)..<World.at(14, 18)]),
            ]
            for (change, expected) in steps {
                let before = try await agendas.version(of: agendas.world.worker, in: store)
                try await Opening.change(opening.id, on: second, change, .one, by: acting, at: now, in: store)
                #expect(times(try await read(opening.id, by: acting, in: store)) == expected, "\(change)")
                #expect(try await agendas.version(of: agendas.world.worker, in: store) == before + 1)
            }
            try await Opening.add(wednesday, minutes: 600..<660, to: opening.id, by: acting, at: now, in: store)
            let found = try await read(opening.id, by: acting, in: store)
            #expect(times(found).contains(World.at(9, 10)..<World.at(9, 11)) && times(found).count == 4)
            #expect(
                found.stretch.occurrences(in: World.monday..<World.monday.adding(days: 14)).map(\.date) == [
                    World.monday, second, wednesday,
                ])
        }
    }

    @Test("changes the slots that are found, and what may be booked", arguments: Engine.available)
    func slots(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, acting) = try await opening(agendas, in: store)
            let calendars = Calendars()
            let find = { () async throws -> [Instant] in
                try await store.read { db in
                    var query = SlotQuery(reasonID: agendas.world.reason.id)
                    query.agentIDs = [agendas.world.worker.id]
                    query.dayPart = 1020..<1440
                    query.dates = World.monday..<World.monday.adding(days: 14)
                    return try calendars.find(query, for: acting, now: now, in: db).slots.map(\.start)
                }
            }
            #expect(try await find() == [World.at(0, 17), World.at(0, 17, 30), World.at(7, 17), World.at(7, 17, 30)])
            try await Opening.change(opening.id, on: World.monday, .delete, .one, by: acting, at: now, in: store)
            #expect(try await find() == [World.at(7, 17), World.at(7, 17, 30)])
            var booking = agendas.world.booking(at: World.at(0, 17))
            booking.asSlot = true
            #expect(await refused { _ = try await booking.book(by: acting, at: now, in: store) } == .slotClosed)
            try await Opening.change(
                opening.id, on: World.monday.adding(days: 7), .move(to: World.monday.adding(days: 8), minutes: 1080..<1140), .one,
                by: acting,
                at: now, in: store)
            #expect(try await find() == [World.at(8, 18), World.at(8, 18, 30)])
            booking.startsAt = World.at(8, 18)
            #expect(await refused { _ = try await booking.book(by: acting, at: now, in: store) } == nil)
            let agenda = try await store.read { db in
                try Agenda.read(
                    of: [agendas.world.worker.id], World.monday.adding(days: 8)..<World.monday.adding(days: 9), seenBy: acting, now: now,
                    in: db)
            }
            #expect(agenda.agents[0].openings.map(\.time).contains(World.at(8, 18)..<World.at(8, 19)))
        }
    }

    @Test("and those after it: one opening ends, another begins; all: the one changes", arguments: Engine.available)
    func scopes(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, acting) = try await opening(agendas, in: store)
            let second = World.monday.adding(days: 7)
            try await Opening.change(
                opening.id, on: second, .move(to: second.adding(days: 1), minutes: 960..<1020), .following, by: acting, at: now, in: store)
            let all = try await store.read { db in try Opening.of(agendas.world.worker.id, of: 64, in: db) }
            let evenings = all.filter { $0.stretch.from >= 960 || $0.id == opening.id }
            #expect(evenings.count == 2)
            #expect(
                evenings.flatMap(times).sorted { $0.lowerBound < $1.lowerBound } == [
                    World.at(0, 17)..<World.at(0, 18), World.at(8, 16)..<World.at(8, 17), World.at(15, 16)..<World.at(15, 17),
                ])
            #expect(evenings.allSatisfy { $0.reasonIDs == opening.reasonIDs })
            let rest = try #require(evenings.first { $0.id != opening.id })
            try await Opening.change(
                rest.id, on: second.adding(days: 1), .move(to: second.adding(days: 1), minutes: 1000..<1030), .all, by: acting, at: now,
                in: store)
            #expect(
                times(try await read(rest.id, by: acting, in: store)) == [
                    World.at(8, 16, 40)..<World.at(8, 17, 10), World.at(15, 16, 40)..<World.at(15, 17, 10),
                ])
            try await Opening.change(rest.id, on: second.adding(days: 1), .delete, .all, by: acting, at: now, in: store)
            #expect(await refused { _ = try await read(rest.id, by: acting, in: store) } == .notFound)
        }
    }

    @Test("is refused with a sentence on a day that is not one of its own", arguments: Engine.available)
    func notAnOccurrence(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, acting) = try await opening(agendas, in: store)
            let tuesday = World.monday.adding(days: 1)
            for scope in OccurrenceChange.Scope.allCases {
                for change in [OccurrenceChange.delete, .move(to: tuesday, minutes: 600..<660)] {
                    let refusal = await refused {
                        try await Opening.change(opening.id, on: tuesday, change, scope, by: acting, at: now, in: store)
                    }
                    #expect(refusal == .notAnOccurrence, "\(scope) \(change)")
                    #expect(refusal?.fields["date"]?.isEmpty == false)
                }
            }
            #expect(try await read(opening.id, by: acting, in: store) == opening, "nothing changed")
        }
    }

    @Test("of an absence changes too, over several days", arguments: Engine.available)
    func absence(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let acting = try await agendas.world.acting(agendas.world.worker, in: store)
            let stretch = StretchDraft(date: World.monday, from: 0, to: 1440, pattern: .weekly(every: 1, on: [.monday]))
            let absence = try await Absence.create(
                AbsenceDraft(agentID: agendas.world.worker.id, stretch: stretch), by: acting, at: now, in: store)
            let second = World.monday.adding(days: 7)
            try await Absence.change(
                absence.id, on: second, .move(to: second.adding(days: 1), minutes: 720..<2160), .one, by: acting, at: now, in: store)
            let found = try await store.read { db in try Absence.of(agendas.world.worker.id, of: 64, in: db) }
            #expect(
                found[0].stretch.ranges(in: World.at(0, 0)..<World.at(14, 0), zone: World.paris) == [
                    World.at(0, 0)..<World.at(1, 0), World.at(8, 12)..<World.at(9, 12),
                ])
        }
    }

    @Test("is not written over what a colleague changed meanwhile", arguments: Engine.available)
    func versions(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, acting) = try await opening(agendas, in: store)
            let manager = try await agendas.world.acting(agendas.manager, in: store)
            var draft = agendas.draft(1020..<1110, pattern: mondays)
            draft.version = opening.version
            let changed = try await Opening.update(opening.id, draft, by: manager, at: now, in: store)
            #expect(changed.version == opening.version + 1)
            #expect(await refused { _ = try await Opening.update(opening.id, draft, by: acting, at: now, in: store) } == .changedMeanwhile)
            let day = await refused {
                try await Opening.change(
                    opening.id, on: World.monday, .delete, .one, version: opening.version, by: acting, at: now, in: store)
            }
            #expect(day == .changedMeanwhile)
            let last = try await store.read { db in try Journal.lastChange(of: opening.id.uuid, of: 64, in: db) }
            #expect(last?.agentName == agendas.manager.name)
        }
    }

    @Test("an exception that makes no sense cannot be stored", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let (opening, _) = try await opening(agendas, in: store)
            let wrong: [(SQL, String)] = [
                ("'moved', NULL, 600, 660", "opening_exception_moved"), ("'cut', NULL, 660, 600", "opening_exception_order"),
                ("'deleted', NULL, 600, 660", "opening_exception_hours"), ("'late', NULL, 600, 660", "opening_exception_kind"),
            ]
            for (values, name) in wrong {
                let violation = await #expect(throws: ConstraintViolation.self) {
                    try await store.write { db in
                        try db.run(
                            """
                            INSERT INTO opening_exception (territory_id, owner_id, date, kind, to_date, from_minute, to_minute)
                            VALUES (\(64), \(opening.id), '2026-12-07', \(values))
                            """)
                    }
                }
                #expect(violation?.name == name)
            }
        }
    }
}

@Suite("Openings at the same hours")
struct OverlapTests {
    @Test("are told before they are saved, exceptions taken into account", arguments: Engine.available)
    func overlapping(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let acting = try await agendas.world.acting(agendas.world.worker, in: store)
            let check = { (minutes: Range<Int>) async throws -> Int in
                try await store.read { db in
                    try agendas.draft(minutes).overlapping(except: nil, seenBy: acting, now: World.now, in: db).count
                }
            }
            #expect(try await check(660..<780) == 1, "the morning’s last hour")
            #expect(try await check(720..<840) == 0, "between the two")
            let morning = try await store.read { db in try Opening.of(agendas.world.worker.id, of: 64, in: db)[0] }
            try await Opening.change(morning.id, on: World.monday, .delete, .one, by: acting, at: World.now, in: store)
            #expect(try await check(660..<780) == 0)
        }
    }
}
