import Core
import Foundation
import HTTPTypes
import Hummingbird

extension WebSite {
    /// Reads a form and acts on it. When the action is refused for what was typed, or because someone was faster, the page comes back
    /// with all that was typed and the sentences beside the fields; other refusals have pages of their own.
    func submit(
        _ request: Request, _ context: some WebContext, page: (FormState) async throws -> any Page,
        action: (Form) async throws -> Response
    ) async throws -> Response {
        let form = try await request.form()
        do {
            return try await action(form)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let page = try await page(FormState(form, refused: refusal))
            return self.page(page, context, status: refusal.kind.status)
        }
    }

    /// A notice in a cookie, signed so that nobody else puts words on our pages.
    func sealed(_ notice: String) -> String {
        let text = Secret.base64URL(Array(notice.utf8))
        return text + "." + signature(of: text, purpose: "notice")
    }

    func opened(_ cookie: String) -> String? {
        let parts = cookie.split(separator: ".").map(String.init)
        guard parts.count == 2, Secret.isEqual(signature(of: parts[0], purpose: "notice"), parts[1]) else { return nil }
        return Secret.decodedBase64URL(parts[0]).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension Request {
    /// The form that was sent, at most a megabyte, strictly read.
    func form() async throws -> Form {
        guard headers[.contentType].map(Self.isForm) ?? true else { throw Answer.unsupportedType }
        let body = try await body.collect(upTo: Form.maximumSize)
        return try Form(encoded: body.readableBytesView)
    }

    private static func isForm(_ type: String) -> Bool {
        type.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased() == "application/x-www-form-urlencoded"
    }
}
