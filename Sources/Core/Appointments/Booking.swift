import Foundation
import Scheduling
import Store

/// What someone asks for when booking.
public struct Booking: Sendable, Equatable {
    public var reasonID: ID<Reason>
    public var agentID: ID<Agent>
    /// One at least; each takes part.
    public var personIDs: [ID<Person>]
    public var startsAt: Instant
    /// The reason's own duration unless given.
    public var minutes: Int?
    public var organizationID: ID<Organization>
    public var siteID: ID<Site>?
    public var place = ""
    /// The number to call: needed by phone.
    public var phone: String?
    public var link: String?
    public var said: String?
    /// A slot found by the search: must still be open. Otherwise the appointment is written straight into the agenda.
    public var asSlot = false
    /// On purpose beside another appointment of the agent: why.
    public var overbookBecause: String?
    /// The person has another appointment at that time: why all the same.
    public var forceBecause: String?
    /// Whoever books has seen the upcoming appointment for the same reason.
    public var again = false
    public var replacesID: ID<Appointment>?
    /// The adult who comes with a child.
    public var accompaniedBy: ID<Person>?

    public init(
        reasonID: ID<Reason>, agentID: ID<Agent>, personIDs: [ID<Person>], startsAt: Instant, organizationID: ID<Organization>,
        siteID: ID<Site>? = nil, phone: String? = nil
    ) {
        self.reasonID = reasonID
        self.agentID = agentID
        self.personIDs = personIDs
        self.startsAt = startsAt
        self.organizationID = organizationID
        self.siteID = siteID
        self.phone = phone
    }
}

