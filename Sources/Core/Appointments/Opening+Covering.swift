import Foundation
import Scheduling
import Store

extension Opening {
    /// The appointment lies in an opening of its agent, for its reason and at its site, and in no absence, closure or public holiday.
    /// - Throws: ``Refusal/slotClosed``.
    static func check(covers appointment: Appointment, of territory: Territory, in db: Reader) throws {
        let time = appointment.time
        let date = territory.zone.civil(time.lowerBound).date
        guard !territory.holidayZone.isHoliday(date) else { throw Refusal.slotClosed }
        let around = try StretchesAround(appointment, on: date, of: territory.id, in: db)
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
    }

    private struct Found {
        let kind: Int
        let stretch: Stretch
        var exceptions: [CivilDate: Recurrence.Exception] = [:]
    }

    private var found: [Found] = []

    init(_ appointment: Appointment, on date: CivilDate, of territory: Int64, in db: Reader) throws {
        var places: [UUID: Int] = [:]
        try db.forEach(Self.query(appointment, date, territory)) { row in
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
    private static func query(_ appointment: Appointment, _ date: CivilDate, _ territory: Int64) -> SQL {
        let place: SQL = appointment.siteID.map { "opening.site_id = \($0)" } ?? "opening.site_id IS NULL"
        return """
            SELECT 0, opening.id, \(Stretch.columns), \(Opening.exceptionColumns) FROM opening CROSS JOIN opening_reason
            \(Opening.withExceptions)
            WHERE opening.territory_id = \(territory) AND opening.agent_id = \(appointment.agentID)
              AND opening_reason.territory_id = opening.territory_id AND opening_reason.opening_id = opening.id
              AND opening_reason.reason_id = \(appointment.reasonID) AND \(place) AND (opening_exception.date IS NOT NULL
                OR (opening.first_date <= \(date) AND (opening.until_date IS NULL OR opening.until_date >= \(date))))
            UNION ALL SELECT 1, absence.id, \(Stretch.columns), \(Absence.exceptionColumns) FROM absence \(Absence.withExceptions)
            WHERE \(Absence.of(appointment.agentID, around: date, of: territory))
            UNION ALL SELECT 1, closure.id, \(Stretch.columns), NULL, NULL, NULL, NULL, NULL FROM closure
            WHERE closure.territory_id = \(territory) AND closure.organization_id = \(appointment.organizationID)
              AND (closure.site_id IS NULL OR closure.site_id = \(appointment.siteID)) AND closure.first_date <= \(date)
              AND (closure.until_date IS NULL OR closure.nights > 0 OR closure.until_date >= \(date))
            """
    }

    func times(_ kind: Kind, in time: Range<Instant>, zone: Zone) throws -> [Range<Instant>] {
        try found.filter { $0.kind == kind.rawValue }.flatMap { one in
            let stretch = one.exceptions.isEmpty ? one.stretch : try one.stretch.with(one.exceptions)
            return stretch.ranges(in: time, zone: zone)
        }
    }
}
