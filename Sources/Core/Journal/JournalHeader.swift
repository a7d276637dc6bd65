import Crypto
import Foundation
import Store

/// A header as it is stored: raw, so that a tampered one can still be read and refused.
struct JournalHeader {
    let territoryID: Int64
    let id: UUID
    let at: Int64
    let actor: String
    let actorID: UUID?
    let act: String
    let subjectID: UUID?
    let digest: [UInt8]

    static let columns: SQL = """
        journal_header.territory_id, journal_header.id, journal_header.at, journal_header.actor, journal_header.actor_id,
        journal_header.act, journal_header.subject_id, journal_header.digest
        """
    static let columnCount = 8

    init(_ row: Row) throws {
        territoryID = try row[0]
        id = try row[1]
        at = try row[2]
        actor = try row[3]
        actorID = try row[4]
        act = try row[5]
        subjectID = try row[6]
        digest = try row[7]
    }

    /// SHA-256 of the seal before it, the place in the chain and every field of the header.
    ///
    /// Each field is written so that no two headers share a text: integers in eight bytes, big-endian; a text or bytes after their
    /// length; an absent value as one zero byte.
    func seal(after previous: [UInt8], seq: Int64) -> [UInt8] {
        var fields = SealedFields()
        fields.add(seq)
        fields.add(territoryID)
        fields.add(id)
        fields.add(at)
        fields.add(Array(actor.utf8))
        fields.add(actorID)
        fields.add(Array(act.utf8))
        fields.add(subjectID)
        fields.add(digest)
        return Array(SHA256.hash(data: previous + fields.bytes))
    }
}

/// The bytes of a header that its seal covers.
private struct SealedFields {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(160) }

    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }

    mutating func add(_ data: [UInt8]) {
        add(Int64(data.count))
        bytes += data
    }

    mutating func add(_ uuid: UUID) {
        withUnsafeBytes(of: uuid.uuid) { bytes += $0 }
    }

    mutating func add(_ uuid: UUID?) {
        guard let uuid else { return bytes.append(0) }
        bytes.append(1)
        add(uuid)
    }
}
