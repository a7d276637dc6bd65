/// A point in time: whole seconds since 1970-01-01T00:00:00Z. What the database stores as BIGINT.
public struct Instant: RawRepresentable, Comparable, Hashable, Codable, Sendable {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public init(_ seconds: Int64) {
        rawValue = seconds
    }

    public func adding(seconds: Int) -> Instant {
        Instant(rawValue + Int64(seconds))
    }

    public func adding(minutes: Int) -> Instant {
        adding(seconds: minutes * 60)
    }

    /// Days of exactly 24 hours. For "the same hour tomorrow", go through `Zone`: a civil day may last 23 or 25 hours.
    public func adding(days: Int) -> Instant {
        adding(seconds: days * 86_400)
    }

    /// Seconds from `right` to `left`.
    public static func - (left: Instant, right: Instant) -> Int64 {
        left.rawValue - right.rawValue
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.rawValue < right.rawValue
    }
}
