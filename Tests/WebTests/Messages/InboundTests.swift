import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Core
@testable import Web

@Suite("What gateways bring")
struct InboundTests {
    @Test("is read from a form, from JSON, and by the names that the address gives", arguments: Engine.available)
    func bodies(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(3, 9)).book(by: reception, at: World.now, in: store)
            let desk = try Deskful(store)
            let path = desk.desk.site.inbound.path("opérateur")
            try await desk.open { client in
                let visitor = Visitor(client)
                let json = "application/json", form = "application/x-www-form-urlencoded"
                let sent: [(String, String, String, Int)] = [
                    (path, "from=%2B33639981234&text=oui&id=1", form, 204),
                    (path, #"{"from": "0639981234", "text": "oui", "id": 2}"#, json, 204),
                    (path + "?from=sender&text=message&id=ref", #"{"sender": "33639981234", "message": "Bonjour", "ref": "3"}"#, json, 204),
                    (path, "text=oui", form, 422), (path, "[1]", json, 422), (String(path.dropLast()), "from=1&text=oui", form, 404),
                ]
                for (address, body, type, status) in sent {
                    let answer = try await visitor.upload(address, body, type: type)
                    #expect(answer.status == status, "\(body)")
                }
                let replies = try await store.read { db in
                    try ReplyDetails.all(seenBy: reception, settledSince: World.now.adding(days: -1), in: db)
                }
                #expect(replies.map(\.reply.text) == ["Bonjour", "oui", "oui"] || replies.map(\.reply.meaning) == [.words, .yes, .yes])
            }
        }
    }

    @Test("by Kannel is one when it is brought twice, and another when it says the same again", arguments: Engine.available)
    func kannel(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(3, 9)).book(by: reception, at: World.now, in: store)
            let desk = try Deskful(store)
            let path = desk.desk.site.inbound.kannelPath("kannel")
            #expect(path.hasSuffix("?message=%I"))
            try await desk.open { client in
                let names = ["5f2ad8a6-3a33-4a55-9f1e-6d1c2b7a9e01", "0B6C1E52-9D1F-4C7B-8A38-1E2D3C4B5A69"]
                // Brought twice, and again in capitals; then another; then by a Kannel that writes no name, twice.
                for name in [names[0], names[0], names[0].uppercased(), names[1], "%I", "%I"] {
                    let address = path.replacing("%I", with: name)
                    let answer = try await Visitor(client).upload(
                        address, "Bonjour", type: "text/plain", headers: ["X-Kannel-From": "+33639981234"])
                    #expect(answer.status == 204, "\(name)")
                }
                let references: [String?] = try await store.read { db in
                    try db.all("SELECT reference FROM reply ORDER BY reference") { try $0[0] }
                }
                #expect(references.count == 4 && Set(references.compactMap { $0 }) == Set(names.map { $0.lowercased() }))
            }
        }
    }

    @Test("is never too much: only what nobody signed is counted", arguments: Engine.available)
    func rate(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(3, 9)).book(by: reception, at: World.now, in: store)
            let desk = try Deskful(store, rate: Rate(perSecond: 0.001, atOnce: 2))
            let path = desk.desk.site.inbound.path("opérateur")
            try await desk.open { client in
                let visitor = Visitor(client)
                for turn in 0..<6 {
                    let body = "from=%2B33639981234&text=oui&id=\(turn)"
                    #expect(try await visitor.upload(path, body, type: "application/x-www-form-urlencoded").status == 204)
                }
                var statuses: [Int] = []
                for _ in 0..<3 { statuses.append(try await visitor.get(String(path.dropLast())).status) }
                #expect(statuses.last == 429, "\(statuses)")
            }
        }
    }
}
