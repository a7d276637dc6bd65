import Foundation
import Scheduling
import Store

/// What depends on an agent: numbers, which say nothing of whom.
public struct Workload: Sendable, Equatable {
    public let appointments: Int
    public let people: Int
    /// Openings that still happen; they end with the agent's departure and leave nobody alone.
    public let openings: Int
    /// Memos that nobody has answered yet.
    public let memos: Int

    public init(appointments: Int, people: Int, openings: Int, memos: Int = 0) {
        self.appointments = appointments
        self.people = people
        self.openings = openings
        self.memos = memos
    }

    /// Nobody would be left to nobody.
    public var isEmpty: Bool { appointments == 0 && people == 0 && memos == 0 }

    /// - Throws: a conflict that says what is left, and what to do.
    func check() throws {
        guard !isEmpty else { return }
        let parts = [
            appointments == 0 ? nil : "\(appointments)\u{A0}rendez-vous à venir",
            people == 0 ? nil : people == 1 ? "1\u{A0}personne suivie" : "\(people)\u{A0}personnes suivies",
            memos == 0 ? nil : memos == 1 ? "1\u{A0}mot à traiter" : "\(memos)\u{A0}mots à traiter",
        ].compactMap { $0 }
        throw Refusal(
            .conflict, "agent-busy",
            "Cet agent laisserait \(parts.joined(separator: " et ")). Un responsable les confie d’abord à un collègue, depuis son agenda.")
    }
}

extension Workload {
    public static func of(_ agent: ID<Agent>, of territory: Int64, at now: Instant, in db: Reader) throws -> Workload {
        try count(agent, of: territory, at: now, in: db)
    }

    /// What they have in one service.
    static func of(_ agent: ID<Agent>, in service: ID<Service>, of territory: Int64, at now: Instant, in db: Reader) throws -> Workload {
        try count(
            agent, of: territory, at: now, appointments: "AND appointment.service_id = \(service)",
            people: "AND referent.service_id = \(service)", memos: "AND FALSE", in: db)
    }

    /// What they have in one organization; people are followed in a service, wherever they live.
    static func of(_ agent: ID<Agent>, in organization: ID<Organization>, of territory: Int64, at now: Instant, in db: Reader) throws
        -> Workload
    {
        try count(
            agent, of: territory, at: now, appointments: "AND appointment.organization_id = \(organization)", people: "AND FALSE",
            openings: "AND opening.organization_id = \(organization)",
            memos: "AND memo.organization_id = \(organization)", in: db)
    }

    private static func count(
        _ agent: ID<Agent>, of territory: Int64, at now: Instant, appointments: SQL = "", people: SQL = "", openings: SQL = "",
        memos: SQL = "", in db: Reader
    ) throws -> Workload {
        let number: (SQL) throws -> Int = { query in try db.first(query) { try $0[0] } ?? 0 }
        return Workload(
            appointments: try number(
                """
                SELECT count(*) FROM claim JOIN appointment
                  ON appointment.territory_id = claim.territory_id AND appointment.id = claim.appointment_id
                WHERE claim.territory_id = \(territory) AND claim.holder_id = \(agent) AND claim.starts_at >= \(now) \(appointments)
                """),
            people: try number(
                "SELECT count(*) FROM referent WHERE referent.territory_id = \(territory) AND referent.agent_id = \(agent) \(people)"),
            openings: try number(
                """
                SELECT count(*) FROM opening WHERE opening.territory_id = \(territory) AND opening.agent_id = \(agent)
                  AND opening.pattern <> 'once' AND opening.until_date IS NULL \(openings)
                """),
            memos: try number(
                """
                SELECT count(*) FROM memo WHERE memo.territory_id = \(territory) AND memo.agent_id = \(agent)
                  AND memo.settled_at IS NULL \(memos)
                """))
    }
}

extension Opening {
    /// An agent's openings end today: those that have not begun are deleted.
    static func endAll(of agent: ID<Agent>, of territory: Int64, at now: Instant, in db: Writer) throws {
        guard let zone = try Territory.find(territory, in: db)?.zone else { return }
        try end(try of(agent, of: territory, in: db), before: zone.civil(now).date, of: territory, in: db)
    }

    /// Makes some openings end the day before a date.
    static func end(_ openings: [Opening], before date: CivilDate, of territory: Int64, in db: Writer) throws {
        for var opening in openings {
            let recurrence = opening.stretch.recurrence
            guard recurrence.first < date else {
                try opening.erase(of: territory, in: db)
                continue
            }
            guard recurrence.pattern != .once, recurrence.until.map({ $0 >= date }) ?? true else { continue }
            opening.stretch = try opening.stretch.ending(before: date)
            try opening.write(of: territory, in: db)
        }
    }
}

extension Stretch {
    /// The same, that happens no more from a date on.
    func ending(before date: CivilDate) throws -> Stretch {
        var ended = recurrence
        ended.until = date.adding(days: -1)
        ended.exceptions = recurrence.exceptions.filter { day, exception in
            if case .moved(let other, _) = exception { return day < date && other < date }
            return day < date
        }
        return try Stretch(recurrence: ended, from: from, to: to, days: days)
    }
}
