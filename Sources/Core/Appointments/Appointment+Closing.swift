import Scheduling
import Store

extension Appointment {
    /// Says what became of it for one person: honoré, annulé, manqué, non assuré. A cancelled time is free again at once.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func close(
        _ status: Participation.Status, for person: ID<Person>, why: String = "", by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await change(in: store) { db in
            try lockCalendars(in: db)
            let current = try Appointment.find(id, seenBy: acting, in: db)
            try acting.require(.closeAppointments, in: organizationID)
            try current.checkClosing(status, why: why, of: acting.territory, at: now, in: db)
            try current.set(status, for: person, why: why, by: acting.author, at: now, in: db)
        }
    }

    /// Cancels it for everyone who still takes part.
    public func cancel(
        _ status: Participation.Status, why: String, by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await change(in: store) { db in try cancel(status, why: why, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    func cancel(_ status: Participation.Status, why: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        try lockCalendars(in: db)
        let current = try Appointment.find(id, seenBy: acting, in: db)
        try acting.require(.book, in: organizationID)
        let upcoming = try Participation.of(current, in: db).filter { $0.status == .upcoming }
        let group = try GroupSeats.of(current, in: db)
        guard !upcoming.isEmpty || group != nil, status.isCancelled else { throw Refusal.notUpcoming }
        for participation in upcoming {
            try current.set(status, for: participation.personID, why: why, by: acting.author, at: now, in: db)
        }
        try group?.cancel(current, by: acting, at: now, in: db)
    }

    func change(in store: Store, _ body: @Sendable (Writer) throws -> Void) async throws {
        do {
            try await store.claim { db in try body(db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    private func checkClosing(_ status: Participation.Status, why: String, of territory: Territory, at now: Instant, in db: Reader) throws {
        let future = startsAt.adding(minutes: -60) > now
        if future, [.attended, .missed, .notProvided].contains(status) {
            throw Refusal(.conflict, "too-early", "Ce rendez-vous n’a pas encore eu lieu. Annulez-le ou déplacez-le plutôt.")
        }
        if status == .missed, how == .phone { try CallAttempt.checkEnough(for: self, of: territory, in: db) }
    }

    /// Makes it true and records the fact: status, claims, messages, journal.
    func set(
        _ status: Participation.Status, for person: ID<Person>, why: String, undoing: ID<AppointmentFact>? = nil, by author: Author,
        at now: Instant, in db: Writer
    ) throws {
        guard let before = try Participation.of(self, in: db).first(where: { $0.personID == person })?.status else {
            throw Refusal.notFound
        }
        guard before != status else { return }
        let fact = AppointmentFact(
            .status(from: before, to: status), of: id, person: person, why: why, at: now, by: author.agentID, undoes: undoing)
        try db.run(
            """
            UPDATE participation SET status = \(status)
            WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND person_id = \(person)
            """)
        try fact.record(about: self, of: author.territory, in: db)
        try keepOrFreeTime(of: person, after: status, at: now, in: db)
        try followMissed(before, status, of: person, by: author, at: now, in: db)
        try tellOfClosing(fact, before: before, after: status, to: person, by: author, in: db)
    }

    /// What will not take place frees the time still to come; what is over keeps what it took, cancellations apart.
    private func keepOrFreeTime(of person: ID<Person>, after: Participation.Status, at now: Instant, in db: Writer) throws {
        let keeps = after.keepsTime && !(after == .notProvided && endsAt > now)
        if keeps {
            try keepTime(of: person, at: now, in: db)
        } else {
            try Claim.delete(.person(person), of: self, in: db)
            if try !Claim.keepsSomeone(for: self, in: db), try !GroupSeats.stand(for: self, in: db) {
                try Claim.delete(of: self, in: db)
                try noteFreed(at: now, in: db)
            }
        }
    }

    private func keepTime(of person: ID<Person>, at now: Instant, in db: Writer) throws {
        if try !Claim.exists(.agent(agentID), for: self, in: db) {
            try Claim.insert(try holders(in: db), for: self, in: db)
        }
        guard try !Claim.exists(.person(person), for: self, in: db) else { return }
        guard try !Claim.taken(.person(person), time, of: territoryID, in: db) else { throw Refusal.personBusy }
        try Claim.insert(.person(person), for: self, overbooked: false, in: db)
    }

    /// Someone is told of a cancellation, and of its undoing, when the time is still to come.
    private func tellOfClosing(
        _ fact: AppointmentFact, before: Participation.Status, after: Participation.Status, to person: ID<Person>, by author: Author,
        in db: Writer
    ) throws {
        if !after.takesPlace, before.takesPlace, endsAt > fact.at {
            return try tell(.cancellation, to: [person], because: fact, by: author, in: db)
        }
        if !before.takesPlace, after.takesPlace, startsAt > fact.at {
            return try tell(.confirmation, to: [person], because: fact, by: author, in: db)
        }
        try Journal.record(
            .closed, about: person.uuid, ["appointment": id.description, "status": after.rawValue, "why": fact.why], by: author.actor,
            of: territoryID, at: fact.at, in: db)
    }
}
