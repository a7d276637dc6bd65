import Core
import Scheduling
import Store

/// Two hundred agents with a past of a hundred appointments each, and people of their organizations to book for; `scale` times that.
struct BookingWorld: Sendable {
    private static let agentsAtOnce = 200
    private static let peopleOfEach = 250
    private static let pastOfEach = 100

    let houses: Houses
    private let people: [ID<Person>]

    init(scale: Int) {
        var ids = SeededIDs(3)
        houses = Houses(agents: Self.agentsAtOnce * scale, &ids)
        people = (0..<Self.agentsAtOnce * scale * Self.peopleOfEach).map { _ in ids.next() }
    }

    /// The people that only the agent of this rank will see: nobody is booked twice.
    func people(of rank: Int) -> ArraySlice<ID<Person>> {
        people[rank * Self.peopleOfEach..<(rank + 1) * Self.peopleOfEach]
    }

    /// What reception sends when a slot was chosen.
    func booking(_ person: ID<Person>, with rank: Int, at start: Instant) -> Booking {
        var booking = Booking(
            reasonID: houses.reason.id, agentID: houses.agents[rank].id, personIDs: [person], startsAt: start,
            organizationID: houses.site(of: rank).organizationID, siteID: houses.site(of: rank).id, phone: Self.number)
        booking.asSlot = true
        return booking
    }

    static let number = "+33639980000"

    func load(into store: Store) async throws {
        try await store.bulk { db in
            var ids = SeededIDs(4)
            try houses.insert(&ids, in: db)
            try loadPeople(in: db)
            try BookedAppointments(houses, houses.agents.indices.flatMap(past)).load(in: db)
        }
        try await store.settle()
    }

    /// In the half-hours before now.
    private func past(of rank: Int) -> [BookedAppointments.Slot] {
        let weeks = (-Self.pastOfEach / 50 - 1)..<0
        let times = weeks.flatMap { AgendaShape(agent: rank).halfHours(week: $0) }.suffix(Self.pastOfEach)
        return zip(times, people(of: rank)).map { BookedAppointments.Slot(rank: rank, person: $1, time: $0) }
    }

    private func loadPeople(in db: Writer) throws {
        let territory = SQLValue.integer(houses.territory.id)
        try db.load(
            "person",
            columns: [
                "territory_id", "id", "first_name", "last_name", "channel", "language", "address", "postal_code", "commune", "needs",
                "created_at",
            ],
            rows: people.lazy.enumerated().map { rank, id in
                [
                    territory, id.sqlValue, .text("Jeanne"), .text("Personne \(rank)"), .text("sms"), .text("fr"), .text(""), .text(""),
                    .text("Orthez"), .text(""), AgendaShape.now.sqlValue,
                ]
            })
        try db.load(
            "person_organization", columns: ["territory_id", "person_id", "organization_id"],
            rows: houses.agents.indices.lazy.flatMap { rank in
                people(of: rank).map { [territory, $0.sqlValue, houses.site(of: rank).organizationID.sqlValue] }
            })
        try db.load(
            "person_phone", columns: ["territory_id", "person_id", "rank", "number", "label", "mobile"],
            rows: people.lazy.map { [territory, $0.sqlValue, .integer(0), .text(Self.number), .text(""), .bool(true)] })
    }
}
