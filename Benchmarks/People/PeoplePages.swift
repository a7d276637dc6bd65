import Core
import Scheduling
import Store

/// The search page itself, asked by someone signed in with a cookie as a browser asks.
struct PeoplePages: Sendable {
    private static let requests = 600
    private static let clients = 4
    private static let password = "quatre gaves sous la neige"

    let world: PeopleWorld
    let store: Store

    func run() async throws -> [BenchRow] {
        let cookie = try await signIn()
        let texts = TypedSearches(world: world).texts(nil, count: Self.requests)
        return try await LoopbackServer.with(store, now: AgendaShape.now) { server in
            let alone = try await times(texts, cookie, server)
            let start = ContinuousClock.now
            let together = try await withThrowingTaskGroup(of: Samples.self) { group in
                for _ in 0..<Self.clients { group.addTask { try await times(texts, cookie, server) } }
                return try await group.reduce(Samples(), +)
            }
            let rate = Double(together.count) / (start.milliseconds / 1_000)
            return [
                .time("pages/person-search", alone, [.p99AtMost(20)], floor: "people/search/people=\(world.count)/floor"),
                .rate("pages/person-search/clients=\(Self.clients)", Samples([rate]), together, [.atLeast(1_000)]),
            ]
        }
    }

    private func times(_ texts: [String], _ cookie: String, _ server: LoopbackServer) async throws -> Samples {
        try await server.client(headers: "Cookie: lien-session=\(cookie)\r\nSec-Fetch-Site: same-origin\r\n") { client in
            let token = try Self.formToken(of: client.get("/people").body)
            var times = Samples()
            for text in texts {
                let form = "csrf=\(token)&q=" + Self.encoded(text)
                times.add(
                    try ContinuousClock.milliseconds {
                        let answer = try client.post("/people/search", form: form)
                        guard answer.status == 200 else { throw BenchFailure("/people/search answers \(answer.status)") }
                    })
            }
            return times
        }
    }

    private static func formToken(of page: [UInt8]) throws -> String {
        let text = String(decoding: page, as: UTF8.self)
        guard let start = text.firstRange(of: "name=\"csrf\" value=\"") else { throw BenchFailure("/people shows no form") }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }

    private func signIn() async throws -> String {
        let hasher = PasswordHasher(), email = world.houses.receptionist.email ?? ""
        try await Agent.setPassword(Self.password, email: email, at: AgendaShape.now, hasher: hasher, in: store)
        return try await SignIn(email: email, password: Self.password, address: "127.0.0.1").open(
            at: AgendaShape.now, hasher: hasher, in: store
        ).token.text
    }
}
