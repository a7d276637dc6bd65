import Foundation
import Store

/// A header with all that is tied to it, raw, as a check of the chain reads it.
struct JournalEntry {
    let header: JournalHeader
    let seq: Int64?
    let seal: [UInt8]?
    let salt: [UInt8]?
    let payload: String?
    /// The number of the erasure that the database ties it to.
    let erasedUnder: Int?

    init(_ row: Row) throws {
        header = try JournalHeader(row)
        seq = try row[JournalHeader.columnCount]
        seal = try row[JournalHeader.columnCount + 1]
        salt = try row[JournalHeader.columnCount + 2]
        payload = try row[JournalHeader.columnCount + 3]
        erasedUnder = try row[JournalHeader.columnCount + 4]
    }

    /// - Parameter rest: a condition on the header, the order and the limit.
    static func query(of territory: Int64, _ rest: SQL) -> SQL {
        """
        SELECT \(JournalHeader.columns), journal_header.seq, journal_header.seal, journal_payload.salt, journal_payload.payload,
          journal_erased.number
        FROM journal_header
        LEFT JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id AND journal_payload.id = journal_header.id
        LEFT JOIN journal_erased ON journal_erased.territory_id = journal_header.territory_id AND journal_erased.id = journal_header.id
        WHERE journal_header.territory_id = \(territory) AND \(rest)
        """
    }
}
