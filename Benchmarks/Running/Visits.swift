import Core
import Scheduling
import Store

/// Pages asked by the receptionist, signed in with a cookie as a browser is.
struct Visits: Sendable {
    /// One page to ask for.
    struct Visit: Sendable {
        let path: String
        /// The fields of a form that is sent, encoded, without its token; none for a page that is only read.
        var form: String?

        static func get(_ path: String) -> Visit { Visit(path: path) }
        static func post(_ path: String, _ name: String, _ value: String) -> Visit {
            Visit(path: path, form: "\(name)=" + Visits.encoded(value))
        }
    }

    static let clients = 4
    private static let password = "quatre gaves sous la neige"

    let server: LoopbackServer
    private let cookie: String

    static func with<T: Sendable>(
        _ houses: Houses, _ store: Store, _ work: @escaping @Sendable (Visits) async throws -> T
    ) async throws -> T {
        let cookie = try await signIn(houses, store)
        return try await LoopbackServer.with(store, now: AgendaShape.now) { server in
            try await work(Visits(server: server, cookie: cookie))
        }
    }

    /// One client alone, whose times are given; then several at once, for the rate.
    func rows(_ name: String, _ visits: [Visit], time: [Target] = [], rate: [Target] = [], floor: String? = nil) async throws -> [BenchRow]
    {
        let alone = try await times(visits)
        let start = ContinuousClock.now
        let together = try await withThrowingTaskGroup(of: Samples.self) { group in
            for _ in 0..<Self.clients { group.addTask { try await times(visits) } }
            return try await group.reduce(Samples(), +)
        }
        let perSecond = Double(together.count) / (start.milliseconds / 1_000)
        return [
            .time(name, alone, time, floor: floor), .rate("\(name)/clients=\(Self.clients)", Samples([perSecond]), together, rate),
        ]
    }

    private func times(_ visits: [Visit]) async throws -> Samples {
        try await server.client(headers: "Cookie: lien-session=\(cookie)\r\nSec-Fetch-Site: same-origin\r\n") { client in
            let token = try Self.formToken(of: client.get("/people").body)
            var times = Samples()
            for visit in visits {
                times.add(
                    try ContinuousClock.milliseconds {
                        let answer: LoopbackClient.Answer
                        if let form = visit.form {
                            answer = try client.post(visit.path, form: "csrf=\(token)&\(form)")
                        } else {
                            answer = try client.get(visit.path)
                        }
                        guard answer.status == 200 else { throw BenchFailure("\(visit.path) answers \(answer.status)") }
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

    private static func signIn(_ houses: Houses, _ store: Store) async throws -> String {
        let hasher = PasswordHasher(), email = houses.receptionist.email ?? ""
        try await Agent.setPassword(password, email: email, at: AgendaShape.now, hasher: hasher, in: store)
        return try await SignIn(email: email, password: password, address: "127.0.0.1").open(
            at: AgendaShape.now, hasher: hasher, in: store
        ).token.text
    }
}
