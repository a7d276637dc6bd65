import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Indisponible aujourd’hui")
struct AwayTodayTests {
    /// Monday at 8:15.
    let morning = World.at(0, 8, 15)

    private func person(_ name: String, _ world: World, in store: Store, _ change: (inout Person) -> Void) async throws -> Person {
        var person = Person(territoryID: 64, firstName: "Jean", lastName: name, createdAt: World.now)
        change(&person)
        let made = person
        try await store.write { db in
            try made.insertForTests(in: [world.organization.id], db: db)
            for (rank, email) in made.emails.enumerated() {
                try db.run("INSERT INTO person_email VALUES (\(64), \(made.id), \(rank), \(email.address), \(""), NULL)")
            }
        }
        return made
    }

    private func book(_ person: Person, _ start: Instant, _ world: World, in store: Store) async throws -> Appointment {
        var booking = world.booking(at: start)
        booking.personIDs = [person.id]
        return try await booking.book(by: try await world.acting(world.reception, in: store), at: World.now, in: store)
    }

    /// One with a mobile, one with a landline, one with an e-mail alone, one who wants nothing, one with nothing.
    private func fill(_ world: World, in store: Store) async throws -> [Appointment] {
        let people = [
            world.person,
            try await person("Fixe", world, in: store) { $0.phones = [.init(number: "+33536490011", mobile: false)] },
            try await person("Courriel", world, in: store) { $0.emails = [.init(address: "courriel@example.org")] },
            try await person("Discret", world, in: store) {
                ($0.channel, $0.phones) = (.none, [.init(number: "+33639981200", mobile: true)])
            },
            try await person("Rien", world, in: store) { _ in },
        ]
        var booked: [Appointment] = []
        for (index, person) in people.enumerated() {
            booked.append(try await book(person, World.at(0, 9, 30 * index), world, in: store))
        }
        return booked
    }

