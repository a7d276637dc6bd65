import Foundation
import Scheduling
import Store

extension Opening {
    /// The appointment lies in an opening of its agent, for its reason and at its site, and in no absence, closure, public holiday or hour
    /// taken in another calendar.
    /// - Throws: ``Refusal/slotClosed``.
    static func check(covers appointment: Appointment, of territory: Territory, in db: Reader) throws {
        try check(appointment, StretchesAround.query(appointment, territory), of: territory, in: db)
    }

    /// A colleague who receives with its agent is in an opening of theirs too, whatever its reason; at that site when that is where it is.
    /// - Throws: ``Refusal/slotClosed``.
    static func check(_ colleague: ID<Agent>, beside appointment: Appointment, of territory: Territory, in db: Reader) throws {
        try check(appointment, StretchesAround.query(of: colleague, beside: appointment, territory), of: territory, in: db)
    }

    private static func check(_ appointment: Appointment, _ query: SQL, of territory: Territory, in db: Reader) throws {
        let time = appointment.time
        let date = territory.zone.civil(time.lowerBound).date
        guard !territory.holidayZone.isHoliday(date) else { throw Refusal.slotClosed }
        let around = try StretchesAround(query, in: db)
        guard !around.isTakenElsewhere else { throw Refusal.slotClosed }
        let covered = try around.times(.opening, in: time, zone: territory.zone).union
        guard try around.times(.away, in: time, zone: territory.zone).isEmpty,
            covered.contains(where: { $0.lowerBound <= time.lowerBound && time.upperBound <= $0.upperBound })
        else { throw Refusal.slotClosed }
    }
}

/// What is open and what is closed around an appointment, in one query: see ``Booking``.
private struct StretchesAround {
    enum Kind: Int {
        case opening
        /// An absence, or a closure.
        case away
        /// An hour taken in another calendar: it says no stretch.
        case taken
    }

    private struct Found {
        let kind: Int
        let stretch: Stretch
        var exceptions: [CivilDate: Recurrence.Exception] = [:]
    }

    private var found: [Found] = []
    private(set) var isTakenElsewhere = false

    init(_ query: SQL, in db: Reader) throws {
        var places: [UUID: Int] = [:]
        try db.forEach(query) { row in
            guard try row[0] as Int != Kind.taken.rawValue else { return isTakenElsewhere = true }
            let id: UUID = try row[1]
            if places[id] == nil {
                places[id] = found.count
                found.append(Found(kind: try row[0], stretch: try Stretch.read(row, at: 2)))
            }
            if let place = places[id], let (date, exception) = try Recurrence.Exception.read(row, at: 2 + Stretch.columnCount) {
                found[place].exceptions[date] = exception
            }
        }
    }

    /// CROSS JOIN keeps SQLite from going through all the openings of a reason, which are many, for those of an agent, which are few.
    static func query(_ appointment: Appointment, _ territory: Territory) -> SQL {
        let place: SQL = appointment.siteID.map { "opening.site_id = \($0)" } ?? "opening.site_id IS NULL"
        return query(
            of: appointment.agentID, appointment, territory, "CROSS JOIN opening_reason",
            """
            opening_reason.territory_id = opening.territory_id AND opening_reason.opening_id = opening.id
              AND opening_reason.reason_id = \(appointment.reasonID) AND \(place)
            """)
    }

    static func query(of colleague: ID<Agent>, beside appointment: Appointment, _ territory: Territory) -> SQL {
        let place: SQL = appointment.how == .site ? "AND (opening.site_id IS NULL OR opening.site_id = \(appointment.siteID))" : ""
        return query(of: colleague, appointment, territory, "", "opening.organization_id = \(appointment.organizationID) \(place)")
    }

    private static func query(of agent: ID<Agent>, _ appointment: Appointment, _ territory: Territory, _ joined: SQL, _ which: SQL) -> SQL {
        let date = territory.zone.civil(appointment.startsAt).date
        return """
            SELECT 0, opening.id, \(Stretch.columns), \(Opening.exceptionColumns) FROM opening \(joined)
            \(Opening.withExceptions)
            WHERE opening.territory_id = \(territory.id) AND opening.agent_id = \(agent)
              AND \(which) AND (opening_exception.date IS NOT NULL
                OR (opening.first_date <= \(date) AND (opening.until_date IS NULL OR opening.until_date >= \(date))))
            UNION ALL SELECT 1, absence.id, \(Stretch.columns), \(Absence.exceptionColumns) FROM absence \(Absence.withExceptions)
            WHERE \(Absence.of(agent, around: date, of: territory.id))
            UNION ALL SELECT 1, closure.id, \(Stretch.columns), NULL, NULL, NULL, NULL, NULL FROM closure
            WHERE closure.territory_id = \(territory.id) AND closure.organization_id = \(appointment.organizationID)
              AND (closure.site_id IS NULL OR closure.site_id = \(appointment.siteID)) AND closure.first_date <= \(date)
              AND (closure.until_date IS NULL OR closure.nights > 0 OR closure.until_date >= \(date))
            UNION ALL SELECT 2, foreign_busy.calendar_id, \(nothing), NULL, NULL, NULL, NULL, NULL FROM foreign_busy
            WHERE \(ForeignCalendar.taken(appointment.time, of: agent, of: territory.id))
            """
    }

    /// In the place of a stretch.
    private static let nothing = SQL(joined: Array(repeating: "NULL", count: Stretch.columnCount), by: ", ")

    func times(_ kind: Kind, in time: Range<Instant>, zone: Zone) throws -> [Range<Instant>] {
        try found.filter { $0.kind == kind.rawValue }.flatMap { one in
            let stretch = one.exceptions.isEmpty ? one.stretch : try one.stretch.with(one.exceptions)
            return stretch.ranges(in: time, zone: zone)
        }
    }
}
