import Scheduling
import Store

/// What the messages of a month cost, by organization, channel and purpose: each part of an SMS at the price it had when it left.
public struct MonthlyCost: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let organization: String
        public let channel: Person.Channel
        public let purpose: Message.Purpose
        public let messages: Int
        /// Of SMS; an e-mail is one.
        public let parts: Int
        /// In tenths of a cent.
        public let tenths: Int

        public init(organization: String, channel: Person.Channel, purpose: Message.Purpose, messages: Int, parts: Int, tenths: Int) {
            (self.organization, self.channel, self.purpose) = (organization, channel, purpose)
            (self.messages, self.parts, self.tenths) = (messages, parts, tenths)
        }
    }

    /// Its first day.
    public let month: CivilDate
    public let lines: [Line]
    /// Of SMS that left before anyone had said what a part costs.
    public let unpriced: Int

    public init(month: CivilDate, lines: [Line], unpriced: Int) { (self.month, self.lines, self.unpriced) = (month, lines, unpriced) }

    public var messages: Int { lines.reduce(0) { $0 + $1.messages } }
    public var parts: Int { lines.reduce(0) { $0 + $1.parts } }
    public var tenths: Int { lines.reduce(0) { $0 + $1.tenths } }
}

extension MonthlyCost {
    /// - Parameter month: any day of it.
    public static func read(_ month: CivilDate, for acting: Acting, in db: Reader) throws -> MonthlyCost {
        try acting.require(.setUpTerritory)
        let first = Grain.month.first(of: month), zone = acting.territory.zone
        let window = zone.instant(first, minute: 0)..<zone.instant(Grain.month.next(after: first), minute: 0)
        var unpriced = 0
        let lines = try db.all(
            """
            SELECT organization.name, delivery.channel, message.purpose, count(*), sum(delivery.parts),
              coalesce(sum(delivery.parts * delivery.tenths), 0),
              coalesce(sum(CASE WHEN delivery.channel = 'sms' AND delivery.tenths IS NULL THEN 1 ELSE 0 END), 0)
            FROM delivery
            JOIN message ON message.territory_id = delivery.territory_id AND message.id = delivery.message_id
            LEFT JOIN appointment ON appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
            LEFT JOIN campaign_recipient ON message.purpose = 'campaign' AND campaign_recipient.territory_id = message.territory_id
              AND campaign_recipient.message_id = message.id
            LEFT JOIN campaign ON campaign.territory_id = campaign_recipient.territory_id AND campaign.id = campaign_recipient.campaign_id
            LEFT JOIN organization ON organization.territory_id = message.territory_id
              AND organization.id = coalesce(appointment.organization_id, campaign.organization_id)
            WHERE delivery.territory_id = \(acting.territoryID) AND delivery.started_at >= \(window.lowerBound)
              AND delivery.started_at < \(window.upperBound)
              AND (delivery.outcome = 'handed' OR delivery.outcome = 'arrived' OR delivery.outcome = 'undelivered'
                OR delivery.outcome = 'unknown')
            GROUP BY organization.name, delivery.channel, message.purpose ORDER BY organization.name, delivery.channel, message.purpose
            """
        ) { row in
            unpriced += try row[6]
            return Line(
                organization: try row[0] ?? "", channel: try row[1], purpose: try row[2], messages: try row[3], parts: try row[4],
                tenths: try row[5])
        }
        return MonthlyCost(month: first, lines: lines, unpriced: unpriced)
    }
}
