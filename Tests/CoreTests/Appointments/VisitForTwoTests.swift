import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A visit that needs two")
struct VisitForTwoTests {
    let now = World.now

    @Test("is asked for by the file of someone at home, and nowhere else", arguments: Engine.available)
    func asked(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.reception, in: store)
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden, caution,
                      visits_for_two) VALUES (\(64), \(world.person.id), \(false), \(false), \(false), \(false), '', \(true))
                    """)
            }
            let phone = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            #expect(!phone.isForTwo, "nobody goes there")
            var visit = agendas.visitBooking(at: World.at(0, 14))
            let alone = visit
            await #expect(throws: Refusal.secondAgentNeeded) { _ = try await alone.book(by: acting, at: now, in: store) }
            visit.colleagueIDs = [world.colleague.id]
            let booked = try await visit.book(by: acting, at: now, in: store)
            #expect(booked.isForTwo)
            await #expect(throws: Refusal.notAlone) {
                try await booked.leave(world.colleague.id, by: acting, at: now, in: store)
            }
        }
    }

    @Test("ill today: a colleague goes on without, but nobody goes alone where it takes two", arguments: Engine.available)
    func ill(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.reception, in: store)
            var office = world.booking(at: World.at(0, 9))
            office.colleagueIDs = [world.colleague.id]
            let first = try await office.book(by: acting, at: now, in: store)
            var visit = agendas.visitBooking(at: World.at(0, 10))
            (visit.forTwo, visit.colleagueIDs) = (true, [world.worker.id])
            let second = try await visit.book(by: acting, at: now, in: store)
            let today = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: acting, at: World.at(0, 8), in: store)
            #expect(today.appointments == 1)
            let after = try await store.read { db in
                (
                    try Appointment.find(first.id, seenBy: acting, in: db).agentID, try Participation.of(first, in: db).map(\.status),
                    try Participation.of(second, in: db).map(\.status)
                )
            }
            #expect(after.0 == world.colleague.id && after.1 == [.upcoming] && after.2 == [.notProvided])
        }
    }

    @Test("an absence over one agent’s part asks: go on, another colleague, another time, or cancel", arguments: Engine.available)
    func covered(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let third = Agent(territoryID: 64, firstName: "Kattin", lastName: "Harispe")
            try await store.write { db in
                try third.insert(at: World.now, in: db)
                try agendas.join(third, .worker, world.social, in: db)
                try world.opening(of: third, 9 * 60..<12 * 60).insert(of: 64, in: db)
            }
            var booked: [Appointment] = []
            for hour in [9, 10, 11] {
                var booking = world.booking(at: World.at(0, hour))
                booking.colleagueIDs = [world.colleague.id]
                booking.personIDs = [try await world.anotherPerson(named: "Dupouy \(hour)", in: store).id]
                booked.append(try await booking.book(by: reception, at: now, in: store))
            }
            let acting = try await world.acting(world.colleague, in: store)
            let draft = AbsenceDraft(agentID: world.colleague.id, title: "", stretch: StretchDraft(date: World.monday, from: 0, to: 1440))
            let offers = try await store.read { db in
                try draft.checked(of: world.territory, at: now).offers(Calendars(), by: acting, now: now, in: db)
            }
            let offer = try #require(offers[booked[0].id])
            #expect(offer.canGoOn && offer.colleagues.map(\.id) == [third.id])
            #expect(offer.next.map { [$0.agent.id] } == [world.worker.id] && offer.next?.start == World.at(1, 9))
            let remedies = Remedies([
                booked[0].id: .goOn, booked[1].id: .move(.init(agentID: third.id, startsAt: booked[1].startsAt)),
                booked[2].id: .move(.init(agentID: world.worker.id, startsAt: World.at(1, 9))),
            ])
            _ = try await Absence.create(draft, remedies: remedies, by: acting, at: now, in: store)
            let pairs = try await store.read { [booked] db in
                try booked.map { try AppointmentDetails.find($0.id, seenBy: reception, in: db) }
            }
            #expect(pairs.map { $0.colleagues.map(\.id) } == [[], [third.id], [world.colleague.id]])
            #expect(pairs[2].appointment.startsAt == World.at(1, 9))
        }
    }

    @Test("a handover gives the colleague’s part too", arguments: Engine.available)
    func handedOver(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            var booking = agendas.visitBooking(at: World.at(0, 9))
            booking.colleagueIDs = [world.worker.id]
            let appointment = try await booking.book(by: reception, at: now, in: store)
            let manager = try await world.acting(agendas.manager, in: store)
            let place = AppointmentFact.Place(agentID: world.colleague.id, startsAt: appointment.startsAt)
            let handover = Handover(
                from: world.worker.id, to: world.colleague.id, organizationID: world.organization.id, date: World.monday,
                remedies: Remedies([appointment.id: .move(place)]))
            let done = try await handover.give(by: manager, at: now, in: store)
            #expect(done.appointments == 1 && done.left.appointments == 0)
            let details = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: manager, in: db) }
            #expect(details.colleagues.map(\.id) == [world.colleague.id])
        }
    }
}
