import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What shows that someone was told of a convocation")
struct SummonsProofTests {
    private func oblige(_ outbox: Outbox) async throws {
        try await outbox.store.write { db in
            var reason = outbox.world.reason
            reason.isSummons = true
            try reason.update(of: outbox.world.territory.id, in: db)
        }
    }

    private func proof(_ appointment: Appointment, _ outbox: Outbox) async throws -> SummonsProof? {
        try await outbox.store.read { db in
            let details = try AppointmentDetails.find(appointment.id, seenBy: outbox.reception, in: db)
            return try SummonsProof.of(details, seenBy: outbox.reception, in: db)
        }
    }

    @Test("the words as they left, the hour, the channel and what the operator answered", arguments: Engine.available)
    func words(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await oblige(outbox)
            let appointment = try await outbox.book(World.at(3, 9))
            #expect(try await proof(appointment, outbox)?.strength == SummonsProof.Strength.none)
            let sent = try #require(try await outbox.send(.init(.handed, reference: "r-17")).first)
            #expect(try await proof(appointment, outbox)?.strength == .handed)
            try await outbox.store.write { db in
                _ = try Delivery.acknowledge(sent.id, of: 64, arrived: true, at: World.now.adding(minutes: 2), in: db)
            }
            let proof = try #require(try await proof(appointment, outbox))
            #expect(proof.strength == .arrived && proof.sent.map(\.text) == [sent.rendered.text] && !sent.rendered.text.isEmpty)
            let one = try #require(proof.sent.first)
            #expect(one.message.channel == .sms && one.delivery.recipient == "+33639981234" && one.delivery.reference == "r-17")
            #expect(one.delivery.startedAt == World.now && one.delivery.acknowledgedAt == World.now.adding(minutes: 2))
        }
    }

    @Test("a reason that does not oblige keeps no words", arguments: Engine.available)
    func ordinary(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9))
            try await outbox.send()
            #expect(try await proof(appointment, outbox) == nil)
            let kept = try await outbox.store.read { db in try db.all("SELECT text FROM delivery_text") { try $0[0] as String } }
            #expect(kept.isEmpty)
        }
    }

    @Test("what did not arrive, or left after the hour, shows nothing; an answer OUI shows most", arguments: Engine.available)
    func strength(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await oblige(outbox)
            let appointment = try await outbox.book(World.at(3, 9))
            let sent = try #require(try await outbox.send().first)
            try await outbox.store.write { db in
                _ = try Delivery.acknowledge(sent.id, of: 64, arrived: false, at: World.now.adding(minutes: 2), in: db)
            }
            #expect(try await proof(appointment, outbox)?.strength == .tried)
            _ = try await Reply.take(
                .init(gateway: "essai", reference: "1", sender: "+33639981234", text: "oui"), at: World.now.adding(minutes: 3),
                in: outbox.store)
            #expect(try await proof(appointment, outbox)?.strength == .confirmed)
        }
    }

    @Test("words that say nothing are none: the schema refuses them", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            // It obliges nobody, so that nothing was kept of it yet.
            try await outbox.book(World.at(3, 9))
            let sent = try #require(try await outbox.send().first)
            for (text, name) in [("", "delivery_text_said"), ("Vous avez rendez-vous.", nil)] as [(String, String?)] {
                let violation = await violation {
                    try await outbox.store.write { db in
                        _ = try db.run(
                            "INSERT INTO delivery_text (territory_id, delivery_id, subject, text) VALUES (64, \(sent.id), '', \(text))")
                    }
                }
                #expect(violation?.name == name)
            }
        }
    }

    private func violation(_ body: () async throws -> Void) async -> ConstraintViolation? {
        do {
            try await body()
            return nil
        } catch { return error as? ConstraintViolation }
    }

    @Test("the words are never written again: the schema refuses it", arguments: Engine.available)
    func kept(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await oblige(outbox)
            try await outbox.book(World.at(3, 9))
            try await outbox.send()
            await #expect(throws: ConstraintViolation(name: "delivery_text_kept")) {
                try await outbox.store.write { db in try db.run("UPDATE delivery_text SET text = 'autre chose'") }
            }
        }
    }
}
