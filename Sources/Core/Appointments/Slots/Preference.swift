import Scheduling
import Store

/// Who should see this person among those who are free: their referent, else who saw them last in this service, else the agent with
/// the lowest share of open time booked that week.
struct Preference: Sendable {
    var referent: ID<Agent>?
    var lastSeen: ID<Agent>?

    /// Lowest first; a load's share is never below 0.
    func rank(_ agent: ID<Agent>, load: Load) -> Int32 {
        if agent == referent { return -2 }
        return agent == lastSeen ? -1 : load.share
    }

    func because(_ agent: ID<Agent>) -> Proposal {
        if agent == referent { return .referent }
        return agent == lastSeen ? .lastSeen : .leastBusy
    }

    static func find(for person: ID<Person>?, in service: ID<Service>, of territory: Int64, now: Instant, db: Reader) throws -> Preference {
        guard let person else { return Preference() }
        let referent: ID<Agent>? = try db.first(
            "SELECT agent_id FROM referent WHERE territory_id = \(territory) AND person_id = \(person) AND service_id = \(service)"
        ) { try $0[0] }
        let lastSeen: ID<Agent>? = try db.first(
            """
            SELECT appointment.agent_id FROM participation
            JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
            WHERE participation.territory_id = \(territory) AND participation.person_id = \(person)
              AND participation.status = \(Participation.Status.attended) AND appointment.service_id = \(service)
              AND appointment.starts_at <= \(now)
            ORDER BY appointment.starts_at DESC, appointment.id LIMIT 1
            """
        ) { try $0[0] }
        return Preference(referent: referent, lastSeen: lastSeen)
    }
}
