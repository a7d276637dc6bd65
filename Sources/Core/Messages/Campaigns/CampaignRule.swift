import Scheduling
import Store

/// What a territory asks of every campaign (table `campaign_rule`).
public struct CampaignRule: Sendable, Equatable {
    /// To more people than this, somebody else approves.
    public var approvalAbove = 500
    /// Days between two campaigns to one person, unless the campaign says otherwise.
    public var apartDays = 7
    /// How many calls the telephone line takes in an hour.
    public var callsPerHour = 60

    public init(approvalAbove: Int = 500, apartDays: Int = 7, callsPerHour: Int = 60) {
        (self.approvalAbove, self.apartDays, self.callsPerHour) = (approvalAbove, apartDays, callsPerHour)
    }

    public static func of(_ territory: Int64, in db: Reader) throws -> CampaignRule {
        try db.first("SELECT approval_above, apart_days, calls_per_hour FROM campaign_rule WHERE territory_id = \(territory)") {
            CampaignRule(approvalAbove: try $0[0], apartDays: try $0[1], callsPerHour: try $0[2])
        } ?? CampaignRule()
    }

    /// - Throws: a ``Refusal`` with sentences beside `approval_above`, `apart_days` and `calls_per_hour`.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        var complaints = Complaints()
        complaints.range(approvalAbove, "approval_above", 0...1_000_000, "Donnez un nombre de 0 à 1 000 000.")
        complaints.range(apartDays, "apart_days", 0...365, "Donnez un nombre de jours de 0 à 365.")
        complaints.range(callsPerHour, "calls_per_hour", 1...100_000, "Donnez un nombre d’appels de 1 à 100 000.")
        try complaints.check()
        let before = try Self.of(acting.territoryID, in: db)
        guard self != before else { return }
        try db.run(
            """
            INSERT INTO campaign_rule (territory_id, approval_above, apart_days, calls_per_hour)
            VALUES (\(acting.territoryID), \(approvalAbove), \(apartDays), \(callsPerHour))
            ON CONFLICT (territory_id) DO UPDATE
              SET approval_above = \(approvalAbove), apart_days = \(apartDays), calls_per_hour = \(callsPerHour)
            """)
        try Journal.record(
            .changed, about: nil, Journal.difference(before.facts, facts).merging(["what": "campaign-rule"]) { $1 }, by: acting, at: now,
            in: db)
    }

    private var facts: [String: String] {
        ["approval_above": String(approvalAbove), "apart_days": String(apartDays), "calls_per_hour": String(callsPerHour)]
    }
}
