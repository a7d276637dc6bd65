import Foundation
import Scheduling
import Store

/// A claimed stretch of someone's time (table `claim`): the schema lets no two of one holder overlap unless one is overbooked.
struct Claim: Sendable {
    enum Holder: Sendable, Hashable {
        case agent(ID<Agent>)
        case person(ID<Person>)
        case resource(ID<Resource>)

        var kind: String {
            switch self {
            case .agent: "agent"
            case .person: "person"
            case .resource: "resource"
            }
        }
        /// Its agent keeps the gap after an appointment too; the others are free as soon as it ends.
        func time(of appointment: Appointment) -> Range<Instant> {
            if case .agent(appointment.agentID) = self { appointment.keptTime } else { appointment.time }
        }
        var uuid: UUID {
            switch self {
            case .agent(let id): id.uuid
            case .person(let id): id.uuid
            case .resource(let id): id.uuid
            }
        }
    }

    /// The constraint's name on both engines.
    static let overlap = "claim_overlap"

    static func insert(_ holder: Holder, for appointment: Appointment, overbooked: Bool, in db: Writer) throws {
        try insert([(holder, overbooked)], for: appointment, in: db)
    }

    /// All of an appointment's claims in one statement.
    static func insert(_ holders: [(holder: Holder, overbooked: Bool)], for appointment: Appointment, in db: Writer) throws {
        let rows = holders.map { holder, overbooked -> SQL in
            let time = holder.time(of: appointment)
            return """
                (\(appointment.territoryID), \(holder.uuid), \(time.lowerBound), \(time.upperBound), \(ID<Claim>.new()), \(holder.kind),
                  \(appointment.id), \(overbooked))
                """
        }
        try db.run(
            """
            INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, appointment_id, overbooked)
            VALUES \(SQL(joined: rows, by: ", "))
            """)
    }

    static func delete(of appointment: Appointment, in db: Writer) throws {
        try db.run("DELETE FROM claim WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)")
    }

    static func delete(_ holder: Holder, of appointment: Appointment, in db: Writer) throws {
        try db.run(
            """
            DELETE FROM claim WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND holder_id = \(holder.uuid)
            """)
    }

    /// Whether an appointment keeps this holder's time.
    static func exists(_ holder: Holder, for appointment: Appointment, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM claim WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND holder_id = \(holder.uuid)
            """)
    }

    /// Whether an appointment keeps the time of anyone who takes part.
    static func keepsSomeone(for appointment: Appointment, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM claim WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND holder = 'person'
            """)
    }

    /// Whether a claim that is not overbooked covers part of this time.
    /// - Parameter now: holds that have run out by then do not count.
    static func taken(
        _ holder: Holder, _ time: Range<Instant>, of territory: Int64, except: ID<Appointment>? = nil, at now: Instant? = nil,
        in db: Reader
    ) throws -> Bool {
        try db.exists(overlapping(holder, time, of: territory, except: except, at: now))
    }

    /// A query that has a row when one does.
    static func overlapping(
        _ holder: Holder, _ time: Range<Instant>, of territory: Int64, except: ID<Appointment>? = nil, at now: Instant? = nil
    )
        -> SQL
    {
        let others: SQL = except.map { "AND (appointment_id IS NULL OR appointment_id <> \($0))" } ?? ""
        let standing: SQL = now.map { "AND (expires_at IS NULL OR expires_at > \($0))" } ?? ""
        return """
            SELECT 1 FROM claim WHERE territory_id = \(territory) AND holder_id = \(holder.uuid) AND starts_at < \(time.upperBound)
              AND starts_at > \(time.lowerBound.adding(seconds: -86_400)) AND ends_at > \(time.lowerBound) AND NOT overbooked \(others) \(standing)
            """
    }

    /// Forgets the holds of this holder that have run out, and those of whoever books, who no longer needs them.
    static func deleteExpired(_ holder: Holder, of territory: Int64, heldBy author: ID<Agent>? = nil, now: Instant, in db: Writer) throws {
        try db.send(
            """
            DELETE FROM claim WHERE territory_id = \(territory) AND holder_id = \(holder.uuid) AND expires_at IS NOT NULL
              AND (expires_at <= \(now) OR held_by = \(author))
            """)
    }
}

extension Agent {
    /// Says that the agents' calendars changed, and thereby keeps them from any other transaction until this one ends.
    ///
    /// Whatever claims or frees time begins with it: measured, the overlap constraint alone deadlocks for a second (docs/decisions).
    /// - Parameter agents: taken in the order of their ids, so that two transactions never wait for each other.
    static func lockCalendars(_ agents: Set<ID<Agent>>, of territory: Int64, in db: Writer) throws {
        for agent in agents.sorted() {
            let changed = try db.run(
                "UPDATE agent SET calendar_version = calendar_version + 1 WHERE territory_id = \(territory) AND id = \(agent)")
            guard changed == 1 else { throw Refusal.notFound }
        }
    }
}
