/// A stretch of civil time that repeats: an opening, or an absence.
public struct Stretch: Hashable, Sendable {
    public let recurrence: Recurrence
    /// Minutes since midnight, 0 ..< 1440.
    public let from: Int
    /// Minutes since midnight, 0 ... 1440, on the last day.
    public let to: Int
    /// How many nights it spans: 0 for hours of one day.
    public let days: Int

    static let daysBounds = 0...3653

    public init(recurrence: Recurrence, from: Int, to: Int, days: Int = 0) throws(StretchError) {
        guard (0..<1440).contains(from) else { throw .minuteOutOfRange(from) }
        guard (0...1440).contains(to) else { throw .minuteOutOfRange(to) }
        guard Stretch.daysBounds.contains(days) else { throw .daysOutOfRange(days) }
        guard days > 0 || from < to else { throw .endsBeforeItStarts }
        try recurrence.check()
        self.recurrence = recurrence
        self.from = from
        self.to = to
        self.days = days
    }

    /// Its hours, counted from the midnight that begins it: beyond 1440 when it spans nights.
    var minutes: Range<Int> { from..<days * 1440 + to }
}

extension Stretch: Codable {
    private enum Key: String, CodingKey {
        case recurrence, from, to, days
    }

    /// Refuses what `init` refuses: a stretch that exists makes sense, wherever it comes from.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let recurrence = try container.decode(Recurrence.self, forKey: .recurrence)
        let from = try container.decode(Int.self, forKey: .from)
        let to = try container.decode(Int.self, forKey: .to)
        let days = try container.decodeIfPresent(Int.self, forKey: .days) ?? 0
        do throws(StretchError) {
            try self.init(recurrence: recurrence, from: from, to: to, days: days)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error)
            throw DecodingError.dataCorrupted(context)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(recurrence, forKey: .recurrence)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        if days > 0 { try container.encode(days, forKey: .days) }
    }
}
