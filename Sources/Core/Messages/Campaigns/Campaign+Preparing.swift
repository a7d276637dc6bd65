import Foundation
import Scheduling
import Store

extension Campaign {
    /// What someone types to prepare one.
    public struct Draft: Sendable, Equatable {
        public var organizationID: ID<Organization>
        public var name: String
        public var text: Text
        public var audience: Audience
        /// Numbers and e-mails, a line each.
        public var list: String
        /// A CSV file.
        public var file: [UInt8]?
        /// As the territory says, when nothing is said.
        public var apartDays: Int?
        public var rate: Int
        public var replyPercent: Int
        /// Of the version that they had before their eyes.
        public var version: Int?

        public init(
            organization: ID<Organization>, name: String, text: Text, audience: Audience = Audience(), list: String = "",
            file: [UInt8]? = nil, apartDays: Int? = nil, rate: Int = 60, replyPercent: Int = 5, version: Int? = nil
        ) {
            (organizationID, self.name, self.text, self.audience) = (organization, name, text, audience)
            (self.list, self.file, self.apartDays, self.rate) = (list, file, apartDays, rate)
            (self.replyPercent, self.version) = (replyPercent, version)
        }
    }

    /// - Throws: a ``Refusal`` with sentences beside the fields; ``Refusal/forbidden`` where one may send none.
    public static func prepare(_ draft: Draft, by acting: Acting, at now: Instant, in db: Writer) throws -> Campaign {
        try acting.require(.sendCampaigns, in: draft.organizationID)
        let campaign = try draft.checked(id: .new(), isNew: true, by: acting, at: now, in: db)
        try campaign.insert(in: db)
        let matched = try campaign.keepList(draft, by: acting, at: now, in: db)
        try campaign.journal(.created, ["name": campaign.name], by: acting, at: now, in: db)
        return matched
    }

    /// Changes it while it is in preparation: what was approved was something else, and is to be approved again.
    public static func change(_ id: ID<Campaign>, _ draft: Draft, by acting: Acting, at now: Instant, in db: Writer) throws -> Campaign {
        let before = try lock(id, seenBy: acting, in: db)
        guard before.launchedAt == nil, before.endedAt == nil else { throw Refusal.campaignLaunched }
        if let seen = draft.version, seen != before.version { throw Refusal.campaignChanged }
        var draft = draft
        draft.organizationID = before.organizationID
        let hasList = before.audience.kind == .list && draft.list.isEmpty && draft.file == nil
        var campaign = try draft.checked(id: id, isNew: !hasList, by: acting, at: now, in: db)
        (campaign.version, campaign.unmatched) = (before.version + 1, hasList ? before.unmatched : 0)
        try campaign.rewrite(in: db)
        if !hasList { campaign = try campaign.keepList(draft, by: acting, at: now, in: db) }
        try campaign.journal(
            .changed, Journal.difference(before.facts, campaign.facts).merging(["act": "prepared"]) { $1 }, by: acting, at: now, in: db)
        return campaign
    }

    fileprivate var facts: [String: String] {
        [
            "name": name, "sms": text.sms, "subject": text.subject, "email": text.email, "audience": audience.kind.rawValue,
            "commune": audience.commune, "tag": audience.tagID?.description ?? "", "age_from": audience.ageFrom.map { "\($0)" } ?? "",
            "age_to": audience.ageTo.map { "\($0)" } ?? "", "came_since": audience.cameSince?.description ?? "",
            "away_since": audience.awaySince?.description ?? "", "rate": "\(rate)", "apart_days": "\(apartDays)",
            "reply_percent": "\(replyPercent)",
        ]
    }

