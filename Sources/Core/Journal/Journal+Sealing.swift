import Foundation
import Store

extension Journal {
    /// Where the chain of a territory stands: the place and the seal of its last sealed header.
    public struct Head: Sendable, Equatable {
        public let seq: Int64
        public let seal: [UInt8]

        /// Before the first header.
        static let start = Head(seq: 0, seal: Array(repeating: 0, count: 32))

        public init(seq: Int64, seal: [UInt8]) {
            self.seq = seq
            self.seal = seal
        }

        static func find(_ territory: Int64, in db: Reader) throws -> Head? {
            try db.first("SELECT seq, seal FROM journal_head WHERE territory_id = \(territory)") { Head(seq: try $0[0], seal: try $0[1]) }
        }
    }

    /// Seals the headers that are not yet in their territory's chain, at most `limit` of each territory.
    ///
    /// Safe on any number of nodes: the head's row is locked first, and `journal_header_seq` has the last word.
    /// - Returns: how many were sealed.
    @discardableResult
    public static func seal(limit: Int = 2_000, in store: Store) async throws -> Int {
        let territories: [Int64] = try await store.read { db in
            try db.all("SELECT DISTINCT territory_id FROM journal_header WHERE seq IS NULL ORDER BY territory_id") { try $0[0] }
        }
        var sealed = 0
        for territory in territories {
            // READ COMMITTED: a sealer that makes writers retry would cost more than it gives.
            sealed += try await store.claim { db in try seal(territory, limit: limit, in: db) }
        }
        return sealed
    }

    static func seal(_ territory: Int64, limit: Int, in db: Writer) throws -> Int {
        let head = try lockHead(territory, in: db)
        let headers = try db.all(
            """
            SELECT \(JournalHeader.columns) FROM journal_header WHERE territory_id = \(territory) AND seq IS NULL
            ORDER BY id LIMIT \(limit)
            """
        ) { try JournalHeader($0) }
        guard !headers.isEmpty else { return 0 }
        var links: [Link] = []
        var last = head
        for header in headers {
            last = Head(seq: last.seq + 1, seal: header.seal(after: last.seal, seq: last.seq + 1))
            links.append(Link(id: header.id, head: last))
        }
        try write(links, of: territory, in: db)
        try db.run("UPDATE journal_head SET seq = \(last.seq), seal = \(last.seal) WHERE territory_id = \(territory)")
        return links.count
    }

    private static func lockHead(_ territory: Int64, in db: Writer) throws -> Head {
        try db.run(
            """
            INSERT INTO journal_head (territory_id, seq, seal) VALUES (\(territory), \(Head.start.seq), \(Head.start.seal))
            ON CONFLICT (territory_id) DO NOTHING
            """)
        let query: SQL = "SELECT seq, seal FROM journal_head WHERE territory_id = \(territory)\(lock: .rows)"
        return try db.first(query) { Head(seq: try $0[0], seal: try $0[1]) } ?? .start
    }

    private struct Link {
        let id: UUID
        let head: Head
    }

    /// One statement for many rows: a trip to the server for each would take half the time there is at 3,000 bookings a second.
    private static func write(_ links: [Link], of territory: Int64, in db: Writer) throws {
        for start in stride(from: 0, to: links.count, by: 128) {
            let batch = links[start..<min(start + 128, links.count)]
            try db.run(
                """
                UPDATE journal_header SET seq = fresh.column2, seal = fresh.column3 FROM (VALUES \(values(of: batch))) AS fresh
                WHERE journal_header.territory_id = \(territory) AND journal_header.id = fresh.column1
                """)
        }
    }

    /// The last row is repeated up to a power of two, so that batches of all sizes share a few prepared statements.
    private static func values(of batch: ArraySlice<Link>) -> SQL {
        var size = 1
        while size < batch.count { size *= 2 }
        let rows = (0..<size).map { batch[min(batch.startIndex + $0, batch.endIndex - 1)] }
        return SQL(joined: rows.map { "(\($0.id), \($0.head.seq), \($0.head.seal))" }, by: ", ")
    }
}

/// As text, to be noted elsewhere: the place and the seal in hexadecimal, `1234:a1b2…`.
extension Journal.Head: LosslessStringConvertible {
    public init?(_ text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let seq = Int64(parts[0]), parts[1].count == 64 else { return nil }
        let digits = Array(parts[1])
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        guard bytes.count == 32 else { return nil }
        self.init(seq: seq, seal: bytes)
    }

    public var description: String { "\(seq):" + seal.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
