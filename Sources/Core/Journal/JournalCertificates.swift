import Foundation
import Scheduling
import Store

/// All the certificates of a territory, and which entries they cover.
struct JournalCertificates {
    private(set) var all: [Certificate] = []
    /// The number of the certificate that covers an entry.
    private(set) var numbers: [UUID: Int] = [:]
    private(set) var headers: Set<UUID> = []
    private var fault: JournalFault?

    init(_ territory: Int64, in db: Reader) throws {
        try db.forEach(
            """
            SELECT journal_erasure.number, journal_erasure.at, journal_header.id, journal_header.at, journal_header.act,
              journal_header.digest, journal_header.seq, journal_payload.salt, journal_payload.payload
            FROM journal_erasure
            LEFT JOIN journal_header ON journal_header.territory_id = journal_erasure.territory_id
              AND journal_header.id = journal_erasure.header_id
            LEFT JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id
              AND journal_payload.id = journal_header.id
            WHERE journal_erasure.territory_id = \(territory) ORDER BY journal_erasure.number
            """
        ) { row in
            guard let certificate = try Self.read(row) else {
                fault =
                    try fault ?? JournalFault(seq: (row[6] as Int64?) ?? 0, why: "certificate \(row[0] as Int) is not what its entry says")
                return
            }
            add(certificate)
        }
    }

    func check() throws {
        if let fault { throw fault }
    }

    private mutating func add(_ certificate: Certificate) {
        all.append(certificate)
        headers.insert(certificate.headerID)
        for entry in certificate.entries { numbers[entry] = certificate.number }
    }

    /// - Returns: `nil` when the row and the entry do not agree, or the entry is not intact.
    private static func read(_ row: Row) throws -> Certificate? {
        guard let id: UUID = try row[2], let at: Instant = try row[3], let salt: [UInt8] = try row[7], let payload: String = try row[8],
            try row[4] == Journal.Act.erased.rawValue, try row[1] == at, try row[5] == Journal.digest(salt: salt, payload: payload),
            let certificate = Certificate(headerID: id, at: at, payload: payload), try row[0] == certificate.number
        else { return nil }
        return certificate
    }
}
