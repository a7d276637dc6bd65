/// An opening, expanded over the window of a calendar. Ids are the caller's own small numbers, not the database's.
public struct OpeningInput: Sendable {
    public let id: Int32
    /// The reasons for which it can be booked.
    public let reasons: Set<Int32>
    /// Where, or `OpeningInput.nowhere` for what happens by phone, by video or at home.
    public let place: Int32
    /// Its occurrences, in any order.
    public let ranges: [Range<Instant>]

    public static let nowhere: Int32 = -1

    public init(id: Int32, reasons: Set<Int32>, place: Int32 = OpeningInput.nowhere, ranges: [Range<Instant>]) {
        self.id = id
        self.reasons = reasons
        self.place = place
        self.ranges = ranges
    }
}
