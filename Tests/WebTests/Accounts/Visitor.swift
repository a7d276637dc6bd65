import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Scheduling
import Store
import Synchronization
import TestKit

@testable import Web

/// The whole site over a store, as `main` serves it, with a clock that tests move and light password hashes.
struct Deskful: Sendable {
    let store: Store
    let desk: Desk
    let clock: Clock

    final class Clock: Sendable {
        private let instant = Mutex(World.now)
        var now: Instant { instant.withLock { $0 } }
        func advance(minutes: Int) { instant.withLock { $0 = $0.adding(minutes: minutes) } }
    }

    init(_ store: Store, rate: Rate? = nil) throws {
        let clock = Clock()
        let site = try WebSite(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), options: .init(rate: rate))
        self.store = store
        self.clock = clock
        desk = Desk(site: site, store: store, hasher: PasswordHasher(cost: .light), now: { clock.now })
    }

    var application: some ApplicationProtocol {
        Application(router: desk.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Opens the site and works with it.
    func open(_ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await application.test(.router) { client in try await test(client) }
    }
}

/// Someone with a browser: keeps cookies, fills forms with their token, follows no redirection by itself.
final class Visitor {
    private let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]
    private(set) var token = ""

    init(_ client: any TestClientProtocol) { self.client = client }

    func get(_ path: String) async throws -> Answered {
        try await send(.get, path, body: nil)
    }

    /// Sends a form as the page that was last seen would.
    func post(_ path: String, _ fields: [(String, String)] = []) async throws -> Answered {
        let pairs = (fields + [("csrf", token)]).map { URLPath.encoded($0.0) + "=" + URLPath.encoded($0.1) }
        return try await send(.post, path, body: pairs.joined(separator: "&"))
    }

    /// Sends a body of another type, as it is.
    func upload(_ path: String, _ body: String, type: String, headers: [String: String] = [:]) async throws -> Answered {
        try await send(.post, path, body: body, type: type, headers: headers)
    }

    @discardableResult
    func signIn(_ email: String, _ password: String) async throws -> Answered {
        _ = try await get("/sign-in")
        let answer = try await post("/session", [("email", email), ("password", password)])
        _ = try await get("/account")
        return answer
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, body: String?, type: String = "application/x-www-form-urlencoded",
        headers more: [String: String] = [:]
    ) async throws -> Answered {
        var headers: HTTPFields = [.cookie: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
        if body != nil { headers[.contentType] = type }
        for (name, value) in more { if let name = HTTPField.Name(name) { headers[name] = value } }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for cookie in response.headers[values: .setCookie] { keep(cookie) }
        let answer = Answered(response)
        if let token = answer.text.firstMatch(of: /name="csrf" value="([^"]*)"/)?.1 { self.token = String(token) }
        return answer
    }

    private func keep(_ cookie: String) {
        let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        cookies[pair[0]] = cookie.contains("Max-Age=0") ? nil : pair[1]
    }
}

/// What came back.
struct Answered {
    let status: Int
    let text: String
    let location: String?
    let headers: HTTPFields

    init(_ response: TestResponse) {
        status = response.status.code
        text = String(buffer: response.body)
        location = response.headers[.location]
        headers = response.headers
    }

    /// The value shown in a read-only box.
    func shown(_ name: String) -> String? {
        guard let start = text.range(of: "id=\"f-\(name)\" value=\"")?.upperBound else { return nil }
        return String(text[start...].prefix { $0 != "\"" })
    }

    var problem: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }
}
