import Foundation
import Scheduling
import Store

/// What an agent of a service wrote of a person; read by those of the same service (table `note`).
public struct Note: Sendable, Equatable {
    public let id: ID<Note>
    public let personID: ID<Person>
    public let serviceID: ID<Service>
    public let authorID: ID<Agent>
    public let text: String
    public let createdAt: Instant

    public static let longest = 5_000

    public init(
        id: ID<Note> = .new(), personID: ID<Person>, serviceID: ID<Service>, authorID: ID<Agent>, text: String, createdAt: Instant
    ) {
        self.id = id
        self.personID = personID
        self.serviceID = serviceID
        self.authorID = authorID
        self.text = text
        self.createdAt = createdAt
    }
}

extension Note {
    /// - Throws: a ``Refusal``: nothing written, too long, not one's service, not one's person.
    public static func add(
        _ typed: String, of service: ID<Service>, on person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer
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
        let note = Note(personID: person, serviceID: service, authorID: acting.agent.id, text: text, createdAt: now)
        try note.insert(of: acting.territoryID, in: db)
        try Journal.record(
            .created, about: person.uuid, ["what": "note", "note": note.id.description, "service": service.description], by: acting,
            at: now, in: db)
        return note
    }

    private func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO note (territory_id, id, person_id, service_id, author_id, text, created_at)
            VALUES (\(territory), \(id), \(personID), \(serviceID), \(authorID), \(text), \(createdAt))
            """)
    }

    /// Those of the agent's services, newest first; none for who may not read notes where this person is followed.
    public static func of(_ person: ID<Person>, readBy acting: Acting, in db: Reader) throws -> [Note] {
        let houses = acting.organizations(with: .readNotes)
        guard try Person.isOfOrganizations(person, houses, of: acting.territoryID, in: db) else { return [] }
        return try db.all(
            """
            SELECT id, person_id, service_id, author_id, text, created_at FROM note
            WHERE territory_id = \(acting.territoryID) AND person_id = \(person) AND service_id IN \(list: acting.services.sorted())
            ORDER BY created_at DESC, id DESC
            """
        ) { row in
            Note(
                id: try row[0], personID: try row[1], serviceID: try row[2], authorID: try row[3], text: try row[4], createdAt: try row[5])
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
