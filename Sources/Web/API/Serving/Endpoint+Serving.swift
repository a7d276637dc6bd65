import Core
import Foundation
import HTTPTypes
import Hummingbird
import Store

extension Endpoint {
    /// Reads what was sent, acts, and answers; a refusal speaks of fields by the names they have in JSON.
    func respond(to request: Request, _ context: AgentContext, _ desk: Desk) async throws -> Response {
        var call = Call(desk: desk, acting: context.acting, now: desk.now())
        for name in pathNames { call.path[name] = context.parameters.get(name) }
        do {
            try await journalling(call) { try admit(call.acting) }
            call.query = try query.read(queryOf: request)
            if let body { call.body = try await body.read(bodyOf: request) }
            let asked = call
            return try await journalsRefusals ? act(asked, request) : journalling(asked) { try await act(asked, request) }
        } catch let refusal as Refusal {
            throw refusal.inJSON
        }
    }

    private func admit(_ acting: Acting) throws {
        guard !changes || !acting.readOnly else { throw Refusal.readOnlyToken }
        if let domain, let scopes = acting.scopes {
            guard scopes[domain] >= (changes ? .write : .read) else { throw Refusal.tokenScope }
        }
        if let needs { try acting.require(needs) }
    }

    private func journalling<T>(_ call: Call, _ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let refusal as Refusal where refusal.deniesAccess {
            try await journal(refusal, call)
            throw refusal
        }
    }

    /// Someone else's id, or a right that is lacking: the journal says so, about what the path names.
    private func journal(_ refusal: Refusal, _ call: Call) async throws {
        let subject = pathNames.first.flatMap { call.path[$0] }.flatMap(UUID.init(uuidString:))
        let facts = ["what": "api", "endpoint": label, "code": refusal.code]
        try await Journal.beforeAnswering {
            try await call.store.record { db in
                _ = try Journal.record(.refused, about: subject, facts, by: call.acting, at: call.now, in: db)
            }
        }
    }
}

extension Refusal {
    fileprivate var deniesAccess: Bool { kind == .notFound || kind == .forbidden }

    /// Core names fields as forms do: `area_id` is `area` here, `phone_2` is `phones.1.number`.
    var inJSON: Refusal {
        let named = fields.map { (JSONNames.path(of: $0.key), $0.value) }
        return Refusal(kind, code, sentence, fields: Dictionary(named) { first, _ in first })
    }
}

/// How the fields of forms are called in JSON.
private enum JSONNames {
    static func path(of field: String) -> String {
        if field.hasPrefix("number_") { return "external_numbers" }
        if let (list, rank, member) = ranked(field) { return "\(list).\(rank - 1).\(member)" }
        if field.hasSuffix("_ids") { return field.dropLast(4) + "s" }
        return field.hasSuffix("_id") ? String(field.dropLast(3)) : field
    }

    /// `phone_label_2`: the label of the second of a list.
    private static func ranked(_ field: String) -> (list: String, rank: Int, member: String)? {
        guard let cut = field.lastIndex(of: "_"), let rank = Int(field[field.index(after: cut)...]) else { return nil }
        let members = [
            "phone": ("phones", "number"), "phone_label": ("phones", "label"), "email": ("emails", "address"),
            "email_label": ("emails", "label"),
        ]
        return members[String(field[..<cut])].map { ($0.0, rank, $0.1) }
    }
}

extension Fields {
    fileprivate func read(bodyOf request: Request) async throws -> Given {
        guard request.headers[.contentType].map(Self.isJSON) ?? false else { throw Answer.unsupportedType }
        let value = try JSON.value(of: await request.body.collect(upTo: Form.maximumSize))
        var faults: [Fault] = []
        object.check(value, at: [], &faults)
        try faults.check()
        guard case .object(let members) = value else { throw Refusal.unreadable }
        return Given(fields: self, values: members)
    }

    private static func isJSON(_ type: String) -> Bool {
        type.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
    }

    /// Parameters are texts: each is read as what its schema says.
    fileprivate func read(queryOf request: Request) throws -> Given {
        let sent = try Form(encoded: (request.uri.query ?? "").utf8).fields
        let schemas = Dictionary((needed + taken).map { ($0.name, $0.schema) }) { first, _ in first }
        var values: [String: JSONValue] = [:]
        for (name, texts) in sent { values[name] = JSONValue(texts, as: schemas[name]) }
        var faults: [Fault] = []
        object.check(.object(values), at: [], &faults)
        try faults.map(\.ofParameter).check()
        return Given(fields: self, values: values)
    }
}

extension Fault {
    fileprivate var ofParameter: Fault {
        Fault(path: path, code: "invalid-parameter", sentence: "Paramètre « \(path) » : \(sentence)")
    }
}

extension JSONValue {
    /// The values of a parameter; given twice, it is a list.
    fileprivate init(_ texts: [String], as schema: JSONSchema?) {
        if case .list(let item, _) = schema {
            self = .array(texts.map { JSONValue([$0], as: item) })
        } else if texts.count != 1 {
            self = .array(texts.map { .text($0) })
        } else {
            self = JSONValue(texts[0], as: schema)
        }
    }

    private init(_ text: String, as schema: JSONSchema?) {
        switch schema {
        case .integer: self = Int(text).map { String($0) == text ? .integer($0) : .text(text) } ?? .text(text)
        case .boolean: self = ["true": .boolean(true), "false": .boolean(false)][text] ?? .text(text)
        default: self = .text(text)
        }
    }
}
