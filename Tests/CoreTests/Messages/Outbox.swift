import Core
import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// A world with something to send, and a gateway that answers what it is told.
struct Outbox: Sendable {
    let world: World
    let store: Store
    let reception: Acting

    static func make(in store: Store) async throws -> Outbox {
        let world = try await World.make(in: store)
        return Outbox(world: world, store: store, reception: try await world.acting(world.reception, in: store))
    }

    static func with(_ engine: Engine, _ test: (Outbox) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in try await test(make(in: store)) }
    }

    static let sms = Sending.Carrier(name: "essai", channel: .sms, isRepeatable: false)
    static let repeatable = Sending.Carrier(name: "répétable", channel: .sms, isRepeatable: true)

    @discardableResult
    func book(_ start: Instant, at now: Instant = World.now, for person: Person? = nil) async throws -> Appointment {
        var booking = world.booking(at: start)
        if let person { booking.personIDs = [person.id] }
        return try await booking.booked(again: true, by: reception, at: now, in: store)
    }

    func take(_ carrier: Sending.Carrier = sms, at now: Instant = World.now) async throws -> [Sending] {
        try await Sending.take(20, by: carrier, at: now, in: store).sendings
    }

    /// Takes what is due and answers the same to all.
    @discardableResult
    func send(_ answer: Delivery.Answer = .init(.handed), at now: Instant = World.now) async throws -> [Sending] {
        let sendings = try await take(at: now)
        try await Sending.record(sendings.map { ($0, answer) }, at: now, chance: 0.5, in: store)
        return sendings
    }

    func messages(_ purpose: Message.Purpose? = nil) async throws -> [Message] {
        try await store.read { db in
            let ids: [ID<Message>] = try db.all("SELECT id FROM message ORDER BY created_at, id") { try $0[0] }
            return try Message.those(ids, of: world.territory.id, in: db).filter { purpose == nil || $0.purpose == purpose }
        }
    }

    func states() async throws -> [Message.State] { try await messages().map(\.state) }

    func deliveries(of message: Message) async throws -> [Delivery] {
        try await store.read { db in try Delivery.of([message.id], of: world.territory.id, in: db)[message.id] ?? [] }
    }

    func reminders() async throws -> [Reminder] {
        try await store.read { db in
            try db.all(
                "SELECT appointment_id, person_id, minutes_before, starts_at, due_at FROM reminder ORDER BY starts_at, minutes_before DESC"
            ) { row in
                Reminder(
                    appointmentID: try row[0], personID: try row[1], minutesBefore: try row[2], startsAt: try row[3], dueAt: try row[4])
            }
        }
    }

    /// The delays of the world's reason.
    func remind(_ minutes: [Int]) async throws {
        try await store.write { db in
            var reason = world.reason
            reason.reminders = minutes
            try reason.update(of: world.territory.id, in: db)
        }
    }
}

extension Outbox {
    /// A child told through their mother: the world's person, unless said.
    func child(_ name: String, of mother: Person? = nil) async throws -> Person {
        let (child, mother) = (
            Person(
                territoryID: 64, firstName: name, lastName: "Lacoste", birthDate: CivilDate(year: 2021, month: 5, day: 4),
                createdAt: World.now), mother ?? world.person
        )
        try await store.write { db in
            try child.insertForTests(in: [world.organization.id], db: db)
            try db.run(
                """
                INSERT INTO relation (territory_id, id, person_id, other_id, kind, receives, books, unaware_source, consent_how, created_at,
                  created_by)
                VALUES (64, \(ID<Relation>.new()), \(child.id), \(mother.id), 'parent', TRUE, TRUE, '', '', 0, \(world.worker.id))
                """)
        }
        return child
    }

    /// Someone with a mobile of her own.
    func mother(_ number: Int) async throws -> Person {
        var mother = Person(territoryID: 64, firstName: "Maddi", lastName: "Etcheverry \(number)", createdAt: World.now)
        mother.phones = [Person.Phone(number: "+3363998200\(number)", mobile: true)]
        let made = mother
        try await store.write { db in try made.insertForTests(in: [world.organization.id], db: db) }
        return made
    }
}
