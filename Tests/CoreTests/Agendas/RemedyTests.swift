import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("What is done about covered appointments")
struct RemedyTests {
    let now = World.now

    private func monday(of agent: Agent) -> AbsenceDraft {
        AbsenceDraft(agentID: agent.id, title: "Formation", stretch: StretchDraft(date: World.monday, from: 0, to: 1440))
    }

    private func book(_ count: Int, _ world: World, in store: Store) async throws -> [Appointment] {
        let reception = try await world.acting(world.reception, in: store)
        var booked: [Appointment] = []
        for index in 0..<count {
            var booking = world.booking(at: World.at(0, 9, 30 * index))
            booking.personIDs = [try await world.anotherPerson(named: "Dupouy \(index)", in: store).id]
            booked.append(try await booking.book(by: reception, at: now, in: store))
        }
        return booked
    }

    @Test("moves to a colleague, moves to the next slot, cancels and keeps, in one act, and tells each", arguments: Engine.available)
    func bulk(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await book(4, world, in: store)
            let acting = try await world.acting(world.worker, in: store)
            let draft = monday(of: world.worker)
            let offers = try await store.read { db in
                try draft.checked(of: world.territory, at: now).offers(Calendars(), by: acting, now: now, in: db)
            }
            #expect(offers.count == 4)
            #expect(offers[booked[0].id]?.colleagues.map(\.id) == [world.colleague.id])
            #expect(offers[booked[0].id]?.next?.start == World.at(0, 11), "the first that nobody else is offered")
            let next = try #require(offers[booked[1].id]?.next)
            let remedies = Remedies([
                booked[0].id: .move(.init(agentID: world.colleague.id, startsAt: booked[0].startsAt)),
                booked[1].id: .move(.init(agentID: next.agent.id, startsAt: next.start)), booked[2].id: .cancel, booked[3].id: .keep,
            ])
            let absence = try await Absence.create(draft, remedies: remedies, by: acting, at: now, in: store)
            let after = try await store.read { db in try booked.map { try Appointment.find($0.id, seenBy: acting, in: db) } }
            #expect(after[0].agentID == world.colleague.id && after[0].startsAt == booked[0].startsAt)
            #expect(after[1].startsAt == next.start)
            #expect(after[3] == booked[3])
            #expect(try await store.read { db in try Participation.of(booked[2], in: db).map(\.status) } == [.cancelledByService])
            let left = try await store.read { db in try absence.covered(seenBy: acting, now: now, in: db) }
            #expect(left.appointments.map(\.id) == [booked[3].id], "what was kept is still listed")
            // These people have neither phone nor e-mail: someone must say it to each.
            #expect(try await store.read { db in try ToTell.read(for: acting, in: db) }.lines.map(\.tidings.appointmentID).count == 3)
        }
    }

    @Test("is done whole or not at all: one lost slot, and neither the absence nor any change is written", arguments: Engine.available)
    func wholeOrNothing(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await book(2, world, in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: booked[1].startsAt, of: world.colleague).book(by: reception, at: now, in: store)
            let acting = try await world.acting(world.worker, in: store)
            let remedies = Remedies([
                booked[0].id: .cancel, booked[1].id: .move(.init(agentID: world.colleague.id, startsAt: booked[1].startsAt)),
            ])
            let refusal = await refused {
                _ = try await Absence.create(monday(of: world.worker), remedies: remedies, by: acting, at: now, in: store)
            }
            #expect(refusal?.code == "slot-taken")
            #expect(refusal?.fields.keys.map { $0 } == ["remedy-\(booked[1].id)"])
            #expect(try await store.read { db in try Absence.of(world.worker.id, of: 64, in: db) }.isEmpty)
            #expect(try await store.read { db in try Participation.of(booked[0], in: db).map(\.status) } == [.upcoming])
            #expect(try await store.number("SELECT count(*) FROM tidings") == 0)
        }
    }

    @Test("is refused where it is not open, or where the absence itself lies", arguments: Engine.available)
    func closed(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await book(1, world, in: store)
            let acting = try await world.acting(world.worker, in: store)
            for place in [
                AppointmentFact.Place(agentID: world.colleague.id, startsAt: World.at(0, 12, 30)),
                .init(agentID: world.worker.id, startsAt: World.at(0, 14)),
            ] {
                let refusal = await refused {
                    _ = try await Absence.create(
                        monday(of: world.worker), remedies: Remedies([booked[0].id: .move(place)]), by: acting, at: now, in: store)
                }
                #expect(refusal?.code == "slot-closed")
            }
        }
    }

    @Test("of a list that has changed meanwhile is refused", arguments: Engine.available)
    func stale(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await book(2, world, in: store)
            let acting = try await world.acting(world.worker, in: store)
            let refusal = await refused {
                _ = try await Absence.create(
                    monday(of: world.worker), remedies: Remedies([booked[0].id: .cancel]), by: acting, at: now, in: store)
            }
            #expect(refusal == .coveredChanged)
        }
    }

    @Test("comes later too, for what an absence already covers", arguments: Engine.available)
    func later(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await book(1, world, in: store)
            let acting = try await world.acting(world.worker, in: store)
            let absence = try await Absence.create(monday(of: world.worker), by: acting, at: now, in: store)
            try await Absence.remedy(absence.id, Remedies([booked[0].id: .cancel]), by: acting, at: now, in: store)
            #expect(try await store.read { db in try absence.covered(seenBy: acting, now: now, in: db) }.isEmpty)
        }
    }
}
