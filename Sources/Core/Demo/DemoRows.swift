import Foundation
import Scheduling
import Store

/// Rows waiting to be loaded, by table, in an order that foreign keys allow.
struct DemoRows {
    static let tables: [(name: String, columns: [String])] = [
        (
            "person",
            [
                "territory_id", "id", "first_name", "last_name", "birth_date", "channel", "language", "address", "postal_code", "commune",
                "needs",
                "informed_at", "informed_by", "created_at", "created_by", "version",
            ]
        ),
        ("person_organization", ["territory_id", "person_id", "organization_id"]),
        ("person_phone", ["territory_id", "person_id", "rank", "number", "label", "mobile"]),
        ("person_email", ["territory_id", "person_id", "rank", "address", "label"]),
        ("referent", ["territory_id", "person_id", "service_id", "agent_id", "since"]),
        ("note", ["territory_id", "id", "person_id", "service_id", "author_id", "text", "created_at"]),
        ("person_token", Person.tokenColumns),
        (
            "appointment",
            [
                "territory_id", "id", "agent_id", "organization_id", "reason_id", "service_id", "site_id", "place", "how", "phone", "link",
                "starts_at", "ends_at", "said", "overbooked_because", "replaces_id", "created_by", "created_at",
                "origin",
            ]
        ),
        ("appointment_group", ["territory_id", "appointment_id", "seats"]),
        ("participation", ["territory_id", "person_id", "appointment_id", "status"]),
        (
            "appointment_fact",
            [
                "territory_id", "id", "appointment_id", "person_id", "act", "status_before", "status_after", "starts_before",
                "starts_after",
                "agent_before", "agent_after", "why", "at", "by_agent", "undoes_id",
            ]
        ),
        ("call_attempt", ["territory_id", "id", "appointment_id", "agent_id", "at"]),
        ("claim", ["territory_id", "holder_id", "starts_at", "ends_at", "id", "holder", "appointment_id", "expires_at", "overbooked"]),
        (
            "message",
            [
                "territory_id", "id", "person_id", "appointment_id", "purpose", "channel", "recipient", "due_at", "dedup_key", "created_at",
                "withdrawn_at", "sent_at", "outcome",
            ]
        ),
        ("journal_header", ["territory_id", "id", "at", "actor", "actor_id", "act", "subject_id", "digest"]),
        ("journal_payload", ["territory_id", "id", "salt", "payload"]),
    ]

    let territory: Int64
    private var rows: [String: [[SQLValue]]] = [:]

    init(of territory: Int64) { self.territory = territory }

    /// - Parameter values: all but the territory, which every row begins with.
    mutating func add(_ table: String, _ values: [any SQLBindable]) {
        rows[table, default: []].append([.integer(territory)] + values.map(\.sqlValue))
    }

    mutating func add(_ table: String, whole row: [SQLValue]) { rows[table, default: []].append(row) }

    func count(_ table: String) -> Int { rows[table]?.count ?? 0 }

    /// Sorted by the first columns where the key is not in the order in which rows are made: sorted rows load several times faster.
    mutating func sort(_ table: String, by isBefore: ([SQLValue], [SQLValue]) -> Bool) { rows[table]?.sort(by: isBefore) }

    func load(in db: Writer) throws {
        for table in Self.tables {
            if let rows = rows[table.name], !rows.isEmpty { try db.load(table.name, columns: table.columns, rows: rows) }
        }
    }
}
