import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What webhooks are told")
struct WebhookEventTests {
    @Test("is each appointment taken, moved, closed and cancelled, with ids and no name", arguments: Engine.available)
    func events(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let world = house.world, store = house.store, reception = house.reception
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            let moved = try await appointment.move(
                to: .init(agentID: world.colleague.id, startsAt: World.at(1, 10)), by: reception, at: World.now, in: store)
            try await moved.cancel(.cancelledByPerson, why: "Empêchée", by: reception, at: World.now, in: store)
            let queued = try await house.queued()
            #expect(queued.map(\.type) == ["appointment.created", "appointment.changed", "appointment.cancelled"])
            #expect(queued.allSatisfy { $0.data["id"] as? String == appointment.id.description })
            #expect(queued[0].data["starts_at"] as? String == World.at(0, 9).rfc3339)
            #expect(queued[0].data["reason_id"] as? String == world.reason.id.description)
            #expect((queued[1].data["before"] as? [String: Any])?["agent_id"] as? String == world.worker.id.description)
            #expect(queued[1].data["agent_id"] as? String == world.colleague.id.description)
            let people = queued[2].data["participations"] as? [[String: Any]]
            #expect(people?.first?["person_id"] as? String == world.person.id.description)
            #expect(people?.first?["status"] as? String == "cancelled-by-person")
            let bodies = try await store.read { db in try db.all("SELECT body FROM webhook_delivery") { try $0[0] as String } }
            for word in ["Lacoste", "Jeanne", "0639981234", "+33639981234", "Premier contact", "Ithurralde", "Empêchée"] {
                #expect(!bodies.contains { $0.contains(word) }, "\(word) leaves the house")
            }
        }
    }

    @Test("names neither reason, service nor agent of what is discreet, of a child or of a secret service", arguments: Engine.available)
    func discreet(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let world = house.world, store = house.store
            let visit = Reason(serviceID: world.pmi.id, name: "Visite postnatale", minutes: 30, how: .phone)
            try await store.write { db in try visit.insert(of: world.territory.id, in: db) }
            var booking = world.booking(at: World.at(0, 9))
            booking.reasonID = visit.id
            _ = try await booking.book(by: house.reception, at: World.now, in: store)
            let data = try #require(try await house.queued().first?.data)
            for name in ["reason_id", "service_id", "agent_id"] { #expect(data[name] is NSNull, "\(name) tells of the PMI") }
        }
    }

    @Test("is written with the change or not at all", arguments: Engine.available)
    func together(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let booking = house.world.booking(at: World.at(0, 9))
            _ = try await booking.book(by: house.reception, at: World.now, in: house.store)
            await #expect(throws: Refusal.self) { _ = try await booking.book(by: house.reception, at: World.now, in: house.store) }
            #expect(try await house.queued().count == 1)
        }
    }

    @Test("is what each chose, of its own organization, while it is on", arguments: Engine.available)
    func chosen(on engine: Engine) async throws {
        try await WebhookWorld.with(engine, events: [.cancelled]) { house in
            let world = house.world, store = house.store
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: house.reception, at: World.now, in: store)
            #expect(try await house.queued().isEmpty)
            try await appointment.cancel(.cancelledByService, why: "", by: house.reception, at: World.now, in: store)
            #expect(try await house.queued().map(\.type) == ["appointment.cancelled"])
            try await store.write { db in try house.webhook.turn(on: false, by: house.admin, at: World.now, in: db) }
            #expect(try await world.acting(world.reception, in: store).territory.hasWebhooks == false)
            let given = try await store.read { db in try WebhookDelivery.givenUp(of: house.webhook, in: db) }
            #expect(given == 1, "what waited is given up, and said")
        }
    }

    @Test("costs a territory without webhooks nothing: no row, and no question asked", arguments: Engine.available)
    func free(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            // A question would fail without its table.
            try await store.write { db in
                for table: SQL in ["webhook_attempt", "webhook_delivery", "webhook"] { try db.run("DROP TABLE \(table)") }
            }
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            try await appointment.cancel(.cancelledByPerson, why: "", by: reception, at: World.now, in: store)
        }
    }
}
