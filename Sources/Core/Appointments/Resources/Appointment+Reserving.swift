import Scheduling
import Store

/// Reserving a resource for an appointment that stands, giving it back, and writing down what was answered.
extension Appointment {
    /// - Throws: a ``Refusal``; nothing is written then.
    public func reserve(_ resource: ID<Resource>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await change(in: store) { db in
            let current = try ready(and: [resource], by: acting, in: db)
            try current.take(resource, by: acting, at: now, in: db)
        }
    }

    public func release(_ resource: ID<Resource>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await change(in: store) { db in
            let current = try ready(by: acting, in: db)
            let removed = try db.run(
                """
                DELETE FROM appointment_resource
                WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND resource_id = \(resource)
                """)
            guard removed == 1 else { throw Refusal.notReserved }
            try Claim.delete(.resource(resource), of: current, in: db)
            try current.record(resource, "released", by: acting, at: now, in: db)
        }
    }

    /// Accepté or refusé: what is refused is free for another, and the appointment says that one is still to be found.
    public func answer(
        _ resource: ID<Resource>, accepted: Bool, why: String = "", by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        guard why.count <= 200 else { throw Refusal.field("why", "too-long", "200 caractères au plus : gardez l’essentiel.") }
        try await change(in: store) { db in
            let current = try ready(by: acting, in: db)
            guard let known = try current.resources(in: db).first(where: { $0.resource.id == resource }), known.standing == .toConfirm
            else { throw Refusal.alreadyAnswered }
            let standing: ReservedResource.Standing = accepted ? .accepted : .refused
            try db.run(
                """
                UPDATE appointment_resource SET standing = \(standing), why = \(why), answered_at = \(now), answered_by = \(acting.agent.id)
                WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND resource_id = \(resource)
                """)
            if !accepted { try Claim.delete(.resource(resource), of: current, in: db) }
            try current.record(resource, standing.rawValue, by: acting, at: now, in: db)
        }
    }

    private func ready(and others: Set<ID<Resource>> = [], by acting: Acting, in db: Writer) throws -> Appointment {
        try lockCalendars(andResources: others, in: db)
        let current = try Appointment.find(id, seenBy: acting, in: db)
        try acting.require(.book, in: organizationID)
        guard try Participation.of(current, in: db).contains(where: { $0.status == .upcoming }) else { throw Refusal.notUpcoming }
        return current
    }

    private func take(_ id: ID<Resource>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let place = Numbers.Place(organization: organizationID, site: siteID)
        guard let resource = try Resource.find(id, of: territoryID, in: db), resource.serves(place), !resource.isRetired else {
            throw Refusal.notFound
        }
        guard try !resources(in: db).contains(where: { $0.resource.id == id }) else { throw Refusal.alreadyReserved }
        try Claim.deleteExpired(.resource(id), of: territoryID, now: now, in: db)
        guard try !Claim.taken(.resource(id), time, of: territoryID, in: db) else { throw Refusal.resourceTaken }
        try add(resource, in: db)
        try Claim.insert(.resource(id), for: self, overbooked: false, in: db)
        try record(id, "reserved", by: acting, at: now, in: db)
    }

    private func record(_ resource: ID<Resource>, _ act: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        let facts = ["what": "resource", "appointment": id.description, "resource": resource.description, "act": act]
        for one in try Participation.of(self, in: db) {
            try Journal.record(.changed, about: one.personID.uuid, facts, by: acting, at: now, in: db)
        }
    }
}

extension Refusal {
    public static let resourceTaken = Refusal(
        .conflict, "resource-taken", "Cette ressource vient d’être prise à cette heure. Choisissez-en une autre, ou un autre créneau.")
    public static let noResource = Refusal(
        .conflict, "no-resource", "Aucune ressource de cette sorte n’est libre à cette heure. Choisissez un autre créneau, ou faites sans.")
    public static let alreadyReserved = Refusal.field("resource", "already-reserved", "Elle est déjà sur ce rendez-vous.")
    public static let notReserved = Refusal(.conflict, "not-reserved", "Cette ressource n’est plus sur ce rendez-vous.")
    public static let alreadyAnswered = Refusal(
        .conflict, "already-answered", "La réponse est déjà notée. Rouvrez le rendez-vous pour voir où il en est.")
}

extension Appointment {
    /// What of its house is free at its time, by name.
    public func reservable(by acting: Acting, at now: Instant, in db: Reader) throws -> [Resource] {
        guard acting.can(.book, in: organizationID) else { return [] }
        let place = Numbers.Place(organization: organizationID, site: siteID)
        let all = try Resource.of([organizationID], of: territoryID, in: db).filter { $0.serves(place) && !$0.isRetired }
        let taken = try Resource.taken(all.map(\.id), in: time, of: territoryID, now: now, in: db).map(\.resource)
        return all.filter { !taken.contains($0.id) }
    }
}
