import Scheduling
import Store

/// Whether what people answer through a gateway comes here (table `gateway_ability`): what the server's configuration says, told as it
/// starts.
public struct GatewayAbility: Sendable, Equatable {
    public let name: String
    public let channel: Person.Channel
    public let receives: Bool

    public init(name: String, channel: Person.Channel, receives: Bool) {
        (self.name, self.channel, self.receives) = (name, channel, receives)
    }

    /// In place of all that was told before.
    public static func tell(_ all: [GatewayAbility], at now: Instant, in db: Writer) throws {
        try db.run("DELETE FROM gateway_ability")
        for one in all {
            try db.run(
                "INSERT INTO gateway_ability (name, channel, receives, told_at) VALUES (\(one.name), \(one.channel), \(one.receives), \(now))"
            )
        }
    }

    /// Those by which an answer would be lost: a message leaves by any gateway of its channel.
    public static func deaf(in db: Reader) throws -> [GatewayAbility] {
        try db.all("SELECT name, channel, receives FROM gateway_ability WHERE NOT receives ORDER BY name") {
            GatewayAbility(name: try $0[0], channel: try $0[1], receives: try $0[2])
        }
    }
}

extension [GatewayAbility] {
    public func first(on channel: Template.Channel) -> GatewayAbility? { first { $0.channel.rawValue == channel.rawValue } }
}

extension TemplateVersion {
    /// Whether it asks for an answer.
    public var invitesAnswer: Bool { Inviting.found(in: body) }
}

/// Whether a text asks whoever reads it to write back.
enum Inviting {
    static func found(in text: String) -> Bool {
        let words = Folding.key(text).split { !$0.isLetter && !$0.isNumber }.map { String($0) }
        return words.indices.contains { isInvitation(words[$0...], after: $0 == 0 ? "" : words[$0 - 1]) }
    }

    /// « Ne répondez pas à ce message » asks for none; « répondre à vos questions » neither.
    private static func isInvitation(_ words: ArraySlice<String>, after before: String) -> Bool {
        guard let first = words.first else { return false }
        let next = Array(words.dropFirst().prefix(2))
        switch first {
        case "repondez", "reponds": return before != "ne"
        case "repondre": return next.first.map(answers.contains) == true || next.first == "par" || next == ["a", "ce"]
        case "envoyez", "renvoyez", "tapez", "ecrivez": return next.first.map(answers.contains) == true
        default: return false
        }
    }

    private static let answers: Set<String> = ["oui", "non", "stop", "ok", "annuler", "rappel"]
}
