import Scheduling
import Store

extension Booking {
    /// For a child's reason, the child is the person and the adult accompanies.
    func accompany(
        _ appointment: Appointment, _ reason: Reason, _ people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        if reason.isForChild,
            people.contains(where: { $0.birthDate.map { Relative.isAdult(born: $0, at: now, of: acting.territory) } ?? false })
        {
            throw Refusal.childNeeded
        }
        guard let accompaniedBy else { return }
        let mayCome = try db.exists(
            """
            SELECT 1 FROM relation WHERE territory_id = \(acting.territoryID) AND person_id IN \(list: people.map(\.id))
              AND other_id = \(accompaniedBy) AND unaware_since IS NULL
            """)
        guard mayCome else {
            throw Refusal.field("accompanied_by", "not-a-relative", "Choisissez un proche de l’enfant qui peut savoir.")
        }
        try db.run(
            """
            INSERT INTO accompaniment (territory_id, appointment_id, person_id)
            VALUES (\(acting.territoryID), \(appointment.id), \(accompaniedBy))
            """)
        let facts = ["appointment": appointment.id.description, "as": "accompanying"]
        try Journal.record(.booked, about: accompaniedBy.uuid, facts, by: acting, at: now, in: db)
    }

    /// Books the person, then each of these one after the other with the same agent: all of them or none.
    /// - Throws: a ``Refusal``; ``Refusal/noRoomInARow`` when the time after the first is not free.
    public func bookInARow(
        then others: [ID<Person>], by acting: Acting, at now: Instant, in store: Store
    ) async throws -> [Appointment] {
        do {
            return try await store.claim { db in try bookInARow(then: others, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func bookInARow(then others: [ID<Person>], by acting: Acting, at now: Instant, in db: Writer) throws -> [Appointment] {
        guard others.count <= 9, Set(others).count == others.count, Set(others).isDisjoint(with: personIDs) else {
            throw Refusal.field("sibling", "siblings", "Choisissez chaque enfant une fois, dix au plus.")
        }
        return try book(.inARow, then: others.map { NextBooking(personIDs: [$0]) }, by: acting, at: now, in: db)
    }
}

extension AppointmentDetails {
    /// Who comes with them.
    public static func accompanying(_ appointment: Appointment, in db: Reader) throws -> [String] {
        try db.all(
            """
            SELECT person.first_name, person.last_name FROM accompaniment
            JOIN person ON person.territory_id = accompaniment.territory_id AND person.id = accompaniment.person_id
            WHERE accompaniment.territory_id = \(appointment.territoryID) AND accompaniment.appointment_id = \(appointment.id)
            ORDER BY person.id
            """
        ) { Person.displayName(firstName: try $0[0], lastName: try $0[1]) }
    }
}

extension Refusal {
    public static let childNeeded = Refusal.field(
        "person", "child-needed",
        "Ce motif concerne un enfant : choisissez la fiche de l’enfant. L’adulte vient avec lui, et peut recevoir les messages.")
    public static let noRoomInARow = Refusal(
        .conflict, "no-room-in-a-row",
        "Il n’y a pas assez de temps libre à la suite pour tout prendre d’un seul geste. Choisissez un autre créneau, ou prenez-les séparément."
    )
}
