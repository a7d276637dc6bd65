import Crypto
import Foundation
import Store

extension Template {
    /// What comes with the product: a text for each purpose and channel, in French, that a territory may write anew.
    public static let shipped: [Template] = Purpose.allCases.flatMap { purpose in
        Channel.allCases.map { channel in made(of: ShippedTexts.text(purpose, channel), for: Scope(purpose, channel)) }
    }

    private static let byScope = Dictionary(uniqueKeysWithValues: shipped.map { ($0.scope, $0) })

    static func shipped(_ purpose: Purpose, _ channel: Channel) -> Template {
        let scope = Scope(purpose, channel)
        return byScope[scope] ?? made(of: ShippedTexts.text(purpose, channel), for: scope)
    }

    private static func made(of text: (subject: String, body: String), for scope: Scope) -> Template {
        let version = ID<TemplateVersion>(identity(scope, text))
        let look = TemplateLook(subject: text.subject, body: text.body, for: scope)
        return Template(
            id: ID(version.uuid), scope: scope,
            version: TemplateVersion(
                id: version, number: 0, subject: text.subject, body: text.body, readability: look?.readability?.tenths), retiredAt: nil)
    }

    /// A UUID made of what it says (RFC 9562, version 8): a text that the product changes is another version, on every machine alike.
    private static func identity(_ scope: Scope, _ text: (subject: String, body: String)) -> UUID {
        let digest = SHA256.hash(
            data: Data([scope.purpose.rawValue, scope.channel.rawValue, text.subject, text.body].joined(separator: "\0").utf8))
        var bytes = Array(digest.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9], bytes[10], bytes[11],
                bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
