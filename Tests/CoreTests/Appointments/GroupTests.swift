import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A group appointment")
struct GroupTests {
    let now = World.now

    private struct Workshop {
        let world: World
        let reason: Reason
        let acting: Acting

        static func make(seats: Int = 3, in store: Store) async throws -> Workshop {
            let world = try await World.make(in: store)
            var reason = Reason(serviceID: world.social.id, name: "Atelier", minutes: 60, how: .site)
            reason.seats = seats
            try await store.write { [reason] db in
                try reason.insert(of: 64, in: db)
                var opening = world.opening(of: world.worker, 9 * 60..<12 * 60)
                opening.reasonIDs = [reason.id]
                try opening.insert(of: 64, in: db)
            }
            return Workshop(world: world, reason: reason, acting: try await world.acting(world.reception, in: store))
        }

        func booking(_ people: [ID<Person>], at start: Instant = World.at(0, 9)) -> Booking {
            Booking(
                reasonID: reason.id, agentID: world.worker.id, personIDs: people, startsAt: start, organizationID: world.organization.id,
                siteID: world.site.id)
        }

        func people(_ count: Int, in store: Store) async throws -> [ID<Person>] {
            var people: [ID<Person>] = []
            for _ in 0..<count { people.append(try await world.anotherPerson(in: store).id) }
            return people
        }

        func groups(in store: Store) async throws -> FoundSlots {
            try await store.read { db in
                try Calendars().find(SlotQuery(reasonID: reason.id), for: acting, now: World.now, in: db)
            }
        }

