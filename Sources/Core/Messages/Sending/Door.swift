import Scheduling
import Store

/// What is asked of each message as it leaves: whether it is still true, and whether the hour is right.
struct Door: Sendable {
    let message: Message
    /// As it is now; `nil` when it is there no more, or they take no part in it.
    var appointment: Appointment?
    var status: Participation.Status?
    /// Why someone who did not come is no longer to be told so, or of a place that was free.
    var moot: Message.Cause?
    /// Of a message to an agent.
    var agent: AgentStanding?
    /// Of a campaign's message.
    var campaign: CampaignStanding?
    let quiet: Quiet

    enum Verdict: Sendable, Equatable {
        case leaves
        case waits(until: Instant)
        case untrue(Message.Cause)
    }

    func verdict(at now: Instant) -> Verdict {
        if message.purpose == .campaign { return campaignVerdict(at: now) }
        guard message.appointmentID != nil else { return .leaves }
        if message.toAgentID != nil { return agentVerdict(at: now) }
        guard let appointment, let status else { return .untrue(.gone) }
        if let cause = untruth(appointment, status, at: now) { return .untrue(cause) }
        return mustWait(appointment, status, at: now) ? .waits(until: quiet.next(from: now)) : .leaves
    }

    /// An e-mail wakes nobody: it leaves at any hour.
    private func agentVerdict(at now: Instant) -> Verdict {
        guard let appointment, let agent else { return .untrue(.gone) }
        return agent.untruth(of: message.purpose, about: appointment, at: now).map { .untrue($0) } ?? .leaves
    }

    /// What is paused is asked again from time to time, until it is resumed.
    private func campaignVerdict(at now: Instant) -> Verdict {
        guard let campaign else { return .untrue(.gone) }
        if let cause = campaign.untruth { return .untrue(cause) }
        if campaign.isPaused { return .waits(until: now.adding(seconds: 600)) }
        return quiet.holds(at: now) ? .waits(until: quiet.next(from: now)) : .leaves
    }

    private func untruth(_ appointment: Appointment, _ status: Participation.Status, at now: Instant) -> Message.Cause? {
        switch message.purpose {
        case .cancellation:
            if status.takesPlace { return .standing }
            return appointment.endsAt > now ? nil : .past
        case .reminder where appointment.startsAt != message.forStart: return .moved
        case .confirmation, .change, .reminder, .standing:
            if status != .upcoming { return .cancelled }
            return appointment.startsAt > now ? nil : .past
        case .earlierSlot: return status == .upcoming ? moot : .cancelled
        case .missed:
            if status != .missed { return .corrected }
            return moot ?? (appointment.startsAt > MissedWord.oldest(at: now) ? nil : .past)
        case .campaign: return nil
        }
    }

    /// A confirmation, and an answer, follow what they have just done. What changes within hours is told at any hour; a reminder never is.
    private func mustWait(_ appointment: Appointment, _ status: Participation.Status, at now: Instant) -> Bool {
        guard quiet.holds(at: now), message.urgentBecause == nil else { return false }
        switch message.purpose {
        case .confirmation, .standing: return false
        case .cancellation where status == .cancelledByPerson: return false
        case .change, .cancellation: return message.channel == .sms && !appointment.isSoon(at: now)
        case .reminder, .missed, .earlierSlot, .campaign: return true
        }
    }
}

extension Door {
    /// - Parameter campaign: of a campaign's message.
    init(_ message: Message, of campaign: CampaignStanding?, _ territory: Territory, at now: Instant, in db: Reader) throws {
        guard message.purpose != .campaign else {
            self.init(message: message, campaign: campaign, quiet: Quiet(territory))
            return
        }
        let appointment = try message.appointmentID.flatMap { try Appointment.find($0, of: message.territoryID, in: db) }
        let status: Participation.Status? = try appointment.flatMap { appointment in
            try db.first(
                """
                SELECT status FROM participation
                WHERE territory_id = \(message.territoryID) AND appointment_id = \(appointment.id) AND person_id = \(message.personID)
                """
            ) { try $0[0] }
        }
        let moot = try appointment.flatMap { try Self.moot(message, about: $0, of: territory, at: now, in: db) }
        self.init(
            message: message, appointment: appointment, status: status, moot: moot,
            agent: try AgentStanding.of(message, about: appointment, in: db), quiet: Quiet(territory))
    }
    private static func moot(
        _ message: Message, about appointment: Appointment, of territory: Territory, at now: Instant, in db: Reader
    ) throws -> Message.Cause? {
        switch message.purpose {
        case .missed: try MissedWord.moot(message, in: db)
        case .earlierSlot: try EarlierOffer.moot(message, about: appointment, of: territory, at: now, in: db)
        case .confirmation, .change, .cancellation, .reminder, .standing, .campaign: nil
        }
    }
}
