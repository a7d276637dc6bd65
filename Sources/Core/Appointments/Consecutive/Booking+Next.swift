import Scheduling
import Store

/// What is booked with another, in the same act: for someone else, another reason, another agent, or another day. What is not said is as
/// in the first.
public struct NextBooking: Sendable, Equatable {
    public var personIDs: [ID<Person>]?
    public var reasonID: ID<Reason>?
    public var agentID: ID<Agent>?
    public var siteID: ID<Site>?
    /// Right after the one before, unless given.
    public var startsAt: Instant?
    public var resources: [ResourceWish]?

    public init(
        personIDs: [ID<Person>]? = nil, reasonID: ID<Reason>? = nil, agentID: ID<Agent>? = nil, siteID: ID<Site>? = nil,
        startsAt: Instant? = nil, resources: [ResourceWish]? = nil
    ) {
        self.personIDs = personIDs
        self.reasonID = reasonID
        self.agentID = agentID
        self.siteID = siteID
        self.startsAt = startsAt
        self.resources = resources
    }

    func booking(after one: Appointment, as first: Booking) -> Booking {
        var next = first
        next.personIDs = personIDs ?? first.personIDs
        next.reasonID = reasonID ?? first.reasonID
        next.agentID = agentID ?? first.agentID
        next.siteID = siteID ?? first.siteID
        // What the reason keeps free after each lies between them.
        next.startsAt = startsAt ?? one.keptTime.upperBound
        next.resources = resources ?? first.resources
        next.colleagueIDs = first.colleagueIDs.filter { $0 != next.agentID }
        if next.reasonID != first.reasonID { next.minutes = nil }
        // Asked of the first: the others are known to come with it.
        if personIDs == nil, next.reasonID == first.reasonID { next.again = true }
        next.replacesID = nil
        // One alone that came sooner would leave the others behind.
        next.wantsEarlier = false
        return next
    }
}

extension Booking {
    /// Books this and all that follows, or nothing, in one act: the people who come to several are told of them in one message.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func book(
        _ kind: BookingGroup.Kind, then followings: [NextBooking], by acting: Acting, at now: Instant, in store: Store
    ) async throws -> [Appointment] {
        do {
            return try await store.claim { db in try book(kind, then: followings, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func book(
        _ kind: BookingGroup.Kind, then followings: [NextBooking], by acting: Acting, at now: Instant, in db: Writer
    ) throws -> [Appointment] {
        guard !followings.isEmpty else { return [try book(by: acting, at: now, in: db)] }
        guard followings.count < Self.mostTogether else {
            throw Refusal.field("dates", "too-many", "\(Self.mostTogether) rendez-vous au plus d’un seul geste.")
        }
        try Agent.lockCalendars(agents.union(followings.compactMap(\.agentID)), of: acting.territoryID, in: db)
        var booked = [try book(by: acting, at: now, in: db)]
        for (index, following) in followings.enumerated() {
            let next = following.booking(after: booked[index], as: self)
            booked.append(try kind.saying(at: index + 1) { try next.book(by: acting, at: now, in: db) })
        }
        // A group's appointment is everybody's: it is tied to none of the others.
        let own = try booked.filter { try !GroupSeats.stand(for: $0, in: db) }
        if own.count > 1 { try BookingGroup.write(kind, of: own, by: acting, at: now, in: db) }
        try Message.unite(booked, in: db)
        return booked
    }

    /// The same, for someone whose file is made with it.
    public func book(
        creating person: NewPerson, _ kind: BookingGroup.Kind, then followings: [NextBooking], by acting: Acting, at now: Instant,
        in store: Store
    ) async throws -> [Appointment] {
        do {
            return try await store.claim { db in
                var booking = self
                booking.personIDs = [try person.create(by: acting, at: now, in: db).id]
                return try booking.book(kind, then: followings, by: acting, at: now, in: db)
            }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    public static let mostTogether = 52
}

extension BookingGroup.Kind {
    /// A time lost among several is said of the one that lost it.
    fileprivate func saying<Answer>(at index: Int, _ book: () throws -> Answer) throws -> Answer {
        do { return try book() } catch let refusal as Refusal where [.slotClosed, .slotTaken].contains(refusal) {
            throw lost(index)
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap { throw lost(index) }
    }

    private func lost(_ index: Int) -> Refusal {
        switch self {
        case .inARow: .noRoomInARow
        case .series:
            .field("date-\(index)", "date-taken", "Cette date vient d’être prise. Choisissez-en une autre : rien n’est encore réservé.")
        }
    }
}

extension Message {
    /// One confirmation for several appointments: the first one's names the others too, to each who was to be told of them.
    static func unite(_ booked: [Appointment], in db: Writer) throws {
        guard let first = booked.first else { return }
        let rows = try db.all(
            """
            SELECT id, appointment_id, person_id, to_person_id, channel, recipient, names_reason FROM message
            WHERE territory_id = \(first.territoryID) AND appointment_id IN \(list: booked.map(\.id)) AND sent_at IS NULL
              AND \(toPeople)
            """
        ) { row in
            (
                id: try row[0] as ID<Message>, appointment: try row[1] as ID<Appointment>,
                to: Told(
                    person: try row[2], other: try row[3], channel: try row[4], recipient: try row[5], namesReason: try row[6])
            )
        }
        var kept: [Told: ID<Message>] = [:]
        for one in booked {
            for row in rows where row.appointment == one.id {
                guard let message = kept[row.to] else {
                    kept[row.to] = row.id
                    continue
                }
                try db.run("DELETE FROM message WHERE territory_id = \(first.territoryID) AND id = \(row.id)")
                try db.run(
                    """
                    INSERT INTO message_appointment (territory_id, message_id, appointment_id)
                    VALUES (\(first.territoryID), \(message), \(one.id))
                    """)
            }
        }
    }

    private struct Told: Hashable {
        let person: ID<Person>
        let other: ID<Person>?
        let channel: Person.Channel
        let recipient: String
        let namesReason: Bool
    }

    /// What a message that has not left says of an appointment is no longer true: it goes on about the others that it names.
    static func withdrawFromSeveral(about appointment: Appointment, to person: ID<Person>, in db: Writer) throws {
        let waiting: SQL = """
            SELECT message.id FROM message WHERE message.territory_id = \(appointment.territoryID) AND message.person_id = \(person)
              AND \(toPeople) AND message.sent_at IS NULL AND message.withdrawn_at IS NULL
            """
        try db.run(
            """
            DELETE FROM message_appointment WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND message_id IN (\(waiting))
            """)
        let heading: [(ID<Message>, ID<Appointment>)] = try db.all(
            """
            SELECT message_appointment.message_id, message_appointment.appointment_id FROM message_appointment
            JOIN appointment ON appointment.territory_id = message_appointment.territory_id
              AND appointment.id = message_appointment.appointment_id
            WHERE message_appointment.territory_id = \(appointment.territoryID) AND message_appointment.message_id IN
              (\(waiting) AND message.appointment_id = \(appointment.id))
            ORDER BY appointment.starts_at, appointment.id
            """
        ) { (try $0[0], try $0[1]) }
        var done: Set<ID<Message>> = []
        for (message, next) in heading where done.insert(message).inserted {
            try db.run(
                """
                DELETE FROM message_appointment
                WHERE territory_id = \(appointment.territoryID) AND message_id = \(message) AND appointment_id = \(next)
                """)
            try db.run(
                "UPDATE message SET appointment_id = \(next) WHERE territory_id = \(appointment.territoryID) AND id = \(message)")
        }
    }
}
