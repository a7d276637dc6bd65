import Foundation
import Scheduling
import Store

/// Une campagne: one text, to many people of an organization (table `campaign`). Once launched, it stays as it was.
public struct Campaign: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Campaign>
    public let organizationID: ID<Organization>
    public var name: String
    public var text: Text
    public var audience: Audience
    /// Lines of its list that are nobody's whom this organization follows.
    public var unmatched = 0
    /// Whom a campaign wrote to fewer days ago is left in peace.
    public var apartDays: Int
    /// Messages a minute.
    public var rate: Int
    /// How many in a hundred are expected to call.
    public var replyPercent: Int
    /// Changes with each edit.
    public var version = 0
    public var preparedAt: Instant
    /// Whoever last changed it.
    public var preparedBy: ID<Agent>
    public var approvedAt: Instant?
    /// To how many, as far as whoever approved it knew.
    public var approvedTold: Int?
    public var approvedBy: ID<Agent>?
    public var launchedAt: Instant?
    /// To how many it goes, once launched.
    public var told: Int?
    /// How many of those have their message in the outbox.
    public var queuedTo = 0
    public var pausedAt: Instant?
    public var endedAt: Instant?

    /// What it says by each channel; empty where it says nothing.
    public struct Text: Sendable, Equatable {
        public var sms: String
        public var subject: String
        public var email: String

        public init(sms: String = "", subject: String = "", email: String = "") {
            (self.sms, self.subject, self.email) = (sms, subject, email)
        }
    }

    /// Whom it is for.
    public struct Audience: Sendable, Equatable {
        public var kind = Kind.filter
        public var commune = ""
        public var tagID: ID<PersonTag>?
        /// Years, both included.
        public var ageFrom: Int?
        public var ageTo: Int?
        /// Had an appointment since.
        public var cameSince: CivilDate?
        /// Had one before, and none since.
        public var awaySince: CivilDate?

        public init(
            _ kind: Kind = .filter, commune: String = "", tag: ID<PersonTag>? = nil, ageFrom: Int? = nil, ageTo: Int? = nil,
            cameSince: CivilDate? = nil, awaySince: CivilDate? = nil
        ) {
            (self.kind, self.commune, tagID) = (kind, commune, tag)
            (self.ageFrom, self.ageTo, self.cameSince, self.awaySince) = (ageFrom, ageTo, cameSince, awaySince)
        }

        /// Raw values are stored.
        public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
            case filter, list
        }
    }

    /// How it stands.
    public enum State: String, CaseIterable, Sendable {
        case prepared, approved, running, paused, stopped

        public var label: String {
            switch self {
            case .prepared: "en préparation"
            case .approved: "approuvée"
            case .running: "lancée"
            case .paused: "en pause"
            case .stopped: "arrêtée"
            }
        }
    }

    public init(
        territoryID: Int64, id: ID<Campaign> = .new(), organization: ID<Organization>, name: String, text: Text,
        audience: Audience = Audience(), apartDays: Int = 7, rate: Int = 60, replyPercent: Int = 5, preparedAt: Instant,
        preparedBy: ID<Agent>
    ) {
        (self.territoryID, self.id, organizationID) = (territoryID, id, organization)
        (self.name, self.text, self.audience) = (name, text, audience)
        (self.apartDays, self.rate, self.replyPercent) = (apartDays, rate, replyPercent)
        (self.preparedAt, self.preparedBy) = (preparedAt, preparedBy)
    }

    public var state: State {
        if endedAt != nil { return .stopped }
        if pausedAt != nil { return .paused }
        if launchedAt != nil { return .running }
        return approvedAt != nil ? .approved : .prepared
    }
}

extension Campaign {
    /// An audience by criteria changes from day to day: who approves does so for as many at most.
    public func isApproved(for told: Int) -> Bool { approvedAt != nil && told <= approvedTold ?? told }

    static let columns: SQL = """
        campaign.territory_id, campaign.id, campaign.organization_id, campaign.name, campaign.sms, campaign.subject, campaign.email,
        campaign.audience, campaign.commune, campaign.tag_id, campaign.age_from, campaign.age_to, campaign.came_since,
        campaign.away_since, campaign.unmatched, campaign.apart_days, campaign.rate, campaign.reply_percent, campaign.version,
        campaign.prepared_at, campaign.prepared_by, campaign.approved_at, campaign.approved_by, campaign.launched_at, campaign.told,
        campaign.queued_to, campaign.paused_at, campaign.ended_at, campaign.approved_told
        """

    init(_ row: Row) throws {
        self.init(
            territoryID: try row[0], id: try row[1], organization: try row[2], name: try row[3],
            text: Text(sms: try row[4], subject: try row[5], email: try row[6]),
            audience: Audience(
                try row[7], commune: try row[8], tag: try row[9], ageFrom: try row[10], ageTo: try row[11], cameSince: try row[12],
                awaySince: try row[13]), apartDays: try row[15], rate: try row[16], replyPercent: try row[17],
            preparedAt: try row[19], preparedBy: try row[20])
        (unmatched, version) = (try row[14], try row[18])
        (approvedAt, approvedBy, launchedAt, told) = (try row[21], try row[22], try row[23], try row[24])
        (queuedTo, pausedAt, endedAt, approvedTold) = (try row[25], try row[26], try row[27], try row[28])
    }

    /// The one rule: those of the organizations where one may send campaigns.
    static func visible(to acting: Acting) -> SQL {
        "campaign.territory_id = \(acting.territoryID) AND campaign.organization_id IN \(list: acting.organizations(with: .sendCampaigns))"
    }

    /// The newest first.
    public static func all(seenBy acting: Acting, in db: Reader) throws -> [Campaign] {
        try acting.require(.sendCampaigns)
        return try db.all(
            "SELECT \(columns) FROM campaign WHERE \(visible(to: acting)) ORDER BY campaign.prepared_at DESC, campaign.id DESC LIMIT 1000"
        ) { try Campaign($0) }
    }

    /// - Throws: ``Refusal/notFound`` for one that this agent may not see.
    public static func find(_ id: ID<Campaign>, seenBy acting: Acting, in db: Reader) throws -> Campaign {
        try acting.require(.sendCampaigns)
        guard let found = try find("campaign.id = \(id) AND \(visible(to: acting))", in: db) else { throw Refusal.notFound }
        return found
    }

    /// The same, which nobody else changes until the transaction ends.
    static func lock(_ id: ID<Campaign>, seenBy acting: Acting, in db: Writer) throws -> Campaign {
        try acting.require(.sendCampaigns)
        guard let found = try find("campaign.id = \(id) AND \(visible(to: acting))\(lock: .rows)", in: db) else { throw Refusal.notFound }
        return found
    }

    static func find(_ filter: SQL, in db: Reader) throws -> Campaign? {
        try db.first("SELECT \(columns) FROM campaign WHERE \(filter)") { try Campaign($0) }
    }

    func update(_ change: SQL, in db: Writer) throws {
        try db.run("UPDATE campaign SET \(change) WHERE territory_id = \(territoryID) AND id = \(id)")
    }

    func journal(_ act: Journal.Act, _ facts: [String: String], by acting: Acting, at now: Instant, in db: Writer) throws {
        try Journal.record(
            act, about: id.uuid, facts.merging(["what": "campaign", "organization": organizationID.description]) { $1 }, by: acting,
            at: now, in: db)
    }
}
