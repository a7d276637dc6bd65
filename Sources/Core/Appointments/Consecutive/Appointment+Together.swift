import Scheduling
import Store

/// Moving or cancelling what was taken with others.
extension Appointment {
    /// Cancels it, and those of its group that are said, for everyone who still takes part.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func cancel(
        _ status: Participation.Status, _ scope: BookingGroup.Scope, why: String, urgent: String? = nil, by acting: Acting,
        at now: Instant, in store: Store
    ) async throws {
        try await change(in: store) { db in
            let all = try lockTogether(scope, at: now, in: db)
            for one in all { try one.cancel(status, why: why, by: acting, at: now, in: db) }
            try Message.hurry(about: all.map(\.id), because: urgent, by: acting, at: now, in: db)
        }
    }

    /// Moves it, and those of its group that are said by as much, with their own agents.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func move(
        to place: AppointmentFact.Place, _ scope: BookingGroup.Scope, why: String = "", urgent: String? = nil, by acting: Acting,
        at now: Instant, in store: Store
    ) async throws {
        try await change(in: store) { db in
            let all = try lockTogether(scope, and: [place.agentID], at: now, in: db)
            let shift = Int(place.startsAt - startsAt)
            // The last goes first when they go later: none takes the time that another is about to leave.
            let ordered = all.sorted { shift > 0 ? $0.startsAt > $1.startsAt : $0.startsAt < $1.startsAt }
            for one in ordered {
                let there = one.id == id ? place : .init(agentID: one.agentID, startsAt: one.startsAt.adding(seconds: shift))
                guard try one.id == id || one.isFree(at: there, in: db) else { throw Refusal.otherNotFree }
                _ = try one.move(to: there, why: why, by: acting, at: now, in: db)
            }
            try Message.hurry(about: all.map(\.id), because: urgent, by: acting, at: now, in: db)
        }
    }

    private func lockTogether(_ scope: BookingGroup.Scope, and more: Set<ID<Agent>> = [], at now: Instant, in db: Writer) throws
        -> [Appointment]
    {
        let all = [self] + (try others(scope, at: now, in: db))
        let colleagues = try Appointment.colleagues(of: all.map(\.id), of: territoryID, in: db).values.flatMap { $0 }
        try Agent.lockCalendars(more.union(all.map(\.agentID) + colleagues), of: territoryID, in: db)
        return all
    }

    private func isFree(at place: AppointmentFact.Place, in db: Reader) throws -> Bool {
        let time = place.startsAt..<place.startsAt.adding(seconds: Int(endsAt - startsAt) + gapMinutes * 60)
        return try !Claim.taken(.agent(place.agentID), time, of: territoryID, except: id, in: db)
    }
}

extension Refusal {
    public static let otherNotFree = Refusal(
        .conflict, "other-not-free",
        "Le rendez-vous pris avec celui-ci ne peut pas être déplacé d’autant : l’agent n’est pas libre. Choisissez une autre heure, ou "
            + "déplacez-les séparément.")
    public static let othersUnsaid = Refusal.field(
        "scope", "others-unsaid", "Dites ce que deviennent les autres rendez-vous pris du même geste.")
}
