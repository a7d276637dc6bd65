import Scheduling
import Store

/// Un rendez-vous: an agent's booked time, kept for someone.
public struct Appointment: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Appointment>
    public var agentID: ID<Agent>
    public var organizationID: ID<Organization>
    public var reasonID: ID<Reason>
    public var serviceID: ID<Service>
    public var siteID: ID<Site>?
    /// An ad hoc place, when it is at no site.
    public var place: String
    public var how: How
    /// The number to call, E.164; never missing when `how` is phone.
    public var phone: String?
    /// The video link.
    public var link: String?
    public var startsAt: Instant
    public var endsAt: Instant
    /// What they say of it, at most 200 characters: seen by its agent and its author, deleted 30 days after.
    public var said: String?
    public var overbookedBecause: String?
    /// The cancelled one in whose place it was given.
    public var replacesID: ID<Appointment>?
    public var createdBy: ID<Agent>?
    public var createdAt: Instant
    /// Who took it, by what they were then.
    public var origin = Origin.unknown
    /// Visite à deux: nobody goes there alone. It never says why.
    public var isForTwo = false
    /// Kept free in the agent's calendar after it ends.
    public var gapMinutes = 0
    /// For a follow-up reason, why it is not with the person's referent.
    public var otherAgentBecause: String?
    /// Booked by an agent of another organization: see ``Prescription``.
    public var isPrescribed = false

    public init(
        territoryID: Int64, id: ID<Appointment>, agentID: ID<Agent>, organizationID: ID<Organization>, reasonID: ID<Reason>,
        serviceID: ID<Service>, siteID: ID<Site>?, place: String, how: How, phone: String?, link: String?, startsAt: Instant,
        endsAt: Instant, said: String?, overbookedBecause: String?, replacesID: ID<Appointment>?, createdBy: ID<Agent>?, createdAt: Instant
    ) {
        self.territoryID = territoryID
        self.id = id
        self.agentID = agentID
        self.organizationID = organizationID
        self.reasonID = reasonID
        self.serviceID = serviceID
        self.siteID = siteID
        self.place = place
        self.how = how
        self.phone = phone
        self.link = link
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.said = said
        self.overbookedBecause = overbookedBecause
        self.replacesID = replacesID
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}

extension Appointment {
    static let columns: SQL = """
        appointment.territory_id, appointment.id, appointment.agent_id, appointment.organization_id, appointment.reason_id,
        appointment.service_id, appointment.site_id, appointment.place, appointment.how, appointment.phone, appointment.link,
        appointment.starts_at, appointment.ends_at, appointment.said, appointment.overbooked_because, appointment.replaces_id,
        appointment.created_by, appointment.created_at, appointment.gap_minutes, appointment.other_agent_because,
        appointment.prescribed, appointment.for_two, appointment.origin
        """
    static let columnCount = 23

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            territoryID: try row[offset], id: try row[offset + 1], agentID: try row[offset + 2], organizationID: try row[offset + 3],
            reasonID: try row[offset + 4], serviceID: try row[offset + 5], siteID: try row[offset + 6], place: try row[offset + 7],
            how: try row[offset + 8], phone: try row[offset + 9], link: try row[offset + 10], startsAt: try row[offset + 11],
            endsAt: try row[offset + 12], said: try row[offset + 13], overbookedBecause: try row[offset + 14],
            replacesID: try row[offset + 15], createdBy: try row[offset + 16], createdAt: try row[offset + 17])
        gapMinutes = try row[offset + 18]
        otherAgentBecause = try row[offset + 19]
        isPrescribed = try row[offset + 20]
        isForTwo = try row[offset + 21]
        origin = try row[offset + 22]
    }

    /// The one with this id, if this agent may see it.
    /// - Throws: ``Refusal/notFound`` for what does not exist and for what they may not see.
    public static func find(_ id: ID<Appointment>, seenBy acting: Acting, in db: Reader) throws -> Appointment {
        let found = try db.first(
            """
            SELECT \(columns) FROM appointment
            WHERE appointment.territory_id = \(acting.territoryID) AND appointment.id = \(id) AND \(visible(to: acting))
            """
        ) { try Appointment($0) }
        guard let found else { throw Refusal.notFound }
        return found.hidingWhatWasSaid(from: acting)
    }

    /// Says nothing about who may see it.
    static func find(_ id: ID<Appointment>, of territory: Int64, in db: Reader) throws -> Appointment? {
        try db.first("SELECT \(columns) FROM appointment WHERE territory_id = \(territory) AND id = \(id)") { try Appointment($0) }
    }

    /// What was said is for its agents and its author alone.
    func hidingWhatWasSaid(from acting: Acting, colleagues: [ID<Agent>] = []) -> Appointment {
        guard agentID != acting.agent.id, !colleagues.contains(acting.agent.id), createdBy != acting.agent.id else { return self }
        var hidden = self
        hidden.said = nil
        return hidden
    }

    func insert(in db: Writer) throws {
        try db.send(
            """
            INSERT INTO appointment (territory_id, id, agent_id, organization_id, reason_id, service_id, site_id, place, how, phone, link,
              starts_at, ends_at, said, overbooked_because, replaces_id, created_by, created_at, gap_minutes,
              other_agent_because, prescribed, for_two, origin)
            VALUES (\(territoryID), \(id), \(agentID), \(organizationID), \(reasonID), \(serviceID), \(siteID), \(place), \(how), \(phone),
              \(link), \(startsAt), \(endsAt), \(said), \(overbookedBecause), \(replacesID), \(createdBy), \(createdAt),
              \(gapMinutes), \(otherAgentBecause), \(isPrescribed), \(isForTwo), \(origin))
            """)
    }
}
