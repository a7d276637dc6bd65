import Scheduling
import Store

/// What each gateway did over some days, for who sets up the territory.
public struct GatewayFigures: Sendable, Equatable {
    public let gateway: String
    public let channel: Person.Channel
    public var counts: [Delivery.Outcome: Int]
    /// Mean time of an answer.
    public var milliseconds: Int

    public init(gateway: String, channel: Person.Channel, counts: [Delivery.Outcome: Int], milliseconds: Int) {
        (self.gateway, self.channel, self.counts, self.milliseconds) = (gateway, channel, counts, milliseconds)
    }

    public var total: Int { counts.values.reduce(0, +) }

    public static func read(since start: Instant, for acting: Acting, in db: Reader) throws -> [GatewayFigures] {
        try acting.require(.setUpTerritory)
        var found: [GatewayFigures] = []
        try db.forEach(
            """
            SELECT gateway, channel, outcome, count(*), coalesce(sum(milliseconds), 0) FROM delivery
            WHERE territory_id = \(acting.territoryID) AND started_at >= \(start) AND outcome IS NOT NULL
            GROUP BY gateway, channel, outcome ORDER BY channel, gateway, outcome
            """
        ) { row in
            let (name, count, sum): (String, Int, Int) = (try row[0], try row[3], try row[4])
            if found.last?.gateway != name {
                found.append(GatewayFigures(gateway: name, channel: try row[1], counts: [:], milliseconds: 0))
            }
            found[found.count - 1].counts[try row[2]] = count
            found[found.count - 1].milliseconds += sum
        }
        return found.map { one in
            var mean = one
            mean.milliseconds = one.milliseconds / max(one.total, 1)
            return mean
        }
    }
}
