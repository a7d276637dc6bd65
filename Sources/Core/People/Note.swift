import Foundation
import Scheduling
import Store

/// What an agent wrote of a person (table `note`, and `private_note` for those that only one agent reads).
public struct Note: Sendable, Equatable {
    /// Who reads a note.
    public enum Visibility: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        /// The agents of its service.
        case service
        /// All those who may read notes where the person is followed.
        case everyone
        /// Its author alone, even against administrators.
        case secret = "private"

        public var label: String {
            switch self {
            case .service: "Les agents du service"
            case .everyone: "Tous ceux qui suivent la personne"
            case .secret: "Moi seul"
            }
        }
    }

    public let id: ID<Note>
    public let personID: ID<Person>
    public let serviceID: ID<Service>
    public let authorID: ID<Agent>
    public let text: String
    public let createdAt: Instant
    public let visibility: Visibility

    public static let longest = 5_000

    public init(
        id: ID<Note> = .new(), personID: ID<Person>, serviceID: ID<Service>, authorID: ID<Agent>, text: String, createdAt: Instant,
        visibility: Visibility = .service
    ) {
        self.id = id
        self.personID = personID
        self.serviceID = serviceID
        self.authorID = authorID
        self.text = text
        self.createdAt = createdAt
        self.visibility = visibility
    }
}

extension Note {
    /// - Throws: a ``Refusal``: nothing written, too long, not one's service, not one's person.
    public static func add(
        _ typed: String, of service: ID<Service>, seenBy visibility: Visibility = .service, on person: ID<Person>, by acting: Acting,
        at now: Instant, in db: Writer
    ) throws -> Note {
        try Person.requireContent(.writeNotes, of: person, by: acting, in: db)
        guard acting.services.contains(service) else { throw Refusal.notYourService }
        let text = typed.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal.field("text", "empty-note", "Écrivez la note.") }
        guard text.count <= longest else {
            throw Refusal.field("text", "note-too-long", "\(longest) caractères au plus : coupez-la en deux notes.")
        }
        guard !text.unicodeScalars.contains("\0") else {
            throw Refusal.field("text", "not-text", "Cette note contient des caractères illisibles.")
        }
        let note = Note(
            personID: person, serviceID: service, authorID: acting.agent.id, text: text, createdAt: now, visibility: visibility)
        try note.insert(of: acting.territoryID, in: db)
        try Journal.record(
            .created, about: person.uuid,
            ["what": "note", "note": note.id.description, "service": service.description, "seen_by": visibility.rawValue], by: acting,
            at: now, in: db)
        return note
    }

    private func insert(of territory: Int64, in db: Writer) throws {
        if visibility == .secret {
            try db.run(
                """
                INSERT INTO private_note (territory_id, id, person_id, service_id, author_id, keeper_id, text, created_at)
                VALUES (\(territory), \(id), \(personID), \(serviceID), \(authorID), \(authorID), \(text), \(createdAt))
                """)
        } else {
            try db.run(
                """
                INSERT INTO note (territory_id, id, person_id, service_id, author_id, text, created_at, visibility)
                VALUES (\(territory), \(id), \(personID), \(serviceID), \(authorID), \(text), \(createdAt), \(visibility))
                """)
        }
    }
}

extension Note {
    /// The one access rule of notes that are not private, past ``mayRead(of:by:in:)``.
    static func visible(to acting: Acting) -> SQL {
        "(note.visibility = 'everyone' OR note.service_id IN \(list: acting.services.sorted()))"
    }

    /// Nobody reads notes of someone who is followed where they may not.
    static func mayRead(of person: ID<Person>, by acting: Acting, in db: Reader) throws -> Bool {
        try Person.isOfOrganizations(person, acting.organizations(with: .readNotes), of: acting.territoryID, in: db)
    }

    /// Newest first: those of the agent's services, those for everyone, and their own private ones; none for who may not read notes
    /// where this person is followed.
    public static func of(_ person: ID<Person>, readBy acting: Acting, in db: Reader) throws -> [Note] {
        guard try mayRead(of: person, by: acting, in: db) else { return [] }
        return try all("person_id = \(person)", readBy: acting, in: db)
    }

    /// Those of a filter over columns that both tables have.
    static func all(_ filter: SQL, readBy acting: Acting, in db: Reader) throws -> [Note] {
        try db.all(
            """
            SELECT id, person_id, service_id, author_id, text, created_at, visibility FROM note
            WHERE territory_id = \(acting.territoryID) AND \(filter) AND \(visible(to: acting))
            UNION ALL SELECT id, person_id, service_id, author_id, text, created_at, 'private' FROM private_note
            WHERE territory_id = \(acting.territoryID) AND \(filter) AND keeper_id = \(acting.agent.id)
            ORDER BY created_at DESC, id DESC
            """
        ) { row in
            Note(
                id: try row[0], personID: try row[1], serviceID: try row[2], authorID: try row[3], text: try row[4], createdAt: try row[5],
                visibility: try row[6])
        }
    }
}

extension Person {
    /// Someone of an organization where the agent may find people, and where this permission holds.
    static func requireContent(_ permission: Permission, of id: ID<Person>, by acting: Acting, in db: Reader) throws {
        guard try isOfOrganizations(id, acting.organizations(with: .findPeople), of: acting.territoryID, in: db) else {
            throw Refusal.notFound
        }
        guard try isOfOrganizations(id, acting.organizations(with: permission), of: acting.territoryID, in: db) else {
            throw Refusal.forbidden
        }
    }
}

extension Refusal {
    public static let notYourService = Refusal.field("service", "not-your-service", "Choisissez l’un de vos services.")
}