    @Test("tells mobiles at once and lists everyone else, in one act", arguments: Engine.available)
    func tells(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await fill(world, in: store)
            let tomorrow = try await book(world.anotherPerson(in: store), World.at(1, 9), world, in: store)
            let reception = try await world.acting(world.reception, in: store)
            let before = try await agendas.version(of: world.worker, in: store)
            let today = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: reception, at: morning, in: store)
            #expect((today.appointments, today.messages, today.calls) == (5, 1, 4))
            #expect(try await agendas.version(of: world.worker, in: store) > before)
            for one in booked {
                let statuses = try await store.read { db in try Participation.of(one, in: db).map(\.status) }
                #expect(statuses == [.notProvided])
            }
            #expect(try await store.read { db in try Participation.of(tomorrow, in: db).map(\.status) } == [.upcoming])
            let sms = try await store.read { db in try Message.due(about: booked[0], in: db) }
            #expect(sms.map(\.purpose) == [.cancellation] && sms.map(\.recipient) == ["+33639981234"])
            let list = try await store.read { db in try ToTell.read(for: reception, in: db) }
            #expect(list.count == 4)
            #expect(list.lines.map(\.personName) == ["Jean Fixe", "Jean Courriel", "Jean Discret", "Jean Rien"])
            #expect(list.lines.map(\.tidings.recipient) == ["+33536490011", "courriel@example.org", "+33639981200", nil])
        }
    }

    @Test("leaves nobody of the day out: each is told by a message or is in the list", arguments: Engine.available)
    func nobodyLeftOut(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            _ = try await fill(agendas.world, in: store)
            let acting = try await agendas.world.acting(agendas.world.worker, in: store)
            _ = try await Absence.declareToday(of: agendas.world.worker.id, wholeDay: true, by: acting, at: morning, in: store)
            let left = try await store.read { db in
                try db.first(
                    """
                    SELECT count(*) FROM participation LEFT JOIN tidings ON tidings.appointment_id = participation.appointment_id
                      AND tidings.person_id = participation.person_id
                    WHERE participation.status = 'not-provided' AND (tidings.id IS NULL OR (tidings.settled_at IS NOT NULL AND NOT EXISTS (
                      SELECT 1 FROM message WHERE message.id = tidings.message_id AND message.withdrawn_at IS NULL)))
                    """
                ) { try $0[0] as Int }
            }
            #expect(left == 0)
        }
    }

    @Test("offers no slot of the agent’s any more that day", arguments: Engine.available)
    func closes(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            _ = try await Absence.declareToday(of: world.worker.id, wholeDay: false, by: acting, at: World.at(0, 10, 2), in: store)
            let found = try await store.read { db in
                var query = SlotQuery(reasonID: world.reason.id)
                query.agentIDs = [world.worker.id]
                return try Calendars().find(query, for: acting, now: World.at(0, 10, 2), in: db).slots
            }
            #expect(found.first?.start == World.at(1, 9))
            let absence = try await store.read { db in try Absence.of(world.worker.id, of: 64, in: db) }
            #expect(absence.map(\.stretch.from) == [600] && absence.map(\.title) == ["Absence imprévue"], "no reason is written")
        }
    }

    @Test("is said by the agent, reception and managers, and by nobody else", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let outcomes: [(Agent, Refusal?)] = [
                (world.colleague, .forbidden), (agendas.midwife, .notFound), (agendas.stranger, .notFound), (world.worker, nil),
                (world.reception, nil), (agendas.manager, nil),
            ]
            for (agent, expected) in outcomes {
                let acting = try await world.acting(agent, in: store)
                let refusal = await refused {
                    _ = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: acting, at: morning, in: store)
                }
                #expect(refusal == expected, "\(agent.name)")
            }
        }
    }

    @Test("stays in the list until each is told; who was not reached stays, with the hour", arguments: Engine.available)
    func settling(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            _ = try await fill(world, in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: reception, at: morning, in: store)
            let first = try await store.read { db in try ToTell.read(for: reception, in: db).lines[0].tidings.id }
            try await store.write { db in try Tidings.miss(first, by: reception, at: World.at(0, 8, 20), in: db) }
            #expect(try await store.read { db in try ToTell.count(for: reception, in: db) } == 4)
            #expect(try await store.read { db in try ToTell.read(for: reception, in: db).lines[0].unreached } == [World.at(0, 8, 20)])
            try await store.write { db in try Tidings.tell(first, by: reception, at: World.at(0, 8, 25), in: db) }
            #expect(try await store.read { db in try ToTell.count(for: reception, in: db) } == 3)
            let again = await refused { try await store.write { db in try Tidings.tell(first, by: reception, at: morning, in: db) } }
            #expect(again == .alreadyTold)
            let said = try await store.number("SELECT count(*) FROM message WHERE channel = 'phone' AND sent_at IS NOT NULL")
            #expect(said == 1)
            let stranger = try await world.acting(agendas.stranger, in: store)
            let other = try await store.read { db in try ToTell.read(for: reception, in: db).lines[0].tidings.id }
            #expect(
                await refused { try await store.write { db in try Tidings.tell(other, by: stranger, at: morning, in: db) } } == .notFound)
            #expect(try await store.read { db in try ToTell.count(for: stranger, in: db) } == 0)
        }
    }

    @Test("gives another slot at once, even at the same hour with a colleague", arguments: Engine.available)
    func rebooks(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let booked = try await fill(world, in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: reception, at: morning, in: store)
            let slots = try await store.read { db in
                try Calendars().nextSlots(for: [booked[1].id], by: reception, now: morning, in: db)[booked[1].id] ?? []
            }
            #expect(slots.map(\.start) == [World.at(0, 9), World.at(0, 9, 30), World.at(0, 10)])
            #expect(slots.allSatisfy { $0.agent.id == world.colleague.id })
            let tidings = try await store.read { db in try ToTell.read(for: reception, in: db).lines[0].tidings.id }
            let new = try await Tidings.rebook(
                tidings, .init(agentID: world.colleague.id, startsAt: World.at(0, 9, 30)), by: reception, now: morning, in: store)
            #expect(new.replacesID == booked[1].id && new.agentID == world.colleague.id)
            #expect(try await store.read { db in try ToTell.count(for: reception, in: db) } == 3)
        }
    }

    @Test("can be undone: the appointment stands again and its time is kept", arguments: Engine.available)
    func undone(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let appointment = try await book(world.person, World.at(0, 9), world, in: store)
            let acting = try await world.acting(world.worker, in: store)
            _ = try await Absence.declareToday(of: world.worker.id, wholeDay: true, by: acting, at: morning, in: store)
            #expect(try await store.number("SELECT count(*) FROM claim") == 0)
            let fact = try #require(try await store.read { db in try appointment.lastFact(in: db) })
            try await appointment.undo(fact.id, by: acting, at: World.at(0, 8, 30), in: store)
            #expect(try await store.number("SELECT count(*) FROM claim") == 2)
            let due = try await store.read { db in try Message.due(about: appointment, in: db).map(\.purpose) }
            #expect(due == [.confirmation])
        }
    }

    @Test("nobody is said to be told by a message that is not there", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let appointment = try await book(world.person, World.at(0, 9), world, in: store)
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO tidings (territory_id, id, appointment_id, person_id, cause, cause_id, channel, created_at, created_by,
                          outcome, settled_at)
                        VALUES (\(64), \(ID<Tidings>.new()), \(appointment.id), \(world.person.id), 'absence', \(appointment.id), 'sms', \(1),
                          \(world.worker.id), 'message', \(1))
                        """)
                }
            }
            #expect(violation?.name == "tidings_by_message")
        }
    }
}
