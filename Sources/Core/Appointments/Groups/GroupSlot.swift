import Scheduling
import Store

/// A group appointment to come, as a search shows it: how many seats, and how many are left.
public struct GroupSlot: Sendable, Equatable {
    public let appointmentID: ID<Appointment>
    public let slot: Slot
    public let seats: Int
    public let taken: Int

    public var left: Int { max(0, seats - taken) }

    public init(appointmentID: ID<Appointment>, slot: Slot, seats: Int, taken: Int) {
        self.appointmentID = appointmentID
        self.slot = slot
        self.seats = seats
        self.taken = taken
    }
}

extension GroupSlot {
    /// Those of a query for a collective reason, in order of time, in the houses where it may be booked.
    static func find(
        _ query: SlotQuery, _ bookable: BookableReason, _ search: SlotSearch, of territory: Int64, in db: Reader
    ) throws -> [GroupSlot] {
        guard bookable.reason.seats != nil else { return [] }
        let houses = query.organizationIDs.isEmpty ? bookable.organizations : bookable.organizations.filter(query.organizationIDs.contains)
        let which: SQL = """
            appointment.reason_id = \(query.reasonID) AND appointment.organization_id IN \(list: houses)
              \(query.siteIDs.isEmpty ? "" : "AND appointment.site_id IN \(list: query.siteIDs.sorted())")
              \(query.agentIDs.isEmpty ? "" : "AND appointment.agent_id IN \(list: query.agentIDs.sorted())")
            """
        let range = UnitSet.instant(of: search.starts.lowerBound)..<UnitSet.instant(of: search.starts.upperBound)
        return try read(which, in: range, of: territory, in: db).filter { search.allows($0.slot.start) }
    }

    /// Those of the houses where someone books, in order of time, whatever their reason.
    public static func upcoming(
        in range: Range<Instant>, for acting: Acting, in db: Reader
    ) throws -> [GroupSlot] {
        let which: SQL = """
            appointment.organization_id IN \(list: acting.organizations(with: .book)) AND \(Appointment.visible(to: acting))
            """
        return try read(which, in: range, of: acting.territoryID, in: db)
    }

    /// CROSS JOIN keeps SQLite from going through the appointments for the few that are groups.
    private static func read(_ which: SQL, in range: Range<Instant>, of territory: Int64, in db: Reader) throws -> [GroupSlot] {
        try db.all(
            """
            SELECT appointment.id, appointment.starts_at, appointment.ends_at, appointment.organization_id, appointment.site_id,
              appointment.agent_id, appointment_group.seats,
              (SELECT count(*) FROM participation WHERE participation.territory_id = appointment.territory_id
                AND participation.appointment_id = appointment.id
                AND participation.status IN \(list: Participation.Status.allCases.filter(\.keepsTime)))
            FROM appointment_group CROSS JOIN appointment
            WHERE appointment_group.territory_id = \(territory) AND appointment_group.cancelled_at IS NULL
              AND appointment.territory_id = appointment_group.territory_id AND appointment.id = appointment_group.appointment_id
              AND appointment.starts_at >= \(range.lowerBound) AND appointment.starts_at < \(range.upperBound) AND \(which)
            ORDER BY appointment.starts_at, appointment.id
            """
        ) { row in
            let (start, end): (Instant, Instant) = (try row[1], try row[2])
            let slot = Slot(
                start: start, minutes: Int(end - start) / 60, organizationID: try row[3], siteID: try row[4], agentID: try row[5],
                because: .leastBusy, count: 1)
            return GroupSlot(appointmentID: try row[0], slot: slot, seats: try row[6], taken: try row[7])
        }
    }
}
