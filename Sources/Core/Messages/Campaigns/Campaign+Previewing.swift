import Scheduling
import Store

extension Campaign {
    /// How many it is for, how many get it and how many do not: told and excluded together are the audience.
    public struct Preview: Sendable, Equatable {
        public var told: [Person.Channel: Int] = [:]
        public var excluded: [Exclusion: Int] = [:]

        public init(told: [Person.Channel: Int] = [:], excluded: [Exclusion: Int] = [:]) {
            (self.told, self.excluded) = (told, excluded)
        }

        public var toldCount: Int { told.values.reduce(0, +) }
        public var audience: Int { toldCount + excluded.values.reduce(0, +) }
    }

    /// Once launched, what was frozen; until then, what it would be now.
    public func preview(at now: Instant, by acting: Acting, in db: Reader) throws -> Preview {
        guard launchedAt == nil else { return try frozen(in: db) }
        return try audience(at: now, of: acting.territory, in: db).reduce(into: Preview()) { preview, one in
            switch one.place {
            case .told(let channel, _): preview.told[channel, default: 0] += 1
            case .excluded(let cause): preview.excluded[cause, default: 0] += 1
            }
        }
    }

    private func frozen(in db: Reader) throws -> Preview {
        var preview = Preview()
        try db.forEach(
            """
            SELECT channel, excluded, count(*) FROM campaign_recipient WHERE territory_id = \(territoryID) AND campaign_id = \(id)
            GROUP BY channel, excluded
            """
        ) { row in
            if let channel: Person.Channel = try row[0] { preview.told[channel] = try row[2] }
            if let cause: Exclusion = try row[1] { preview.excluded[cause] = try row[2] }
        }
        return preview
    }

    /// How many calls the rate would bring in an hour, when the line takes fewer.
    /// - Returns: `nil` when the line takes them.
    public func overload(of rule: CampaignRule, told: Int) -> Int? {
        let expected = (min(rate * 60, told) * replyPercent + 99) / 100
        return expected > rule.callsPerHour ? expected : nil
    }
}
