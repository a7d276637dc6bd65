import Scheduling
import Store

extension Booking {
    /// Finds what meets each wish and locks its calendar, after the agents'. It costs nothing to who wishes for nothing.
    func lockResources(by acting: Acting, at now: Instant, in db: Writer) throws -> [Resource] {
        guard !resources.isEmpty else { return [] }
        let chosen = try chosenResources(by: acting, at: now, in: db)
        try Resource.lockCalendars(Set(chosen.map(\.id)), of: acting.territoryID, in: db)
        return chosen
    }

    /// The first by name of what each wish leaves; what its author holds is free for them.
    func chosenResources(by acting: Acting, at now: Instant, in db: Reader) throws -> [Resource] {
        let place = Numbers.Place(organization: organizationID, site: siteID)
        let all = try Resource.of([organizationID], of: acting.territoryID, in: db).filter { $0.serves(place) && !$0.isRetired }
        return try resources.reduce(into: [Resource]()) { chosen, wish in
            let fitting = all.filter { one in wish.accepts(one) && !chosen.contains { $0.id == one.id } }
            if case .this = wish {
                guard let one = fitting.first else { throw Refusal.notFound }
                return chosen.append(one)
            }
            guard let one = try fitting.first(where: { try isFree($0, by: acting, at: now, in: db) }) else { throw Refusal.noResource }
            chosen.append(one)
        }
    }

    private func isFree(_ resource: Resource, by acting: Acting, at now: Instant, in db: Reader) throws -> Bool {
        guard let minutes = try minutes ?? Reason.find(reasonID, of: acting.territoryID, in: db)?.minutes else { return false }
        let time = startsAt..<startsAt.adding(minutes: minutes)
        return try Resource.taken([resource.id], in: time, of: acting.territoryID, heldBut: acting.agent.id, now: now, in: db).isEmpty
    }

    /// What the database would refuse is said in the words of what is taken.
    func checkFree(_ resources: [Resource], for appointment: Appointment, now: Instant, in db: Writer) throws {
        for resource in resources {
            try Claim.deleteExpired(
                .resource(resource.id), of: appointment.territoryID, heldBy: appointment.createdBy, now: now, in: db)
            guard try !Claim.taken(.resource(resource.id), appointment.time, of: appointment.territoryID, in: db) else {
                throw Refusal.resourceTaken
            }
        }
    }
}
