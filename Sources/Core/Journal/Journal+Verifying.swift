import Foundation
import Store

extension Journal {
    /// What a check of a territory's journal found.
    public enum Verdict: Sendable, Equatable {
        case intact
        /// Whole, but for payloads deleted under these certificates.
        case erased(certificates: [Int])
        /// The first place in the chain where something was altered, removed or added, and what.
        case broken(at: Int64, why: String)
    }

    public struct Report: Sendable, Equatable {
        public let verdict: Verdict
        /// Sealed entries, and those that wait for their seal.
        public let sealed: Int64
        public let unsealed: Int64
        /// To be noted elsewhere: a chain rewritten whole, head included, shows only beside a seal noted before.
        public let head: Head?
    }

    /// Recomputes the whole chain of a territory, some thousands of rows at a time.
    /// - Parameter noted: a seal noted elsewhere, that the chain must still hold at its place.
    public static func verify(_ territory: Int64, noted: Head? = nil, in db: Reader) throws -> Report {
        let head = try Head.find(territory, in: db)
        var check = JournalCheck(certificates: try JournalCertificates(territory, in: db), noted: noted)
        do {
            try check.certificates.check()
            try check.walk(territory, head: head, in: db)
        } catch let fault as JournalFault {
            return check.report(.broken(at: fault.seq, why: fault.why), head)
        }
        let numbers = check.certificates.all.map(\.number)
        return check.report(numbers.isEmpty ? .intact : .erased(certificates: numbers), head)
    }
}

/// The first thing found wrong.
struct JournalFault: Error {
    let seq: Int64
    let why: String
}

extension JournalCheck {
    /// PostgreSQL hands a whole result over at once: millions of rows are asked for in pages.
    private static let page = 5_000

    fileprivate mutating func walk(_ territory: Int64, head: Journal.Head?, in db: Reader) throws {
        try walkSealed(territory, in: db)
        try checkHead(head)
        try walkUnsealed(territory, in: db)
        let counts = try db.first(
            """
            SELECT (SELECT count(*) FROM journal_payload WHERE territory_id = \(territory)),
              (SELECT count(*) FROM journal_erased WHERE territory_id = \(territory))
            """
        ) { (try $0[0] as Int64, try $0[1] as Int) }
        try checkCounts(payloads: counts?.0 ?? 0, erased: counts?.1 ?? 0)
    }

    private mutating func walkSealed(_ territory: Int64, in db: Reader) throws {
        var after = Int64.min
        var count = Self.page
        while count == Self.page {
            count = try add(
                JournalEntry.query(
                    of: territory, "journal_header.seq > \(after) ORDER BY journal_header.seq LIMIT \(Self.page)"), in: db
            ) { after = $0.seq ?? after }
        }
    }

    private mutating func walkUnsealed(_ territory: Int64, in db: Reader) throws {
        var after = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        var count = Self.page
        while count == Self.page {
            count = try add(
                JournalEntry.query(
                    of: territory,
                    """
                    journal_header.seq IS NULL AND journal_header.id > \(after) ORDER BY journal_header.id LIMIT \(Self.page)
                    """), in: db
            ) { after = $0.header.id }
        }
    }

    /// - Returns: how many entries the query gave.
    private mutating func add(_ query: SQL, in db: Reader, _ seen: (JournalEntry) -> Void) throws -> Int {
        var count = 0
        try db.forEach(query) { row in
            let entry = try read(row)
            try add(entry)
            seen(entry)
            count += 1
        }
        return count
    }

    /// Columns of a wrong type are a fault of the journal, not of the program.
    private func read(_ row: Row) throws -> JournalEntry {
        do { return try JournalEntry(row) } catch let error as StoreError {
            throw JournalFault(seq: last.seq + 1, why: "the entry cannot be read: \(error)")
        }
    }

    fileprivate func report(_ verdict: Journal.Verdict, _ head: Journal.Head?) -> Journal.Report {
        Journal.Report(verdict: verdict, sealed: sealed, unsealed: unsealed, head: head)
    }
}
