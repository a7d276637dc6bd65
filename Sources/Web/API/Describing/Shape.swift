import Core

/// What an answer shows of something: each field with where its value comes from. The description and the answer are made of it alike.
struct Shape<Model: Sendable>: Sendable {
    /// Under `components` in the description: `Appointment`.
    let name: String
    let members: [Member]

    struct Member: Sendable {
        let schema: ObjectSchema.Member
        /// The name as JSON: a list writes it a thousand times.
        let key: [UInt8]
        let write: @Sendable (Model, inout JSONWriter) -> Void

        init(_ schema: ObjectSchema.Member, write: @escaping @Sendable (Model, inout JSONWriter) -> Void) {
            self.schema = schema
            self.key = JSONText.quoted(schema.name)
            self.write = write
        }
    }

    init(_ name: String, _ members: [Member]) {
        self.name = name
        self.members = members
    }

    func write(_ model: Model, _ writer: inout JSONWriter) {
        writer.object { writer in
            for member in members {
                writer.key(quoted: member.key)
                member.write(model, &writer)
            }
        }
    }

    var schema: JSONSchema { .object(ObjectSchema(name: name, members: members.map(\.schema))) }

    /// Inside another answer; it is never read.
    var kind: Kind<Model> { Kind(schema: schema, read: { _ in nil }, write: write) }
}

extension Key {
    /// The field of an answer whose value is found so.
    func of<Model>(_ value: @escaping @Sendable (Model) -> Value) -> Shape<Model>.Member {
        let kind = kind
        return Shape<Model>.Member(ObjectSchema.Member(name: name, schema: schema, isNeeded: true, note: note)) { model, writer in
            kind.write(value(model), &writer)
        }
    }
}
