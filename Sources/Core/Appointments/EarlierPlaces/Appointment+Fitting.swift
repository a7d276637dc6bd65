import Scheduling
import Store

extension Appointment {
    /// Whether it could stand there now as it is: what a booking of that slot asks is asked of it.
    func fits(_ place: AppointmentFact.Place, _ reason: Reason, of territory: Territory, at now: Instant, in db: Reader) throws -> Bool {
        guard reason.retiredAt == nil, place.startsAt >= now.adding(minutes: reason.earliestMinutes) else { return false }
        var moved = self
        (moved.agentID, moved.startsAt) = (place.agentID, place.startsAt)
        moved.endsAt = place.startsAt.adding(seconds: Int(endsAt - startsAt))
        return try moved.isWith(place.agentID, insteadOf: agentID, reason, in: db) && moved.isOpen(in: territory, db: db)
            && moved.isFree(at: now, in: db)
    }

    /// Of its house, and for a follow-up reason the referent.
    private func isWith(_ agent: ID<Agent>, insteadOf before: ID<Agent>, _ reason: Reason, in db: Reader) throws -> Bool {
        guard try Agent.works(agent, in: organizationID, of: territoryID, in: db), try !colleagues(in: db).contains(agent) else {
            return false
        }
        guard reason.isFollowUp, agent != before else { return true }
        let people = try Participation.of(self, in: db).map(\.personID)
        return try Referent.isOne(agent, in: serviceID, of: people, territoryID, db)
    }

    private func isOpen(in territory: Territory, db: Reader) throws -> Bool {
        guard try Bascule.standing(over: self, of: territory, in: db) == nil else { return false }
        do {
            try Opening.check(covers: self, of: territory, in: db)
            for colleague in try colleagues(in: db) { try Opening.check(colleague, beside: self, of: territory, in: db) }
        } catch let refusal as Refusal where refusal == .slotClosed {
            return false
        }
        return true
    }

    private func isFree(at now: Instant, in db: Reader) throws -> Bool {
        let people = try Participation.of(self, in: db).filter(\.status.keepsTime).map { Claim.Holder.person($0.personID) }
        return try (holders(in: db).map(\.holder) + people).allSatisfy { holder in
            try !Claim.taken(holder, holder.time(of: self), of: territoryID, except: id, at: now, in: db)
        }
    }
}
