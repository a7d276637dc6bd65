import Core
import Scheduling
import Store

/// What a territory that has lived holds: appointments with all the rows that a booking leaves, honoured when they are over.
struct BookedAppointments: Sendable {
    /// Whose time was given to whom.
    struct Slot: Sendable {
        let rank: Int
        let person: ID<Person>
        let time: Range<Instant>
    }

    private struct Booked: Sendable {
        let id: ID<Appointment>
        let agent: Agent
        let person: ID<Person>
        let site: Site
        let time: Range<Instant>
        /// For the rows that hang on it.
        let others: [ID<Hanging>]
        var isOver: Bool { time.upperBound <= AgendaShape.now }
    }

    /// Only to tell these ids from others.
    private enum Hanging {}

    private let houses: Houses
    private let all: [Booked]
    private var territory: SQLValue { .integer(houses.territory.id) }

    /// - Parameter seed: of the ids, another for each part of a territory.
    init(_ houses: Houses, _ slots: [Slot], seed: UInt64 = 5) {
        self.houses = houses
        var ids = SeededIDs(seed)
        all = slots.map { slot in
            Booked(
                id: ids.next(), agent: houses.agents[slot.rank], person: slot.person, site: houses.site(of: slot.rank), time: slot.time,
                others: (0..<4).map { _ in ids.next() })
        }
    }

    /// - Parameter journalled: with the journal, which costs half of the loading and which only bookings write to.
    func load(journalled: Bool = true, in db: Writer) throws {
        try loadAppointments(in: db)
        try loadClaims(in: db)
        try loadMessages(in: db)
        if journalled { try loadJournal(in: db) }
    }

    private func loadAppointments(in db: Writer) throws {
        try db.load(
            "appointment",
            columns: [
                "territory_id", "id", "agent_id", "organization_id", "reason_id", "service_id", "site_id", "place", "how", "phone",
                "starts_at", "ends_at", "created_by", "created_at",
            ],
            rows: all.lazy.map { one in
                [
                    territory, one.id.sqlValue, one.agent.id.sqlValue, one.site.organizationID.sqlValue, houses.reason.id.sqlValue,
                    houses.service.id.sqlValue, one.site.id.sqlValue, .text(""), .text("phone"), .text(BookingWorld.number),
                    one.time.lowerBound.sqlValue, one.time.upperBound.sqlValue, houses.receptionist.id.sqlValue,
                    one.time.lowerBound.sqlValue,
                ]
            })
        try db.load(
            "participation", columns: ["territory_id", "appointment_id", "person_id", "status"],
            rows: all.lazy.map { [territory, $0.id.sqlValue, $0.person.sqlValue, .text($0.isOver ? "attended" : "upcoming")] })
    }

    private func loadClaims(in db: Writer) throws {
        try db.load(
            "claim", columns: ["territory_id", "holder_id", "starts_at", "ends_at", "id", "holder", "appointment_id", "overbooked"],
            rows: all.lazy.flatMap { one in
                [("agent", one.agent.id.sqlValue, one.others[0]), ("person", one.person.sqlValue, one.others[1])].map {
                    kind, holder, id in
                    [
                        territory, holder, one.time.lowerBound.sqlValue, one.time.upperBound.sqlValue, id.sqlValue, .text(kind),
                        one.id.sqlValue, .bool(false),
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
            rows: all.lazy.map { one in
                let at = one.time.lowerBound.sqlValue
                return [
                    territory, one.others[2].sqlValue, one.person.sqlValue, one.id.sqlValue, .text("confirmation"), .text("sms"),
                    .text(BookingWorld.number), at, .text("appointment/\(one.id)/confirmation/\(one.person)"), at, at,
                ]
            })
    }

    /// The seal is not what is measured: these entries wait for theirs.
    private func loadJournal(in db: Writer) throws {
        let (salt, digest) = (SQLValue.blob([UInt8](repeating: 7, count: 16)), SQLValue.blob([UInt8](repeating: 7, count: 32)))
        try db.load(
            "journal_header", columns: ["territory_id", "id", "at", "actor", "actor_id", "act", "subject_id", "digest"],
            rows: all.lazy.map { one in
                [
                    territory, one.others[3].sqlValue, one.time.lowerBound.sqlValue, .text("agent"), houses.receptionist.id.sqlValue,
                    .text("booked"), one.person.sqlValue, digest,
                ]
            })
        try db.load(
            "journal_payload", columns: ["territory_id", "id", "salt", "payload"],
            rows: all.lazy.map { [territory, $0.others[3].sqlValue, salt, .text("{\"appointment\":\"\($0.id)\"}")] })
    }
}
