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

/// With a real server on this machine, which the development setting allows.
@Suite("Webhooks")
struct WebhookTests {
    private let sender = WebhookSender(toLoopback: true, timeout: .milliseconds(700))

    @Test("are told, once, of what happened, and it is written what they answered", arguments: Engine.available)
    func delivered(on engine: Engine) async throws {
        try await with(engine, { _ in Response(status: .noContent) }) { house in
            _ = try await house.world.booking(at: World.at(0, 9)).book(by: house.reception, at: World.now, in: house.store)
            try await house.work(sender, at: World.now)
            try await house.work(sender, at: World.now.adding(days: 1))
            let received = house.receiver.received
            #expect(received.count == 1)
            #expect(received.first?.headers["content-type"] == "application/json")
            #expect(received.first?.body.contains("appointment.created") == true)
            let delivery = try #require(try await house.deliveries().first)
            #expect(received.first?.headers["webhook-id"] == delivery.id.description)
            #expect(delivery.standing == .delivered(World.now))
            #expect(delivery.last?.outcome == .answered(status: 204))
        }
    }

    @Test("are told once by many workers on two nodes, one at a time", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let receiver = Receiver { _ in
                try await Task.sleep(for: .milliseconds(5))
                return Response(status: .ok)
            }
            try await receiver.serve { address in
                let house = try await WebhookHouse.make(in: stores[0], address, receiver)
                for _ in 0..<40 { try await house.ping(at: World.now) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<8 {
                        let worker = WebhookWorker(store: stores[number % 2], sender: sender, now: { World.now })
                        group.addTask { for _ in 0..<6 { try await worker.work() } }
                    }
                    try await group.waitForAll()
                }
                let received = receiver.received
                #expect(received.count == 40)
                #expect(Set(received.compactMap { $0.headers["webhook-id"] }).count == 40, "none twice")
                #expect(received.allSatisfy { $0.atOnce == 1 }, "one at a time")
                #expect(received.compactMap { $0.headers["webhook-id"] } == received.compactMap { $0.headers["webhook-id"] }.sorted())
            }
            for store in stores { await store.close() }
        }
    }

    @Test("that hang are left, and tried again later with the same id", arguments: Engine.available)
    func hanging(on engine: Engine) async throws {
        try await with(
            engine,
            { number in
                if number == 1 { try await Task.sleep(for: .seconds(30)) }
                return Response(status: .ok)
            }
        ) { house in
            try await house.ping(at: World.now)
            let start = ContinuousClock.now
            try await house.work(sender, at: World.now)
            #expect(ContinuousClock.now - start < .seconds(10))
            let missed = try #require(try await house.deliveries().first)
            #expect(missed.last?.outcome == .failed(.timeout))
            guard case .waiting(let until) = missed.standing else {
                Issue.record("it is not tried again")
                return
            }
            #expect((12...18).contains(until - World.now))
            try await house.work(sender, at: World.now)
            #expect(house.receiver.received.count == 1, "not before its time")
            try await house.work(sender, at: until)
            #expect(try await house.deliveries().first?.standing == .delivered(until))
            #expect(Set(house.receiver.received.compactMap { $0.headers["webhook-id"] }).count == 1)
        }
    }

    @Test("that lead elsewhere are not followed", arguments: Engine.available)
    func redirected(on engine: Engine) async throws {
        try await with(engine, { _ in Response(status: .temporaryRedirect, headers: [.location: "/ailleurs"]) }) { house in
            try await house.ping(at: World.now)
            try await house.work(sender, at: World.now)
            #expect(house.receiver.received.count == 1)
            #expect(try await house.deliveries().first?.last?.outcome == .answered(status: 307))
        }
    }

    @Test("that answer 410 are told nothing more", arguments: Engine.available)
    func gone(on engine: Engine) async throws {
        try await with(engine, { _ in Response(status: .gone) }) { house in
            for _ in 0..<3 { try await house.ping(at: World.now) }
            try await house.work(sender, at: World.now)
            try await house.work(sender, at: World.now.adding(days: 1))
            #expect(house.receiver.received.count == 1)
            #expect(try await house.webhook().off?.because == .gone)
        }
    }

    @Test("on this machine are refused without the development setting, when they are sent too", arguments: Engine.available)
    func forbidden(on engine: Engine) async throws {
        try await with(engine, { _ in Response(status: .ok) }) { house in
            try await house.ping(at: World.now)
            try await house.work(WebhookSender(), at: World.now)
            #expect(house.receiver.received.isEmpty)
            #expect(try await house.deliveries().first?.last?.outcome == .failed(.forbidden))
        }
    }

    @Test("go to the address that was judged, whatever the name means a moment later, and to none when one is ours")
    func pinned() async throws {
        let receiver = Receiver { _ in Response(status: .ok) }
        try await receiver.serve { url in
            let port = try #require(URL(string: url)?.port)
            // A name that no server knows: it arrives because the address it was judged by is the one that is called.
            var pinning = sender
            pinning.resolve = { name in name == "pin.example" ? [IPAddress([127, 0, 0, 1])] : [] }
            #expect(await pinning.send(Self.parcel("http://pin.example:\(port)/rdv")) == .answered(status: 200))
            #expect(receiver.received.first?.headers["host"] == "pin.example:\(port)")
            for inside in [[10, 0, 0, 1], [169, 254, 169, 254], Array(repeating: 0, count: 10) + [255, 255, 192, 168, 0, 1]] as [[UInt8]] {
                var both = sender
                both.resolve = { _ in [IPAddress([127, 0, 0, 1]), IPAddress(inside)] }
                #expect(await both.send(Self.parcel("http://pin.example:\(port)/rdv")) == .failed(.forbidden))
            }
            #expect(receiver.received.count == 1)
        }
    }

    @Test("that nobody answers for, or that no name server knows, say so")
    func unreachable() async throws {
        #expect(await sender.send(Self.parcel("http://127.0.0.1:1/")) == .failed(.connection))
        #expect(await WebhookSender().send(Self.parcel("https://nowhere.invalid/")) == .failed(.unresolvable))
    }

    private static func parcel(_ url: String) -> WebhookTurn.Parcel {
        WebhookTurn.Parcel(deliveryID: .new(), url: url, body: "{}", headers: [], attempts: 0, since: World.now)
    }

    private func with(
        _ engine: Engine, _ answer: @escaping @Sendable (Int) async throws -> Response,
        _ test: @escaping @Sendable (WebhookHouse) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let receiver = Receiver(answer)
            try await receiver.serve { url in try await test(WebhookHouse.make(in: store, url, receiver)) }
        }
    }
}

