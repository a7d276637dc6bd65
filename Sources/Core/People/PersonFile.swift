import Scheduling
import Store

/// What one agent sees of a person, beyond who they are: read after ``Person/open(_:by:at:in:)``.
public struct PersonFile: Sendable {
    public let organizations: [Organization]
    public var detail = PersonDetail.none
    /// Names of the tags on the file.
    public var tagNames: [String] = []
    /// The fields that the territory does without.
    public var off: Set<PersonField> = []
    public var relatives: [Relative] = []
    /// The latest first.
    public var protections: [Protection] = []
    /// When the file is put away.
    public var archiving: Archiving?
    public let referents: [Referent]
    public let notes: [Note]
    public let appointments: [AppointmentOfPerson]
    /// What will be said of the appointments that the agent sees.
    public let messages: [Message]
    /// Names of the authors of notes and of who said the privacy sentence.
    public let agentNames: [ID<Agent>: String]
    /// Names of the agent's own services.
    public let serviceNames: [ID<Service>: String]
    /// The agent may change the file: one of the organizations where they may edit people follows the person.
    public let editable: Bool
    public let mayWriteNotes: Bool
    /// The files that went into this one.
    public let merges: [MergedPerson]

    public init(
        organizations: [Organization], referents: [Referent] = [], notes: [Note] = [], appointments: [AppointmentOfPerson] = [],
        messages: [Message] = [], agentNames: [ID<Agent>: String] = [:], serviceNames: [ID<Service>: String] = [:], editable: Bool = false,
        mayWriteNotes: Bool = false, merges: [MergedPerson] = []
    ) {
        self.organizations = organizations
        self.referents = referents
        self.notes = notes
        self.appointments = appointments
        self.messages = messages
        self.agentNames = agentNames
        self.serviceNames = serviceNames
        self.editable = editable
        self.mayWriteNotes = mayWriteNotes
        self.merges = merges
    }
}

extension PersonFile {
    public static func read(_ person: Person, by acting: Acting, at now: Instant, in db: Reader) throws -> PersonFile {
        let notes = try Note.of(person.id, readBy: acting, in: db)
        let appointments = try AppointmentOfPerson.all(of: person.id, seenBy: acting, at: now, in: db)
        let merges = try MergedPerson.into(person.id, of: person.territoryID, in: db)
        let visible = Set(appointments.compactMap(\.full?.appointment.id))
        let archiving = try Archiving.of(person.id, of: person.territoryID, in: db)
        var file = PersonFile(
            organizations: try Organization.following(person.id, of: person.territoryID, in: db),
            referents: try Referent.of(person.id, seenBy: acting, in: db), notes: notes, appointments: appointments,
            messages: try Message.hidingAddresses(
                try Message.due(to: person.id, of: person.territoryID, in: db).filter { $0.appointmentID.map(visible.contains) ?? true },
                from: acting, in: db),
            agentNames: try Agent.names(
                of: notes.map(\.authorID) + merges.map(\.agentID) + [person.informedBy, archiving?.by].compactMap { $0 },
                in: acting.territoryID, db),
            serviceNames: try Service.names(of: acting.services.sorted(), in: acting.territoryID, db),
            editable: try Person.isEditable(person.id, by: acting, in: db),
            mayWriteNotes: try Person.isOfOrganizations(
                person.id, acting.organizations(with: .writeNotes), of: person.territoryID, in: db),
            merges: merges)
        file.archiving = archiving
        try file.readDetail(of: person, in: db)
        file.relatives = try Relative.of(person.id, seenBy: acting, at: now, in: db)
        file.protections = try Protection.of(person.id, of: person.territoryID, in: db)
        return file
    }

    private mutating func readDetail(of person: Person, in db: Reader) throws {
        detail = try PersonDetail.of(person.id, of: person.territoryID, in: db)
        off = try PersonField.off(of: person.territoryID, in: db)
        guard !detail.tags.isEmpty else { return }
        tagNames = try PersonTag.all(of: person.territoryID, in: db).filter { detail.tags.contains($0.id) }.map(\.name)
    }
}

extension Organization {
    /// Some of a territory's, by name.
    public static func named(_ ids: [ID<Organization>], of territory: Int64, in db: Reader) throws -> [Organization] {
        try db.all(
            """
            SELECT \(columns) FROM organization WHERE territory_id = \(territory) AND id IN \(list: ids) ORDER BY name, id
            """
        ) { try Organization($0) }
    }

    /// Those that follow a person, by name.
    static func following(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> [Organization] {
        try db.all(
            """
            SELECT \(columns) FROM person_organization
            JOIN organization ON organization.territory_id = person_organization.territory_id
              AND organization.id = person_organization.organization_id
            WHERE person_organization.territory_id = \(territory) AND person_organization.person_id = \(person)
            ORDER BY organization.name
            """
        ) { try Organization($0) }
    }
}

extension Agent {
    static func names(of agents: [ID<Agent>], in territory: Int64, _ db: Reader) throws -> [ID<Agent>: String] {
        var names: [ID<Agent>: String] = [:]
        let wanted = Set(agents).sorted()
        try db.forEach("SELECT id, first_name, last_name FROM agent WHERE territory_id = \(territory) AND id IN \(list: wanted)") { row in
            names[try row[0]] = Person.displayName(firstName: try row[1], lastName: try row[2])
        }
        return names
    }
}

extension Service {
    static func names(of services: [ID<Service>], in territory: Int64, _ db: Reader) throws -> [ID<Service>: String] {
        var names: [ID<Service>: String] = [:]
        try db.forEach("SELECT id, name FROM service WHERE territory_id = \(territory) AND id IN \(list: services)") { row in
            names[try row[0]] = try row[1]
        }
        return names
    }
}
