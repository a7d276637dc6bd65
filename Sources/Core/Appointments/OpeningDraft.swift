import Scheduling
import Store

/// An opening as someone asks for it.
///
/// Complaints name the fields `reasons`, `site`, `place`, and those of ``StretchDraft``.
public struct OpeningDraft: Sendable, Equatable {
    public var agentID: ID<Agent>
    public var organizationID: ID<Organization>
    public var siteID: ID<Site>?
    /// An ad hoc place, when it is at no site.
    public var place: String
    public var reasonIDs: Set<ID<Reason>>
    /// A permanence of this service, and no reasons.
    public var permanenceOf: ID<Service>?
    public var stretch: StretchDraft
    /// Of the opening that was read before it was changed: a change made meanwhile is refused.
    public var version: Int64?

    public init(
        agentID: ID<Agent>, organizationID: ID<Organization>, siteID: ID<Site>? = nil, place: String = "", reasonIDs: Set<ID<Reason>>,
        permanenceOf: ID<Service>? = nil, stretch: StretchDraft, version: Int64? = nil
    ) {
        self.agentID = agentID
        self.organizationID = organizationID
        self.siteID = siteID
        self.place = place
        self.reasonIDs = reasonIDs
        self.permanenceOf = permanenceOf
        self.stretch = stretch
        self.version = version
    }
}

extension OpeningDraft {
    /// The opening it makes, every rule checked.
    /// - Parameter old: what it replaces: its reasons may stay although they are retired since.
    /// - Throws: a ``Refusal``: 404 for what is unknown or not of that house, sentences beside fields for the rest.
    func checked(replacing old: Opening? = nil, by acting: Acting, at now: Instant, in db: Reader) throws -> Opening {
        var complaints = Complaints()
        try permanenceOf.map { try checkPermanence($0, of: acting.territoryID, &complaints, in: db) }
            ?? checkReasons(keeping: old?.reasonIDs ?? [], of: acting.territoryID, &complaints, in: db)
        try checkPlace(of: acting.territoryID, &complaints, in: db)
        let stretch = stretch.checked(in: acting.territory.zone, at: now, &complaints)
        try complaints.check()
        guard let stretch else { throw Refusal.notFound }
        return Opening(
            id: old?.id ?? .new(), agentID: agentID, organizationID: organizationID, siteID: siteID, place: place,
            stretch: try stretch.keepingExceptions(of: old?.stretch), reasonIDs: reasonIDs,
            permanenceOf: permanenceOf, version: old.map { $0.version + 1 } ?? 0)
    }

    private func checkPermanence(_ service: ID<Service>, of territory: Int64, _ complaints: inout Complaints, in db: Reader) throws {
        if !reasonIDs.isEmpty { complaints.add("reasons", "Une permanence se tient sans rendez-vous : elle n’a pas de motif.") }
        if siteID == nil { complaints.add("site", "Une permanence se tient dans un lieu de la liste : choisissez-en un.") }
        let isTheirs = try db.exists(
            "SELECT 1 FROM agent_service WHERE territory_id = \(territory) AND agent_id = \(agentID) AND service_id = \(service)")
        guard isTheirs else { throw Refusal.notFound }
    }

    private func checkReasons(keeping old: Set<ID<Reason>>, of territory: Int64, _ complaints: inout Complaints, in db: Reader) throws {
        guard !reasonIDs.isEmpty else { return complaints.add("reasons", "Choisissez au moins un motif.") }
        let reasons = try Reason.openable(by: agentID, keeping: old, of: territory, in: db)
        let chosen = reasons.filter { reasonIDs.contains($0.id) }
        guard chosen.count == reasonIDs.count else { throw Refusal.notFound }
        if siteID == nil, place.isEmpty, let needing = chosen.first(where: { $0.how == .site }) {
            complaints.add("site", "« \(needing.name) » se passe sur place : choisissez un lieu, ou écrivez-en un.")
        }
    }

    private func checkPlace(of territory: Int64, _ complaints: inout Complaints, in db: Reader) throws {
        if place.count > 200 { complaints.add("place", "C’est trop long : 200 caractères au plus.") }
        guard let siteID else { return }
        if !place.isEmpty { complaints.add("place", "Choisissez un lieu de la liste, ou écrivez-en un : pas les deux.") }
        let house: ID<Organization>? = try db.first(
            "SELECT organization_id FROM site WHERE territory_id = \(territory) AND id = \(siteID)"
        ) { try $0[0] }
        guard let house else { throw Refusal.notFound }
        if house != organizationID { complaints.add("site", "Ce lieu n’est pas de cette organisation. Choisissez-en un autre.") }
    }
}

extension Reason {
    /// What an agent's openings may be for: the reasons of their services, and those that an opening has already.
    public static func openable(
        by agent: ID<Agent>, keeping old: Set<ID<Reason>> = [], of territory: Int64, in db: Reader
    ) throws -> [Reason] {
        try db.all(
            """
            SELECT \(columns) FROM reason JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            WHERE reason.territory_id = \(territory) AND (reason.id IN \(list: old.sorted()) OR (reason.retired_at IS NULL AND EXISTS (
              SELECT 1 FROM agent_service WHERE agent_service.territory_id = reason.territory_id
                AND agent_service.agent_id = \(agent) AND agent_service.service_id = reason.service_id)))
            ORDER BY service.name, reason.name, reason.id
            """
        ) { try Reason($0) }
    }
}
