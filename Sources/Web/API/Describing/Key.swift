/// A named value, the same wherever it is sent or answered.
struct Key<Value: Sendable>: Sendable {
    let name: String
    let kind: Kind<Value>
    /// For people who read the description; may be empty.
    let note: String

    init(_ name: String, _ kind: Kind<Value>, _ note: String = "") {
        self.name = name
        self.kind = kind
        self.note = note
    }
}

extension Key where Value: Plain {
    init(_ name: String, _ note: String = "") { self.init(name, Value.kind, note) }
}

/// A field of any type, as far as the description goes.
protocol AnyKey: Sendable {
    var name: String { get }
    var note: String { get }
    var schema: JSONSchema { get }
}

extension Key: AnyKey {
    var schema: JSONSchema { kind.schema }
}

/// What may be sent, in a body or after the `?`: what must be there, what may be, and nothing else.
struct Fields: Sendable {
    let name: String
    let needed: [any AnyKey]
    let taken: [any AnyKey]

    init(_ name: String = "", needs needed: [any AnyKey] = [], takes taken: [any AnyKey] = []) {
        self.name = name
        self.needed = needed
        self.taken = taken
    }

    static let none = Fields()

    var isEmpty: Bool { needed.isEmpty && taken.isEmpty }

    func declares(_ name: String) -> Bool { (needed + taken).contains { $0.name == name } }

    var object: ObjectSchema {
        let members = [(needed, true), (taken, false)].flatMap { fields, isNeeded in
            fields.map { ObjectSchema.Member(name: $0.name, schema: $0.schema, isNeeded: isNeeded, note: $0.note) }
        }
        return ObjectSchema(name: name, members: members)
    }

    /// An object with these fields inside another.
    var kind: Kind<Given> {
        Kind(
            schema: .object(object),
            read: { value in
                guard case .object(let members) = value else { return nil }
                return Given(fields: self, values: members)
            }, write: { _, writer in writer.null() })
    }
}

/// What was sent, already checked against its ``Fields``.
struct Given: Sendable {
    let fields: Fields
    let values: [String: JSONValue]

    static let nothing = Given(fields: .none, values: [:])

    /// Reading what was not declared is a mistake of ours: a 500 that any test sees.
    struct Undeclared: Error {}

    private func value<Value>(of field: Key<Value>) throws -> Value? {
        guard fields.declares(field.name) else { throw Undeclared() }
        guard let json = values[field.name] else { return nil }
        guard let value = field.kind.read(json) else { throw Undeclared() }
        return value
    }

    /// A value that must be there.
    subscript<Value>(_ field: Key<Value>) -> Value {
        get throws {
            guard let value = try value(of: field) else { throw Undeclared() }
            return value
        }
    }

    /// A value that may be left out.
    func ifAny<Value>(_ field: Key<Value>) throws -> Value? { try value(of: field) }

    /// A value that may be left out or `null`.
    func ifAny<Value>(_ field: Key<Value?>) throws -> Value? { try value(of: field) ?? nil }

    /// What a change makes of a value: what was sent, else what it was.
    func changing<Value>(_ field: Key<Value>, from before: Value) throws -> Value {
        try value(of: field) ?? before
    }
}
