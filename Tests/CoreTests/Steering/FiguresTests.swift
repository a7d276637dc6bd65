import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The figures of appointments")
struct FiguresTests {
    @Test("count each participation once, as counting them one by one does", arguments: Engine.available, Grain.allCases)
    func bruteForce(on engine: Engine, _ grain: Grain) async throws {
        try await withFigures(on: engine) { world, store in
            let live = try await world.figures(grain, in: store)
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            let kept = try await world.figures(grain, in: store)
            #expect(kept == live, "what is kept is what is counted on the spot")
            let facts = (0..<240).map(world.fact)
            let all = facts.flatMap { fact in fact.people.map { (fact, $0.1) } }
            #expect(kept.total.tally.total == all.count)
            for status in Participation.Status.allCases {
                #expect(kept.total.tally[status] == all.count { $0.1 == status }, "\(status)")
            }
            for origin in Origin.allCases { #expect(kept.total.tally[origin] == all.count { $0.0.origin == origin }, "\(origin)") }
            for line in kept.reasons {
                let mine = all.filter { .reason($0.0.reason.id) == line.key }
                #expect(line.tally.total == mine.count && line.name == mine[0].0.reason.name)
            }
            for line in kept.organizations { #expect(line.tally.total == all.count { .organization($0.0.organization) == line.key }) }
            for line in kept.agents { #expect(line.tally.total == all.count { .agent($0.0.agent.id) == line.key }) }
            for line in kept.periods {
                let mine = all.filter { .period(Self.first(of: World.paris.civil($0.0.start).date, grain)) == line.key }
                #expect(line.tally.total == mine.count)
                let (missed, attended) = (mine.count { $0.1 == .missed }, mine.count { $0.1 == .attended })
                #expect(line.tally.missedShare == (missed + attended == 0 ? nil : Double(missed) / Double(missed + attended)))
            }
            let waited = all.filter { !$0.1.isCancelled }.map { Int($0.0.start - $0.0.created) / 86_400 }
            #expect(kept.total.tally.meanDays == Double(waited.reduce(0, +)) / Double(waited.count))
            #expect(kept.total.tally[.week] == waited.count { (1...7).contains($0) })
        }
    }

    /// Said otherwise than the code says it.
    private static func first(of date: CivilDate, _ grain: Grain) -> CivilDate {
        (0..<31).map { date.adding(days: -$0) }.first { grain == .week ? $0.weekday == .monday : $0.day == 1 }!
    }

    @Test("add up to the same total whichever way they are cut", arguments: Engine.available)
    func sums(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            for acting in [world.administrator, world.territory { $0.agentFigures = true }] {
                let figures = try await world.figures(.week, of: acting, in: store)
                let participations = try await store.read { db in try db.first("SELECT count(*) FROM participation") { try $0[0] as Int } }
                #expect(figures.total.tally.total == participations)
                for lines in [figures.periods, figures.organizations, figures.services, figures.reasons, figures.hows] {
                    var sum = Tally()
                    for line in lines { sum += line.tally }
                    #expect(sum == figures.total.tally)
                }
            }
        }
    }

    @Test("follow each booking, closing and moving at once, before they are counted again and after", arguments: Engine.available)
    func follow(on engine: Engine) async throws {
        try await withFigures(on: engine, 60) { world, store in
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            let reception = try await world.world.acting(world.world.reception, in: store), now = FigureWorld.now
            let query = try FigureQuery(.week, from: World.monday, to: World.monday), all = world.territory { $0.agentFigures = true }
            let tally = {
                try await store.read { db in try Figures.read(query, for: all, now: now, in: db) }.total.tally
            }
            let before = try await tally()
            let appointment = try await world.world.booking(at: World.at(2, 9)).book(by: reception, at: now, in: store)
            #expect(try await store.read { db in try Stamp.stale(of: 64, in: db) } == [world.world.worker.id])
            let booked = try await tally()
            #expect(booked[Origin.reception] == before[Origin.reception] + 1 && booked[.upcoming] == before[.upcoming] + 1)
            try await appointment.cancel(.cancelledByService, why: "Agent absent", by: reception, at: now, in: store)
            let live = try await tally()
            #expect(live[.cancelledByService] == before[.cancelledByService] + 1 && live[.upcoming] == before[.upcoming])
            #expect(live.waited == before.waited, "what was cancelled is waited for by nobody")
            #expect(try await FigureKeeping.keep(at: now, in: store) == 1)
            #expect(try await tally() == live)
            #expect(try await FigureKeeping.keep(at: now, in: store) == 0, "asking twice changes nothing")
        }
    }

    @Test("are mended once a day, whatever went by unseen", arguments: Engine.available)
    func rebuild(on engine: Engine) async throws {
        try await withFigures(on: engine) { world, store in
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            let right = try await world.figures(in: store)
            try await store.write { db in
                _ = try db.run(
                    "UPDATE figure SET upcoming = upcoming + 1, by_own = by_own + 1, beyond = beyond + 1 WHERE reason_id = \(world.reasons[0].id)"
                )
                _ = try db.run("DELETE FROM figure WHERE reason_id = \(world.reasons[1].id)")
            }
            #expect(try await world.figures(in: store) != right)
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            #expect(try await world.figures(in: store) != right, "nothing says that they are wrong")
            try await FigureKeeping.keep(at: FigureWorld.now.adding(days: 1), in: store)
            #expect(try await world.figures(in: store) == right)
        }
    }

    @Test("that do not add up are refused by the schema", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await withFigures(on: engine, 30) { world, store in
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            for (change, name) in [("attended = attended + 1" as SQL, "figure_adds_up"), ("beyond = beyond + 1", "figure_waited")] {
                await #expect(throws: ConstraintViolation(name: name)) {
                    try await store.write { db in _ = try db.run("UPDATE figure SET \(change)") }
                }
            }
            await #expect(throws: ConstraintViolation(name: "figure_time_order")) {
                try await store.write { db in _ = try db.run("UPDATE figure_time SET booked_minutes = open_minutes + 5") }
            }
        }
    }

    @Test("say how full the openings were: absences and holidays taken out, appointments inside counted", arguments: Engine.available)
    func filling(on engine: Engine) async throws {
        try await withFigures(on: engine, 0) { world, store in
            let reception = try await world.world.acting(world.world.reception, in: store)
            for minute in [0, 30] {
                _ = try await world.world.booking(at: World.at(2, 9, minute)).with {
                    $0.again = true; $0.personIDs = [world.people[minute / 30].id]
                }
                .book(by: reception, at: World.now, in: store)
            }
            let worker = try await world.world.acting(world.world.worker, in: store)
            _ = try await Absence.create(
                AbsenceDraft(
                    agentID: worker.agent.id, title: "Formation",
                    stretch: StretchDraft(date: World.monday.adding(days: 3), from: 540, to: 720)),
                by: worker, at: World.now, in: store)
            let query = try FigureQuery(.week, from: World.monday, to: World.monday)
            for kept in [false, true] {
                if kept { try await FigureKeeping.keep(at: World.now, in: store) }
                let figures = try await store.read { db in try OwnFigures.read(query, for: worker, now: World.now, in: db) }
                #expect(figures.total.filling.open == (5 * 6 - 3) * 60)
                #expect(figures.total.filling.booked == 60)
            }
        }
    }
}

extension Booking {
    func with(_ change: (inout Booking) -> Void) -> Booking {
        var booking = self
        change(&booking)
        return booking
    }
}
