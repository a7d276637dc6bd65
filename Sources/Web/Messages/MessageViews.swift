import Core
import Scheduling
import Store

/// How a message stands, in words and not by colour alone.
struct MessageTag: View {
    let message: Message

    var html: HTML {
        let state = message.state, cause = message.because.map { " : \($0.label)" } ?? ""
        let words = state == .waiting && message.attempts > 0 ? "nouvel essai prévu\(cause)" : state.label + cause
        return Tag(words, state == .arrived ? .good : state.isTrouble ? .warn : .plain).html
    }
}

/// What was tried to carry a message, the oldest first.
struct DeliveryLines: View {
    let deliveries: [Delivery]
    let time: LocalTime

    var html: HTML {
        guard !deliveries.isEmpty else { return .empty }
        return "<ul class=\"soft\">\(each: deliveries, line)</ul>"
    }

    private func line(_ one: Delivery) -> HTML {
        let said = [one.outcome?.label ?? "en cours", one.because?.label].compactMap(\.self).joined(separator: " : ")
        return """
            <li>\(Format.capitalized(time.moment(one.startedAt))), par \(one.gateway) : \(said)\
            \(one.milliseconds.map { ", en \($0)\u{A0}ms" })</li>
            """
    }
}

extension Delivery {
    /// Of the messages of a page of a story.
    static func of(_ story: Story, of territory: Int64, in db: Reader) throws -> [ID<Message>: [Delivery]] {
        let ids = story.entries.compactMap { entry -> ID<Message>? in
            if case .message(let message) = entry.event { message.id } else { nil }
        }
        return try of(ids, of: territory, in: db)
    }
}
