import Crypto
import Foundation
import Scheduling
import Store

/// Who did and who saw what (table `journal_header`), in append-only entries.
///
/// The header says who, when, which act, about whom; what it was is in the payload, in another row, with the salt of its digest:
/// a lawful purge deletes that row and leaves the chain whole.
public enum Journal {
    /// What was done. Raw values are stored for ever: never rename one.
    public enum Act: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
        case created, changed, deleted, read, searched, exported, refused
        case signedIn = "signed-in"
        case signedOut = "signed-out"
        case booked, moved, cancelled, closed, overbooked, disclosed, erased, merged
    }

    /// Who acted: `agent`, the system itself, or someone not signed in.
    public enum Actor: Sendable {
        case agent(ID<Agent>)
        case system, anonymous

        var kind: String {
            switch self {
            case .agent: "agent"
            case .system: "system"
            case .anonymous: "anonymous"
            }
        }
        var id: ID<Agent>? { if case .agent(let id) = self { id } else { nil } }
    }
}

extension Journal {
    /// Writes one entry in the transaction at hand.
    /// - Parameters:
    ///   - subject: the id of the person (or, without one, of the thing) it is about.
    ///   - payload: what happened, in flat text; this is the part that a purge deletes.
    @discardableResult
    public static func record(
        _ act: Act, about subject: UUID?, _ payload: [String: String] = [:], by actor: Actor, of territory: Int64, at now: Instant,
        in db: Writer
    ) throws -> ID<Journal> {
        let id = ID<Journal>.new()
        let text = encode(payload)
        let salt = [UInt8](SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) })
        try db.send(
            """
            INSERT INTO journal_header (territory_id, id, at, actor, actor_id, act, subject_id, digest)
            VALUES (\(territory), \(id), \(now), \(actor.kind), \(actor.id), \(act), \(subject), \(digest(salt: salt, payload: text)))
            """)
        try db.send(
            "INSERT INTO journal_payload (territory_id, id, salt, payload) VALUES (\(territory), \(id), \(salt), \(text))")
        return id
    }

    /// An entry by the agent who acts.
    @discardableResult
    public static func record(
        _ act: Act, about subject: UUID?, _ payload: [String: String] = [:], by acting: Acting, at now: Instant, in db: Writer
    ) throws -> ID<Journal> {
        try record(act, about: subject, payload, by: .agent(acting.agent.id), of: acting.territoryID, at: now, in: db)
    }

    /// SHA-256 of the salt followed by the payload's UTF-8.
    static func digest(salt: [UInt8], payload: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array(payload.utf8))
        return Array(hash.finalize())
    }
}
