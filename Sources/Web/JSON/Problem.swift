import Core
import HTTPTypes
import Hummingbird

/// A refusal as `application/problem+json` (RFC 9457).
struct Problem: Encodable, Equatable {
    var type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    /// Stable, for programs.
    let code: String
    /// Sentences beside the fields at fault, by their path in the body or their name in the query.
    let fields: [String: String]?

    init(_ answer: Answer) {
        title = RefusalPage.title(answer.status)
        status = answer.status.code
        detail = answer.refusal.sentence.shown
        code = answer.refusal.code
        fields = answer.refusal.fields.isEmpty ? nil : answer.refusal.fields.mapValues(\.shown)
    }

    func response() throws -> Response {
        var response = try JSON.response(self, status: HTTPResponse.Status(code: status))
        response.headers[.contentType] = "application/problem+json"
        if status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension String {
    /// A sentence may quote what was sent, such as the name of an unknown parameter: without its control characters, and not for ever.
    fileprivate var shown: String {
        let visible = unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(1_000)
        return String(String.UnicodeScalarView(visible))
    }
}
