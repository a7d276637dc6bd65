import Foundation
import Scheduling
import Store

/// The e-mail that tells an administrator what keeps a gateway (table `gateway_word`): one for each time that it is told.
///
/// It is about nobody, so it is no `message`. Like an essai it is taken by one worker and never taken again when that worker died with
/// it: the fault, if it lasts, is told the next day. It never leaves through the gateway that it is about.
struct GatewayWord: Sendable {
    let id: ID<GatewayWord>
    let fault: GatewayFault
    let recipient: String
    let attempts: Int

    /// Days after which it is no news any more.
    static let days = 1

    /// Writes to those who may set the territory up.
    static func tell(_ fault: GatewayFault, at now: Instant, in db: Writer) throws {
        for (agent, email) in try readers(of: fault.territoryID, in: db) {
            try db.run(
                """
                INSERT INTO gateway_word (territory_id, id, gateway, channel, because, told_at, agent_id, recipient, due_at)
                VALUES (\(fault.territoryID), \(ID<GatewayWord>.new()), \(fault.gateway), \(fault.channel), \(fault.because), \(now),
                  \(agent), \(email), \(now))
                ON CONFLICT (territory_id, gateway, because, told_at, agent_id) DO NOTHING
                """)
        }
    }

    private static func readers(of territory: Int64, in db: Reader) throws -> [(ID<Agent>, String)] {
        let roles = TerritoryRole.allCases.filter { Rights.ofTerritoryRole[$0]?.contains(.setUpTerritory) == true }
        return try db.all(
            """
            SELECT DISTINCT agent.id, agent.email FROM territory_role
            JOIN agent ON agent.territory_id = territory_role.territory_id AND agent.id = territory_role.agent_id
            WHERE territory_role.territory_id = \(territory) AND territory_role.role IN \(list: roles)
              AND agent.disabled_at IS NULL AND agent.email IS NOT NULL
            ORDER BY agent.id
            """
        ) { (try $0[0], try $0[1]) }
    }
}

extension GatewayWord {
    static func isWaiting(for carrier: Sending.Carrier, at now: Instant, in db: Reader) throws -> Bool {
        try carrier.channel == .email && db.exists("SELECT 1 FROM gateway_word WHERE \(waiting(for: carrier, at: now)) LIMIT 1")
    }

    private static func waiting(for carrier: Sending.Carrier, at now: Instant) -> SQL {
        """
        gateway_word.due_at <= \(now) AND gateway_word.taken_at IS NULL AND gateway_word.gateway <> \(carrier.name)
          AND gateway_word.told_at > \(now.adding(days: -days))
        """
    }

    /// Those that nobody has taken, and that are still true.
    static func take(by carrier: Sending.Carrier, at now: Instant, in db: Writer) throws -> [Sending] {
        guard carrier.channel == .email else { return [] }
        let waiting = try db.all(
            """
            SELECT territory_id, id, gateway, channel, because, recipient, attempts FROM gateway_word
            WHERE \(waiting(for: carrier, at: now)) ORDER BY due_at, id LIMIT 8\(lock: .freeRows)
            """
        ) { row in
            GatewayWord(
                id: try row[1],
                fault: GatewayFault(territoryID: try row[0], gateway: try row[2], channel: try row[3], because: try row[4]),
                recipient: try row[5], attempts: try row[6])
        }
        return try waiting.compactMap { word in
            let sending = try word.sending(by: carrier, at: now, in: db)
            let outcome: Message.Outcome? = sending == nil ? .untrue : nil
            try db.run(
                """
                UPDATE gateway_word SET taken_at = \(now), outcome = \(outcome)
                WHERE territory_id = \(word.fault.territoryID) AND id = \(word.id)
                """)
            return sending
        }
    }

    /// - Returns: `nil` when the gateway has carried something since.
    private func sending(by carrier: Sending.Carrier, at now: Instant, in db: Writer) throws -> Sending? {
        guard let territory = try Territory.find(fault.territoryID, in: db), let standing = try fault.standing(in: db) else { return nil }
        if try fault.hasCarried(since: standing.seenAt, in: db) {
            try fault.forget(in: db)
            return nil
        }
        let waiting = try GatewayTrouble.read(of: territory.id, in: db).first {
            $0.gateway == fault.gateway && $0.because == fault.because
        }
        let said = Said(
            territory: territory, messages: waiting?.messages ?? 0, since: min(standing.since, waiting?.since ?? standing.since),
            page: carrier.gatewaysPage)
        return Sending(
            territoryID: territory.id, id: ID(id.uuid), messageID: ID(id.uuid), channel: .email, recipient: recipient, from: territory.name,
            rendered: rendered(said, at: now), startedAt: now, lease: id.uuid, attempts: attempts, kind: .gatewayWord)
    }

    /// What did not leave is tried again.
    static func record(_ answer: Delivery.Answer, of sending: Sending, at now: Instant, chance: Double, in db: Writer) throws {
        let own: SQL = "territory_id = \(sending.territoryID) AND id = \(sending.id) AND taken_at IS NOT NULL AND outcome IS NULL"
        guard answer.outcome == .failed else {
            try db.run("UPDATE gateway_word SET outcome = \(answer.outcome), attempts = attempts + 1 WHERE \(own)")
            return
        }
        let wait = Patience.messages.wait(after: sending.attempts + 1, chance: chance)
        try db.run(
            "UPDATE gateway_word SET attempts = attempts + 1, taken_at = NULL, due_at = \(now.adding(seconds: wait)) WHERE \(own)")
    }
}
