import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Prescribing in another organization")
struct PrescribingTests {
    let now = World.now

    /// A reception of Pau, and a reason of Orthez that is open to other houses, or not.
    private struct Houses {
        let world: World
        let reason: Reason
        /// Books in Pau alone.
        let prescriber: Acting
        let person: Person

        static func make(prescribable: Bool = true, bookableBy: Reason.BookableBy = .agents, in store: Store) async throws -> Houses {
            let world = try await World.make(in: store)
            var reason = Reason(serviceID: world.social.id, name: "Accès aux droits", minutes: 30, how: .site, bookableBy: bookableBy)
            reason.isPrescribable = prescribable
            let agent = Agent(territoryID: 64, firstName: "Pantxika", lastName: "Larre", email: "pantxika@example.org")
            let person = Person(territoryID: 64, firstName: "Jeanne", lastName: "Paloise", createdAt: World.now)
            try await store.write { [reason] db in
                try reason.insert(of: 64, in: db)
                var opening = world.opening(of: world.worker, 9 * 60..<12 * 60)
                opening.reasonIDs = [reason.id]
                try opening.insert(of: 64, in: db)
                try agent.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (64, \(world.elsewhere.id), \(agent.id), \(Role.reception))")
                try person.insertForTests(in: [world.elsewhere.id], db: db)
            }
            return Houses(world: world, reason: reason, prescriber: try await world.acting(agent, in: store), person: person)
        }

        func booking(_ change: (inout Booking) -> Void = { _ in }) -> Booking {
            var booking = Booking(
                reasonID: reason.id, agentID: world.worker.id, personIDs: [person.id], startsAt: World.at(0, 9),
                organizationID: world.organization.id, siteID: world.site.id)
            booking.asSlot = true
            change(&booking)
            return booking
        }

        func slots(in store: Store) async throws -> [Slot] {
            try await store.read { db in
                try Calendars().find(SlotQuery(reasonID: reason.id), for: prescriber, now: World.now, in: db).slots
            }
        }
    }

    @Test("finds the slots of other houses when the reason is open to them, and books one", arguments: Engine.available)
    func books(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let houses = try await Houses.make(in: store), world = houses.world
            #expect(try await houses.slots(in: store).first?.organizationID == world.organization.id)
            let appointment = try await houses.booking().book(by: houses.prescriber, at: now, in: store)
            let prescription = try await store.read { db in try Prescription.of(appointment, in: db) }
            #expect(prescription == Prescription(agentName: "Pantxika Larre", organizationName: "MDS de Pau"))
            let worker = try await world.acting(world.worker, in: store)
            let known = try await store.read { db in try Person.known(houses.person.id, to: worker, at: now, in: db) }
            #expect(known != nil, "whoever receives them opens their file")
            let seen = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: houses.prescriber, in: db) }
            #expect(seen.agentName == "Maïté Ithurralde")
        }
    }

    @Test("sees that appointment and no other of the house, and can change none", arguments: Engine.available)
    func sees(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let houses = try await Houses.make(in: store), world = houses.world
            let reception = try await world.acting(world.reception, in: store)
            let prescribed = try await houses.booking().book(by: houses.prescriber, at: now, in: store)
            let other = try await houses.booking {
                $0.personIDs = [world.person.id]
                $0.startsAt = World.at(0, 10)
            }.book(by: reception, at: now, in: store)
            let found = try await store.read { db in try Appointment.find(prescribed.id, seenBy: houses.prescriber, in: db) }
            #expect(found.id == prescribed.id)
            await #expect(throws: Refusal.notFound) {
                _ = try await store.read { db in try Appointment.find(other.id, seenBy: houses.prescriber, in: db) }
            }
            await #expect(throws: Refusal.notFound) {
                _ = try await store.read { db in
                    try Agenda.read(
                        of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: houses.prescriber, now: now, in: db)
                }
            }
            await #expect(throws: Refusal.forbidden) {
                try await prescribed.cancel(.cancelledByPerson, why: "", by: houses.prescriber, at: now, in: store)
            }
            await #expect(throws: Refusal.forbidden) {
                let place = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 11))
                _ = try await prescribed.move(to: place, by: houses.prescriber, at: now, in: store)
            }
        }
    }

    @Test("is only a free slot: nothing is written into the other house's agendas", arguments: Engine.available)
    func onlySlots(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let houses = try await Houses.make(in: store)
            let direct = houses.booking { $0.asSlot = false }
            let longer = houses.booking { $0.minutes = 60 }
            let beside = houses.booking { $0.overbookBecause = "urgence" }
            for booking in [direct, longer, beside] {
                await #expect(throws: Refusal.forbidden) { _ = try await booking.book(by: houses.prescriber, at: now, in: store) }
            }
        }
    }

    @Test("is refused for a reason that is not open to others, or that is its service's alone", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        for (prescribable, bookableBy) in [(false, Reason.BookableBy.agents), (true, .service)] {
            try await engine.withStore(Schema.migrations) { store in
                let houses = try await Houses.make(prescribable: prescribable, bookableBy: bookableBy, in: store)
                #expect(try await houses.slots(in: store).isEmpty)
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await houses.booking().book(by: houses.prescriber, at: now, in: store)
                }
                #expect(refusal?.kind == .forbidden || refusal?.kind == .notFound)
            }
        }
    }
}
