import Scheduling
import Store

/// « Veut plus tôt »: someone who has an appointment is to be told when a place is free sooner (table `earlier_wish`).
///
/// It stands as long as the appointment is to come, and no sooner than when it was asked: moved later, the wish holds; moved sooner, it
/// is granted. Nothing has to end it, and what undoes the change brings it back.
public struct EarlierWish: Sendable, Equatable {
    public let askedAt: Instant
    public let askedBy: ID<Agent>

    public init(askedAt: Instant, askedBy: ID<Agent>) { (self.askedAt, self.askedBy) = (askedAt, askedBy) }

    /// What is not much sooner is not worth a message and a call.
    static let daysSooner = 1

    /// The condition that the appointment did not move sooner since. Whether it is to come is its participation's to say.
    static let stands: SQL = "earlier_wish.starts_at >= earlier_wish.sooner_than"
}

extension Appointment {
    /// Notes that someone is to be told of a place that is free sooner; asked again, it is noted anew.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func wishEarlier(for person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let current = try checkWish(of: person, by: acting, in: db)
        guard current.startsAt > now, try GroupSeats.of(current, in: db) == nil else { throw Refusal.noEarlierPlace }
        try current.writeWish(of: person, by: acting, at: now, in: db)
    }

    /// They are to be told no more; what had not left does not leave.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func wishEarlierNoMore(for person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        _ = try checkWish(of: person, by: acting, in: db)
        let removed = try db.run(
            """
            DELETE FROM earlier_wish WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND person_id = \(person)
            """)
        guard removed > 0 else { return }
        try db.run(
            """
            UPDATE message SET withdrawn_at = \(now) WHERE territory_id = \(territoryID) AND appointment_id = \(id)
              AND person_id = \(person) AND purpose = 'earlier-slot' AND \(Message.waiting)
            """)
        try recordWish(of: person, "false", by: acting, at: now, in: db)
    }

    private func checkWish(of person: ID<Person>, by acting: Acting, in db: Reader) throws -> Appointment {
        let current = try Appointment.find(id, seenBy: acting, in: db)
        try acting.require(.book, in: organizationID)
        guard let participation = try Participation.of(current, in: db).first(where: { $0.personID == person }) else {
            throw Refusal.notFound
        }
        guard participation.status == .upcoming else { throw Refusal.notUpcoming }
        return current
    }

    func writeWish(of person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO earlier_wish (territory_id, appointment_id, person_id, reason_id, starts_at, sooner_than, asked_at, asked_by)
            VALUES (\(territoryID), \(id), \(person), \(reasonID), \(startsAt), \(startsAt), \(now), \(acting.agent.id))
            ON CONFLICT (territory_id, appointment_id, person_id) DO UPDATE SET starts_at = excluded.starts_at,
              sooner_than = excluded.sooner_than, asked_at = excluded.asked_at, asked_by = excluded.asked_by
            """)
        try recordWish(of: person, "true", by: acting, at: now, in: db)
    }

    private func recordWish(of person: ID<Person>, _ wanted: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        let facts = ["what": "earlier-wish", "appointment": id.description, "wanted": wanted]
        try Journal.record(.changed, about: person.uuid, facts, by: acting, at: now, in: db)
    }

    /// The wishes know when it is now.
    func moveWishes(in db: Writer) throws {
        try db.run("UPDATE earlier_wish SET starts_at = \(startsAt) WHERE territory_id = \(territoryID) AND appointment_id = \(id)")
    }
}

extension Refusal {
    public static let noEarlierPlace = Refusal(
        .conflict, "no-earlier-place", "Ce rendez-vous ne peut pas être avancé : il est passé, ou plusieurs personnes s’y inscrivent.")
}
