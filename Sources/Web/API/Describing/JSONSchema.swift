/// What a JSON value must be. The description publishes it as JSON Schema, and what is sent is checked against it: they cannot differ.
indirect enum JSONSchema: Sendable {
    case boolean
    case integer(ClosedRange<Int>)
    case text(TextRule)
    case choice([String])
    /// A list, and how many items it may have.
    case list(JSONSchema, ClosedRange<Int>)
    case object(ObjectSchema)
    /// The same, or `null`.
    case nullable(JSONSchema)
    /// An object of texts under any names.
    case texts
}

/// An object with these members and no other.
struct ObjectSchema: Sendable {
    /// Under `components` in the description: `Appointment`.
    let name: String
    let members: [Member]

    struct Member: Sendable {
        let name: String
        let schema: JSONSchema
        let isNeeded: Bool
        /// For people who read the description; may be empty.
        let note: String
    }
}

extension JSONSchema {
    /// As JSON Schema 2020-12; a named object is a reference.
    var published: JSONValue {
        switch self {
        case .boolean: ["type": "boolean"]
        case .integer(let range): ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .text(let rule): rule.published
        case .choice(let values): ["type": "string", "enum": .array(values.map { .text($0) })]
        case .list(let item, let count):
            ["type": "array", "items": item.published, "minItems": .integer(count.lowerBound), "maxItems": .integer(count.upperBound)]
        case .object(let object): ["$ref": .text("#/components/schemas/\(object.name)")]
        case .nullable(let schema): ["anyOf": [schema.published, ["type": "null"]]]
        case .texts: ["type": "object", "additionalProperties": ["type": "string"]]
        }
    }

    /// Every named object in it, itself included.
    var objects: [ObjectSchema] {
        switch self {
        case .boolean, .integer, .text, .choice, .texts: []
        case .list(let item, _): item.objects
        case .nullable(let schema): schema.objects
        case .object(let object): [object] + object.members.flatMap(\.schema.objects)
        }
    }
}

extension ObjectSchema {
    var published: JSONValue {
        let properties = members.map { ($0.name, $0.schema.published.adding("description", $0.note.isEmpty ? nil : .text($0.note))) }
        let needed = members.filter(\.isNeeded).map { JSONValue.text($0.name) }
        let schema: JSONValue = [
            "type": "object", "additionalProperties": false, "properties": .object(Dictionary(properties) { first, _ in first }),
        ]
        return schema.adding("required", needed.isEmpty ? nil : .array(needed))
    }
}

extension TextRule {
    fileprivate var published: JSONValue {
        (["type": "string"] as JSONValue)
            .adding("format", format.map { .text($0) }).adding("pattern", pattern.map { .text($0) })
            .adding("minLength", length.map { .integer($0.lowerBound) }).adding("maxLength", length.map { .integer($0.upperBound) })
    }
}