        func details(_ appointment: Appointment, in store: Store) async throws -> AppointmentDetails {
            try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: acting, in: db) }
        }
    }

    @Test("people take its seats one by one, each with a message, until it is full", arguments: Engine.available)
    func full(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(4, in: store)
            let group = try await workshop.booking([]).openGroup(by: workshop.acting, at: now, in: store)
            #expect(try await workshop.groups(in: store).groups.map { [$0.seats, $0.left] } == [[3, 3]])
            for person in people.prefix(3) {
                let taken = try await workshop.booking([person]).book(by: workshop.acting, at: now, in: store)
                #expect(taken.id == group.id, "a seat of it, and no other appointment")
            }
            await #expect(throws: Refusal.groupFull) {
                _ = try await workshop.booking([people[3]]).book(by: workshop.acting, at: now, in: store)
            }
            let details = try await workshop.details(group, in: store)
            #expect(details.participants.count == 3 && details.seatsLeft == 0)
            let told = try await store.read { db in try db.first("SELECT count(*) FROM message") { try $0[0] as Int } }
            #expect(told == 0, "nobody here has a number")
            let claims = try await store.read { db in try db.first("SELECT count(*) FROM claim") { try $0[0] as Int } }
            #expect(claims == 4, "its agent's time, and each one's")
        }
    }

    @Test("twenty at once on the last seat: one has it, the others are told", arguments: Engine.available)
    func races(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(22, in: store)
            _ = try await workshop.booking(Array(people.prefix(2))).book(by: workshop.acting, at: now, in: store)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for person in people.dropFirst(2) {
                    group.addTask {
                        do {
                            _ = try await workshop.booking([person]).book(by: workshop.acting, at: now, in: store)
                            return "enrolled"
                        } catch let refusal as Refusal { return refusal.code } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["enrolled": 1, "group-full": 19])
        }
    }

    @Test("the database alone refuses one too many, also of twenty that ask nothing else", arguments: Engine.available)
    func byHand(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(22, in: store)
            let group = try await workshop.booking(Array(people.prefix(2))).book(by: workshop.acting, at: now, in: store)
            let outcomes = await withTaskGroup(of: String.self) { tasks in
                for person in people.dropFirst(2) {
                    tasks.addTask {
                        do {
                            try await store.claim { db in
                                try db.run(
                                    """
                                    INSERT INTO participation (territory_id, appointment_id, person_id, status)
                                    VALUES (64, \(group.id), \(person), 'upcoming')
                                    """)
                            }
                            return "enrolled"
                        } catch let violation as ConstraintViolation { return violation.name } catch { return "\(error)" }
                    }
                }
                return await tasks.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["enrolled": 1, "group_full": 19])
            await #expect(throws: ConstraintViolation(name: "group_seats_taken"), "nor is it made smaller") {
                try await store.write { db in try db.run("UPDATE appointment_group SET seats = 2") }
            }
        }
    }

    @Test("who leaves frees a seat, may take it again, and an empty one still stands", arguments: Engine.available)
    func leaving(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(seats: 2, in: store), people = try await workshop.people(3, in: store)
            let group = try await workshop.booking([people[0], people[1]]).book(by: workshop.acting, at: now, in: store)
            try await group.close(.cancelledByPerson, for: people[0], by: workshop.acting, at: now, in: store)
            _ = try await workshop.booking([people[2]]).book(by: workshop.acting, at: now, in: store)
            await #expect(throws: Refusal.groupFull) {
                _ = try await workshop.booking([people[0]]).book(by: workshop.acting, at: now, in: store)
            }
            for person in people.dropFirst() {
                try await group.close(.cancelledByPerson, for: person, by: workshop.acting, at: now, in: store)
            }
            let empty = try await workshop.details(group, in: store)
            #expect(empty.status == .upcoming && empty.seatsLeft == 2)
            await #expect(throws: Refusal.slotTaken, "its agent's time is kept") {
                _ = try await workshop.world.booking(at: World.at(0, 9)).book(by: workshop.acting, at: now, in: store)
            }
            _ = try await workshop.booking([people[0]]).book(by: workshop.acting, at: now, in: store)
            await #expect(throws: Refusal.alreadyEnrolled) {
                _ = try await workshop.booking([people[0]]).book(by: workshop.acting, at: now, in: store)
            }
        }
    }

    @Test("called off, it tells everyone, frees the time and takes nobody", arguments: Engine.available)
    func cancelled(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(2, in: store)
            let group = try await workshop.booking([]).openGroup(by: workshop.acting, at: now, in: store)
            _ = try await workshop.booking([people[0]]).book(by: workshop.acting, at: now, in: store)
            try await group.cancel(.cancelledByService, why: "Grève", by: workshop.acting, at: now, in: store)
            let details = try await workshop.details(group, in: store)
            #expect(details.status == .cancelledByService && details.participants.map(\.status) == [.cancelledByService])
            await #expect(throws: ConstraintViolation(name: "group_cancelled")) {
                try await store.write { db in try db.run("UPDATE participation SET status = 'upcoming'") }
            }
            #expect(try await workshop.groups(in: store).groups.isEmpty)
            _ = try await workshop.world.booking(at: World.at(0, 9)).book(by: workshop.acting, at: now, in: store)
        }
    }

    @Test("a free slot of a collective reason opens a new one; a person enrolled elsewhere then is refused", arguments: Engine.available)
    func fromAnOpening(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(2, in: store)
            var booking = workshop.booking([people[0]], at: World.at(0, 10))
            booking.asSlot = true
            let group = try await booking.book(by: workshop.acting, at: now, in: store)
            #expect(try await workshop.details(group, in: store).seats?.seats == 3)
            let found = try await workshop.groups(in: store)
            #expect(found.groups.map(\.left) == [2] && !found.slots.map(\.start).contains(World.at(0, 10)))
            let elsewhere = Self.elsewhere(workshop.world, people[0])
            await #expect(throws: Refusal.personBusy) { _ = try await elsewhere.book(by: workshop.acting, at: now, in: store) }
        }
    }

    @Test("an absence over it calls it off, enrolled or empty", arguments: Engine.available)
    func absence(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(1, in: store)
            let empty = try await workshop.booking([]).openGroup(by: workshop.acting, at: now, in: store)
            let taken = try await workshop.booking(people, at: World.at(0, 10)).book(by: workshop.acting, at: now, in: store)
            let manager = Acting(
                territory: workshop.world.territory, agent: workshop.world.worker, roles: [workshop.world.organization.id: [.manager]],
                services: [workshop.world.social.id])
            let draft = AbsenceDraft(
                agentID: workshop.world.worker.id, stretch: StretchDraft(date: World.monday, from: 540, to: 720))
            _ = try await Absence.create(
                draft, remedies: Remedies([empty.id: .cancel, taken.id: .cancel]), by: manager, at: now, in: store)
            for group in [empty, taken] {
                #expect(try await workshop.details(group, in: store).status == .cancelledByService)
            }
            #expect(try await workshop.groups(in: store).groups.isEmpty)
        }
    }

    private static func elsewhere(_ world: World, _ person: ID<Person>) -> Booking {
        var booking = world.booking(at: World.at(0, 10, 30), of: world.colleague)
        booking.personIDs = [person]
        return booking
    }

    @Test("a couple comes together: each has their own messages and status, and one may leave", arguments: Engine.available)
    func couple(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let other = Person(
                territoryID: 64, firstName: "Paul", lastName: "Lacoste", createdAt: World.now,
                phones: [.init(number: "+33639985678", label: "", mobile: true)])
            try await store.write { db in try other.insertForTests(in: [world.organization.id], db: db) }
            var booking = world.booking(at: World.at(0, 9))
            booking.personIDs = [world.person.id, other.id]
            let both = try await booking.book(by: acting, at: now, in: store)
            let told = try await store.read { db in try Message.due(about: both, in: db).map(\.recipient).sorted() }
            #expect(told == ["+33639981234", "+33639985678"])
            try await both.close(.cancelledByPerson, for: other.id, by: acting, at: now, in: store)
            let details = try await store.read { db in try AppointmentDetails.find(both.id, seenBy: acting, in: db) }
            #expect(details.status == .upcoming)
            #expect(Set(details.participants.map(\.status)) == [.upcoming, .cancelledByPerson])
        }
    }

    @Test("stays out of a bascule, that says so: no call replaces it", arguments: Engine.available)
    func bascule(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let workshop = try await Workshop.make(in: store), people = try await workshop.people(2, in: store)
            let group = try await workshop.booking(people).book(by: workshop.acting, at: now, in: store)
            let manager = Acting(
                territory: workshop.world.territory, agent: workshop.world.worker, roles: [workshop.world.organization.id: [.manager]],
                services: [workshop.world.social.id])
            let draft = BasculeDraft(
                siteID: workshop.world.site.id, serviceID: workshop.world.social.id, from: World.monday, to: World.monday, why: "Travaux")
            let preview = try await store.read { db in
                try draft.checked(by: manager, at: now, in: db).preview(of: manager.territory, now: now, in: db)
            }
            #expect(preview.lines.isEmpty)
            #expect(preview.groups.map(\.appointmentID) == [group.id] && preview.groups.map(\.people) == [2])
            let begun = try await Bascule.begin(draft, by: manager, at: now, in: store)
            let progress = try await store.read { db in try begun.progress(of: manager.territory, now: now, in: db) }
            #expect(progress.groups == preview.groups)
            #expect(try await workshop.details(group, in: store).appointment.how == .site)
        }
    }
}
