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
    /// Binôme: the agents who receive with the first, each of whose time is claimed too.
    public var colleagueIDs: [ID<Agent>] = []
    /// Visite à deux: it asks for a second agent, without saying why.
    public var forTwo = false
    /// The relative who asks in the person's place: one who « peut réserver ».
    public var askedBy: ID<Person>?
    /// A follow-up reason, with another agent than the person's referent: why.
    public var otherAgentBecause: String?
    /// Of a group appointment written for nobody yet; the reason's own unless given.
    public var seats: Int?
    /// Rooms, cars, interpreters: kept in the same act.
    public var resources: [ResourceWish] = []
    /// They are to be told of a place that is free sooner.
    public var wantsEarlier = false

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
        try Agent.lockCalendars(agents, of: acting.territoryID, in: db)
        let resources = try lockResources(by: acting, at: now, in: db)
        let bookable = try Reason.findBookable(reasonID, by: acting, in: db), reason = bookable.reason
        try check(bookable, by: acting, at: now)
        let people = try participants(of: acting, at: now, in: db)
        if reason.isFollowUp { try checkReferent(reason, people, of: acting.territoryID, in: db) }
        let asked = appointment(bookable, by: acting, at: now)
        if reason.seats != nil, !people.isEmpty, let group = try asked.standingGroup(in: db) {
            return try takeSeats(in: group, reason, for: people, by: acting, at: now, in: db)
        }
        let bascule = reason.seats == nil ? try Bascule.standing(over: asked, of: acting.territory, in: db) : nil
        var appointment = try bascule.map { _ in try asked.byPhone(calling: people) } ?? asked
        for agent in agents.sorted() {
            try Claim.deleteExpired(.agent(agent), of: acting.territoryID, heldBy: acting.agent.id, now: now, in: db)
        }
        let asker = try checkPlace(by: acting, in: db)
        try checkColleagues(by: acting, in: db)
        appointment.isForTwo = try needsTwo(appointment, people, in: db)
        if asSlot, overbookBecause == nil { try checkOpenings(of: appointment, in: acting.territory, db: db) }
        try checkFree(resources, for: appointment, now: now, in: db)
        try checkPeopleAreFree(people, for: appointment, now: now, in: db)
        try write(appointment, reason, for: people, with: resources, by: acting, at: now, in: db)
        try tellAgents(asker, of: appointment, for: people, by: acting, at: now, in: db)
        try noteOthers(appointment, reason, people, by: acting, at: now, in: db)
        if appointment.isPrescribed, let house = bookable.organizations.first {
            try prescribe(appointment, from: house, people, by: acting, at: now, in: db)
        }
        try bascule?.note(asked, in: db)
        return appointment
    }
}

extension Booking {
    /// Who comes with them, who asked, and who wants to come sooner.
    func noteOthers(
        _ appointment: Appointment, _ reason: Reason, _ people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try accompany(appointment, reason, people, by: acting, at: now, in: db)
        try noteWhoAsked(appointment, reason, people, by: acting, at: now, in: db)
        guard wantsEarlier, appointment.startsAt > now else { return }
        for person in people { try appointment.writeWish(of: person.id, by: acting, at: now, in: db) }
    }

    func appointment(_ bookable: BookableReason, by acting: Acting, at now: Instant) -> Appointment {
        let reason = bookable.reason
        var appointment = Appointment(
            territoryID: acting.territoryID, id: .new(), agentID: agentID, organizationID: organizationID, reasonID: reason.id,
            serviceID: reason.serviceID, siteID: siteID, place: place, how: reason.how, phone: phone, link: link, startsAt: startsAt,
            endsAt: startsAt.adding(minutes: minutes ?? reason.minutes), said: said, overbookedBecause: overbookBecause,
            replacesID: replacesID, createdBy: acting.agent.id, createdAt: now)
        appointment.origin = Origin(of: acting, for: agentID, in: organizationID)
        appointment.gapMinutes = reason.gapMinutes
        appointment.isPrescribed = bookable.isPrescribed(in: organizationID)
        appointment.otherAgentBecause = reason.isFollowUp ? otherAgentBecause : nil
        return appointment
    }

    private func write(
        _ appointment: Appointment, _ reason: Reason, for people: [Person], with resources: [Resource], by acting: Acting, at now: Instant,
        in db: Writer
    ) throws {
        try appointment.insert(in: db)
        if let usual = reason.seats {
            let group = GroupSeats(appointmentID: appointment.id, seats: seats ?? usual)
            try group.write(for: appointment, by: acting, at: now, in: db)
        }
        try addColleagues(to: appointment, in: db)
        for resource in resources { try appointment.add(resource, in: db) }
        let receiving = agents.sorted().map { (Claim.Holder.agent($0), overbookBecause != nil) }
        let reserved = resources.map { (Claim.Holder.resource($0.id), false) }
        try add(people, to: appointment, reason, claiming: receiving + reserved, by: acting, at: now, in: db)
    }

    /// Their part in it, with a message and a journal entry each.
    /// - Parameter others: who else's time it takes.
    func add(
        _ people: [Person], to appointment: Appointment, _ reason: Reason, claiming others: [(Claim.Holder, Bool)] = [],
        by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        // The schema knows who is archived: asking it first would be one more statement a booking.
        try saying(["participation_archived": .archived]) {
            for person in people { try Participation(personID: person.id, status: .upcoming).insert(for: appointment, in: db) }
            try Claim.insert(others + people.map { (.person($0.id), forceBecause != nil) }, for: appointment, in: db)
        }
        for person in people {
            let occasion = Message.Occasion(
                purpose: .confirmation, appointment: appointment, reason: reason,
                key: appointment.messageKey(.confirmation, person.id))
            try Message.queue(occasion, to: person, of: acting.territory, at: now, in: db)
            try Journal.record(journalAct, about: person.id.uuid, journalPayload(appointment), by: acting, at: now, in: db)
        }
        try AppointmentEvent(event: .created, appointment: appointment).note(of: acting.territory, at: now, in: db)
    }

    private var journalAct: Journal.Act { overbookBecause == nil && forceBecause == nil ? .booked : .overbooked }

    /// What they said stays out of it.
    private func journalPayload(_ appointment: Appointment) -> [String: String] {
        var payload = [
            "appointment": appointment.id.description, "agent": agentID.description, "starts_at": String(startsAt.rawValue),
        ]
        payload["colleagues"] = colleagueIDs.isEmpty ? nil : colleagueIDs.map(\.description).joined(separator: " ")
        payload["overbooked_because"] = overbookBecause
        payload["forced_because"] = forceBecause
        payload["other_agent_because"] = otherAgentBecause
        return payload
    }
}

extension Appointment {
    public var time: Range<Instant> { startsAt..<endsAt }

    /// What its agent's claim keeps: its own time, and the gap after it.
    var keptTime: Range<Instant> { startsAt..<endsAt.adding(minutes: gapMinutes) }

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
        if let refusal { return refusal }
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
