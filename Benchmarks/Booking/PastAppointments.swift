import Core
import Scheduling
import Store

/// What a territory that has lived holds: honoured appointments with all the rows that a booking leaves.
struct PastAppointments {
    private struct Past {
        let id: ID<Appointment>
        let agent: Agent
        let person: ID<Person>
        let site: Site
        let time: Range<Instant>
        /// For the rows that hang on it.
        let others: [ID<Claim>]
    }

    /// Only to tell these ids from others.
    private enum Claim {}

    private let houses: Houses
    private let all: [Past]
    private var territory: SQLValue { .integer(houses.territory.id) }

    /// - Parameter perAgent: how many, in the half-hours before now.
    init(world: BookingWorld, perAgent: Int) {
        houses = world.houses
        var ids = SeededIDs(5)
        all = world.houses.agents.indices.flatMap { rank in
            let weeks = (-perAgent / 50 - 1)..<0
            let times = weeks.flatMap { AgendaShape(agent: rank).halfHours(week: $0) }.suffix(perAgent)
            return zip(times, world.people(of: rank)).map { time, person in
                Past(
                    id: ids.next(), agent: world.houses.agents[rank], person: person, site: world.houses.site(of: rank), time: time,
                    others: (0..<4).map { _ in ids.next() })
            }
        }
    }

    func load(in db: Writer) throws {
        try loadAppointments(in: db)
        try loadClaims(in: db)
        try loadMessages(in: db)
        try loadJournal(in: db)
    }

    private func loadAppointments(in db: Writer) throws {
        try db.load(
            "appointment",
            columns: [
                "territory_id", "id", "agent_id", "organization_id", "reason_id", "service_id", "site_id", "place", "how", "phone",
                "starts_at", "ends_at", "created_by", "created_at",
            ],
            rows: all.lazy.map { past in
                [
                    territory, past.id.sqlValue, past.agent.id.sqlValue, past.site.organizationID.sqlValue, houses.reason.id.sqlValue,
                    houses.service.id.sqlValue, past.site.id.sqlValue, .text(""), .text("phone"), .text(BookingWorld.number),
                    past.time.lowerBound.sqlValue, past.time.upperBound.sqlValue, houses.receptionist.id.sqlValue,
                    past.time.lowerBound.sqlValue,
                ]
            })
        try db.load(
            "participation", columns: ["territory_id", "appointment_id", "person_id", "status"],
            rows: all.lazy.map { [territory, $0.id.sqlValue, $0.person.sqlValue, .text("attended")] })
    }

    private func loadClaims(in db: Writer) throws {
        try db.load(
            "claim", columns: ["territory_id", "holder_id", "starts_at", "ends_at", "id", "holder", "appointment_id", "overbooked"],
            rows: all.lazy.flatMap { past in
                [("agent", past.agent.id.sqlValue, past.others[0]), ("person", past.person.sqlValue, past.others[1])].map {
                    kind, holder, id in
                    [
                        territory, holder, past.time.lowerBound.sqlValue, past.time.upperBound.sqlValue, id.sqlValue, .text(kind),
                        past.id.sqlValue, .bool(false),
                    ]
                }
            })
    }

    private func loadMessages(in db: Writer) throws {
        try db.load(
            "message",
            columns: [
                "territory_id", "id", "person_id", "appointment_id", "purpose", "channel", "recipient", "due_at", "dedup_key", "created_at",
                "sent_at",
            ],
            rows: all.lazy.map { past in
                let at = past.time.lowerBound.sqlValue
                return [
                    territory, past.others[2].sqlValue, past.person.sqlValue, past.id.sqlValue, .text("confirmation"), .text("sms"),
                    .text(BookingWorld.number), at, .text("appointment/\(past.id)/confirmation/\(past.person)"), at, at,
                ]
            })
    }

    /// The seal is not what is measured: these entries wait for theirs.
    private func loadJournal(in db: Writer) throws {
        let (salt, digest) = (SQLValue.blob([UInt8](repeating: 7, count: 16)), SQLValue.blob([UInt8](repeating: 7, count: 32)))
        try db.load(
            "journal_header", columns: ["territory_id", "id", "at", "actor", "actor_id", "act", "subject_id", "digest"],
            rows: all.lazy.map { past in
                [
                    territory, past.others[3].sqlValue, past.time.lowerBound.sqlValue, .text("agent"), houses.receptionist.id.sqlValue,
                    .text("booked"), past.person.sqlValue, digest,
                ]
            })
        try db.load(
            "journal_payload", columns: ["territory_id", "id", "salt", "payload"],
            rows: all.lazy.map { [territory, $0.others[3].sqlValue, salt, .text("{\"appointment\":\"\($0.id)\"}")] })
    }
}
