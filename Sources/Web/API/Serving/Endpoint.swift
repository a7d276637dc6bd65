import Core
import HTTPTypes
import Hummingbird

/// One address and method of the API: it serves, and it says all that the description says of it.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    /// Under `/api/v1`: `/people/{id}`.
    let path: String
    let summary: String
    /// Without it, in one organization at least or over the territory, the answer is 403.
    var needs: Permission?
    var query = Fields.none
    var body: Fields?
    var status = HTTPResponse.Status.ok
    /// Nothing when the answer has no body.
    var answer: JSONSchema?
    /// May answer 409.
    var conflicts = false
    /// What a token that only reads may not ask for.
    var changes = true
    /// The same request sent twice with one `Idempotency-Key` is done once.
    var isOnce = false
    /// Answers a creation with the address of what was made.
    var locates = false
    /// The feature's own verb journals that it was refused.
    var journalsRefusals = false
    var act: @Sendable (Call, Request) async throws -> Response

    static let root = "/api/v1"

    /// `GET /people/{id}`.
    var label: String { "\(method.rawValue) \(path)" }

    /// The names between braces of the path.
    var pathNames: [String] { path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) } }

    /// The first segment: what the endpoint is about.
    var tag: String { path.split(separator: "/").first.map(String.init) ?? "" }

    /// Whose scope a token needs; `nil` for one's own account.
    var domain: TokenScopes.Domain? { Self.domains.first { $0.tags.contains(tag) }?.domain }

    static let domains: [(domain: TokenScopes.Domain, tags: Set<String>)] = [
        (.people, ["campaigns", "memos", "people", "replies"]),
        (
            .appointments,
            [
                "absences", "agenda-changes", "agenda-groups", "agendas", "appointments", "arrivals", "bascules", "closures", "figures",
                "groups", "holds", "letter-batches", "letters", "messages", "openings", "preferences", "slots", "tidings", "unmet-demands",
                "waiting-rooms",
            ]
        ),
        (
            .setup,
            [
                "agents", "areas", "campaign-rule", "imports", "memberships", "organizations", "reasons", "resources", "services", "sites",
                "sms-price", "tags", "teams", "templates", "territory", "webhooks",
            ]
        ),
    ]
    /// One's own account.
    static let ownTags: Set<String> = ["me", "tokens"]
}

extension Endpoint {
    /// Shows one thing.
    static func read<Model>(
        _ path: String, _ summary: String, needs: Permission? = nil, query: Fields = .none, answers shape: Shape<Model>,
        _ read: @escaping @Sendable (Call) async throws -> Model
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, summary: summary, needs: needs, query: query, answer: shape.schema, changes: false,
            act: { call, _ in try await Answered(shape, read(call)).response() })
    }

    /// Shows one page of a list.
    static func list<Model>(
        _ path: String, _ summary: String, needs: Permission? = nil, query: Fields = .none, of shape: Shape<Model>,
        cursor: (any AnyKey)? = nil, _ read: @escaping @Sendable (Call) async throws -> ListPage<Model>
    ) -> Endpoint {
        let paging: [any AnyKey] = [ListPage<Model>.limit, cursor ?? ListPage<Model>.cursor]
        return .read(
            path, summary, needs: needs, query: Fields(needs: query.needed, takes: query.taken + paging), answers: shape.page, read)
    }

    /// Changes something, and shows it as it is then.
    static func change<Model>(
        _ method: HTTPRequest.Method, _ path: String, _ summary: String, needs: Permission? = nil, body: Fields? = nil,
        answers shape: Shape<Model>, status: HTTPResponse.Status = .ok, _ change: @escaping @Sendable (Call) async throws -> Model
    ) -> Endpoint {
        Endpoint(
            method: method, path: path, summary: summary, needs: needs, body: body, status: status, answer: shape.schema, conflicts: true,
            act: { call, _ in try await Answered(shape, change(call), status: status).response() })
    }

    /// Changes something, and has nothing to show.
    static func change(
        _ method: HTTPRequest.Method, _ path: String, _ summary: String, needs: Permission? = nil, body: Fields? = nil,
        _ change: @escaping @Sendable (Call) async throws -> Void
    ) -> Endpoint {
        Endpoint(
            method: method, path: path, summary: summary, needs: needs, body: body, status: .noContent, conflicts: true,
            act: { call, _ in
                try await change(call)
                return Response(status: .noContent)
            })
    }
}

extension Endpoint {
    /// The same, whose verb journals by itself that it was refused.
    var journallingItself: Endpoint {
        var endpoint = self
        endpoint.journalsRefusals = true
        return endpoint
    }

    /// The same although asked with POST, such as a search: a token that only reads may.
    var readingOnly: Endpoint {
        var endpoint = self
        (endpoint.changes, endpoint.conflicts) = (false, false)
        return endpoint
    }
}

/// An answer's bytes, written as its shape says.
struct Answered: Sendable {
    var status: HTTPResponse.Status
    let body: [UInt8]

    init<Model>(_ shape: Shape<Model>, _ model: Model, status: HTTPResponse.Status = .ok) {
        var writer = JSONWriter()
        shape.write(model, &writer)
        self.status = status
        body = writer.bytes
    }

    func response(_ headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
