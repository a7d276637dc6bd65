import Scheduling
import Store

/// What is seldom filled in of someone's file: read when the file is, and not when one books.
public struct PersonDetail: Sendable, Equatable {
    /// Of a child who is not born yet.
    public var expectedBirth: CivilDate?
    public var discretion: Discretion
    /// One of each kind at most, in the order of the kinds.
    public var numbers: [ExternalNumber]
    public var tags: Set<ID<PersonTag>>

    public static let none = PersonDetail()

    public init(
        expectedBirth: CivilDate? = nil, discretion: Discretion = .none, numbers: [ExternalNumber] = [], tags: Set<ID<PersonTag>> = []
    ) {
        self.expectedBirth = expectedBirth
        self.discretion = discretion
        self.numbers = numbers
        self.tags = tags
    }
}

extension PersonDetail {
    public static func of(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> PersonDetail {
        let row = try db.first(
            """
            SELECT expected_birth, \(Discretion.columns) FROM person_detail
            WHERE territory_id = \(territory) AND person_id = \(person)
            """
        ) { (expected: try $0[0] as CivilDate?, discretion: try Discretion($0, at: 1)) }
        let tags = try db.all("SELECT tag_id FROM person_tag WHERE territory_id = \(territory) AND person_id = \(person)") {
            try $0[0] as ID<PersonTag>
        }
        let order = ExternalNumber.Kind.allCases
        let numbers = try ExternalNumber.of(person, of: territory, in: db).sorted { left, right in
            (order.firstIndex(of: left.kind) ?? 0) < (order.firstIndex(of: right.kind) ?? 0)
        }
        return PersonDetail(
            expectedBirth: row?.expected, discretion: row?.discretion ?? .none, numbers: numbers, tags: Set(tags))
    }

    /// In place of what the file said.
    func write(_ person: ID<Person>, of territory: Int64, in db: Writer) throws {
        for table: SQL in ["person_detail", "external_number", "person_tag"] {
            try db.run("DELETE FROM \(table) WHERE territory_id = \(territory) AND person_id = \(person)")
        }
        if expectedBirth != nil || discretion != .none {
            try db.run(
                """
                INSERT INTO person_detail (territory_id, person_id, expected_birth, never_post, never_email, never_voicemail,
                  address_hidden, visits_for_two, caution, never_sms, never_campaign)
                VALUES (\(territory), \(person), \(expectedBirth), \(discretion.neverPost), \(discretion.neverEmail),
                  \(discretion.neverVoicemail), \(discretion.addressHidden), \(discretion.visitsForTwo),
                  \(discretion.caution), \(discretion.neverSMS), \(discretion.neverCampaign))
                """)
        }
        for number in numbers { try number.insert(for: person, of: territory, in: db) }
        for tag in tags.sorted() {
            try db.run("INSERT INTO person_tag (territory_id, person_id, tag_id) VALUES (\(territory), \(person), \(tag))")
        }
    }

    /// What the journal keeps of it, by field.
    var facts: [String: String] {
        var facts = [
            "expected_birth": expectedBirth?.description ?? "", "never_post": String(discretion.neverPost),
            "never_email": String(discretion.neverEmail), "never_voicemail": String(discretion.neverVoicemail),
            "address_hidden": String(discretion.addressHidden), "visits_for_two": String(discretion.visitsForTwo),
            "caution": discretion.caution, "never_sms": String(discretion.neverSMS), "never_campaign": String(discretion.neverCampaign),
            "tags": tags.sorted().map(\.description).joined(separator: " "),
        ]
        for number in numbers { facts["number_\(number.kind.rawValue)"] = number.number }
        return facts
    }
}
