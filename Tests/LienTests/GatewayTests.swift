import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Scheduling
import Store
import TestKit
import Testing

@testable import Core
@testable import Lien

@Suite("Gateways")
struct GatewayTests {
    private static let description = """
        {"gateways": [
          {"name": "operateur", "channel": "sms", "kind": "http", "url": "URL", "headers": {"authorization": "Bearer abc"},
           "json": {"messages": [{"to": "{to}", "text": "{text}", "ref": "{id}", "parts": 1}]},
           "answer": {"reference": "messages.0.id", "status": "status", "accepted": ["ok"], "reason": "error", "credit": ["credit"],
             "recipient": ["number"]}, "timeout": 1}
        ]}
        """

    private func gateway(_ url: String) throws -> any Gateway {
        let text = Self.description.replacing("URL", with: url)
        return try JSONDecoder().decode(GatewayFile.self, from: Data(text.utf8)).made(receipts: nil)[0].gateway
    }

    @Test("described in the configuration send what it says and read the answer")
    func described() async throws {
        let answers = [#"{"status": "ok", "messages": [{"id": 17}]}"#, #"{"status": "no", "error": "Unknown number"}"#]
        let receiver = Receiver { number in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: answers[number - 1]))) }
        try await receiver.serve { url in
            let gateway = try gateway(url), sending = Sending.sample(text: #"Rendez-vous à 9 h, {to} "ici""#)
            let first = await gateway.send(sending)
            #expect(first.outcome == .handed && first.reference == "17")
            let second = await gateway.send(sending)
            #expect(second.outcome == .refused && second.because == .recipient)
            let asked = receiver.received[0]
            #expect(asked.headers["authorization"] == "Bearer abc")
            let body = try #require(JSONTemplate(asked.body))
            #expect(body.value(at: "messages.0.to") == "+33639981234")
            #expect(body.value(at: "messages.0.text") == #"Rendez-vous à 9 h, {to} "ici""#, "what a text holds is not filled in")
            #expect(body.value(at: "messages.0.ref") == sending.id.description)
            #expect(asked.body.contains(#""parts":1"#))
        }
    }

    @Test(
        "say whether it left",
        arguments: [
            (HTTPResponse.Status.unauthorized, "", Delivery.Outcome.failed, Message.Cause.credentials),
            (.serviceUnavailable, "", .failed, .busy), (.tooManyRequests, "", .failed, .busy),
            (.badRequest, #"{"error": "No credit left"}"#, .failed, .credit), (.badRequest, "?", .refused, .gateway),
        ])
    func statuses(_ status: HTTPResponse.Status, _ body: String, _ outcome: Delivery.Outcome, _ because: Message.Cause) async throws {
        let receiver = Receiver { _ in Response(status: status, body: .init(byteBuffer: ByteBuffer(string: body))) }
        try await receiver.serve { url in
            let answer = await (try gateway(url)).send(.sample())
            #expect(answer.outcome == outcome && answer.because == because)
        }
    }

    @Test("that nobody answers for did not take it; that hang may have")
    func silence() async throws {
        let answer = await (try gateway("http://127.0.0.1:1/")).send(.sample())
        #expect(answer == .init(.failed, .connection, milliseconds: answer.milliseconds))
        let receiver = Receiver { _ in
            try await Task.sleep(for: .seconds(20))
            return Response(status: .ok)
        }
        try await receiver.serve { url in
            let start = ContinuousClock.now
            let answer = await (try gateway(url)).send(.sample())
            #expect(answer.outcome == .unknown)
            #expect(ContinuousClock.now - start < .seconds(8))
        }
    }

    @Test(
        "whose description cannot be used are named",
        arguments: [
            #"{"gateways": [{"name": "a", "channel": "sms", "kind": "kannel", "url": "http://x/", "user": "u", "password": "geheim", "#
                + #""sender": "0639980000"}]}"#,
            #"{"gateways": [{"name": "a", "channel": "sms", "kind": "smtp", "url": "smtp://x", "from": "a@example.org"}]}"#,
            #"{"gateways": [{"name": "a", "channel": "email", "kind": "smtp", "url": "smtps://x", "tls": "starttls", "from": "a@example.org"}]}"#,
            #"{"gateways": [{"name": "a", "channel": "fax", "kind": "http"}]}"#, "[]",
        ])
    func wrong(_ text: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lien-\(UUID()).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let failure = #expect(throws: Failure.self) { try GatewayFile.read(file.path) }
        #expect(failure?.sentence.hasPrefix("LIEN_GATEWAYS: ") == true)
        #expect(failure?.sentence.contains("geheim") == false)
    }

    @Test("of a channel share what leaves by weight, and a failing one gets little until it does better")
    func balance() {
        var balance = Balance(weights: [3, 1])
        func share() -> Double { Double((0..<1000).count { balance.choose(Double($0) / 1000) == 0 }) / 1000 }
        #expect(abs(share() - 0.75) < 0.01)
        for _ in 0..<10 { balance.note(0, wasTrouble: true, milliseconds: 10) }
        #expect(share() < 0.07 && share() > 0)
        for _ in 0..<10 { balance.note(0, wasTrouble: false, milliseconds: 10) }
        #expect(abs(share() - 0.75) < 0.01)
        for _ in 0..<5 { balance.note(0, wasTrouble: false, milliseconds: 9_000) }
        #expect(share() < 0.6)
    }

    @Test("of which one is down: the others carry all, and nothing twice", arguments: Engine.available)
    func shift(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), reception = try await world.acting(world.reception, in: store)
            for number in 0..<10 {
                _ = try await world.booking(at: World.at(3 + number / 6, 9).adding(minutes: 30 * (number % 6)))
                    .booked(again: true, by: reception, at: World.now, in: store)
            }
            let receiver = Receiver { _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: #"{"status": "ok"}"#))) }
            try await receiver.serve { url in
                var down = try gateway("http://127.0.0.1:1/"), clock = World.now
                if let http = down as? HTTPGateway { down = http.named("en panne") }
                for _ in 0..<20 {
                    let now = clock
                    let worker = MessageWorker(store: store, gateways: [(down, 1), (try gateway(url), 1)], now: { now })
                    try await worker.work()
                    clock = clock.adding(seconds: 120)
                }
                #expect(receiver.received.count == 10)
                #expect(Set(receiver.received.map(\.body)).count == 10)
                let handed: Int? = try await store.read { db in
                    try db.first("SELECT count(*) FROM message WHERE outcome = 'handed'") { try $0[0] }
                }
                #expect(handed == 10)
            }
        }
    }
}

extension HTTPGateway {
    fileprivate func named(_ name: String) -> HTTPGateway {
        HTTPGateway(
            carrier: .init(name: name, channel: carrier.channel, isRepeatable: false), url: url, method: method, headers: headers,
            content: content, reading: reading, sender: sender, seconds: seconds, receipts: nil)
    }
}

extension Sending {
    static func sample(text: String = "Bonjour", recipient: String = "+33639981234", html: String? = nil) -> Sending {
        Sending(
            territoryID: 64, id: .new(), messageID: .new(), channel: .sms, recipient: recipient, from: "Département d’essai",
            rendered: Rendered(subject: "Votre rendez-vous", text: text, html: html), startedAt: World.now, lease: UUID(), attempts: 0)
    }
}
