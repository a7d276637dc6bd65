/// How much of an agent's open time is taken, in units. The agent with the lowest share is proposed first.
public struct Load: Hashable, Comparable, Sendable {
    public let booked: Int
    /// Taken or not; never below `booked`.
    public let open: Int

    public init(booked: Int, open: Int) {
        self.booked = booked
        self.open = open
    }

    /// Taken, in ten-thousandths of what is open: 0 to 10,000. Full when nothing is open.
    public var share: Int32 {
        open == 0 ? 10_000 : Int32(booked * 10_000 / open)
    }

    /// By share, exactly.
    public static func < (left: Load, right: Load) -> Bool {
        left.fraction.0 * right.fraction.1 < right.fraction.0 * left.fraction.1
    }

    private var fraction: (Int, Int) {
        open == 0 ? (1, 1) : (booked, open)
    }
}
