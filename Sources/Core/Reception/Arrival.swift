import Scheduling
import Store

/// Someone who has come to a site: for their appointment, or without one (table `arrival`).
public struct Arrival: Sendable, Equatable {
    public let id: ID<Arrival>
    public let organizationID: ID<Organization>
    public let siteID: ID<Site>
    /// Nothing for who comes without one.
    public let appointmentID: ID<Appointment>?
    public let personID: ID<Person>?
    public let serviceID: ID<Service>
    /// As they said it; empty for who gives none. Of someone with an appointment, the file has it.
    public let name: String
    /// « sa fille », « un interprète »; empty for who comes alone.
    public let companion: String
    public let at: Instant
    public let receivedAt: Instant?
    public let leftAt: Instant?

    public static let longest = 100

    public init(
        id: ID<Arrival> = .new(), organizationID: ID<Organization>, siteID: ID<Site>, appointmentID: ID<Appointment>? = nil,
        personID: ID<Person>? = nil, serviceID: ID<Service>, name: String = "", companion: String = "", at: Instant,
        receivedAt: Instant? = nil, leftAt: Instant? = nil
    ) {
        self.id = id
        self.organizationID = organizationID
        self.siteID = siteID
        self.appointmentID = appointmentID
        self.personID = personID
        self.serviceID = serviceID
        self.name = name
        self.companion = companion
        self.at = at
        self.receivedAt = receivedAt
        self.leftAt = leftAt
    }

    /// Still in the waiting room.
    public var isWaiting: Bool { receivedAt == nil && leftAt == nil }
}

extension Arrival {
    static let columns: SQL = """
        arrival.id, arrival.organization_id, arrival.site_id, arrival.appointment_id, arrival.person_id, arrival.service_id, arrival.name,
        arrival.companion, arrival.at, arrival.received_at, arrival.left_at
        """
    static let columnCount = 11

    init(_ row: Row) throws {
        self.init(
            id: try row[0], organizationID: try row[1], siteID: try row[2], appointmentID: try row[3], personID: try row[4],
            serviceID: try row[5], name: try row[6], companion: try row[7], at: try row[8], receivedAt: try row[9], leftAt: try row[10])
    }

    func insert(by acting: Acting, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO arrival (territory_id, id, organization_id, site_id, appointment_id, person_id, service_id, name, companion, at,
              by_agent_id)
            VALUES (\(acting.territoryID), \(id), \(organizationID), \(siteID), \(appointmentID), \(personID), \(serviceID), \(name),
              \(companion), \(at), \(acting.agent.id))
            """)
    }

    /// The one access rule of waiting rooms: those of an organization whose every appointment one sees; those who wait for one of one's
    /// services, in an organization where one sees its appointments.
    static func visible(to acting: Acting) -> SQL {
        """
        (arrival.organization_id IN \(list: acting.organizations(with: .seeEveryAppointment))
          OR (arrival.organization_id IN \(list: acting.organizations(with: .seeServiceAppointments))
            AND arrival.service_id IN \(list: acting.services.sorted())))
        """
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Arrival>, seenBy acting: Acting, in db: Reader) throws -> Arrival {
        let found = try db.first(
            "SELECT \(columns) FROM arrival WHERE territory_id = \(acting.territoryID) AND id = \(id) AND \(visible(to: acting))"
        ) { try Arrival($0) }
        guard let found else { throw Refusal.notFound }
        return found
    }
}
