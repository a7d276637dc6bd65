import Scheduling
import Store

/// Une prescription: an appointment that an agent booked in another organization of the territory, for someone they follow.
///
/// Who prescribes sees the free hours and the places, not the agendas nor who keeps them; once it is booked, that appointment and what
/// becomes of it. It is the other house's to move, to cancel and to close, and the person is one of those it follows from then on.
public struct Prescription: Sendable, Equatable {
    public let agentName: String
    public let organizationName: String

    public init(agentName: String, organizationName: String) {
        self.agentName = agentName
        self.organizationName = organizationName
    }
}

extension Prescription {
    /// Who prescribed an appointment; `nil` for one that its own house booked.
    public static func of(_ appointment: Appointment, in db: Reader) throws -> Prescription? {
        guard appointment.isPrescribed else { return nil }
        return try db.first(
            """
            SELECT agent.first_name, agent.last_name, organization.name FROM prescription
            JOIN agent ON agent.territory_id = prescription.territory_id AND agent.id = prescription.agent_id
            JOIN organization ON organization.territory_id = prescription.territory_id AND organization.id = prescription.organization_id
            WHERE prescription.territory_id = \(appointment.territoryID) AND prescription.appointment_id = \(appointment.id)
            """
        ) { Prescription(agentName: Person.displayName(firstName: try $0[0], lastName: try $0[1]), organizationName: try $0[2]) }
    }
}

extension Organization {
    /// The organizations of the territory where this agent books nothing by themselves; none for who books nowhere.
    static func beyond(_ acting: Acting, in db: Reader) throws -> [ID<Organization>] {
        let own = acting.organizations(with: .book)
        guard !own.isEmpty else { return [] }
        return try db.all(
            "SELECT id FROM organization WHERE territory_id = \(acting.territoryID) AND id NOT IN \(list: own) ORDER BY id"
        ) { try $0[0] }
    }
}

extension Booking {
    /// Only a free slot is prescribed, as the other house opened it: neither written into its agendas nor placed beside another.
    func checkPrescribing() throws {
        guard asSlot, overbookBecause == nil, minutes == nil, replacesID == nil else { throw Refusal.forbidden }
    }

    /// Says who prescribed it, and lets whoever receives the people open their files.
    func prescribe(
        _ appointment: Appointment, from house: ID<Organization>, _ people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try db.run(
            """
            INSERT INTO prescription (territory_id, appointment_id, agent_id, organization_id)
            VALUES (\(acting.territoryID), \(appointment.id), \(acting.agent.id), \(house))
            """)
        for person in people { try person.join(appointment.organizationID, by: acting, at: now, in: db) }
    }
}
