import Store

/// What the door asks of a campaign's message, whether it still goes to this person, by this channel; and what it says.
struct CampaignStanding: Sendable {
    var text = Campaign.Text()
    var voice = CampaignVoice(house: "", phone: nil, territory: "")
    var isPaused = false
    var isStopped = false
    var isArchived = false
    var channel = Person.Channel.sms
    /// Their contact became discreet.
    var isDiscreet = false
    /// It is one of theirs, still.
    var isTheirs = true

    var untruth: Message.Cause? {
        if isStopped { return .campaignStopped }
        if isArchived { return .archived }
        if channel == .none || isDiscreet { return .opposed }
        return isTheirs ? nil : .readdressed
    }

    /// Those of a campaign among these, all of one channel: read at once, for a campaign has thousands.
    static func of(_ messages: [Message], by channel: Person.Channel, in db: Reader) throws -> [ID<Message>: CampaignStanding] {
        var found: [ID<Message>: CampaignStanding] = [:]
        for (territory, messages) in Dictionary(grouping: messages.filter { $0.purpose == .campaign }, by: \.territoryID) {
            try read(messages.map(\.id), by: channel, of: territory, in: db) { found[$0] = $1 }
        }
        return found
    }

    private static func read(
        _ messages: [ID<Message>], by channel: Person.Channel, of territory: Int64, in db: Reader,
        each: (ID<Message>, CampaignStanding) -> Void
    ) throws {
        try db.forEach(
            """
            WITH one AS MATERIALIZED (\(those(messages, by: channel, of: territory)))
            SELECT one.message_id, campaign.paused_at IS NOT NULL, campaign.ended_at IS NOT NULL, archiving.reason IS NOT NULL,
              person.channel, coalesce(person_detail.never_voicemail, FALSE), coalesce(person_detail.never_email, FALSE),
              \(isTheirs(by: channel)),
              coalesce(person_detail.never_campaign, FALSE) OR coalesce(person_detail.never_sms, FALSE) AND \(channel == .sms)
                OR coalesce(person_detail.never_post, FALSE) AND \(channel == .letter),
              campaign.sms, campaign.subject, campaign.email, organization.name, organization.phone, territory.name
            FROM one
            JOIN campaign ON campaign.territory_id = one.territory_id AND campaign.id = one.campaign_id
            JOIN organization ON organization.territory_id = campaign.territory_id AND organization.id = campaign.organization_id
            JOIN territory ON territory.id = campaign.territory_id
            JOIN person ON person.territory_id = one.territory_id AND person.id = one.person_id
            LEFT JOIN archiving ON archiving.territory_id = person.territory_id AND archiving.person_id = person.id
            LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
            """
        ) { row in
            let neverEmail: Bool = try row[6]
            let standing = CampaignStanding(
                text: .init(sms: try row[9], subject: try row[10], email: try row[11]),
                voice: CampaignVoice(house: try row[12], phone: try row[13], territory: try row[14]),
                isPaused: try row[1], isStopped: try row[2], isArchived: try row[3], channel: try row[4],
                isDiscreet: try row[5] || row[8] || (channel == .email && neverEmail), isTheirs: try row[7])
            each(try row[0], standing)
        }
    }

    /// Of which campaign each is: written in one place for what leaves by itself, in another for what is posted to those whom that did not
    /// reach. Read apart from the rest: just after a launch PostgreSQL takes a campaign for small, and would read it whole for each batch.
    private static func those(_ messages: [ID<Message>], by channel: Person.Channel, of territory: Int64) -> SQL {
        guard channel == .letter else {
            return """
                SELECT territory_id, campaign_id, message_id, person_id, recipient FROM campaign_recipient
                WHERE territory_id = \(territory) AND message_id IN \(list: messages)
                """
        }
        return """
            SELECT campaign_letter.territory_id, campaign_letter.campaign_id, campaign_letter.message_id, message.person_id,
              message.recipient FROM campaign_letter
            JOIN message ON message.territory_id = campaign_letter.territory_id AND message.id = campaign_letter.message_id
            WHERE campaign_letter.territory_id = \(territory) AND campaign_letter.message_id IN \(list: messages)
            """
    }

    /// Whether it goes where they are reached still.
    private static func isTheirs(by channel: Person.Channel) -> SQL {
        if channel == .letter { return "person.address || '\n' || person.postal_code || ' ' || person.commune = one.recipient" }
        let table: SQL = channel == .email ? "person_email" : "person_phone"
        let column: SQL = channel == .email ? "address" : "number"
        return """
            EXISTS (SELECT 1 FROM \(table) WHERE territory_id = person.territory_id AND person_id = person.id
              AND \(column) = one.recipient)
            """
    }
}
