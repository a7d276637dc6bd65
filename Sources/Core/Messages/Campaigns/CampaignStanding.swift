import Store

/// What the door asks of a campaign's message: whether it still goes to this person, by this channel.
struct CampaignStanding: Sendable, Equatable {
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

    /// - Returns: `nil` when it is of no campaign.
    static func of(_ message: Message, in db: Reader) throws -> CampaignStanding? {
        return try db.first(
            """
            SELECT campaign.paused_at IS NOT NULL, campaign.ended_at IS NOT NULL, archiving.reason IS NOT NULL, person.channel,
              coalesce(person_detail.never_voicemail, FALSE), coalesce(person_detail.never_email, FALSE), \(isTheirs(message)),
              coalesce(person_detail.never_campaign, FALSE) OR coalesce(person_detail.never_sms, FALSE) AND \(message.channel == .sms)
                OR coalesce(person_detail.never_post, FALSE) AND \(message.channel == .letter)
            FROM \(message.ofCampaign) one
            JOIN campaign ON campaign.territory_id = one.territory_id AND campaign.id = one.campaign_id
            JOIN person ON person.territory_id = one.territory_id AND person.id = \(message.personID)
            LEFT JOIN archiving ON archiving.territory_id = person.territory_id AND archiving.person_id = person.id
            LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
            WHERE one.territory_id = \(message.territoryID) AND one.message_id = \(message.id)
            """
        ) { row in
            let neverEmail: Bool = try row[5]
            return CampaignStanding(
                isPaused: try row[0], isStopped: try row[1], isArchived: try row[2], channel: try row[3],
                isDiscreet: try row[4] || row[7] || (message.channel == .email && neverEmail), isTheirs: try row[6])
        }
    }

    /// Whether it goes where they are reached still.
    private static func isTheirs(_ message: Message) -> SQL {
        if message.channel == .letter {
            return "person.address || '\n' || person.postal_code || ' ' || person.commune = \(message.recipient)"
        }
        let table: SQL = message.channel == .email ? "person_email" : "person_phone"
        let column: SQL = message.channel == .email ? "address" : "number"
        return """
            EXISTS (SELECT 1 FROM \(table) WHERE territory_id = person.territory_id AND person_id = person.id
              AND \(column) = \(message.recipient))
            """
    }
}
