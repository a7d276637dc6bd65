import Scheduling
import Store

extension Appointment {
    /// Undoes a recorded change: the status, the time and the agent are again what they were before it, if that time is still free.
    /// - Throws: ``Refusal/slotTaken`` when someone else has been given that time since; nothing is written then.
    public func undo(_ fact: ID<AppointmentFact>, by acting: Acting, at now: Instant, in store: Store) async throws {
        let current = self
        try await change(in: store) { db in
            try current.lockCalendars(and: try current.agentsOf(fact, in: db), in: db)
            let current = try Appointment.find(id, seenBy: acting, in: db)
            guard let undone = try current.lastFact(in: db), undone.id == fact else { throw Refusal.alreadyChanged }
            try current.undo(undone, by: acting, at: now, in: db)
        }
    }

    /// The last change that still holds: the one that can be undone.
    public func lastFact(in db: Reader) throws -> AppointmentFact? {
        let facts = try AppointmentFact.of(self, in: db)
        let undone = Set(facts.compactMap(\.undoes))
        return facts.last { $0.undoes == nil && !undone.contains($0.id) }
    }

    private func agentsOf(_ fact: ID<AppointmentFact>, in db: Reader) throws -> Set<ID<Agent>> {
        guard let found = try AppointmentFact.of(self, in: db).first(where: { $0.id == fact }) else { throw Refusal.notFound }
        if case .moved(let before, let after) = found.change { return [before.agentID, after.agentID, agentID] }
        return [agentID]
    }

    private func undo(_ fact: AppointmentFact, by acting: Acting, at now: Instant, in db: Writer) throws {
        switch fact.change {
        case .status(let before, _):
            try acting.require(.closeAppointments, in: organizationID)
            guard let person = fact.personID else { throw Refusal.notFound }
            try set(before, for: person, why: "", undoing: fact.id, by: acting.author, at: now, in: db)
        case .moved(let before, _):
            _ = try move(to: before, undoing: fact.id, by: acting, at: now, in: db)
        }
    }
}

extension Refusal {
    public static let alreadyChanged = Refusal(
        .conflict, "already-changed", "Ce rendez-vous a changé entre-temps. Rouvrez-le pour voir où il en est.")
}
