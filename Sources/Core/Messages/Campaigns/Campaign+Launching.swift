import Foundation
import Scheduling
import Store

extension Campaign {
    /// A second person says yes.
    /// - Throws: ``Refusal/approveOwn`` for whoever prepared it.
    public static func approve(_ id: ID<Campaign>, version: Int?, by acting: Acting, at now: Instant, in db: Writer) throws {
        let campaign = try lock(id, seenBy: acting, in: db)
        guard campaign.launchedAt == nil, campaign.endedAt == nil else { throw Refusal.campaignLaunched }
        if let version, version != campaign.version { throw Refusal.campaignChanged }
        guard campaign.preparedBy != acting.agent.id else { throw Refusal.approveOwn }
        let told = try campaign.audience(at: now, of: acting.territory, in: db).toldCount
        guard !campaign.isApproved(for: told) else { return }
        try campaign.update("approved_at = \(now), approved_by = \(acting.agent.id), approved_told = \(told)", in: db)
        try campaign.journal(.changed, ["act": "approved", "told": "\(told)"], by: acting, at: now, in: db)
    }

    /// Freezes to whom it goes, all or nothing; their messages are then made a few thousand at a time (``queueNext(at:in:)``).
    /// - Throws: ``Refusal/needsApproval``, ``Refusal/nobodyToTell``; a conflict when it is launched already.
    public static func launch(_ id: ID<Campaign>, version: Int?, by acting: Acting, at now: Instant, in db: Writer) throws -> Campaign {
        let campaign = try lock(id, seenBy: acting, in: db)
        guard campaign.launchedAt == nil, campaign.endedAt == nil else { throw Refusal.campaignLaunched }
        if let version, version != campaign.version { throw Refusal.campaignChanged }
        let rule = try CampaignRule.of(acting.territoryID, in: db)
        let audience = try campaign.audience(at: now, of: acting.territory, in: db)
        let told = audience.toldCount
        guard told > 0 else { throw Refusal.nobodyToTell }
        guard told <= rule.approvalAbove || campaign.isApproved(for: told) else { throw Refusal.needsApproval }
        try campaign.freeze(audience, in: db)
        try campaign.update(
            """
            launched_at = \(now), launched_by = \(acting.agent.id), told = \(told), approval_above = \(rule.approvalAbove),
            queue_at = \(now)
            """, in: db)
        try campaign.journal(
            .changed, ["act": "launched", "told": "\(told)", "excluded": "\(audience.count - told)"], by: acting, at: now, in: db)
        return try lock(id, seenBy: acting, in: db)
    }

    private func freeze(_ audience: [(person: ID<Person>, place: CampaignSorting.Place)], in db: Writer) throws {
        var turn = 0
        let rows = audience.lazy.map { one -> [SQLValue] in
            let head = [territoryID.sqlValue, id.sqlValue, one.person.sqlValue]
            switch one.place {
            case .told(let channel, let recipient):
                turn += 1
                return head + [turn.sqlValue, channel.sqlValue, recipient.sqlValue, ID<Message>.new().sqlValue, .null]
            case .excluded(let cause): return head + [.null, .null, .null, .null, cause.sqlValue]
            }
        }
        try db.load("campaign_recipient", columns: Self.frozenColumns, rows: rows)
    }

    private static let frozenColumns = [
        "territory_id", "campaign_id", "person_id", "turn", "channel", "recipient", "message_id", "excluded",
    ]
}

extension [(person: ID<Person>, place: CampaignSorting.Place)] {
    fileprivate var toldCount: Int { count { if case .told = $0.place { true } else { false } } }
}

extension Campaign {
    /// About how many messages are made in one transaction.
    static let batch = 5_000

    /// Makes the next messages that launched campaigns lack, on any number of nodes at once: where it had come to is written with them, so
    /// that whatever stops it neither loses nor doubles one.
    /// - Returns: how many; none when nothing lacks.
    public static func queueNext(at now: Instant, in store: Store) async throws -> Int {
        let lacking: SQL = "launched_at IS NOT NULL AND paused_at IS NULL AND ended_at IS NULL AND queued_to < told"
        let next = try await store.read { db in try find("\(lacking) ORDER BY launched_at, id LIMIT 1", in: db) }
        guard let next else { return 0 }
        return try await store.claim { db in
            let key: SQL = "territory_id = \(next.territoryID) AND id = \(next.id)"
            guard let campaign = try find("\(key) AND \(lacking)\(lock: .rows)", in: db),
                let territory = try Territory.find(campaign.territoryID, in: db)
            else { return 0 }
            return try campaign.queue(of: territory, at: now, in: db)
        }
    }

    private func queue(of territory: Territory, at now: Instant, in db: Writer) throws -> Int {
        let from: Instant? = try db.first("SELECT queue_at FROM campaign WHERE territory_id = \(territoryID) AND id = \(id)") { try $0[0] }
        var pace = CampaignPace(rate: rate, quiet: Quiet(territory), from: max(from ?? now, now))
        let last = queuedTo + max(1, Self.batch / rate) * rate
        var rows: [[SQLValue]] = [], minute = now
        try db.forEach(
            """
            SELECT one.person_id, one.channel, one.recipient, one.message_id, coalesce(detail.never_campaign, FALSE)
              OR (one.channel = 'sms' AND coalesce(detail.never_sms, FALSE)) OR (one.channel = 'email' AND coalesce(detail.never_email, FALSE))
            FROM campaign_recipient one
            LEFT JOIN person_detail detail ON detail.territory_id = one.territory_id AND detail.person_id = one.person_id
            WHERE one.territory_id = \(territoryID) AND one.campaign_id = \(id) AND one.turn > \(queuedTo) AND one.turn <= \(last)
            ORDER BY one.turn
            """
        ) { row in
            if rows.count % rate == 0 { minute = pace.minute() }
            // Opposed since the audience was frozen: written as withdrawn, so that it is counted.
            let person: ID<Person> = try row[0], isOpposed: Bool = try row[4]
            rows.append([
                territoryID.sqlValue, try row[3], person.sqlValue, Message.Purpose.campaign.sqlValue, try row[1], try row[2],
                minute.adding(seconds: pace.seconds(rows.count % rate)).sqlValue, "campaign/\(id)/\(person)".sqlValue, now.sqlValue,
                (isOpposed ? now : nil).sqlValue, (isOpposed ? Message.Outcome.untrue : nil).sqlValue,
                (isOpposed ? Message.Cause.opposed : nil).sqlValue,
            ])
        }
        try db.load("message", columns: Self.messageColumns, rows: rows)
        try update("queued_to = \(queuedTo + rows.count), queue_at = \(pace.next)", in: db)
        return rows.count
    }

    private static let messageColumns = [
        "territory_id", "id", "person_id", "purpose", "channel", "recipient", "due_at", "dedup_key", "created_at",
        "withdrawn_at", "outcome", "because",
    ]
}

extension Refusal {
    public static let approveOwn = Refusal(
        .conflict, "approve-own", "Vous avez préparé cette campagne : c’est à quelqu’un d’autre de l’approuver.")
    public static let needsApproval = Refusal(
        .conflict, "needs-approval",
        "Cette campagne va à beaucoup de personnes : quelqu’un d’autre, qui peut envoyer des campagnes, doit d’abord l’approuver.")
    public static let nobodyToTell = Refusal(
        .conflict, "nobody-to-tell", "Personne ne recevrait ce message. Élargissez à qui il s’adresse.")
}
