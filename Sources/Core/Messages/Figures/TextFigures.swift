import Scheduling
import Store

/// How what each text said arrived over some days, for who sets up the territory.
public struct TextFigures: Sendable, Equatable {
    public let purpose: Message.Purpose
    public let channel: Person.Channel
    /// Nothing for the texts that come with the product, and for campaigns.
    public let version: Version?
    public var counts: [Delivery.Outcome: Int]

    public struct Version: Sendable, Hashable {
        public let number: Int
        public let language: String
        /// Whose it is; nothing for the territory's own.
        public let organization: String?
        public let reason: String?

        public init(number: Int, language: String, organization: String?, reason: String?) {
            (self.number, self.language, self.organization, self.reason) = (number, language, organization, reason)
        }
    }

    public init(purpose: Message.Purpose, channel: Person.Channel, version: Version?, counts: [Delivery.Outcome: Int]) {
        (self.purpose, self.channel, self.version, self.counts) = (purpose, channel, version, counts)
    }

    public var total: Int { counts.values.reduce(0, +) }

    public static func read(since start: Instant, for acting: Acting, in db: Reader) throws -> [TextFigures] {
        try acting.require(.setUpTerritory)
        var found: [TextFigures] = []
        try db.forEach(
            """
            SELECT counted.purpose, counted.channel, counted.outcome, counted.count, template_version.number, template.language,
              organization.name, reason.name
            FROM (SELECT message.purpose AS purpose, delivery.channel AS channel, message.template_version_id AS version,
                delivery.outcome AS outcome, count(*) AS count
              FROM delivery JOIN message ON message.territory_id = delivery.territory_id AND message.id = delivery.message_id
              WHERE delivery.territory_id = \(acting.territoryID) AND delivery.started_at >= \(start) AND delivery.outcome IS NOT NULL
              GROUP BY message.purpose, delivery.channel, message.template_version_id, delivery.outcome) counted
            LEFT JOIN template_version ON template_version.territory_id = \(acting.territoryID) AND template_version.id = counted.version
            LEFT JOIN template ON template.territory_id = template_version.territory_id AND template.id = template_version.template_id
            LEFT JOIN organization ON organization.territory_id = template.territory_id AND organization.id = template.organization_id
            LEFT JOIN reason ON reason.territory_id = template.territory_id AND reason.id = template.reason_id
            ORDER BY counted.purpose, counted.channel, organization.name, reason.name, template.language, template_version.number,
              counted.outcome
            """
        ) { row in
            let number: Int? = try row[4]
            let version = try number.map { number in
                Version(number: number, language: try row[5], organization: try row[6], reason: try row[7])
            }
            let one = TextFigures(purpose: try row[0], channel: try row[1], version: version, counts: [:])
            if let last = found.last, (last.purpose, last.channel, last.version) == (one.purpose, one.channel, one.version) {
            } else {
                found.append(one)
            }
            found[found.count - 1].counts[try row[2]] = try row[3]
        }
        return found
    }
}
