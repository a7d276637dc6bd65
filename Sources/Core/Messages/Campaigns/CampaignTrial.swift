import Foundation
import Scheduling
import Store

/// Un essai: what a campaign says, sent to the agent who asks (table `campaign_trial`).
public struct CampaignTrial: Sendable, Equatable {
    public let id: ID<CampaignTrial>
    public let agentID: ID<Agent>
    public let channel: Person.Channel
    public let recipient: String
    public let askedAt: Instant
    public let takenAt: Instant?
    public let outcome: Delivery.Outcome?
    public let because: Message.Cause?

    public init(
        id: ID<CampaignTrial>, agentID: ID<Agent>, channel: Person.Channel, recipient: String, askedAt: Instant, takenAt: Instant? = nil,
        outcome: Delivery.Outcome? = nil, because: Message.Cause? = nil
    ) {
        (self.id, self.agentID, self.channel, self.recipient) = (id, agentID, channel, recipient)
        (self.askedAt, self.takenAt, self.outcome, self.because) = (askedAt, takenAt, outcome, because)
    }

    /// For one campaign.
    public static let most = 20

    /// In words: « remis à la passerelle », « en attente ».
    public var label: String {
        let said = outcome?.label ?? (takenAt == nil ? "en attente d’une passerelle" : "en cours")
        return said + (because.map { " : \($0.label)" } ?? "")
    }
}

extension CampaignTrial {
    /// - Parameter typed: a mobile number; nothing for the agent's own e-mail.
    /// - Throws: a ``Refusal`` beside `recipient`.
    @discardableResult
    public static func ask(
        _ id: ID<Campaign>, by channel: Person.Channel, to typed: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> ID<CampaignTrial> {
        let campaign = try Campaign.lock(id, seenBy: acting, in: db)
        _ = try campaign.text.rendered(by: channel, with: [:])
        let recipient = try recipient(channel, typed, acting)
        let asked: Int? = try db.first(
            "SELECT count(*) FROM campaign_trial WHERE territory_id = \(acting.territoryID) AND campaign_id = \(id)"
        ) { try $0[0] }
        guard asked ?? 0 < most else { throw Refusal.enoughTrials }
        let trial = ID<CampaignTrial>.new()
        try db.run(
            """
            INSERT INTO campaign_trial (territory_id, id, campaign_id, agent_id, channel, recipient, asked_at)
            VALUES (\(acting.territoryID), \(trial), \(id), \(acting.agent.id), \(channel), \(recipient), \(now))
            """)
        try campaign.journal(.changed, ["act": "tried", "channel": channel.rawValue], by: acting, at: now, in: db)
        return trial
    }

    private static func recipient(_ channel: Person.Channel, _ typed: String, _ acting: Acting) throws -> String {
        guard channel == .sms else {
            guard let email = acting.agent.email else {
                throw Refusal.field("recipient", "no-email", "Vous n’avez pas d’adresse e-mail ici. Demandez-la à votre administrateur.")
            }
            return email
        }
        guard let number = PhoneNumber(typed, region: acting.territory.phoneRegion), number.isMobile else {
            throw Refusal.field("recipient", "no-mobile", "Donnez votre numéro de mobile, comme 06 39 98 12 34.")
        }
        return number.e164
    }

    /// Newest first.
    public static func all(of campaign: Campaign, in db: Reader) throws -> [CampaignTrial] {
        try db.all(
            """
            SELECT id, agent_id, channel, recipient, asked_at, taken_at, outcome, because FROM campaign_trial
            WHERE territory_id = \(campaign.territoryID) AND campaign_id = \(campaign.id) ORDER BY asked_at DESC, id DESC
            """
        ) { row in
            CampaignTrial(
                id: try row[0], agentID: try row[1], channel: try row[2], recipient: try row[3], askedAt: try row[4],
                takenAt: try row[5], outcome: try row[6], because: try row[7])
        }
    }

    static func isWaiting(for carrier: Sending.Carrier, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM campaign_trial WHERE channel = \(carrier.channel) AND taken_at IS NULL LIMIT 1")
    }

    /// Those that nobody has taken: each is taken once, and a worker that dies with one leaves it to be asked for again.
    static func take(by carrier: Sending.Carrier, at now: Instant, in db: Writer) throws -> [Sending] {
        let waiting = try db.all(
            """
            SELECT territory_id, id, campaign_id, recipient FROM campaign_trial
            WHERE channel = \(carrier.channel) AND taken_at IS NULL ORDER BY asked_at, id LIMIT 8\(lock: .freeRows)
            """
        ) {
            (
                territory: try $0[0] as Int64, id: try $0[1] as ID<CampaignTrial>, campaign: try $0[2] as ID<Campaign>,
                to: try $0[3] as String
            )
        }
        return try waiting.compactMap { one in
            try db.run("UPDATE campaign_trial SET taken_at = \(now) WHERE territory_id = \(one.territory) AND id = \(one.id)")
            guard
                let campaign = try Campaign.find("campaign.territory_id = \(one.territory) AND campaign.id = \(one.campaign)", in: db),
                let voice = try CampaignVoice.of(campaign.organizationID, of: one.territory, in: db),
                let rendered = try? campaign.text.rendered(by: carrier.channel, with: voice.values)
            else { return nil }
            return Sending(
                territoryID: one.territory, id: ID(one.id.uuid), messageID: ID(one.id.uuid), channel: carrier.channel,
                recipient: one.to, from: voice.territory, rendered: rendered, startedAt: now, lease: one.id.uuid, attempts: 0,
                kind: .trial)
        }
    }

    static func record(_ answer: Delivery.Answer, of sending: Sending, in db: Writer) throws {
        try db.run(
            """
            UPDATE campaign_trial SET outcome = \(answer.outcome), because = \(answer.because)
            WHERE territory_id = \(sending.territoryID) AND id = \(sending.id) AND outcome IS NULL
            """)
    }
}

extension Refusal {
    public static let enoughTrials = Refusal(
        .conflict, "enough-trials", "Cette campagne a déjà été essayée \(CampaignTrial.most) fois. Lancez-la, ou préparez-en une autre.")
}