extension Booking {
    /// Books the time, queues the confirmation and writes the journal, all or nothing.
    ///
    /// Nobody is booked twice: the agent's calendar is locked first, and the schema's `claim_overlap` has the last word.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func book(by acting: Acting, at now: Instant, in store: Store) async throws -> Appointment {
        do {
            return try await store.claim { db in try book(by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// Creates the person's file and books for them, in one transaction.
    /// - Throws: a ``Refusal``; nothing is written then, neither file nor appointment.
    public func book(creating person: NewPerson, by acting: Acting, at now: Instant, in store: Store) async throws -> Appointment {
        do {
            return try await store.claim { db in try book(creating: person, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func book(creating person: NewPerson, by acting: Acting, at now: Instant, in db: Writer) throws -> Appointment {
        var booking = self
        booking.personIDs = [try person.create(by: acting, at: now, in: db).id]
        return try booking.book(by: acting, at: now, in: db)
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func book(by acting: Acting, at now: Instant, in db: Writer) throws -> Appointment {
        try Agent.lockCalendars([agentID], of: acting.territoryID, in: db)
        let reason = try Reason.findBookable(reasonID, by: acting, in: db)
        try check(reason, by: acting, at: now)
        let people = try participants(of: acting, at: now, in: db)
        let asked = appointment(reason, by: acting, at: now)
        let bascule = try Bascule.standing(over: asked, of: acting.territory, in: db)
        let appointment = try bascule.map { _ in try asked.byPhone(calling: people) } ?? asked
        try Claim.deleteExpired(.agent(agentID), of: acting.territoryID, now: now, in: db)
        try checkPlace(by: acting, in: db)
        if asSlot, overbookBecause == nil { try Opening.check(covers: appointment, of: acting.territory, in: db) }
        try checkPeopleAreFree(people, for: appointment, now: now, in: db)
        try write(appointment, reason, for: people, by: acting, at: now, in: db)
        try accompany(appointment, reason, people, by: acting, at: now, in: db)
        try bascule?.note(asked, in: db)
        return appointment
    }
}

extension Booking {
    private func check(_ reason: Reason, by acting: Acting, at now: Instant) throws {
        try acting.require(.book, in: organizationID)
        if overbookBecause != nil { try acting.require(.overbook, in: organizationID) }
        var complaints = Complaints()
        if startsAt < now.adding(days: -1) { complaints.add("starts_at", "Cette date est passée. Choisissez une date à venir.") }
        if startsAt > now.adding(days: 3 * 366) { complaints.add("starts_at", "Cette date est dans plus de trois ans. Vérifiez l’année.") }
        if startsAt.rawValue % 300 != 0 { complaints.add("starts_at", "L’heure se donne de cinq en cinq minutes.") }
        if let minutes, !(5...600).contains(minutes) || minutes % 5 != 0 {
            complaints.add("minutes", "La durée va de 5 à 600 minutes, de cinq en cinq.")
        }
        if let said, said.count > 200 { complaints.add("said", "200 caractères au plus : gardez l’essentiel.") }
        if overbookBecause?.isEmpty == true { complaints.add("overbook_because", "Dites pourquoi vous placez ce rendez-vous en plus.") }
        if forceBecause?.isEmpty == true { complaints.add("force_because", "Dites pourquoi deux rendez-vous à la même heure.") }
        if personIDs.isEmpty { complaints.add("person", "Choisissez la personne, ou créez sa fiche.") }
        if reason.how == .phone, phone == nil { complaints.add("phone", "Donnez le numéro à appeler.") }
        if let phone, PhoneNumber(stored: phone) == nil {
            complaints.add("phone", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
        }
        try complaints.check()
    }

    /// The people of the organization, locked in the order of their ids. Whose file went into another meanwhile is that other.
    private func participants(of acting: Acting, at now: Instant, in db: Reader) throws -> [Person] {
        var people: [Person] = []
        for id in Set(personIDs).sorted() {
            guard let person = try Person.findStanding(id, of: acting.territoryID, lock: true, in: db),
                try Person.isKnown(person.id, to: acting, at: now, in: db)
            else { throw Refusal.notFound }
            if !people.contains(where: { $0.id == person.id }) { people.append(person) }
        }
        return people
    }

    /// The agent works in the organization, and the site is one of its own.
    private func checkPlace(by acting: Acting, in db: Reader) throws {
        let owns: SQL =
            siteID.map {
                """
                AND EXISTS (SELECT 1 FROM site WHERE site.territory_id = \(acting.territoryID) AND site.id = \($0)
                  AND site.organization_id = \(organizationID))
                """
            } ?? ""
        let isPossible = try db.exists(
            """
            SELECT 1 FROM membership JOIN agent ON agent.territory_id = membership.territory_id AND agent.id = membership.agent_id
            WHERE membership.territory_id = \(acting.territoryID) AND membership.agent_id = \(agentID)
              AND membership.organization_id = \(organizationID) AND agent.disabled_at IS NULL \(owns)
            """)
        guard isPossible else { throw Refusal.notFound }
    }

    /// Both questions in one query: a booking asks many, and each is a round trip on PostgreSQL.
    private func checkPeopleAreFree(_ people: [Person], for appointment: Appointment, now: Instant, in db: Reader) throws {
        let never: SQL = "SELECT 1 WHERE FALSE"
        for person in people {
            let busy = forceBecause == nil ? Claim.overlapping(.person(person.id), appointment.time, of: appointment.territoryID) : never
            let upcoming =
                again || replacesID != nil ? never : Appointment.upcoming(for: person.id, reasonID, of: appointment.territoryID, now: now)
            let answers = try db.first("SELECT EXISTS (\(busy)), EXISTS (\(upcoming))") { (try $0[0] as Bool, try $0[1] as Bool) }
            if answers?.0 == true { throw Refusal.personBusy }
            if answers?.1 == true { throw Refusal.alreadyUpcoming }
        }
    }

    private func appointment(_ reason: Reason, by acting: Acting, at now: Instant) -> Appointment {
        var appointment = Appointment(
            territoryID: acting.territoryID, id: .new(), agentID: agentID, organizationID: organizationID, reasonID: reason.id,
            serviceID: reason.serviceID, siteID: siteID, place: place, how: reason.how, phone: phone, link: link, startsAt: startsAt,
            endsAt: startsAt.adding(minutes: minutes ?? reason.minutes), said: said, overbookedBecause: overbookBecause,
            replacesID: replacesID, createdBy: acting.agent.id, createdAt: now)
        appointment.origin = Origin(of: acting, for: agentID, in: organizationID)
        return appointment
    }

    private func write(
        _ appointment: Appointment, _ reason: Reason, for people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try appointment.insert(in: db)
        let claims = people.map { (Claim.Holder.person($0.id), forceBecause != nil) }
        try Claim.insert([(.agent(agentID), overbookBecause != nil)] + claims, for: appointment, in: db)
        for person in people {
            // The schema knows who is archived: asking it first would be one more statement a booking.
            try saying(["participation_archived": .archived]) {
                try Participation(personID: person.id, status: .upcoming).insert(for: appointment, in: db)
            }
            let occasion = Message.Occasion(
                purpose: .confirmation, appointment: appointment, reason: reason,
                key: appointment.messageKey(.confirmation, person.id))
            try Message.queue(occasion, to: person, by: acting, at: now, in: db)
            try Journal.record(journalAct, about: person.id.uuid, journalPayload(appointment), by: acting, at: now, in: db)
        }
    }

    private var journalAct: Journal.Act { overbookBecause == nil && forceBecause == nil ? .booked : .overbooked }

    /// What they said stays out of it.
    private func journalPayload(_ appointment: Appointment) -> [String: String] {
        var payload = [
            "appointment": appointment.id.description, "agent": agentID.description, "starts_at": String(startsAt.rawValue),
        ]
        payload["overbooked_because"] = overbookBecause
        payload["forced_because"] = forceBecause
        return payload
    }
}

extension Appointment {
    public var time: Range<Instant> { startsAt..<endsAt }

    /// One message a purpose, a person and a fact.
    func messageKey(_ purpose: Message.Purpose, _ person: ID<Person>, fact: ID<AppointmentFact>? = nil) -> String {
        "appointment/\(id)/\(purpose.rawValue)/\(person)" + (fact.map { "/\($0)" } ?? "")
    }

    /// A query that has a row when the person has an appointment to come for this reason.
    ///
    /// It goes through the time they have claimed from now on, which is short, and not through all that they ever took part in.
    static func upcoming(for person: ID<Person>, _ reason: ID<Reason>, of territory: Int64, now: Instant) -> SQL {
        """
        SELECT 1 FROM claim
        JOIN appointment ON appointment.territory_id = claim.territory_id AND appointment.id = claim.appointment_id
        JOIN participation ON participation.territory_id = claim.territory_id AND participation.appointment_id = claim.appointment_id
          AND participation.person_id = claim.holder_id
        WHERE claim.territory_id = \(territory) AND claim.holder_id = \(person) AND claim.starts_at > \(now)
          AND appointment.reason_id = \(reason) AND participation.status = \(Participation.Status.upcoming)
        """
    }
}

extension ConstraintViolation {
    /// What the schema's own rules of booking say; another violation is a mistake of ours.
    var ofBooking: any Error {
        if name == Claim.overlap { return Refusal.slotTaken }
        return Archiving.isRefused(self) ? Refusal.archived : self
    }
}

extension Refusal {
    public static let slotTaken = Refusal(
        .conflict, "slot-taken", "Ce créneau vient d’être pris. Choisissez-en un autre : rien de ce que vous avez saisi n’est perdu.")
    public static let slotClosed = Refusal(
        .conflict, "slot-closed", "Ce créneau n’est plus ouvert : l’agenda a changé. Choisissez-en un autre.")
    public static let personBusy = Refusal(
        .conflict, "person-busy",
        "Cette personne a déjà un rendez-vous à cette heure. Choisissez une autre heure, ou dites pourquoi les deux.")
    public static let alreadyUpcoming = Refusal(
        .conflict, "already-upcoming",
        "Un rendez-vous pour le même motif est déjà prévu. Déplacez-le plutôt, ou confirmez qu’il en faut un autre.")
}
