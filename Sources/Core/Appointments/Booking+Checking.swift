import Scheduling
import Store

/// What must hold before anything is written.
extension Booking {
    /// Who books there, for this reason.
    func checkRight(_ bookable: BookableReason, by acting: Acting) throws {
        if bookable.isPrescribed(in: organizationID) { return }
        try acting.require(.book, in: organizationID)
        guard bookable.isBookable(in: organizationID) else { throw Refusal.notFound }
    }

    func check(_ bookable: BookableReason, by acting: Acting, at now: Instant) throws {
        try checkRight(bookable, by: acting)
        if bookable.isPrescribed(in: organizationID) { try checkPrescribing() }
        let reason = bookable.reason
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
        if otherAgentBecause?.isEmpty == true { complaints.add("other_agent_because", "Dites pourquoi un autre agent la reçoit.") }
        if personIDs.isEmpty, reason.seats == nil { complaints.add("person", "Choisissez la personne, ou créez sa fiche.") }
        if wantsEarlier, reason.seats != nil {
            complaints.add("wants_earlier", "Un rendez-vous collectif a la même heure pour tous : laissez cette case vide.")
        }
        if reason.how == .phone, phone == nil { complaints.add("phone", "Donnez le numéro à appeler.") }
        if let phone, PhoneNumber(stored: phone) == nil {
            complaints.add("phone", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
        }
        try complaints.check()
    }

    /// The people of the organization, locked in the order of their ids. Whose file went into another meanwhile is that other.
    func participants(of acting: Acting, at now: Instant, in db: Reader) throws -> [Person] {
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
    /// - Returns: the agent, if they asked to be told of their agenda: read here, it costs a booking nothing.
    @discardableResult
    func checkPlace(by acting: Acting, in db: Reader) throws -> AgendaWord.Asker? {
        let owns: SQL =
            siteID.map {
                """
                AND EXISTS (SELECT 1 FROM site WHERE site.territory_id = \(acting.territoryID) AND site.id = \($0)
                  AND site.organization_id = \(organizationID))
                """
            } ?? ""
        let found = try db.first(
            """
            SELECT agent.email, agenda_preference.emails FROM membership
            JOIN agent ON agent.territory_id = membership.territory_id AND agent.id = membership.agent_id
            LEFT JOIN agenda_preference ON agenda_preference.territory_id = agent.territory_id AND agenda_preference.agent_id = agent.id
            WHERE membership.territory_id = \(acting.territoryID) AND membership.agent_id = \(agentID)
              AND membership.organization_id = \(organizationID) AND agent.disabled_at IS NULL \(owns)
            LIMIT 1
            """
        ) { AgendaWord.Asker(agentID, email: try $0[0], wanted: try $0[1]) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// Both questions in one query: a booking asks many, and each is a round trip on PostgreSQL.
    func checkPeopleAreFree(_ people: [Person], for appointment: Appointment, now: Instant, in db: Reader) throws {
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
}