    private func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO campaign (territory_id, id, organization_id, name, sms, subject, email, audience, commune, tag_id, age_from, age_to,
              came_since, away_since, unmatched, apart_days, rate, reply_percent, version, prepared_at, prepared_by, queued_to)
            VALUES (\(territoryID), \(id), \(organizationID), \(name), \(text.sms), \(text.subject), \(text.email), \(audience.kind),
              \(audience.commune), \(audience.tagID), \(audience.ageFrom), \(audience.ageTo), \(audience.cameSince),
              \(audience.awaySince), 0, \(apartDays), \(rate), \(replyPercent), 0, \(preparedAt), \(preparedBy), 0)
            """)
    }

    private func rewrite(in db: Writer) throws {
        try update(
            """
            name = \(name), sms = \(text.sms), subject = \(text.subject), email = \(text.email), audience = \(audience.kind),
            commune = \(audience.commune), tag_id = \(audience.tagID), age_from = \(audience.ageFrom), age_to = \(audience.ageTo),
            came_since = \(audience.cameSince), away_since = \(audience.awaySince), apart_days = \(apartDays), rate = \(rate),
            reply_percent = \(replyPercent), version = \(version), prepared_at = \(preparedAt), approved_at = NULL, approved_by = NULL,
            approved_told = NULL, prepared_by = \(preparedBy)
            """, in: db)
    }

    /// - Returns: it, with how many lines are nobody's.
    private func keepList(_ draft: Draft, by acting: Acting, at now: Instant, in db: Writer) throws -> Campaign {
        try db.run("DELETE FROM campaign_listed WHERE territory_id = \(territoryID) AND campaign_id = \(id)")
        guard audience.kind == .list else { return self }
        let list = try CampaignList(draft, for: organizationID, by: acting, at: now, in: db)
        let rows = list.people.sorted().map { [territoryID.sqlValue, id.sqlValue, $0.sqlValue] }
        try db.load("campaign_listed", columns: ["territory_id", "campaign_id", "person_id"], rows: rows)
        try update("unmatched = \(list.unmatched)", in: db)
        var campaign = self
        campaign.unmatched = list.unmatched
        return campaign
    }
}

extension Campaign.Draft {
    /// All that is wrong, said at once.
    /// - Parameter isNew: a list is to be given.
    fileprivate func checked(id: ID<Campaign>, isNew: Bool, by acting: Acting, at now: Instant, in db: Reader) throws -> Campaign {
        var complaints = Complaints()
        let rule = try CampaignRule.of(acting.territoryID, in: db)
        var campaign = Campaign(
            territoryID: acting.territoryID, id: id, organization: organizationID, name: complaints.name(name, "name"),
            text: try CampaignText.checked(text, for: organizationID, by: acting, &complaints, in: db), audience: audience,
            apartDays: apartDays ?? rule.apartDays, rate: rate, replyPercent: replyPercent, preparedAt: now, preparedBy: acting.agent.id)
        complaints.range(campaign.apartDays, "apart_days", 0...365, "Donnez un nombre de jours de 0 à 365.")
        complaints.range(rate, "rate", 1...6000, "Donnez un nombre de messages par minute de 1 à 6 000.")
        complaints.range(replyPercent, "reply_percent", 0...100, "Donnez un nombre de 0 à 100.")
        if audience.kind == .list {
            campaign.audience = Campaign.Audience(.list)
            if isNew, list.allSatisfy(\.isWhitespace), file?.isEmpty ?? true {
                complaints.add("list", "Collez des numéros ou des adresses, une par ligne, ou choisissez un fichier.")
            }
        } else {
            campaign.audience.commune = complaints.line(audience.commune, "commune", limit: 100)
            try check(&complaints, of: acting, in: db)
        }
        try complaints.check()
        return campaign
    }

    private func check(_ complaints: inout Complaints, of acting: Acting, in db: Reader) throws {
        for (age, field) in [(audience.ageFrom, "age_from"), (audience.ageTo, "age_to")] {
            complaints.range(age ?? 0, field, 0...120, "Donnez un âge de 0 à 120 ans.")
        }
        if let from = audience.ageFrom, let to = audience.ageTo, from > to {
            complaints.add("age_to", "Donnez un âge plus grand que le premier.")
        }
        if let tag = audience.tagID,
            try !db.exists("SELECT 1 FROM tag WHERE territory_id = \(acting.territoryID) AND id = \(tag)")
        {
            complaints.add("tag", "Choisissez une étiquette de la liste.")
        }
    }
}

extension Refusal {
    public static let campaignLaunched = Refusal(
        .conflict, "campaign-launched", "Cette campagne est déjà lancée ou arrêtée : elle ne change plus. Préparez-en une autre.")
    public static let campaignChanged = Refusal(
        .conflict, "campaign-changed",
        "Un collègue vient de changer cette campagne. Ce que vous avez écrit est encore ici : copiez-le, rechargez la page et comparez.")
}
