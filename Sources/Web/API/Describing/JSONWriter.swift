import Core

/// Writes JSON straight into bytes, members in the order they are given.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func null() { value("null") }
    mutating func boolean(_ boolean: Bool) { value(boolean ? "true" : "false") }
    mutating func integer(_ integer: some BinaryInteger) { value(String(integer)) }

    mutating func text(_ text: String) {
        begin()
        JSONText.append(text, to: &bytes)
        needsComma = true
    }

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        begin("{")
        members(&self)
        end("}")
    }

    /// The name of the member whose value is written next.
    mutating func key(_ name: String) { key(quoted: JSONText.quoted(name)) }

    mutating func key(quoted name: [UInt8]) {
        begin()
        bytes += name
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func list<Items: Sequence>(_ items: Items, _ write: (Items.Element, inout JSONWriter) -> Void) {
        begin("[")
        for item in items { write(item, &self) }
        end("]")
    }
}

extension JSONWriter {
    private mutating func value(_ text: String) {
        begin()
        bytes += text.utf8
        needsComma = true
    }

    private mutating func begin(_ bracket: Unicode.Scalar? = nil) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
        if let bracket { bytes.append(UInt8(ascii: bracket)) }
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }
}

extension JSONWriter {
    /// Any JSON, members in the order of their names.
    mutating func json(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let value): integer(value)
        case .number(let value): self.value(value.description)
        case .text(let value): text(value)
        case .array(let values): list(values) { $1.json($0) }
        case .object(let members):
            object { writer in
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    writer.key(name)
                    writer.json(value)
                }
            }
        }
    }
}
