import Scheduling
import Store

extension Arrival {
    /// Calls who has waited longest, without an appointment, for a service at a site. Two agents who call at once call two people.
    /// - Throws: a ``Refusal``: nobody waits, or the permanence is held by others.
    public static func callNext(
        for service: ID<Service>, at site: ID<Site>, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Arrival {
        try acting.requireWriting()
        // As many as may be taken by colleagues meanwhile.
        for _ in 0..<20 {
            let first: ID<Arrival>? = try db.first(next(for: service, at: site, by: acting, at: now)) { try $0[0] }
            guard let first else { throw Refusal.nobodyWaits }
            if let called = try call(first, by: acting, at: now, in: db) { return called }
        }
        throw Refusal.nobodyWaits
    }

    /// Calls someone out of turn.
    /// - Throws: a ``Refusal``: a colleague called them first, or the permanence is held by others.
    static func callOne(_ id: ID<Arrival>, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard try call(id, by: acting, at: now, in: db) != nil else { throw Refusal.arrivalFollowed }
    }

    private static func next(for service: ID<Service>, at site: ID<Site>, by acting: Acting, at now: Instant) -> SQL {
        let day = acting.territory.zone.day(acting.territory.zone.civil(now).date)
        return """
            SELECT arrival.id FROM arrival
            WHERE arrival.territory_id = \(acting.territoryID) AND arrival.site_id = \(site) AND arrival.service_id = \(service)
              AND arrival.at >= \(day.lowerBound) AND arrival.at < \(day.upperBound) AND arrival.appointment_id IS NULL
              AND arrival.received_at IS NULL AND arrival.left_at IS NULL AND \(visible(to: acting))
              AND NOT EXISTS (SELECT 1 FROM arrival_call WHERE arrival_call.territory_id = arrival.territory_id
                AND arrival_call.arrival_id = arrival.id)
            ORDER BY arrival.at, arrival.id LIMIT 1
            """
    }

    /// - Returns: nil when someone else called them first, or they no longer wait.
    private static func call(_ id: ID<Arrival>, by acting: Acting, at now: Instant, in db: Writer) throws -> Arrival? {
        let arrival = try find(id, seenBy: acting, in: db)
        let holders = try arrival.holders(for: acting, at: now, in: db)
        guard holders.isEmpty || holders.contains(acting.agent.id) else { throw Refusal.permanenceOfOthers }
        try Agent.lockCalendars(holders, of: acting.territoryID, in: db)
        let called = try db.run(
            """
            INSERT INTO arrival_call (territory_id, arrival_id, agent_id, at)
            SELECT territory_id, id, \(acting.agent.id), \(now) FROM arrival
            WHERE territory_id = \(acting.territoryID) AND id = \(id) AND received_at IS NULL AND left_at IS NULL
            ON CONFLICT (territory_id, arrival_id) DO NOTHING
            """)
        guard called == 1 else { return nil }
        try arrival.journal(.changed, "called", by: acting, at: now, in: db)
        return arrival
    }

    /// Who holds today the permanence that someone without an appointment came for: their screens are told.
    func holders(for acting: Acting, at now: Instant, in db: Reader) throws -> Set<ID<Agent>> {
        guard appointmentID == nil else { return [] }
        let today = acting.territory.zone.civil(now).date
        return try Permanence.on(today, in: [organizationID], knownTo: acting, db: db).holders(of: serviceID, at: siteID)
    }
}

extension Refusal {
    public static let nobodyWaits = Refusal(.conflict, "nobody-waits", "Personne n’attend plus dans cette file.")
    public static let permanenceOfOthers = Refusal(
        .forbidden, "permanence-of-others", "Cette permanence est tenue par d’autres agents : c’est à eux d’appeler.")
}
