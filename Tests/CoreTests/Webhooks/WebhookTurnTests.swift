import Crypto
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Sending to webhooks")
struct WebhookTurnTests {
    @Test("one worker at a time has a webhook, and another takes over when it dies", arguments: Engine.available)
    func lease(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await ping(house)
            let turn = try #require(try await house.take())
            #expect(try await house.take() == nil)
            let late = World.now.adding(seconds: WebhookTurn.seconds)
            #expect(try await house.take(at: late) != nil)
            #expect(try await turn.next(at: late, in: house.store) == nil, "the first, if it wakes up, sends nothing")
        }
    }

    @Test("two workers that ask at once get one turn", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await ping(house)
            let turns = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await house.take() != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(turns == 1)
        }
    }

    @Test("what fails comes back later and later, and is given up after three days", arguments: Engine.available)
    func patience(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await ping(house)
            var now = World.now, tries = 0, waits: [Int64] = []
            while let turn = try await house.take(at: now), let parcel = try await turn.next(at: now, in: house.store) {
                tries += 1
                let attempt = WebhookDelivery.Attempt(at: now, outcome: .answered(status: 500), milliseconds: 3)
                #expect(try await turn.record(attempt, of: parcel, chance: 0.5, in: house.store) == false)
                guard case .waiting(let until) = try await standing(house) else { break }
                waits.append(until - now)
                now = until
            }
            #expect(waits.prefix(4) == [15, 30, 60, 120])
            #expect(waits.last == Int64(21_600))
            #expect((15...30).contains(tries))
            #expect(now - World.now > 2 * 86_400 && now - World.now <= 3 * 86_400)
            #expect(try await standing(house) == .givenUp(now))
            #expect(try await house.store.read { db in try WebhookDelivery.givenUp(of: house.webhook, in: db) } == 1)
        }
    }

    @Test("waits are spread by a fifth, so that what failed together does not come back together")
    func jitter() {
        #expect(Patience.webhooks.wait(after: 1, chance: 0) == 12)
        #expect(Patience.webhooks.wait(after: 1, chance: 1) == 18)
        #expect(Patience.webhooks.wait(after: 40, chance: 0.5) == 6 * 3600)
    }

    @Test("an address that answers 410 is told nothing more", arguments: Engine.available)
    func gone(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await ping(house)
            try await ping(house)
            let turn = try #require(try await house.take())
            let parcel = try #require(try await turn.next(at: World.now, in: house.store))
            let attempt = WebhookDelivery.Attempt(at: World.now, outcome: .answered(status: 410), milliseconds: 3)
            _ = try await turn.record(attempt, of: parcel, in: house.store)
            let webhook = try await house.store.read { db in try Webhook.find(house.webhook.id, for: house.admin, in: db) }
            #expect(webhook.off == .init(at: World.now, because: .gone))
            #expect(try await house.store.read { db in try WebhookDelivery.givenUp(of: webhook, in: db) } == 2)
            #expect(try await house.take(at: World.now.adding(days: 1)) == nil)
        }
    }

    @Test("a delivery can be sent again, the same", arguments: Engine.available)
    func replay(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await ping(house)
            let first = try #require(try await deliver(house, at: World.now))
            #expect(try await standing(house) == .delivered(World.now))
            let later = World.now.adding(days: 2)
            try await house.store.write { db in
                try WebhookDelivery.replay(first.deliveryID, of: house.webhook, by: house.admin, at: later, in: db)
            }
            let second = try #require(try await deliver(house, at: later))
            #expect(second.deliveryID == first.deliveryID && second.body == first.body)
            let attempts = try await house.store.read { db in
                try WebhookDelivery.find(first.deliveryID, of: house.webhook, in: db).attempts
            }
            #expect(attempts.count == 2)
        }
    }

    @Test("each parcel is signed, by two secrets while one replaces the other", arguments: Engine.available)
    func signatures(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let fresh = try await house.store.write { db in try house.webhook.changeSecret(by: house.admin, at: World.now, in: db) }
            for (day, secrets) in [(0, [fresh, house.secret]), (Webhook.secretOverlap, [fresh])] {
                let now = World.now.adding(days: day)
                try await ping(house, at: now)
                let parcel = try #require(try await deliver(house, at: now))
                let headers = Dictionary(uniqueKeysWithValues: parcel.headers.map { ($0.name, $0.value) })
                let signed = "\(parcel.deliveryID).\(now.rawValue).\(parcel.body)"
                #expect(headers["webhook-id"] == parcel.deliveryID.description)
                #expect(headers["webhook-timestamp"] == String(now.rawValue))
                #expect(headers["webhook-signature"] == secrets.map { signature(signed, $0.text) }.joined(separator: " "))
            }
        }
    }

    /// As a receiver would compute it from the secret it was given.
    private func signature(_ text: String, _ secret: String) -> String {
        let key = SymmetricKey(data: Data(base64Encoded: String(secret.dropFirst("whsec_".count)))!)
        return "v1," + Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64EncodedString()
    }

    @Test("the signature is the one of the documented example")
    func vector() {
        let secret = WebhookSecret(bytes: Array(0..<32))
        #expect(secret.text == "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        #expect(
            secret.signature(id: "0193f2a0-0000-7000-8000-000000000001", at: Instant(1_796_000_000), body: #"{"type":"ping"}"#)
                == WebhookExample.signature)
    }

    @Test("goes in the order in which things happened", arguments: Engine.available)
    func order(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let booking = house.world.booking(at: World.at(0, 9))
            let appointment = try await booking.book(by: house.reception, at: World.now, in: house.store)
            try await appointment.cancel(.cancelledByPerson, why: "", by: house.reception, at: World.now, in: house.store)
            let types = try await [deliver(house, at: World.now), deliver(house, at: World.now)].compactMap { $0?.body }
            #expect(types[0].contains("appointment.created") && types[1].contains("appointment.cancelled"))
        }
    }

    private func ping(_ house: WebhookWorld, at now: Instant = World.now) async throws {
        try await house.store.write { db in try WebhookDelivery.ping(house.webhook, by: house.admin, at: now, in: db) }
    }

    /// Sends one, which arrives.
    private func deliver(_ house: WebhookWorld, at now: Instant) async throws -> WebhookTurn.Parcel? {
        guard let turn = try await house.take(at: now), let parcel = try await turn.next(at: now, in: house.store) else { return nil }
        _ = try await turn.record(.init(at: now, outcome: .answered(status: 204), milliseconds: 3), of: parcel, in: house.store)
        try await turn.end(at: now, in: house.store)
        return parcel
    }

    private func standing(_ house: WebhookWorld) async throws -> WebhookDelivery.Standing? {
        try await house.store.read { db in
            try WebhookDelivery.all(of: house.webhook, before: nil, limit: 1, in: db).first?.standing
        }
    }
}
