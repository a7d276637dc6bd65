import Scheduling
import Store

extension Booking {
    /// Tells the agents who asked, whoever did not book it themselves.
    /// - Parameter asker: the appointment's own agent, read with their place.
    func tellAgents(
        _ asker: AgendaWord.Asker?, of appointment: Appointment, for people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        var askers = [asker].compactMap { $0 }
        if !colleagueIDs.isEmpty { askers += try AgendaWord.Asker.among([], andWith: appointment, in: db) }
        guard !askers.isEmpty, let who = people.first?.id else { return }
        let word = AgendaWord(
            appointment: appointment, territory: acting.territory, at: now, key: appointment.id.description)
        for asker in askers where asker.agentID != acting.agent.id {
            try word.tell(asker, .confirmation, of: who, starts: [appointment.startsAt], in: db)
        }
    }
}

extension AppointmentFact {
    /// Tells the agents who asked what it changes in their agendas.
    /// - Parameter appointment: as it is now.
    func tellAgents(about appointment: Appointment, of territory: Territory, in db: Writer) throws {
        guard let starts = try changedStarts(of: appointment, in: db) else { return }
        let askers = try AgendaWord.Asker.among(agents(of: appointment), andWith: appointment, in: db)
        guard !askers.isEmpty, let who = try personID ?? Participation.of(appointment, in: db).first?.personID else { return }
        let word = AgendaWord(appointment: appointment, territory: territory, at: at, key: id.description)
        for asker in askers { try word.follow(asker, purpose(for: asker.agentID), by: by, of: who, starts: starts, in: db) }
    }

    private func agents(of appointment: Appointment) -> Set<ID<Agent>> {
        if case .moved(let before, let after) = change { return [before.agentID, after.agentID] }
        return [appointment.agentID]
    }

    /// When the appointment is and was; nothing for what changes no agenda: what someone became, or one of several who does not come.
    private func changedStarts(of appointment: Appointment, in db: Reader) throws -> [Instant]? {
        switch change {
        case .moved(let before, let after): return [before.startsAt, after.startsAt]
        case .status(let before, let after):
            guard before.takesPlace != after.takesPlace, appointment.endsAt > at, try !GroupSeats.stand(for: appointment, in: db),
                try !Participation.of(appointment, in: db).contains(where: { $0.personID != personID && $0.status.takesPlace })
            else { return nil }
            return [appointment.startsAt]
        }
    }

    private func purpose(for agent: ID<Agent>) -> Message.Purpose {
        switch change {
        case .status(_, let after): after.takesPlace ? .confirmation : .cancellation
        case .moved(let before, let after):
            before.agentID == after.agentID
                ? .change : agent == before.agentID ? .cancellation : agent == after.agentID ? .confirmation : .change
        }
    }
}

extension Appointment {
    /// Tells of what changes for some of its agents and for none of those who come: that one joined or left, that a group was opened or
    /// called off.
    /// - Parameter key: what tells it from another change.
    func tellAgents(
        _ agents: Set<ID<Agent>>, _ purpose: Message.Purpose, key: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        // Of a group that nobody ever took a seat in there is nobody to write about: it is told with the first who does.
        guard endsAt > now, let who = try Participation.of(self, in: db).first?.personID else { return }
        let word = AgendaWord(appointment: self, territory: acting.territory, at: now, key: key)
        for asker in try AgendaWord.Asker.among(agents, of: territoryID, in: db) {
            try word.follow(asker, purpose, by: acting.agent.id, of: who, starts: [startsAt], in: db)
        }
    }
}

extension AgendaWord {
    /// Tells what came of it in the end. Who did it themselves is told nothing.
    fileprivate func follow(
        _ asker: Asker, _ purpose: Message.Purpose, by agent: ID<Agent>?, of who: ID<Person>, starts: [Instant], in db: Writer
    ) throws {
        let before = try withdraw(from: asker, in: db)
        guard asker.agentID != agent, let purpose = purpose.following(before) else { return }
        try tell(asker, purpose, of: who, starts: starts, in: db)
    }

    /// What had not left yet is no longer so.
    /// - Returns: what it said.
    fileprivate func withdraw(from asker: Asker, in db: Writer) throws -> Message.Purpose? {
        let waiting: SQL = """
            territory_id = \(territory.id) AND to_agent_id IS NOT NULL AND to_agent_id = \(asker.agentID)
              AND appointment_id = \(appointment.id) AND \(Message.waiting)
            """
        let said: Message.Purpose? = try db.first("SELECT purpose FROM message WHERE \(waiting) ORDER BY created_at DESC, id DESC LIMIT 1")
        {
            try $0[0]
        }
        if said != nil { try db.run("UPDATE message SET withdrawn_at = \(at) WHERE \(waiting)") }
        return said
    }
}

extension Message.Purpose {
    /// What is told in the end, after something that was not told yet.
    fileprivate func following(_ before: Message.Purpose?) -> Message.Purpose? {
        switch (before, self) {
        case (.confirmation?, .cancellation), (.cancellation?, .confirmation): nil
        case (.confirmation?, .change): .confirmation
        default: self
        }
    }
}
