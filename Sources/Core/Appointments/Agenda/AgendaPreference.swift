import Scheduling
import Store

/// How an agent wants agendas to look, and what to be told of on them (table `agenda_preference`).
public struct AgendaPreference: Sendable, Equatable {
    /// Whole hours of the day that are always shown; what lies outside is shown too, where there is something.
    public var hours: Range<Int>
    /// Saturdays and Sundays always; otherwise only when something is there.
    public var weekend: Bool
    public var colours: Colours
    /// What each kind of thing looks like, under the agenda.
    public var legend: Bool
    /// Who waits for them, on top of their agenda.
    public var arrivals: Bool
    /// What others changed in their agenda.
    public var changes: Changes
    /// What others do to their appointments, by e-mail.
    public var emails: Changes

    public enum Colours: String, CaseIterable, Sendable, SQLBindable, SQLReadable { case reason, status, none }

    /// `soon`: of today and tomorrow only.
    public enum Changes: String, CaseIterable, Sendable, SQLBindable, SQLReadable { case all, soon, none }

    public static let usual = AgendaPreference()

    public init(
        hours: Range<Int> = 8..<18, weekend: Bool = false, colours: Colours = .reason, legend: Bool = true, arrivals: Bool = true,
        changes: Changes = .all, emails: Changes = .none
    ) {
        self.hours = hours
        self.weekend = weekend
        self.colours = colours
        self.legend = legend
        self.arrivals = arrivals
        self.changes = changes
        self.emails = emails
    }
}

extension AgendaPreference {
    /// Those of an agent, or what is usual.
    public static func of(_ acting: Acting, in db: Reader) throws -> AgendaPreference {
        try db.first(
            """
            SELECT first_hour, last_hour, weekend, colours, legend, arrivals, changes, emails FROM agenda_preference
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id)
            """
        ) { row in
            AgendaPreference(
                hours: try row[0]..<(try row[1]), weekend: try row[2], colours: try row[3], legend: try row[4], arrivals: try row[5],
                changes: try row[6], emails: try row[7])
        } ?? .usual
    }

    /// - Parameters:
    ///   - first: the first whole hour shown.
    ///   - last: the hour at which what is shown ends, at most 24.
    /// - Throws: a ``Refusal`` with sentences beside `first_hour` and `last_hour`.
    public static func hours(_ first: Int?, _ last: Int?) throws -> Range<Int> {
        var complaints = Complaints()
        if first.map({ !(0...23).contains($0) }) ?? true { complaints.add("first_hour", "Choisissez une heure de 0 à 23.") }
        if last.map({ !(1...24).contains($0) }) ?? true { complaints.add("last_hour", "Choisissez une heure de 1 à 24.") }
        if let first, let last, first >= last { complaints.add("last_hour", "La fin doit être après le début. Vérifiez les deux heures.") }
        try complaints.check()
        guard let first, let last else { throw Refusal.notFound }
        return first..<last
    }

    /// Makes them the agent’s own.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        try db.run(
            """
            INSERT INTO agenda_preference (territory_id, agent_id, first_hour, last_hour, weekend, colours, legend, arrivals, changes,
              emails)
            VALUES (\(acting.territoryID), \(acting.agent.id), \(hours.lowerBound), \(hours.upperBound), \(weekend), \(colours), \(legend),
              \(arrivals), \(changes), \(emails))
            ON CONFLICT (territory_id, agent_id) DO UPDATE SET first_hour = excluded.first_hour, last_hour = excluded.last_hour,
              weekend = excluded.weekend, colours = excluded.colours, legend = excluded.legend, arrivals = excluded.arrivals,
              changes = excluded.changes, emails = excluded.emails
            """)
        try Journal.record(
            .changed, about: acting.agent.id.uuid,
            [
                "what": "agenda-preference", "hours": "\(hours.lowerBound)-\(hours.upperBound)", "weekend": String(weekend),
                "colours": colours.rawValue, "legend": String(legend), "arrivals": String(arrivals), "changes": changes.rawValue,
                "emails": emails.rawValue,
            ], by: acting, at: now, in: db)
    }
}
