import Core
import Scheduling
import Store

/// Ten thousand people whom one organization follows, `scale` times that: the hardest case for the search, since its index is divided
/// by organizations.
struct PeopleWorld: Sendable {
    static let peopleAtOnce = 10_000

    let houses: Houses
    let count: Int
    private let demo: Demo
    private let ids: [ID<Person>]

    init(scale: Int, agents: Int = 1) throws {
        var ids = SeededIDs(5)
        houses = Houses(agents: agents, &ids)
        count = Self.peopleAtOnce * scale
        demo = try Demo(today: AgendaShape.monday)
        self.ids = (0..<count).map { _ in ids.next() }
    }

    func id(_ number: Int) -> ID<Person> { ids[number] }

    /// Invented, and the same at each run.
    func person(_ number: Int) -> Person {
        let known = demo.person(number)
        return Person(
            territoryID: houses.territory.id, id: ids[number], firstName: known.firstName, lastName: known.lastName,
            birthDate: known.birthDate, channel: known.channel, language: known.language, address: known.address,
            postalCode: known.postalCode, commune: known.commune, needs: known.needs, createdAt: AgendaShape.now, phones: known.phones,
            emails: known.emails)
    }

    func load(into store: Store, _ progress: (String) -> Void) async throws {
        try await store.bulk { db in
            var ids = SeededIDs(6)
            try houses.insert(&ids, in: db)
        }
        for first in stride(from: 0, to: count, by: 50_000) {
            let numbers = first..<min(first + 50_000, count)
            try await store.bulk { db in try loadFiles(numbers, in: db) }
        }
        progress("  \(count) people; now the index to find them")
        for range in Self.passes { try await store.bulk { db in try loadTokens(range, in: db) } }
        try await store.settle()
    }

    private func loadFiles(_ numbers: Range<Int>, in db: Writer) throws {
        let people = numbers.map(person)
        try db.load("person", columns: Self.personColumns, rows: people.lazy.map(Self.row))
        let territory = SQLValue.integer(houses.territory.id), house = houses.organizations[0].id.sqlValue
        try db.load(
            "person_organization", columns: ["territory_id", "person_id", "organization_id"],
            rows: people.lazy.map { [territory, $0.id.sqlValue, house] })
        try db.load(
            "person_phone", columns: ["territory_id", "person_id", "rank", "number", "label", "mobile"],
            rows: people.lazy.flatMap { person in
                person.phones.enumerated().map { rank, phone in
                    [territory, person.id.sqlValue, .integer(Int64(rank)), .text(phone.number), .text(phone.label), .bool(phone.mobile)]
                }
            })
    }

    private static let personColumns = [
        "territory_id", "id", "first_name", "last_name", "birth_date", "channel", "language", "address", "postal_code", "commune", "needs",
        "created_at",
    ]

    private static func row(_ person: Person) -> [SQLValue] {
        [
            .integer(person.territoryID), person.id.sqlValue, .text(person.firstName), .text(person.lastName), person.birthDate.sqlValue,
            .text(person.channel.rawValue), .text(person.language), .text(person.address), .text(person.postalCode),
            .text(person.commune), .text(person.needs), person.createdAt.sqlValue,
        ]
    }
}

extension PeopleWorld {
    /// The index in the order of its key, a part at a time: seven million rows at once would fill the memory.
    private static let passes: [Range<String>] = {
        let bounds = ["", "1", "a", "c", "e", "j", "m", "p", "~", "~c", "~f", "~k", "~n", "\u{10FFFF}"]
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }()

    private func loadTokens(_ range: Range<String>, in db: Writer) throws {
        // All are followed by the first organization, whoever gives them appointments.
        let scopes = [houses.organizations[0].id]
        var rows: [[SQLValue]] = []
        for number in 0..<count {
            rows += person(number).tokenRows(in: scopes).filter { range.contains($0[2].text) }
        }
        // The territory-wide scope comes before those of organizations.
        let house = scopes[0].sqlValue
        rows.sort { ($0[1] == house ? 1 : 0, $0[2].text, $0[3].text) < ($1[1] == house ? 1 : 0, $1[2].text, $1[3].text) }
        try db.load("person_token", columns: Person.tokenColumns, rows: rows)
    }
}

extension SQLValue {
    fileprivate var text: String { if case .text(let text) = self { text } else { "" } }
}
