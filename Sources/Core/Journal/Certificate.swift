import Foundation
import Scheduling
import Store

/// What a lawful erasure leaves behind: a journal entry of its own, whose payload lists the entries whose payload was deleted.
///
/// Tables `journal_erasure` and `journal_erased` repeat it for the database's own rules; the entry is what proves it.
public struct Certificate: Sendable, Equatable {
    public let number: Int
    public let headerID: UUID
    public let at: Instant
    public let reason: String
    /// The journal entries concerned, by their ids: nothing in them says whose they were.
    public let entries: [UUID]

    var payload: [String: String] {
        [
            "certificate": String(number), "reason": reason, "count": String(entries.count),
            "entries": entries.map(\.text).joined(separator: " "),
        ]
    }

    init(number: Int, headerID: UUID, at: Instant, reason: String, entries: [UUID]) {
        self.number = number
        self.headerID = headerID
        self.at = at
        self.reason = reason
        self.entries = entries
    }

    /// - Returns: `nil` when the payload is not a certificate's.
    init?(headerID: UUID, at: Instant, payload: String) {
        guard let fields = try? JSONDecoder().decode([String: String].self, from: Data(payload.utf8)),
            let number = fields["certificate"].flatMap(Int.init), let reason = fields["reason"],
            let count = fields["count"].flatMap(Int.init), let list = fields["entries"]
        else { return nil }
        let entries = list.split(separator: " ").compactMap { UUID(uuidString: String($0)) }
        guard entries.count == count else { return nil }
        self.init(number: number, headerID: headerID, at: at, reason: reason, entries: entries)
    }
}

extension Certificate {
    func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO journal_erasure (territory_id, number, header_id, at) VALUES (\(territory), \(number), \(headerID), \(at))
            """)
        try db.load(
            "journal_erased", columns: ["territory_id", "id", "number"],
            rows: entries.map { [territory.sqlValue, $0.sqlValue, number.sqlValue] })
    }
}
