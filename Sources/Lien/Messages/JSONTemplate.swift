import Foundation

/// JSON with holes such as `{to}` in its texts; and JSON that was answered, read by paths.
indirect enum JSONTemplate: Codable, Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONTemplate])
    case object([String: JSONTemplate])

    init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        if one.decodeNil() {
            self = .null
        } else if let value = try? one.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? one.decode(Double.self) {
            self = .number(value)
        } else if let value = try? one.decode(String.self) {
            self = .text(value)
        } else if let value = try? one.decode([JSONTemplate].self) {
            self = .list(value)
        } else {
            self = .object(try one.decode([String: JSONTemplate].self))
        }
    }

    /// - Returns: `nil` for what is not JSON.
    init?(_ text: String) {
        guard let read = try? JSONDecoder().decode(JSONTemplate.self, from: Data(text.utf8)) else { return nil }
        self = read
    }

    func encode(to encoder: any Encoder) throws {
        var one = encoder.singleValueContainer()
        switch self {
        case .null: try one.encodeNil()
        case .bool(let value): try one.encode(value)
        // `1` and not `1.0`, which some refuse.
        case .number(let value): if let whole = Int(exactly: value) { try one.encode(whole) } else { try one.encode(value) }
        case .text(let value): try one.encode(value)
        case .list(let values): try one.encode(values)
        case .object(let members): try one.encode(members)
        }
    }

    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    func filled(_ values: [String: String]) -> JSONTemplate {
        switch self {
        case .text(let text): .text(Self.filled(text, values))
        case .list(let all): .list(all.map { $0.filled(values) })
        case .object(let members): .object(members.mapValues { $0.filled(values) })
        case .null, .bool, .number: self
        }
    }

    /// In one pass: what a value holds is not looked at again, whatever its author wrote.
    static func filled(_ text: String, _ values: [String: String]) -> String {
        var result = "", rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(of: "}"), let value = values[String(rest[after..<close])] else {
                result += "{"
                rest = rest[after...]
                continue
            }
            result += value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// - Parameter path: `messages.0.id`.
    func value(at path: String) -> String? {
        var here = self
        for part in path.split(separator: ".") {
            switch here {
            case .object(let members): guard let next = members[String(part)] else { return nil }; here = next
            case .list(let all): guard let index = Int(part), all.indices.contains(index) else { return nil }; here = all[index]
            default: return nil
            }
        }
        switch here {
        case .text(let value): return value
        case .number(let value): return Int(exactly: value).map { String($0) } ?? String(value)
        case .bool(let value): return String(value)
        case .null, .list, .object: return nil
        }
    }
}
