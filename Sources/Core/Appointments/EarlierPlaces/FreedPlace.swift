import Scheduling
import Store

/// Une place libérée: the time of an agent that an appointment gave back (table `freed_place`). It is noted only when someone wants to come
/// sooner, and kept only when someone was told.
public struct FreedPlace: Sendable {
    let territoryID: Int64
    let id: ID<FreedPlace>
    /// That which stood there.
    let appointmentID: ID<Appointment>
    let agentID: ID<Agent>
    let organizationID: ID<Organization>
    let siteID: ID<Site>?
    let reasonID: ID<Reason>
    let startsAt: Instant

    /// Minutes before anyone is told: what was cancelled by mistake is put right at once, and an agent who will be away cancels first.
    static let pause = 5
    /// Minutes, nights left out, that it takes to read a message, to call and to come.
    static let notice = 180
    /// Minutes before its start beyond which nobody is told any more, whatever kept the message.
    static let last = 60

    static let columns: SQL = """
        freed_place.territory_id, freed_place.id, freed_place.appointment_id, freed_place.agent_id, freed_place.organization_id,
        freed_place.site_id, freed_place.reason_id, freed_place.starts_at
        """
    static let columnCount = 8

    init(_ row: Row) throws {
        (territoryID, id, appointmentID, agentID) = (try row[0], try row[1], try row[2], try row[3])
        (organizationID, siteID, reasonID, startsAt) = (try row[4], try row[5], try row[6], try row[7])
    }
}

extension Appointment {
    /// Its time is free again. One statement, that most often finds nobody who waits for it.
    func noteFreed(at now: Instant, in db: Writer) throws {
        guard startsAt > now.adding(minutes: FreedPlace.notice) else { return }
        try db.run(
            """
            INSERT INTO freed_place (territory_id, id, appointment_id, agent_id, organization_id, site_id, reason_id, starts_at, freed_at)
            SELECT territory_id, \(ID<FreedPlace>.new()), id, \(agentID), organization_id, site_id, reason_id, \(startsAt), \(now)
            FROM appointment WHERE territory_id = \(territoryID) AND id = \(id) AND EXISTS (SELECT 1 FROM earlier_wish
              WHERE earlier_wish.territory_id = \(territoryID) AND earlier_wish.reason_id = \(reasonID) AND \(EarlierWish.stands)
                AND earlier_wish.starts_at >= \(startsAt.adding(days: EarlierWish.daysSooner)))
            ON CONFLICT DO NOTHING
            """)
    }
}
