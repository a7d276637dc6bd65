import Foundation
import Scheduling
import Store

/// What changed lately in an agent's own agenda: booked, moved, cancelled, openings and absences; by whom, and what can be undone.
public struct RecentChanges: Sendable, Equatable {
    /// The latest first.
    public let lines: [Line]
    /// When the agent had last looked.
    public let seenAt: Instant?

    public init(lines: [Line], seenAt: Instant?) {
        self.lines = lines
        self.seenAt = seenAt
    }

    public struct Line: Sendable, Equatable {
        public let at: Instant
        /// Nothing when a person did it by themselves.
        public let by: ID<Agent>?
        public let what: What
        /// The appointment, as far as the agent may see it.
        public let appointment: AgendaAppointment?
        public let undo: Undo?

        public init(at: Instant, by: ID<Agent>?, what: What, appointment: AgendaAppointment? = nil, undo: Undo? = nil) {
            self.at = at
            self.by = by
            self.what = what
            self.appointment = appointment
            self.undo = undo
        }
    }

    public enum What: Sendable, Equatable {
        case booked(Range<Instant>)
        case moved(from: AppointmentFact.Place, to: AppointmentFact.Place, isUndoing: Bool)
        /// Of one of its people.
        case status(Participation.Status, at: Instant, isUndoing: Bool)
        case thing(AgendaChange)
    }

    public enum Undo: Sendable, Equatable {
        case fact(ID<AppointmentFact>, of: ID<Appointment>)
        case change(ID<AgendaChange>)
    }

    /// How many days back it goes.
    public static let days = 14

    /// From when on something is new: what there was before someone first looked is not, but for the last day.
    public static func newSince(_ seenAt: Instant?, now: Instant) -> Instant { seenAt ?? now.adding(days: -1) }
}

extension RecentChanges {
    public static func read(for acting: Acting, at now: Instant, in db: Reader) throws -> RecentChanges {
        let since = now.adding(days: -days)
        let rows = try ChangeRow.all(for: acting, since: since, in: db)
        let shown = try AgendaAppointment.read(Set(rows.map(\.appointmentID)).sorted(), seenBy: acting, in: db)
        let appointments = Dictionary(uniqueKeysWithValues: shown.map { ($0.id, $0) })
        let undoable = ChangeRow.undoable(rows)
        var lines = rows.map { row in
            let one = appointments[row.appointmentID]
            let undo = row.fact.flatMap { undoable.contains($0.id) && $0.mayBeUndone(of: one, by: acting) ? $0.id : nil }
            return Line(at: row.at, by: row.by, what: row.what, appointment: one, undo: undo.map { .fact($0, of: row.appointmentID) })
        }
        let changes = try AgendaChange.of(acting.agent.id, since: since, of: acting.territoryID, in: db)
        let last = Dictionary(changes.map { ($0.thingID, $0.id) }) { latest, _ in latest }
        lines += changes.map { change in
            let mayFill = change.organization.map { acting.can(.fillOwnAgenda, in: $0) } ?? acting.can(.fillOwnAgenda)
            let isLast = last[change.thingID] == change.id && change.undoes == nil
            return Line(at: change.at, by: change.by, what: .thing(change), undo: mayFill && isLast ? .change(change.id) : nil)
        }
        return RecentChanges(lines: lines.sorted { $0.at > $1.at }, seenAt: try seenAt(by: acting, in: db))
    }

    static func seenAt(by acting: Acting, in db: Reader) throws -> Instant? {
        try db.first("SELECT at FROM agenda_seen WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id)") {
            try $0[0]
        }
    }

    /// The agent has looked: what is there now is no longer new.
    public static func see(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        try db.run(
            """
            INSERT INTO agenda_seen (territory_id, agent_id, at) VALUES (\(acting.territoryID), \(acting.agent.id), \(now))
            ON CONFLICT (territory_id, agent_id) DO UPDATE SET at = excluded.at WHERE agenda_seen.at < excluded.at
            """)
    }
}

extension AgendaChange {
    fileprivate var organization: ID<Organization>? { (before ?? after)?.organization }
}

extension AppointmentFact {
    /// A status goes back to what it was; a move, while the appointment is still to come.
    fileprivate func mayBeUndone(of one: AgendaAppointment?, by acting: Acting) -> Bool {
        guard let one else { return false }
        return switch change {
        case .status: acting.can(.closeAppointments, in: one.organizationID)
        case .moved: acting.can(.book, in: one.organizationID) && one.status == .upcoming
        }
    }
}
