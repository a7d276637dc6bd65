import Foundation

/// The JSON of what is sent to a webhook, its members in the order in which they are written.
enum EventValue {
    case id(UUID), text(String), null
    case list([EventValue])
    case object([(String, EventValue)])

    var json: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        switch self {
        case .id(let id): JSONText.quoted(id.text)
        case .text(let text): JSONText.quoted(text)
        case .null: Array("null".utf8)
        case .list(let values): Self.joined(values.map(\.bytes), "[", "]")
        case .object(let members): Self.joined(members.map { JSONText.quoted($0.0) + Array(":".utf8) + $0.1.bytes }, "{", "}")
        }
    }

    private static func joined(_ parts: [[UInt8]], _ open: String, _ close: String) -> [UInt8] {
        Array(open.utf8) + parts.joined(separator: Array(",".utf8)) + Array(close.utf8)
    }
}
