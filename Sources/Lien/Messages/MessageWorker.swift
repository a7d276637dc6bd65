import Core
import Foundation
import Scheduling
import ServiceLifecycle
import Store

/// Carries the messages of one channel out. Any number may run, on any number of nodes: each message is taken by one.
struct MessageWorker: Sendable {
    let store: Store
    let gateways: [any Gateway]
    let balancer: Balancer
    /// Without them, campaigns offer no way to want no more of them.
    let optOuts: OptOuts?
    let now: @Sendable () -> Instant

    /// How many run on a node for each channel, and how many messages each has on their way at once.
    static let lanes = 2, width = 16

    init(
        store: Store, gateways: [(gateway: any Gateway, weight: Int)], optOuts: OptOuts? = nil, now: @escaping @Sendable () -> Instant
    ) {
        (self.store, self.gateways, self.optOuts, self.now) = (store, gateways.map(\.gateway), optOuts, now)
        balancer = Balancer(weights: gateways.map(\.weight))
    }

    /// Sends until nothing is due, or nothing can leave.
    func work() async throws {
        while !Task.isShuttingDownGracefully {
            try Task.checkCancellation()
            let index = balancer.choose(), gateway = gateways[index]
            let batch = try await Sending.take(Self.width, by: gateway.carrier, at: now(), in: store)
            guard batch.seen > 0 else { return }
            let answers = await send(batch.sendings, by: gateway)
            try await Sending.record(answers, at: now(), in: store)
            let troubles = answers.filter { $0.answer.isTrouble }.count
            for (_, answer) in answers { balancer.note(index, wasTrouble: answer.isTrouble, milliseconds: answer.milliseconds) }
            // A gateway that takes nothing at all is left alone for a moment.
            if troubles > 0, troubles == answers.count, gateways.count == 1 { return }
        }
    }

    private func send(_ sendings: [Sending], by gateway: any Gateway) async -> [(sending: Sending, answer: Delivery.Answer)] {
        await withTaskGroup(of: (Sending, Delivery.Answer).self) { group in
            for sending in sendings {
                let leaving = optOuts?.offered(by: sending) ?? sending
                group.addTask { (sending, await gateway.send(leaving)) }
            }
            var answers: [(sending: Sending, answer: Delivery.Answer)] = []
            for await (sending, answer) in group { answers.append((sending, answer)) }
            return answers
        }
    }
}

extension Delivery.Answer {
    /// About the gateway, not about the message.
    var isTrouble: Bool { outcome == .failed || outcome == .unknown }
}
