import Core
import HTTPTypes

extension Endpoint {
    /// What OpenAPI calls an operation.
    var operation: JSONValue {
        let described: JSONValue = [
            "operationId": .text(operationID), "summary": .text(summary), "tags": [.text(tag)], "responses": .object(responses),
        ]
        return
            described
            .adding("description", needed.isEmpty ? nil : .text(needed.joined(separator: " ")))
            .adding("parameters", parameters.isEmpty ? nil : .array(parameters))
            .adding("requestBody", body.map(\.requestBody))
    }

    /// The right that is asked for, and the scope of the token.
    private var needed: [String] {
        let scope = domain.map { "Portée du jeton : `\($0.rawValue):\(changes ? "write" : "read")`." }
        return [needs.map { "Droit nécessaire : \($0.label)." }, scope].compactMap(\.self)
    }

    /// `getPeopleIdNotes`.
    private var operationID: String {
        path.split { !$0.isLetter }.reduce(method.rawValue.lowercased()) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    private var parameters: [JSONValue] {
        let ofPath = pathNames.map { OpenAPI.parameter($0, in: "path", JSONSchema.text(.uuid), isNeeded: true) }
        let ofQuery = query.object.members.map { OpenAPI.parameter($0.name, in: "query", $0.schema, isNeeded: $0.isNeeded, $0.note) }
        let key = OpenAPI.parameter(
            "Idempotency-Key", in: "header", .text(.idempotencyKey), isNeeded: false,
            "Une clé neuve pour chaque création : un UUID, par exemple.")
        return ofPath + ofQuery + (isOnce ? [key] : [])
    }

    private var responses: [String: JSONValue] {
        let done = (String(status.code), success)
        let refused = Problems.statuses(of: self).map { (String($0), ["$ref": .text("#/components/responses/\($0)")] as JSONValue) }
        return Dictionary([done] + refused) { first, _ in first }
    }

    private var success: JSONValue {
        (["description": .text(status == .created ? "Créé." : "Fait.")] as JSONValue)
            .adding("content", answer.map { ["application/json": ["schema": $0.published]] })
            .adding("headers", locates ? Self.location : nil)
    }

    private static let location: JSONValue = [
        "Location": ["description": "L’adresse de ce qui a été créé.", "required": true, "schema": ["type": "string"]]
    ]
}

extension Fields {
    fileprivate var requestBody: JSONValue {
        ["required": true, "content": ["application/json": ["schema": JSONSchema.object(object).published]]]
    }
}

extension OpenAPI {
    fileprivate static func parameter(_ name: String, in place: String, _ schema: JSONSchema, isNeeded: Bool, _ note: String = "")
        -> JSONValue
    {
        (["name": .text(name), "in": .text(place), "required": .boolean(isNeeded), "schema": schema.published] as JSONValue)
            .adding("description", note.isEmpty ? nil : .text(note))
    }
}

extension TextRule {
    fileprivate static let idempotencyKey = signs("[!-~]{1,255}", "de 1 à 255 caractères ASCII visibles") { key in
        (1...255).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
