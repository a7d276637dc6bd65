import Core
import Scheduling
import Store

/// The floor of a booking: a look for an overlap and one insert, in a table with nothing else, through the same store.
struct BareClaims: Sendable {
    let store: Store

    func create() async throws {
        try await store.write { db in
            _ = try db.run(
                """
                CREATE TABLE bare_claim (holder_id \(type: .uuid, "holder_id") NOT NULL, starts_at \(type: .bigint, "starts_at") NOT NULL,
                  ends_at \(type: .bigint, "ends_at") NOT NULL, PRIMARY KEY (holder_id, starts_at))\(layout: .clustered)
                """)
        }
    }

    func claim(_ time: Range<Instant>, of agent: ID<Agent>) async throws {
        try await store.claim { db in
            let isTaken = try db.exists(
                """
                SELECT 1 FROM bare_claim WHERE holder_id = \(agent) AND starts_at < \(time.upperBound)
                  AND starts_at > \(time.lowerBound.adding(seconds: -86_400)) AND ends_at > \(time.lowerBound)
                """)
            guard !isTaken else { throw Refusal.slotTaken }
            _ = try db.run(
                "INSERT INTO bare_claim (holder_id, starts_at, ends_at) VALUES (\(agent), \(time.lowerBound), \(time.upperBound))")
        }
    }
}
