import Scheduling
import Store

extension Appointment {
    /// Gives it another time, or another agent: the old time is free again, the person is told of the change.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func move(
        to place: AppointmentFact.Place, why: String = "", by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Appointment {
        do {
            return try await store.claim { db in try move(to: place, why: why, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func move(
        to place: AppointmentFact.Place, why: String = "", undoing: ID<AppointmentFact>? = nil, by acting: Acting, at now: Instant,
        in db: Writer
    ) throws -> Appointment {
        try lockCalendars(and: [place.agentID], in: db)
        let current = try Appointment.find(id, seenBy: acting, in: db)
        var place = place
        place.endsAt = place.endsAt ?? place.startsAt.adding(seconds: Int(current.endsAt - current.startsAt))
        try current.checkMove(to: place, by: acting, at: now, in: db)
        return try current.go(to: place, why: why, undoing: undoing, by: acting, at: now, in: db)
    }

    /// Inside a transaction that has locked the calendars and checked the rights.
    func go(
        to place: AppointmentFact.Place, why: String, undoing: ID<AppointmentFact>? = nil, by acting: Acting, at now: Instant,
        in db: Writer
    ) throws -> Appointment {
        let current = self
        var place = place
        place.endsAt = place.endsAt ?? place.startsAt.adding(seconds: Int(current.endsAt - current.startsAt))
        guard place != current.standing else { return current }
        let participations = try Participation.of(current, in: db).filter { $0.status.keepsTime }
        var moved = current
        moved.agentID = place.agentID
        moved.endsAt = place.endsAt ?? current.endsAt
        moved.startsAt = place.startsAt
        moved = try moved.keepingReferent(
            instead: current, participations.map(\.personID), why: why, undoing: undoing != nil, in: db)
        // Nobody calls a group: it stays as it is, and its house sees to it.
        let bascule = try GroupSeats.stand(for: current, in: db) ? nil : Bascule.standing(over: moved, of: acting.territory, in: db)
        if let bascule {
            let people = try participations.compactMap { try Person.find($0.personID, of: territoryID, in: db) }
            moved = try moved.byPhone(calling: people)
            try bascule.note(current, in: db)
        }
        let fact = AppointmentFact(
            .moved(from: current.standing, to: place), of: id, why: why, at: now, by: acting.agent.id, undoes: undoing)
        try moved.writeTime(in: db)
        try fact.record(about: moved, of: acting.territory, in: db)
        try moved.claim(for: participations, instead: current, at: now, in: db)
        if moved.startsAt != current.startsAt {
            try moved.askResourcesAgain(in: db)
            try moved.moveWishes(in: db)
        }
        let people = participations.map(\.personID)
        if moved.startsAt != current.startsAt || moved.agentID != current.agentID { try current.noteFreed(at: now, in: db) }
        if moved.isElsewhere(than: current) {
            try moved.tell(.change, to: people, because: fact, by: acting.author, in: db)
        } else {
            try moved.journalLength(for: people, because: fact, by: acting, in: db)
        }
        return moved
    }

    public var standing: AppointmentFact.Place { AppointmentFact.Place(agentID: agentID, startsAt: startsAt, endsAt: endsAt) }

    /// What someone who comes must know.
    private func isElsewhere(than other: Appointment) -> Bool {
        agentID != other.agentID || startsAt != other.startsAt || how != other.how
    }

    /// Only how long it lasts: nobody has to be told.
    private func journalLength(for people: [ID<Person>], because fact: AppointmentFact, by acting: Acting, in db: Writer) throws {
        let payload = [
            "appointment": id.description, "starts_at": String(startsAt.rawValue), "ends_at": String(endsAt.rawValue), "why": fact.why,
        ]
        for person in people { try Journal.record(.moved, about: person.uuid, payload, by: acting, at: fact.at, in: db) }
    }

    private func checkMove(to place: AppointmentFact.Place, by acting: Acting, at now: Instant, in db: Reader) throws {
        try acting.require(.book, in: organizationID)
        guard place.startsAt.rawValue % 300 == 0 else {
            throw Refusal.field("starts_at", "invalid-time", "L’heure se donne de cinq en cinq minutes.")
        }
        let length = (place.endsAt ?? endsAt) - place.startsAt
        guard length % 300 == 0, (5 * 60...600 * 60).contains(length) else {
            throw Refusal.field("ends_at", "invalid-length", "Un rendez-vous dure de 5 minutes à 10 heures, de cinq en cinq minutes.")
        }
        guard place.startsAt >= now.adding(days: -1) else {
            throw Refusal.field("starts_at", "past", "Cette date est passée. Choisissez une date à venir.")
        }
        guard try Participation.of(self, in: db).contains(where: { $0.status == .upcoming }) || GroupSeats.stand(for: self, in: db) else {
            throw Refusal.notUpcoming
        }
        let works = try db.exists(
            """
            SELECT 1 FROM membership WHERE territory_id = \(territoryID) AND agent_id = \(place.agentID)
              AND organization_id = \(organizationID)
            """)
        guard works else { throw Refusal.notFound }
        guard try !colleagues(in: db).contains(place.agentID) else { throw Refusal.alreadyTogether }
    }

    private func writeTime(in db: Writer) throws {
        try db.run(
            """
            UPDATE appointment SET agent_id = \(agentID), starts_at = \(startsAt), ends_at = \(endsAt), how = \(how), phone = \(phone),
              other_agent_because = \(otherAgentBecause)
            WHERE territory_id = \(territoryID) AND id = \(id)
            """)
    }

    /// Frees what `old` kept and claims the new time; what was forced stays forced.
    private func claim(for participations: [Participation], instead old: Appointment, at now: Instant, in db: Writer) throws {
        for person in participations.map(\.personID) {
            _ = try Person.find(person, of: territoryID, lock: true, in: db)
        }
        try Claim.delete(of: old, in: db)
        let holders = try holders(in: db)
        for one in holders { try Claim.deleteExpired(one.holder, of: territoryID, now: now, in: db) }
        try Claim.insert(holders, for: self, in: db)
        for person in participations.map(\.personID) {
            guard try !Claim.taken(.person(person), time, of: territoryID, in: db) else { throw Refusal.personBusy }
            try Claim.insert(.person(person), for: self, overbooked: false, in: db)
        }
    }
}

extension Appointment {
    /// What is said of it must be read within hours.
    func isSoon(at now: Instant) -> Bool { Self.isSoon(startsAt, at: now) }

    static func isSoon(_ start: Instant, at now: Instant) -> Bool { start < now.adding(minutes: 12 * 60) }

    /// Withdraws what had not left, queues what is true now, and writes the journal.
    func tell(_ purpose: Message.Purpose, to people: [ID<Person>], because fact: AppointmentFact, by author: Author, in db: Writer) throws {
        guard let reason = try Reason.find(reasonID, of: territoryID, in: db) else { return }
        for id in people {
            guard let person = try Person.find(id, of: territoryID, in: db) else { continue }
            try Message.withdraw(about: self, to: id, at: fact.at, in: db)
            let occasion = Message.Occasion(
                purpose: purpose, appointment: self, reason: reason, key: messageKey(purpose, id, fact: fact.id))
            try Message.queue(occasion, to: person, of: author.territory, at: fact.at, in: db)
            var payload = ["appointment": self.id.description, "starts_at": String(startsAt.rawValue), "why": fact.why]
            if case .status(_, let after) = fact.change { payload["status"] = after.rawValue }
            try Journal.record(
                purpose == .cancellation ? .cancelled : .moved, about: id.uuid, payload, by: author.actor, of: territoryID, at: fact.at,
                in: db)
        }
    }
}

extension Refusal {
    public static let notUpcoming = Refusal(
        .conflict, "not-upcoming",
        "Ce rendez-vous n’est plus à venir. Annulez d’abord le dernier changement, ou prenez un nouveau rendez-vous.")
}
