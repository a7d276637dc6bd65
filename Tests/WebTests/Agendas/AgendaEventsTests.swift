import Core
import Hummingbird
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Agenda events", .serialized)
struct AgendaEventsTests {
    @Test("a booking made by another node is told within two seconds, and to nobody else", arguments: Engine.available)
    func twoNodes(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let (here, there) = (try Store.open(url), try Store.open(url))
            let world = try await World.make(in: here)
            let watch = AgendaWatch(store: here)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watch.run() }
                var events = watch.events(of: [world.worker.id], in: 64, since: 0).makeAsyncIterator()
                let colleague = Heard(watch.events(of: [world.colleague.id], in: 64, since: 0))
                let acting = try await world.acting(world.reception, in: there)
                let begun = ContinuousClock.now
                _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: World.now, in: there)
                let event = await events.next()
                let waited = ContinuousClock.now - begun
                #expect(event == ServerEvent("changed"))
                #expect(waited <= .seconds(2), "\(waited)")
                try await Task.sleep(for: .milliseconds(600))
                #expect(await colleague.count == 0)
                group.cancelAll()
            }
            await here.close()
            await there.close()
        }
    }

    @Test("what changed between the page and the stream is told at once", arguments: Engine.available)
    func since(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(0, 9))
            let watch = AgendaWatch(store: desk.store, interval: .milliseconds(20))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await watch.run() }
                var events = watch.events(of: [desk.world.worker.id], in: 64, since: 0).makeAsyncIterator()
                #expect(await events.next() == ServerEvent("changed"))
                group.cancelAll()
            }
        }
    }

    @Test("a screen that closes is forgotten, and a stopping server ends every stream", arguments: Engine.available)
    func ends(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let watch = AgendaWatch(store: desk.store, interval: .milliseconds(20))
            let agents = [desk.world.worker.id]
            let reading = Task { for await _ in watch.events(of: agents, in: 64, since: nil) {} }
            while watch.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
            reading.cancel()
            await reading.value
            #expect(watch.count == 0)
            let open = Task { for await _ in watch.events(of: agents, in: 64, since: nil) {} }
            while watch.count == 0 { try await Task.sleep(for: .milliseconds(5)) }
            let running = Task { try await watch.run() }
            try await Task.sleep(for: .milliseconds(50))
            running.cancel()
            try? await running.value
            await open.value
            for await _ in watch.events(of: agents, in: 64, since: nil) { Issue.record("told after the end") }
        }
    }

    @Test("the stream goes through the server, and ends when it stops", arguments: Engine.available)
    func overHTTP(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(0, 9))
            let application = try await desk.application(as: desk.world.worker)
            let begun = ContinuousClock.now
            let head = "GET /agenda/events?agents=\(desk.world.worker.id)&version=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            try await application.test(.live) { client in
                _ = try await Wire.open(head, port: try #require(client.port)) { $0.contains("event: changed") }
            }
            #expect(ContinuousClock.now - begun < .seconds(10), "the server stops although a stream is open")
        }
    }
}

/// Counts what a stream says, beside the test.
private actor Heard {
    private(set) var count = 0

    init(_ events: AsyncStream<ServerEvent>) {
        Task { for await _ in events { await self.add() } }
    }

    private func add() { count += 1 }
}
