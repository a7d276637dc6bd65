import Store

/// A column that points to a person, and how its rows follow when two files become one.
///
/// A test compares this list with the database's own catalogue: a table made later without its rule fails it, and the foreign key
/// itself refuses the deletion of a file to which a row still points.
struct PersonPointer: Sendable {
    enum Rule: Sendable, Equatable {
        case moved
        /// Moved, unless the kept file has a row with the same values in these columns: then that one stands.
        case movedUnlessThere([String])
        /// Written anew from the united file.
        case rewritten
    }

    let table: String
    let column: String
    let rule: Rule

    init(_ table: String, _ column: String = "person_id", _ rule: Rule) {
        (self.table, self.column, self.rule) = (table, column, rule)
    }

    static let all: [PersonPointer] = [
        PersonPointer("person_phone", .rewritten), PersonPointer("person_email", .rewritten), PersonPointer("person_token", .rewritten),
        PersonPointer("person_organization", .movedUnlessThere(["organization_id"])),
        PersonPointer("referent", .movedUnlessThere(["service_id"])),
        PersonPointer("note", .moved), PersonPointer("disclosure", .moved),
        PersonPointer("participation", .movedUnlessThere(["appointment_id"])),
        PersonPointer("appointment_fact", .moved), PersonPointer("message", .moved), PersonPointer("claim", "holder_id", .moved),
        PersonPointer("person_merged", "into_id", .moved),
        PersonPointer("person_detail", .rewritten), PersonPointer("external_number", .rewritten), PersonPointer("person_tag", .rewritten),
        PersonPointer("archiving", .rewritten), PersonPointer("private_note", .moved), PersonPointer("memo", .moved),
        PersonPointer("arrival", .movedUnlessThere(["appointment_id"])),
        PersonPointer("tidings", .movedUnlessThere(["cause_id", "appointment_id"])),
        PersonPointer("message", "to_person_id", .moved),
        PersonPointer("reminder", .movedUnlessThere(["appointment_id", "purpose", "minutes_before", "starts_at"])),
        PersonPointer("relation", .movedUnlessThere(["other_id"])), PersonPointer("relation", "other_id", .movedUnlessThere(["person_id"])),
        PersonPointer("protection", .moved), PersonPointer("protection", "representative_id", .moved),
        PersonPointer("accompaniment", .movedUnlessThere(["appointment_id"])),
        PersonPointer("asked_for", .movedUnlessThere(["appointment_id"])),
        PersonPointer("reply", .moved),
        PersonPointer("calendar_feed", .moved),
        PersonPointer("campaign_listed", .movedUnlessThere(["campaign_id"])),
        PersonPointer("campaign_recipient", .movedUnlessThere(["campaign_id"])),
        PersonPointer("earlier_wish", .movedUnlessThere(["appointment_id"])),
        PersonPointer("earlier_offer", .movedUnlessThere(["offered_on"])),
        PersonPointer("unmet_demand", .movedUnlessThere(["reason_id", "asked_on"])),
    ]

    init(_ table: String, _ rule: Rule) { self.init(table, "person_id", rule) }

    func follow(from other: ID<Person>, to kept: ID<Person>, of territory: Int64, in db: Writer) throws {
        guard rule != .rewritten else { return }
        if case .movedUnlessThere(let columns) = rule { try leave(columns, of: other, to: kept, territory, in: db) }
        try db.run(
            """
            UPDATE \(identifier: table) SET \(identifier: column) = \(kept)
            WHERE territory_id = \(territory) AND \(identifier: column) = \(other)
            """)
    }

    private func leave(_ columns: [String], of other: ID<Person>, to kept: ID<Person>, _ territory: Int64, in db: Writer) throws {
        let same: [SQL] = columns.map { "there.\(identifier: $0) = \(identifier: table).\(identifier: $0)" }
        try db.run(
            """
            DELETE FROM \(identifier: table) WHERE territory_id = \(territory) AND \(identifier: column) = \(other) AND EXISTS (
              SELECT 1 FROM \(identifier: table) AS there WHERE there.territory_id = \(territory)
                AND there.\(identifier: column) = \(kept) AND \(SQL(joined: same, by: " AND ")))
            """)
    }
}
