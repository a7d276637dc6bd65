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
        /// Who called them, and when.
        public let caller: Caller?

        public init(arrival: Arrival, name: String, service: String, agent: String? = nil, startsAt: Instant? = nil, caller: Caller? = nil)
        {
            self.arrival = arrival
            self.name = name
            self.service = service
            self.agent = agent
            self.startsAt = startsAt
            self.caller = caller
        }
    }

    public struct Caller: Sendable, Equatable {
        public let agentID: ID<Agent>
        public let name: String
        public let at: Instant

        public init(agentID: ID<Agent>, name: String, at: Instant) {
            self.agentID = agentID
            self.name = name
            self.at = at
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

    /// Those who wait for an agent today: with an appointment with them, or without one in the queue of a permanence that they hold. Where
    /// nobody holds one, whoever is of the service; who was called by a colleague no longer waits for them.
    public static func forOneself(_ acting: Acting, on date: CivilDate, in db: Reader) throws -> WaitingRoom {
        let houses = Set(acting.organizations(with: .seeEveryAppointment) + acting.organizations(with: .seeServiceAppointments)).sorted()
        let permanences = try Permanence.on(date, in: houses, knownTo: acting, db: db)
        let all = try wanting(acting, on: date, in: db)
        return WaitingRoom(
            present: all.present.filter { one in
                if let caller = one.caller { return caller.agentID == acting.agent.id }
                guard one.arrival.appointmentID == nil else { return true }
                let holders = permanences.holders(of: one.arrival.serviceID, at: one.arrival.siteID)
                return holders.isEmpty || holders.contains(acting.agent.id)
            })
    }

    private static func wanting(_ acting: Acting, on date: CivilDate, in db: Reader) throws -> WaitingRoom {
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
                  appointment.starts_at, arrival_call.agent_id, caller.first_name, caller.last_name, arrival_call.at
                FROM arrival
                JOIN service ON service.territory_id = arrival.territory_id AND service.id = arrival.service_id
                LEFT JOIN person ON person.territory_id = arrival.territory_id AND person.id = arrival.person_id
                LEFT JOIN appointment ON appointment.territory_id = arrival.territory_id AND appointment.id = arrival.appointment_id
                LEFT JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
                LEFT JOIN arrival_call ON arrival_call.territory_id = arrival.territory_id AND arrival_call.arrival_id = arrival.id
                LEFT JOIN agent AS caller ON caller.territory_id = arrival_call.territory_id AND caller.id = arrival_call.agent_id
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
            startsAt: try row[first + 5], caller: try caller(row, at: first + 6))
    }

    private static func caller(_ row: Row, at offset: Int) throws -> Caller? {
        guard let agent: ID<Agent> = try row[offset] else { return nil }
        let name = Person.displayName(firstName: try row[offset + 1], lastName: try row[offset + 2])
        return Caller(agentID: agent, name: name, at: try row[offset + 3])
    }
}
