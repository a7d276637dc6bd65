import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Appointments taken in one act")
struct TogetherTests {
    let now = World.now

    private func withWorld(on engine: Engine, _ test: (World, Acting, Reason, Store) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let second = Reason(serviceID: world.social.id, name: "FSL", minutes: 45, how: .phone)
            try await store.write { db in
                try second.insert(of: 64, in: db)
                var opening = world.opening(of: world.colleague, 10 * 60..<12 * 60)
                opening.reasonIDs = [second.id]
                try opening.insert(of: 64, in: db)
            }
            try await test(world, acting, second, store)
        }
    }

    private func waiting(_ appointment: Appointment, _ store: Store) async throws -> [Message] {
        try await store.read { db in try Message.due(about: appointment, in: db) }
    }

    @Test("two reasons are found as one choice, the second right after, with who can", arguments: Engine.available)
    func finds(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, second, store in
            var query = SlotQuery(reasonID: world.reason.id)
            query.dates = World.monday..<World.monday.adding(days: 1)
            query.thenReasonID = second.id
            let found = try await store.read { [query] db in try Calendars().findConsecutive(query, for: acting, now: now, in: db) }
            let starts = found.slots.map(\.start)
            #expect(
                starts == [570, 600, 630].map { World.at(0, $0 / 60, $0 % 60) }, "nobody ends in time for the 45 minutes after 11 h 15")
            #expect(found.slots.allSatisfy { $0.next?.start == $0.start.adding(minutes: 30) && $0.next?.agentID == world.colleague.id })
        }
    }

    @Test("are booked or refused together, and told in one message that names both", arguments: Engine.available)
    func consecutive(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, second, store in
            let next = NextBooking(reasonID: second.id, agentID: world.colleague.id)
            let booked = try await world.booking(at: World.at(0, 10)).book(.inARow, then: [next], by: acting, at: now, in: store)
            #expect(booked.map(\.startsAt) == [World.at(0, 10), World.at(0, 10, 30)] && booked[1].endsAt == World.at(0, 11, 15))
            let message = try await waiting(booked[0], store)
            #expect(message.count == 1 && message[0].others == [booked[1].id])
            #expect(try await waiting(booked[1], store).map(\.id) == message.map(\.id))
            var other = world.booking(at: World.at(0, 10, 30))
            other.personIDs = [try await world.anotherPerson(in: store).id]
            let crowded = other
            await #expect(throws: Refusal.noRoomInARow) {
                _ = try await crowded.book(.inARow, then: [next], by: acting, at: now, in: store)
            }
            #expect(try await store.number("SELECT count(*) FROM appointment") == 2, "all or nothing")
        }
    }

    @Test("moving one can take the other along; cancelling one leaves the message true for the other", arguments: Engine.available)
    func follows(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, second, store in
            let next = NextBooking(reasonID: second.id, agentID: world.colleague.id)
            let booked = try await world.booking(at: World.at(0, 10)).book(.inARow, then: [next], by: acting, at: now, in: store)
            let later = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 10, 30))
            try await booked[0].move(to: later, .all, by: acting, at: now, in: store)
            let moved = try await store.read { db in try booked.map { try Appointment.find($0.id, seenBy: acting, in: db) } }
            #expect(moved.map(\.startsAt) == [World.at(0, 10, 30), World.at(0, 11)])
            var taken = world.booking(at: World.at(0, 14), of: world.colleague)
            taken.personIDs = [try await world.anotherPerson(in: store).id]
            _ = try await taken.book(by: acting, at: now, in: store)
            let blocked = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 13, 30))
            await #expect(throws: Refusal.otherNotFree) { try await moved[0].move(to: blocked, .all, by: acting, at: now, in: store) }
            #expect(
                try await store.read { db in try Appointment.find(booked[0].id, seenBy: acting, in: db) }.startsAt == World.at(0, 10, 30))
        }
    }

    @Test("cancelling the first leaves a message that is still true for the other", arguments: Engine.available)
    func cancelsOne(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, second, store in
            let next = NextBooking(reasonID: second.id, agentID: world.colleague.id)
            let booked = try await world.booking(at: World.at(0, 10)).book(.inARow, then: [next], by: acting, at: now, in: store)
            try await booked[0].cancel(.cancelledByPerson, .alone, why: "", by: acting, at: now, in: store)
            let left = try await waiting(booked[1], store)
            #expect(left.map(\.purpose) == [.confirmation] && left[0].appointmentID == booked[1].id && left[0].others.isEmpty)
            #expect(try await waiting(booked[0], store).map(\.purpose) == [.cancellation])
            let both = try await store.read { db in try TakenTogether.with(booked[1], seenBy: acting, at: now, in: db) }
            #expect(both == nil, "the other is not to come any more")
        }
    }

    @Test("a series says which dates fall on a holiday, a closure or a busy time, and offers the nearest", arguments: Engine.available)
    func proposes(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, _, store in
            // Fridays at 9: 4, 11, 18 December, Christmas, New Year's Day, 8 January.
            let start = World.at(4, 9)
            var busy = world.booking(at: World.at(11, 9))
            busy.personIDs = [try await world.anotherPerson(in: store).id]
            _ = try await busy.book(by: acting, at: now, in: store)
            try await store.write { db in
                try db.run("INSERT INTO membership VALUES (\(64), \(world.organization.id), \(world.colleague.id), \(Role.manager))")
            }
            let manager = try await world.acting(world.colleague, in: store)
            let closure = ClosureDraft(
                organizationID: world.organization.id, siteID: nil, title: "Inventaire",
                stretch: StretchDraft(date: World.monday.adding(days: 18), from: 0, to: 1440))
            _ = try await Closure.create(closure, by: manager, at: now, in: store)
            let query = SlotQuery(reasonID: world.reason.id)
            let first = Slot(
                start: start, minutes: 30, organizationID: world.organization.id, siteID: world.site.id, agentID: world.worker.id,
                because: .leastBusy, count: 1)
            let plan = try SeriesPlan(query, first: first, weeks: 1, times: 6)
            let dates = try await store.read { db in try Calendars().dates(of: plan, for: acting, now: now, in: db) }
            #expect(
                dates.map(\.obstacle)
                    == [
                        nil, .busy, .closed("Inventaire"), .holiday("Jour de Noël"), .holiday("1er janvier"), nil,
                    ].map { $0 })
            #expect(dates[1].alternative?.start == World.at(11, 9, 30) && dates[1].alternative?.agentID == world.worker.id)
            #expect(
                dates[3].alternative.map { World.paris.civil($0.start).date } == World.monday.adding(days: 24), "the day before Christmas")
            #expect(throws: Refusal.self) { _ = try SeriesPlan(query, first: first, weeks: 0, times: 60) }
        }
    }

    @Test("a series is booked whole or not at all, and cancelled from one of them onwards", arguments: Engine.available)
    func series(on engine: Engine) async throws {
        try await withWorld(on: engine) { world, acting, _, store in
            let weeks = (1...5).map { NextBooking(startsAt: World.at(7 * $0, 14)) }
            var slot = world.booking(at: World.at(0, 14))
            slot.asSlot = true
            let booked = try await slot.book(.series, then: weeks, by: acting, at: now, in: store)
            #expect(booked.count == 6)
            #expect(try await waiting(booked[5], store).map(\.others.count) == [5], "one message for six")
            var other = world.booking(at: World.at(0, 15))
            other.personIDs = [try await world.anotherPerson(in: store).id]
            let meeting = [NextBooking(startsAt: World.at(7, 15)), NextBooking(startsAt: World.at(14, 14))]
            let crowded = other
            let refusal = await #expect(throws: Refusal.self) {
                _ = try await crowded.book(.series, then: meeting, by: acting, at: now, in: store)
            }
            #expect(refusal?.code == "date-taken" && refusal?.fields["date-2"] != nil, "the third date is said")
            #expect(try await store.number("SELECT count(*) FROM appointment") == 6)
            try await booked[2].cancel(.cancelledByPerson, .following, why: "déménage", by: acting, at: now, in: store)
            let left = try await store.read { db in try booked.map { try Participation.of($0, in: db)[0].status } }
            #expect(left == [.upcoming, .upcoming] + Array(repeating: .cancelledByPerson, count: 4))
        }
    }
}
