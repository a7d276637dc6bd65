import Scheduling
import Store

/// Who is at a site today: who waits, since when and for whom; who was received or left.
public struct WaitingRoom: Sendable {
    /// In the order in which they came.
    public let present: [Present]

    public struct Present: Sendable, Equatable {
        public let arrival: Arrival
        /// Of the file, or as they said it; empty for who gave none.
        public let name: String
        public let service: String
        /// Whom they have an appointment with, and when.
        public let agent: String?
        public let startsAt: Instant?

        public init(arrival: Arrival, name: String, service: String, agent: String? = nil, startsAt: Instant? = nil) {
            self.arrival = arrival
            self.name = name
            self.service = service
            self.agent = agent
            self.startsAt = startsAt
        }
    }

    public init(present: [Present]) { self.present = present }

    public var waiting: [Present] { present.filter(\.arrival.isWaiting) }
    public var gone: [Present] { present.filter { !$0.arrival.isWaiting } }
}

extension WaitingRoom {
    /// Those of a day at a site, as far as one may see them.
    public static func read(at site: ID<Site>, on date: CivilDate, seenBy acting: Acting, in db: Reader) throws -> WaitingRoom {
        try read("arrival.site_id = \(site) AND \(today(date, acting))", seenBy: acting, in: db)
    }

    /// Those who wait for an agent today: with an appointment with them, or without one for a service of theirs.
    public static func forOneself(_ acting: Acting, on date: CivilDate, in db: Reader) throws -> WaitingRoom {
        try read(
            """
            \(today(date, acting)) AND arrival.received_at IS NULL AND arrival.left_at IS NULL
              AND (appointment.agent_id = \(acting.agent.id) OR \(Appointment.isWith(acting.agent.id))
                OR (arrival.appointment_id IS NULL AND arrival.service_id IN \(list: acting.services.sorted())))
            """, seenBy: acting, in: db)
    }

    private static func today(_ date: CivilDate, _ acting: Acting) -> SQL {
        let day = acting.territory.zone.day(date)
        return "arrival.at >= \(day.lowerBound) AND arrival.at < \(day.upperBound)"
    }

    private static func read(_ which: SQL, seenBy acting: Acting, in db: Reader) throws -> WaitingRoom {
        WaitingRoom(
            present: try db.all(
                """
                SELECT \(Arrival.columns), person.first_name, person.last_name, service.name, agent.first_name, agent.last_name,
                  appointment.starts_at
                FROM arrival
                JOIN service ON service.territory_id = arrival.territory_id AND service.id = arrival.service_id
                LEFT JOIN person ON person.territory_id = arrival.territory_id AND person.id = arrival.person_id
                LEFT JOIN appointment ON appointment.territory_id = arrival.territory_id AND appointment.id = arrival.appointment_id
                LEFT JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
                WHERE arrival.territory_id = \(acting.territoryID) AND \(which) AND \(Arrival.visible(to: acting))
                ORDER BY arrival.at, arrival.id LIMIT 300
                """
            ) { try present($0) })
    }

    private static func present(_ row: Row) throws -> Present {
        let arrival = try Arrival(row), first = Arrival.columnCount
        let person = [try row[first] as String?, try row[first + 1]].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        let agent = [try row[first + 3] as String?, try row[first + 4]].compactMap { $0 }.joined(separator: " ")
        return Present(
            arrival: arrival, name: person.isEmpty ? arrival.name : person, service: try row[first + 2], agent: agent.isEmpty ? nil : agent,
            startsAt: try row[first + 5])
    }
}
