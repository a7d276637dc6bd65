import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Core
@testable import Web

@Suite("What gateways call")
struct ReceiptTests {
    @Test("each address speaks of one sending, and of nothing that we did not sign", arguments: Engine.available)
    func receipt(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(3, 9)).book(by: reception, at: World.now, in: store)
            let carrier = Sending.Carrier(name: "kannel", channel: .sms, isRepeatable: false)
            let sending = try #require(try await Sending.take(8, by: carrier, at: World.now, in: store).sendings.first)
            try await Sending.record([(sending, .init(.handed))], at: World.now, in: store)
            let desk = try Deskful(store)
            let path = desk.desk.site.receipts.path(sending.id, of: 64)
            try await desk.open { client in
                let visitor = Visitor(client)
                let other = desk.desk.site.receipts.path(.new(), of: 64)
                for foreign in [String(path.dropLast()), path.replacing("64.", with: "65."), other] {
                    let answer = try await visitor.get(foreign + "?status=1")
                    #expect(answer.status == 404)
                }
                for (status, known) in [("8", Message.State.handed), ("1", .arrived), ("2", .arrived)] {
                    let answer = try await visitor.get(path + "?status=" + status)
                    #expect(answer.status == 204)
                    let message = try await store.read { db in try Message.those([sending.messageID], of: 64, in: db).first }
                    #expect(message?.state == known, "after \(status)")
                }
            }
        }
    }
}
