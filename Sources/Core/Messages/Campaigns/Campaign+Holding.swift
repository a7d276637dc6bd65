import Scheduling
import Store

extension Campaign {
    /// What has not left waits until someone resumes it.
    public static func pause(_ id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let campaign = try lock(id, seenBy: acting, in: db)
        guard campaign.launchedAt != nil, campaign.endedAt == nil else { throw Refusal.campaignNotRunning }
        guard campaign.pausedAt == nil else { return }
        try campaign.update("paused_at = \(now)", in: db)
        try campaign.journal(.changed, ["act": "paused"], by: acting, at: now, in: db)
    }

    /// What waits leaves from now on, at its rate: not all at once.
    public static func resume(_ id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let campaign = try lock(id, seenBy: acting, in: db)
        guard campaign.launchedAt != nil, campaign.endedAt == nil else { throw Refusal.campaignNotRunning }
        guard campaign.pausedAt != nil else { return }
        let pace = try campaign.spread(of: acting.territory, at: now, in: db)
        try campaign.update("paused_at = NULL, queue_at = \(pace.next)", in: db)
        try campaign.journal(.changed, ["act": "resumed"], by: acting, at: now, in: db)
    }

    /// Gives each minute its share of what waits, in their turn.
    private func spread(of territory: Territory, at now: Instant, in db: Writer) throws -> CampaignPace {
        var pace = CampaignPace(rate: rate, quiet: Quiet(territory), from: now)
        let turns: [Int] = try db.all(
            """
            SELECT campaign_recipient.turn FROM campaign_recipient
            JOIN message ON message.territory_id = campaign_recipient.territory_id AND message.id = campaign_recipient.message_id
            WHERE campaign_recipient.territory_id = \(territoryID) AND campaign_recipient.campaign_id = \(id) AND \(Message.waiting)
            ORDER BY campaign_recipient.turn
            """
        ) { try $0[0] }
        for start in stride(from: 0, to: turns.count, by: rate) {
            let minute = turns[start..<min(start + rate, turns.count)]
            try db.send(
                """
                UPDATE message SET due_at = \(pace.minute()) WHERE territory_id = \(territoryID) AND \(Message.waiting)
                  AND id IN (SELECT message_id FROM campaign_recipient WHERE territory_id = \(territoryID) AND campaign_id = \(id)
                    AND turn BETWEEN \(minute[minute.startIndex]) AND \(minute[minute.endIndex - 1]))
                """)
        }
        return pace
    }

    /// What has not left will not; what is on its way arrives.
    public static func stop(_ id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let campaign = try lock(id, seenBy: acting, in: db)
        guard campaign.endedAt == nil else { return }
        try campaign.update("ended_at = \(now)", in: db)
        try db.run(
            """
            UPDATE message SET withdrawn_at = \(now), outcome = 'untrue', because = 'campaign-stopped'
            WHERE territory_id = \(campaign.territoryID) AND \(Message.waiting) AND id IN (SELECT message_id FROM campaign_recipient
              WHERE territory_id = \(campaign.territoryID) AND campaign_id = \(id) AND message_id IS NOT NULL)
            """)
        try campaign.journal(.changed, ["act": "stopped"], by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let campaignNotRunning = Refusal(
        .conflict, "campaign-not-running", "Cette campagne n’est pas en cours. Rechargez la page pour voir où elle en est.")
}
