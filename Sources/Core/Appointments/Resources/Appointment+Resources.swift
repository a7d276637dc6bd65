import Scheduling
import Store

/// A resource that an appointment takes (table `appointment_resource`), and what was answered about it.
public struct ReservedResource: Sendable, Equatable {
    public let resource: Resource
    public var standing: Standing
    public let why: String
    public let answeredAt: Instant?
    public let answeredBy: ID<Agent>?

    public enum Standing: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case reserved
        case toConfirm = "to-confirm"
        case accepted, refused

        public var label: String {
            switch self {
            case .reserved: "réservé"
            case .toConfirm: "à confirmer"
            case .accepted: "accepté"
            case .refused: "refusé"
            }
        }

        /// What is refused is free for another.
        public var keepsTime: Bool { self != .refused }
    }

    public init(resource: Resource, standing: Standing, why: String = "", answeredAt: Instant? = nil, answeredBy: ID<Agent>? = nil) {
        self.resource = resource
        self.standing = standing
        self.why = why
        self.answeredAt = answeredAt
        self.answeredBy = answeredBy
    }
}

extension ReservedResource {
    /// By appointment, each by name.
    static func of(_ appointments: [ID<Appointment>], of territory: Int64, in db: Reader) throws -> [ID<Appointment>: [ReservedResource]] {
        guard !appointments.isEmpty else { return [:] }
        var found: [ID<Appointment>: [ReservedResource]] = [:]
        try db.forEach(
            """
            SELECT appointment_resource.appointment_id, appointment_resource.standing, appointment_resource.why,
              appointment_resource.answered_at, appointment_resource.answered_by, \(Resource.columns)
            FROM appointment_resource JOIN resource
              ON resource.territory_id = appointment_resource.territory_id AND resource.id = appointment_resource.resource_id
            WHERE appointment_resource.territory_id = \(territory) AND appointment_resource.appointment_id IN \(list: appointments)
            ORDER BY resource.name, resource.id
            """
        ) { row in
            let one = ReservedResource(
                resource: try Resource(row, at: 5), standing: try row[1], why: try row[2], answeredAt: try row[3], answeredBy: try row[4])
            found[try row[0], default: []].append(one)
        }
        return found
    }
}

extension Appointment {
    public func resources(in db: Reader) throws -> [ReservedResource] {
        try ReservedResource.of([id], of: territoryID, in: db)[id] ?? []
    }

    /// Those whose time it keeps.
    func keptResources(in db: Reader) throws -> [ID<Resource>] {
        try db.all(
            """
            SELECT resource_id FROM appointment_resource
            WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND standing <> 'refused' ORDER BY resource_id
            """
        ) { try $0[0] }
    }

    func add(_ resource: Resource, in db: Writer) throws {
        let standing: ReservedResource.Standing = resource.needsAcceptance ? .toConfirm : .reserved
        try db.run(
            """
            INSERT INTO appointment_resource (territory_id, appointment_id, resource_id, standing, why)
            VALUES (\(territoryID), \(id), \(resource.id), \(standing), '')
            """)
    }

    /// An acceptance was for the time it had.
    func askResourcesAgain(in db: Writer) throws {
        try db.run(
            """
            UPDATE appointment_resource SET standing = \(ReservedResource.Standing.toConfirm), answered_at = NULL, answered_by = NULL, why = ''
            WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND standing = \(ReservedResource.Standing.accepted)
            """)
    }
}
