import Core
import Foundation
import Logging
import Scheduling
import Store

/// Sends what webhooks wait for. Any number of them may run, on any number of nodes: each takes turns of its own.
struct WebhookWorker: Sendable {
    let store: Store
    let sender: WebhookSender
    let now: @Sendable () -> Instant

    /// How many run on a node: a slow address holds one of them for as long as an attempt lasts.
    static let lanes = 4

    /// Takes turn after turn, until nothing is due.
    func work() async throws {
        while let turn = try await WebhookTurn.take(at: now(), in: store) { try await send(in: turn) }
    }

    private func send(in turn: WebhookTurn) async throws {
        while let parcel = try await turn.next(at: now(), in: store) {
            let (start, clock) = (now(), ContinuousClock.now)
            let outcome = await sender.send(parcel)
            let milliseconds = Int(clock.duration(to: .now) / .milliseconds(1))
            let attempt = WebhookDelivery.Attempt(at: start, outcome: outcome, milliseconds: milliseconds)
            guard try await turn.record(attempt, of: parcel, in: store) else { return }
            try Task.checkCancellation()
        }
        try await turn.end(at: now(), in: store)
    }
}
