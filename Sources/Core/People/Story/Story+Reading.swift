import Foundation
import Scheduling
import Store

extension Story {
    /// One page, read after ``Person/open(_:by:at:in:)``.
    /// - Parameter part: all of it, when `nil`.
    public static func of(
        _ person: ID<Person>, _ part: Part? = nil, before mark: Mark? = nil, limit: Int, seenBy acting: Acting, in db: Reader
    ) throws -> Story {
        let keys = try keys(of: person, part, before: mark, limit: limit + 1, seenBy: acting, in: db)
        let page = Array(keys.prefix(limit))
        let events = try Events(page, of: person, seenBy: acting, in: db)
        let entries = page.compactMap { key in events[key].map { Entry(at: key.at, id: key.id, event: $0) } }
        return Story(entries: entries, next: keys.count > limit ? page.last.map { Mark(at: $0.at, id: $0.id) } : nil)
    }

    struct Key: Equatable {
        let at: Instant
        let id: UUID
        let kind: Int
    }

    /// Times and ids alone: what a page shows is read for the few that are on it.
    private static func keys(
        of person: ID<Person>, _ part: Part?, before mark: Mark?, limit: Int, seenBy acting: Acting, in db: Reader
    ) throws -> [Key] {
        let parts = try (part.map { [$0] } ?? Part.allCases).flatMap { try selects(of: person, $0, acting, in: db) }
        guard !parts.isEmpty else { return [] }
        let after: SQL = mark.map { "WHERE at < \($0.at) OR (at = \($0.at) AND id < \($0.id))" } ?? ""
        return try db.all(
            "SELECT at, id, kind FROM (\(SQL(joined: parts, by: " UNION ALL "))) AS story \(after) ORDER BY at DESC, id DESC LIMIT \(limit)"
        ) { Key(at: try $0[0], id: try $0[1], kind: try $0[2]) }
    }

    private static func selects(of person: ID<Person>, _ part: Part, _ acting: Acting, in db: Reader) throws -> [SQL] {
        switch part {
        case .appointments: [appointments(of: person, acting), masked(of: person, acting)]
        case .messages: [messages(of: person, acting)]
        case .notes: try Note.mayRead(of: person, by: acting, in: db) ? notes(of: person, acting) : []
        case .referents: [referents(of: person, acting)]
        }
    }

    private static func appointments(of person: ID<Person>, _ acting: Acting) -> SQL {
        """
        SELECT appointment.starts_at AS at, appointment.id AS id, 1 AS kind \(AppointmentOfPerson.tables)
        WHERE participation.territory_id = \(acting.territoryID) AND participation.person_id = \(person)
          AND \(Appointment.visible(to: acting))
        """
    }

    private static func masked(of person: ID<Person>, _ acting: Acting) -> SQL {
        let kept = Participation.Status.allCases.filter(\.keepsTime)
        return """
            SELECT appointment.starts_at AS at, appointment.id AS id, 2 AS kind \(AppointmentOfPerson.tables)
            WHERE participation.territory_id = \(acting.territoryID) AND participation.person_id = \(person)
              AND participation.status IN \(list: kept) AND \(Appointment.visible(to: acting)) IS NOT TRUE
            """
    }

    /// As their appointment: who may not see one is not told what was said of it.
    private static func messages(of person: ID<Person>, _ acting: Acting) -> SQL {
        """
        SELECT coalesce(message.sent_at, message.due_at) AS at, message.id AS id, 3 AS kind FROM message
        LEFT JOIN appointment ON appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
        WHERE message.territory_id = \(acting.territoryID) AND message.person_id = \(person) AND \(Message.toPeople)
          AND (message.appointment_id IS NULL OR \(Appointment.visible(to: acting)))
        """
    }

    private static func notes(of person: ID<Person>, _ acting: Acting) -> [SQL] {
        [
            """
            SELECT note.created_at AS at, note.id AS id, 4 AS kind FROM note
            WHERE note.territory_id = \(acting.territoryID) AND note.person_id = \(person) AND \(Note.visible(to: acting))
            """,
            """
            SELECT created_at AS at, id AS id, 4 AS kind FROM private_note
            WHERE territory_id = \(acting.territoryID) AND person_id = \(person) AND keeper_id = \(acting.agent.id)
            """,
        ]
    }

    private static func referents(of person: ID<Person>, _ acting: Acting) -> SQL {
        """
        SELECT referent.since AS at, referent.service_id AS id, 5 AS kind FROM referent
        JOIN service ON service.territory_id = referent.territory_id AND service.id = referent.service_id
        WHERE referent.territory_id = \(acting.territoryID) AND referent.person_id = \(person)
          AND (NOT service.secret OR referent.service_id IN \(list: acting.services.sorted()))
        """
    }
}

/// What the keys of a page stand for, a query for each kind that is on it.
private struct Events {
    private var events: [UUID: Story.Event] = [:]

    subscript(_ key: Story.Key) -> Story.Event? { events[key.id] }

    init(_ keys: [Story.Key], of person: ID<Person>, seenBy acting: Acting, in db: Reader) throws {
        func ids(_ kind: Int) -> [UUID] { keys.filter { $0.kind == kind }.map(\.id) }
        for full in try AppointmentOfPerson.full(ids(1).map { ID($0) }, of: person, seenBy: acting, in: db) {
            events[full.appointment.id.uuid] = .appointment(.full(full))
        }
        for (id, masked) in try AppointmentOfPerson.masked(ids(2).map { ID($0) }, of: person, seenBy: acting, in: db) {
            events[id.uuid] = .appointment(.masked(masked))
        }
        let messages = try Message.those(ids(3).map { ID($0) }, of: acting.territoryID, in: db)
        for message in try Message.hidingAddresses(messages, from: acting, in: db) { events[message.id.uuid] = .message(message) }
        let notes = ids(4)
        if !notes.isEmpty {
            for note in try Note.all("id IN \(list: notes)", readBy: acting, in: db) { events[note.id.uuid] = .note(note) }
        }
        if !ids(5).isEmpty {
            for referent in try Referent.of(person, seenBy: acting, in: db) { events[referent.serviceID.uuid] = .referent(referent) }
        }
    }
}
