import Core
import Foundation
import Scheduling

/// Decodes a ``JSONValue`` and refuses what `JSONDecoder` lets pass: keys that the type does not know. Each refusal names its field.
struct StrictDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: JSONValue, at path: [any CodingKey] = []) {
        self.value = value
        codingPath = path
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        switch type {
        case is Date.Type: return try decodeDate() as! T
        case is UUID.Type: return try decodeText(as: "un identifiant (UUID)", UUID.init(uuidString:)) as! T
        default:
            do {
                return try T(from: self)
            } catch is DecodingError {
                throw refusal("invalid-value", "Cette valeur n’est pas acceptée.")
            }
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw refusal("invalid-type", "Un objet est attendu.") }
        if let unknown = object.keys.sorted().first(where: { Key(stringValue: $0) == nil }) {
            throw nested(unknown).refusal("unknown-field", "Ce champ n’existe pas.")
        }
        return KeyedDecodingContainer(StrictKeyedContainer(decoder: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let array) = value else { throw refusal("invalid-type", "Une liste est attendue.") }
        return StrictUnkeyedContainer(decoder: self, array: array)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { StrictSingleContainer(decoder: self) }

    func nested(_ key: String, _ value: JSONValue = .null) -> StrictDecoder {
        StrictDecoder(value, at: codingPath + [PathKey(stringValue: key)])
    }

    func refusal(_ code: String, _ sentence: String) -> Refusal {
        let path = codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? Refusal(.invalid, code, sentence) : .field(path, code, sentence)
    }
}

extension StrictDecoder {
    private func decodeDate() throws -> Date {
        // Foundation takes 30 February for 2 March.
        try decodeText(as: "une date (AAAA-MM-JJThh:mm:ssZ)") {
            CivilDate(String($0.prefix(10))) == nil ? nil : try? Date($0, strategy: .iso8601)
        }
    }

    private func decodeText<T>(as expected: String, _ make: (String) -> T?) throws -> T {
        guard case .text(let text) = value, let made = make(text) else { throw refusal("invalid-type", "Ce champ attend \(expected).") }
        return made
    }

    func boolean() throws -> Bool {
        guard case .boolean(let boolean) = value else { throw refusal("invalid-type", "Ce champ attend true ou false.") }
        return boolean
    }

    func text() throws -> String {
        guard case .text(let text) = value else { throw refusal("invalid-type", "Ce champ attend un texte.") }
        return text
    }

    func integer<T: FixedWidthInteger>() throws -> T {
        guard case .integer(let integer) = value, let exact = T(exactly: integer) else {
            throw refusal("invalid-type", "Ce champ attend un nombre entier.")
        }
        return exact
    }

    func number() throws -> Double {
        switch value {
        case .integer(let integer): return Double(integer)
        case .number(let number): return number
        default: throw refusal("invalid-type", "Ce champ attend un nombre.")
        }
    }
}

/// A step on the way to a field: a key, or an index of a list.
struct PathKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { stringValue = String(intValue) }
}
