import Core
import Scheduling

/// Une passerelle: what carries messages of one channel out of here.
protocol Gateway: Sendable {
    var carrier: Sending.Carrier { get }

    /// Hands over one message and says what was answered. It never throws: that nobody knows is an answer too.
    func send(_ sending: Sending) async -> Delivery.Answer
}

extension ContinuousClock.Instant {
    /// Whole milliseconds since this instant.
    var elapsed: Int { Int(duration(to: .now) / .milliseconds(1)) }
}
