import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Web

@Suite("Answers")
struct AnswerTests {
    @Test("a page carries the headers of the house, and its nonce is the policy's")
    func headers() async throws {
        try await TestSite().application.test(.router) { client in
            let answers = try await [client.execute(uri: "/", method: .get), client.execute(uri: "/", method: .get)]
            let nonces = answers.compactMap { $0.text.firstMatch(of: /<style nonce="([^"]+)">/)?.1 }.map(String.init)
            #expect(Set(nonces).count == 2)
            for (answer, nonce) in zip(answers, nonces) {
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("script-src 'self' 'nonce-\(nonce)'; style-src 'self' 'nonce-\(nonce)'"))
                #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.strictTransportSecurity] == nil)
                #expect(!answer.text.contains("style=\""))
            }
        }
    }

    @Test("what is not there is a page for people and a problem for programs")
    func notFound() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/nowhere", method: .get, headers: [.accept: "text/html"])
            #expect(page.status == .notFound && page.text.contains("<h1>Page introuvable</h1>"))
            let problem = try await client.execute(uri: "/api/nowhere", method: .get)
            #expect(problem.status == .notFound && problem.headers[.contentType] == "application/problem+json")
            #expect(problem.problem["code"] as? String == "not-found" && problem.problem["type"] as? String == "about:blank")
        }
    }

    @Test("an address that exists says which methods it has")
    func methods() async throws {
        try await TestSite().application.test(.router) { client in
            let post = try await client.execute(uri: "/things/7", method: .post)
            #expect(post.status == .methodNotAllowed && post.headers[.allow] == "GET, HEAD")
            let delete = try await client.execute(uri: "/api/things", method: .delete)
            #expect(delete.status == .methodNotAllowed && delete.headers[.allow] == "GET, HEAD, POST")
            #expect(try await client.execute(uri: "/things", method: .get).headers[.allow] == "POST")
            #expect(try await client.execute(uri: "/assets/lien.css", method: .put).status == .methodNotAllowed)
        }
    }

    @Test("HEAD answers as GET without the body, and slashes too many lead to the one address")
    func headAndSlashes() async throws {
        try await TestSite().application.test(.router) { client in
            let head = try await client.execute(uri: "/things/7", method: .head)
            let get = try await client.execute(uri: "/things/7", method: .get)
            #expect(head.status == .ok && head.text.isEmpty && head.headers[.contentLength] == get.headers[.contentLength])
            let slash = try await client.execute(uri: "/things/7/?x=1", method: .get)
            #expect(slash.status == .movedPermanently && slash.headers[.location] == "/things/7?x=1")
            #expect(try await client.execute(uri: "//evil.example/", method: .get).headers[.location] == "/evil.example")
        }
    }

    @Test("nobody signed in: a page leads to sign-in and back, the API says 401")
    func signIn() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/mine?q=Etcheto", method: .get)
            #expect(page.status == .seeOther && page.headers[.location] == "/sign-in?return=%2Fmine")
            let problem = try await client.execute(uri: "/api/mine", method: .get)
            #expect(problem.status == .unauthorized && problem.headers[.wwwAuthenticate] == "Bearer")
        }
    }

    @Test("signed in: the page has its navigation, and so have its refusals")
    func frame() async throws {
        var world = try TestSite()
        world.session = [SignedInSession()]
        try await world.application.test(.router) { client in
            let page = try await client.execute(uri: "/things/7", method: .get)
            #expect(page.text.contains("<a href=\"/things\" aria-current=\"page\">Choses</a>"))
            #expect(page.text.contains("<title>7 · Département d’essai</title>"))
            for path in ["/refused", "/nowhere", "/boom"] {
                #expect(try await client.execute(uri: path, method: .get).text.contains("Département d’essai</a>"), "\(path)")
            }
        }
    }

    @Test("an unexpected error gives a number to quote, and neither the answer nor the log says what people typed")
    func unexpected() async throws {
        let lines = LogLines()
        var world = try TestSite()
        world.logger = Logger(label: "test") { _ in lines.handler }
        try await world.application.test(.router) { client in
            let answer = try await client.execute(uri: "/boom?q=Etcheto", method: .get)
            #expect(answer.status == .internalServerError)
            let incident = try #require(answer.text.firstMatch(of: /ce numéro : ([\w-]+)\./)?.1)
            let log = lines.all.joined(separator: "\n")
            #expect(log.contains("incident=\(incident)") && log.contains("error=Secretive.failed"))
            #expect(log.contains("route=/boom") && log.contains("status=500"))
            for personal in ["Etcheto", "06 39"] { #expect(!log.contains(personal) && !answer.text.contains(personal)) }
        }
    }

    @Test("an error written for developers is not shown")
    func developersError() async throws {
        try await TestSite().application.test(.router) { client in
            let answer = try await client.execute(uri: "/hummingbird", method: .get)
            #expect(answer.status == .badRequest && !answer.text.contains("Coding key"))
        }
    }

    @Test("the assets are kept for ever under their hash; others are unknown")
    func assets() async throws {
        let world = try TestSite()
        try await world.application.test(.router) { client in
            for (name, type) in [
                ("lien.css", "text/css"), ("search.js", "text/javascript"), ("lien.js", "text/javascript"), ("icon.svg", "image/svg"),
            ] {
                let answer = try await client.execute(uri: world.site.assets.url(name).text, method: .get)
                #expect(answer.status == .ok && answer.headers[.contentType]?.hasPrefix(type) == true)
                #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
            }
            #expect(try await client.execute(uri: "/assets/lien.css?v=old", method: .get).headers[.cacheControl] == "no-cache")
            for path in ["/assets/nothing.css", "/assets/..%2FPackage.swift", "/assets/lien.css/x"] {
                #expect(try await client.execute(uri: path, method: .get).status == .notFound)
            }
        }
    }

    @Test(
        "query parameters are read as strictly as bodies", arguments: ["limit=abc", "limit=0", "limit=101", "limit=1&limit=2", "limit=%FF"])
    func query(text: String) async throws {
        try await TestSite().application.test(.router) { client in
            let answer = try await client.execute(uri: "/api/things?\(text)", method: .get)
            #expect(answer.status == .unprocessableContent)
            #expect(try await client.execute(uri: "/api/things?limit=100", method: .get).text == #"{"limit":100}"#)
        }
    }

    @Test("an address that asks too often waits, and is told how long")
    func rate() async throws {
        let world = try TestSite(options: .init(rate: Rate(perSecond: 0.1, atOnce: 2)))
        try await world.application.test(.router) { client in
            for _ in 0..<2 { #expect(try await client.execute(uri: "/", method: .get).status == .ok) }
            let answer = try await client.execute(uri: "/", method: .get)
            #expect(answer.status == .tooManyRequests && (1...10).contains(Int(answer.headers[.retryAfter] ?? "") ?? 0))
        }
    }
}

/// Keeps what is logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var handler: Handler { Handler(lines: self) }

    struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let told = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            lines.lines.withLock { $0.append("\(event.message) \(told)") }
        }
    }
}
