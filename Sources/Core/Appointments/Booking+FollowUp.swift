import Scheduling
import Store

extension Booking {
    /// A follow-up reason is booked with the referent of one of those who come.
    /// - Throws: ``Refusal/notReferent`` unless a reason is given for another agent.
    func checkReferent(_ reason: Reason, _ people: [Person], of territory: Int64, in db: Reader) throws {
        guard otherAgentBecause == nil else { return }
        guard try Referent.isOne(agentID, in: reason.serviceID, of: people.map(\.id), territory, db) else { throw Refusal.notReferent }
    }

    /// Someone asks in a person's place only when they may, and never about what the person alone is told.
    func noteWhoAsked(
        _ appointment: Appointment, _ reason: Reason, _ people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        guard let askedBy else { return }
        guard !isForThemAlone(reason, people, at: now, of: acting.territory) else { throw Refusal.theyAskThemselves }
        let booksFor = try db.first(
            """
            SELECT count(*) FROM relation WHERE territory_id = \(acting.territoryID) AND person_id IN \(list: people.map(\.id))
              AND other_id = \(askedBy) AND books AND unaware_since IS NULL
            """
        ) { try $0[0] as Int }
        guard booksFor == people.filter({ $0.id != askedBy }).count else { throw Refusal.mayNotBook }
        try db.run(
            "INSERT INTO asked_for (territory_id, appointment_id, person_id) VALUES (\(acting.territoryID), \(appointment.id), \(askedBy))")
        let facts = ["appointment": appointment.id.description, "as": "asking"]
        try Journal.record(.booked, about: askedBy.uuid, facts, by: acting, at: now, in: db)
    }

    private func isForThemAlone(_ reason: Reason, _ people: [Person], at now: Instant, of territory: Territory) -> Bool {
        reason.isDiscreet
            || reason.isConfidentialForMinors
                && people.contains { $0.birthDate.map { !Relative.isAdult(born: $0, at: now, of: territory) } ?? false }
    }
}

extension Referent {
    /// Whether an agent follows one of these people in a service.
    static func isOne(
        _ agent: ID<Agent>, in service: ID<Service>, of people: [ID<Person>], _ territory: Int64, _ db: Reader
    ) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM referent WHERE territory_id = \(territory) AND person_id IN \(list: people) AND service_id = \(service)
              AND agent_id = \(agent)
            """)
    }
}

extension Appointment {
    /// Moved to another agent, a follow-up reason stays with the referent, or says why it does not.
    func keepingReferent(
        instead before: Appointment, _ people: [ID<Person>], why: String, undoing: Bool, in db: Reader
    ) throws -> Appointment {
        guard agentID != before.agentID, let reason = try Reason.find(reasonID, of: territoryID, in: db), reason.isFollowUp else {
            return self
        }
        var moved = self
        if try Referent.isOne(agentID, in: serviceID, of: people, territoryID, db) {
            moved.otherAgentBecause = nil
        } else {
            guard !why.isEmpty || undoing else { throw Refusal.notReferent }
            moved.otherAgentBecause = why.isEmpty ? before.otherAgentBecause : why
        }
        return moved
    }
}

extension AppointmentDetails {
    /// Who asked for it in the person's place.
    public static func asking(_ appointment: Appointment, in db: Reader) throws -> [String] {
        try db.all(
            """
            SELECT person.first_name, person.last_name FROM asked_for
            JOIN person ON person.territory_id = asked_for.territory_id AND person.id = asked_for.person_id
            WHERE asked_for.territory_id = \(appointment.territoryID) AND asked_for.appointment_id = \(appointment.id)
            ORDER BY person.id
            """
        ) { Person.displayName(firstName: try $0[0], lastName: try $0[1]) }
    }
}

extension Refusal {
    public static let notReferent = Refusal(
        .conflict, "not-referent",
        "Ce motif de suivi se prend avec le référent de la personne. Choisissez l’un de ses créneaux, ou dites pourquoi un autre agent la reçoit."
    )
    public static let mayNotBook = Refusal.field(
        "asked_by", "may-not-book",
        "Ce proche ne peut pas réserver à la place de la personne : demandez-le-lui, ou notez-le dans ses proches.")
    public static let theyAskThemselves = Refusal.field(
        "asked_by", "they-ask-themselves", "Ce motif ne se demande pas à la place de la personne : elle seule le demande.")
}