/// An organization with a webhook to a receiver.
struct WebhookHouse: Sendable {
    let world: World
    let store: Store
    let reception: Acting
    let admin: Acting
    let id: ID<Webhook>
    let receiver: Receiver

    static func make(in store: Store, _ url: String, _ receiver: Receiver) async throws -> WebhookHouse {
        let world = try await World.make(in: store)
        try await store.write { db in
            try db.run(
                "INSERT INTO membership VALUES (\(world.territory.id), \(world.organization.id), \(world.colleague.id), \(Role.admin))")
        }
        let admin = try await world.acting(world.colleague, in: store)
        let made = try await store.write { db in
            try Webhook.create(
                .init(name: "Essai", url: url, events: Set(Webhook.Event.allCases)), for: world.organization.id, toLoopback: true,
                by: admin, at: World.now, in: db
            ).webhook.id
        }
        return WebhookHouse(
            world: world, store: store, reception: try await world.acting(world.reception, in: store), admin: admin, id: made,
            receiver: receiver)
    }

    func webhook() async throws -> Webhook { try await store.read { db in try Webhook.find(id, for: admin, in: db) } }

    func ping(at now: Instant) async throws {
        try await store.write { db in try WebhookDelivery.ping(Webhook.find(id, for: admin, in: db), by: admin, at: now, in: db) }
    }

    func work(_ sender: WebhookSender, at now: Instant) async throws {
        try await WebhookWorker(store: store, sender: sender, now: { now }).work()
    }

    func deliveries() async throws -> [WebhookDelivery] {
        try await store.read { db in
            try WebhookDelivery.all(of: Webhook.find(id, for: admin, in: db), before: nil, limit: 100, in: db)
        }
    }
}
