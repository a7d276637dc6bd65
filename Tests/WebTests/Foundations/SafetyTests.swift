import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite("Forms from elsewhere")
struct FormTokenTests {
    private let form = HTTPField(name: .contentType, value: "application/x-www-form-urlencoded")

    private func post(
        _ client: any TestClientProtocol, token: String, cookies: String, name: String = "Peio", _ more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: form.value, .cookie: cookies]
        for field in more { headers[field.name] = field.value }
        let text = "csrf=\(token)&name=\(name)"
        return try await client.execute(uri: "/things", method: .post, headers: headers, body: ByteBuffer(string: text))
    }

    @Test("a form sent from its own page passes, and the next page says so once")
    func passes() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get)
            #expect(!page.formToken.isEmpty && page.headers[.setCookie]?.contains("SameSite=Lax") == true)
            let done = try await post(client, token: page.formToken, cookies: page.cookies)
            #expect(done.status == .seeOther && done.headers[.location] == "/")
            let next = try await client.execute(uri: "/", method: .get, headers: [.cookie: page.cookies + "; " + done.cookies])
            #expect(next.text.contains("Merci, Peio !"))
            #expect(next.headers[values: .setCookie].contains { $0.hasPrefix("lien-notice=;") && $0.contains("Max-Age=0") })
        }
    }

    @Test("no token, another's token or another's cookie: nothing is done")
    func refused() async throws {
        try await TestSite().application.test(.router) { client in
            let mine = try await client.execute(uri: "/", method: .get)
            let other = try await client.execute(uri: "/", method: .get)
            let tries = [("", mine.cookies), (other.formToken, mine.cookies), (mine.formToken, ""), (mine.formToken, other.cookies)]
            for (token, cookies) in tries {
                let answer = try await post(client, token: token, cookies: cookies)
                #expect(answer.status == .forbidden && answer.text.contains("Rechargez-la"))
            }
        }
    }

    @Test("a session's forms are bound to that session")
    func session() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get, headers: [.cookie: "lien-session=one"])
            #expect(page.headers[.setCookie] == nil)
            #expect(try await post(client, token: page.formToken, cookies: "lien-session=one").status == .seeOther)
            #expect(try await post(client, token: page.formToken, cookies: "lien-session=two").status == .forbidden)
        }
    }

    @Test("what the browser says comes from another site is refused, whatever its token")
    func origin() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get)
            let (token, cookies) = (page.formToken, page.cookies)
            for site in ["cross-site", "same-site"] {
                #expect(try await post(client, token: token, cookies: cookies, [.secFetchSite: site]).status == .forbidden)
            }
            for origin in ["https://evil.example", "null", "http://localhost.evil.example"] {
                #expect(try await post(client, token: token, cookies: cookies, [.origin: origin]).status == .forbidden)
            }
            #expect(try await post(client, token: token, cookies: cookies, [.origin: "http://localhost"]).status == .seeOther)
            #expect(try await post(client, token: token, cookies: cookies, [.secFetchSite: "same-origin"]).status == .seeOther)
        }
    }

    @Test("a refused form comes back with what was typed, 422")
    func keeps() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get)
            let answer = try await post(client, token: page.formToken, cookies: page.cookies, name: "x")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("Écrivez le nom en entier.") && answer.text.contains("value=\"x\""))
        }
    }

    @Test("a program with a bearer token needs no form token; a browser’s session without one is refused in JSON")
    func bearer() async throws {
        try await TestSite().application.test(.router) { client in
            let body = ByteBuffer(string: #"{"name":"Peio"}"#)
            let json: HTTPFields = [.contentType: "application/json"]
            var bearer = json
            bearer[.authorization] = "Bearer abc"
            #expect(try await client.execute(uri: "/api/things", method: .post, headers: bearer, body: body).status == .created)
            var browser = json
            browser[.cookie] = "lien-session=abc"
            let answer = try await client.execute(uri: "/api/things", method: .post, headers: browser, body: body)
            #expect(answer.status == .forbidden && answer.problem["code"] as? String == "stale-form")
        }
    }

    @Test("invalid text in a form is refused with 422, in a page")
    func invalidText() async throws {
        try await TestSite().application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get)
            let answer = try await post(client, token: page.formToken, cookies: page.cookies, name: "%FF")
            #expect(answer.status == .unprocessableContent && answer.text.contains("caractères illisibles"))
        }
    }

    @Test("a notice that we did not write is not said")
    func notice() async throws {
        try await TestSite().application.test(.router) { client in
            let forged = Secret.base64URL(Array("Appelez le 08 99".utf8)) + "." + Secret.random(bytes: 32)
            let page = try await client.execute(uri: "/", method: .get, headers: [.cookie: "lien-notice=\(forged)"])
            #expect(page.status == .ok && !page.text.contains("Appelez"))
        }
    }
}

@Suite("Who asks")
struct ClientTests {
    private func client(_ forwarded: String?, from peer: String, proto: String? = nil) throws -> Client {
        let blocks = try #require(AddressBlock.list("10.0.0.0/8, 192.0.2.7"))
        var headers = HTTPFields()
        headers[.forwardedFor] = forwarded
        headers[.forwardedProto] = proto
        let request = Request(
            head: .init(method: .get, scheme: nil, authority: nil, path: "/", headerFields: headers), body: .init(buffer: .init()))
        return ClientMiddleware(trusted: blocks).client(of: request, peer: try #require(NetworkAddress(peer)))
    }

    @Test("only a trusted proxy is believed, and only for the hop it saw")
    func forwarded() throws {
        #expect(try client("1.2.3.4", from: "203.0.113.9", proto: "https").address.description == "203.0.113.9")
        #expect(try client("1.2.3.4", from: "203.0.113.9", proto: "https").isSecure == false)
        #expect(try client("1.2.3.4", from: "10.0.0.1").address.description == "1.2.3.4")
        #expect(try client("6.6.6.6, 1.2.3.4, 192.0.2.7", from: "10.0.0.1").address.description == "1.2.3.4")
        #expect(try client("6.6.6.6, nonsense", from: "10.0.0.1").address.description == "10.0.0.1")
        #expect(try client(nil, from: "10.0.0.1", proto: "https").isSecure)
        #expect(try client(nil, from: "10.0.0.1", proto: "https, http").isSecure == false)
    }

    @Test("behind TLS, cookies are for this host alone and browsers stay on TLS")
    func secure() async throws {
        let trusted = try #require(AddressBlock.list("::/0, 0.0.0.0/0"))
        try await TestSite(options: .init(trustedProxies: trusted, rate: nil)).application.test(.router) { client in
            let page = try await client.execute(uri: "/", method: .get, headers: [.forwardedProto: "https"])
            #expect(page.headers[.strictTransportSecurity]?.hasPrefix("max-age=31536000") == true)
            let cookie = page.headers[.setCookie] ?? ""
            #expect(cookie.hasPrefix("__Host-lien-form=") && cookie.contains("Secure") && cookie.contains("HttpOnly"))
        }
    }
}
