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
@Suite("Reading a foreign calendar")
struct ForeignCalendarReaderTests {
    private let reader = ForeignCalendarReader(toLoopback: true, timeout: .milliseconds(900), largest: 20_000)
    private static let hour = World.at(0, 9)..<World.at(0, 10)
    private static let text = """
        BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:essai\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n\
        DTSTART:20261130T080000Z\r\nDTEND:20261130T090000Z\r\nSUMMARY:Cardiologue\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n
        """

    private static func calendar(_ headers: HTTPFields = [:]) -> Response {
        Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func read(_ url: String, tag: String? = nil) async -> ForeignReading.Outcome {
        let calendar = ForeignCalendar(territoryID: 64, agentID: .new(), name: "Mairie", url: url, createdAt: World.now)
        let reading = ForeignReading(calendar: calendar, territory: World().territory, tag: tag, lease: UUID(), failures: 0)
        return await reader.read(reading, at: World.now)
    }

    private func outcome(
        tag: String? = nil, _ answer: @escaping @Sendable (Int) async throws -> Response,
        _ test: @escaping @Sendable (ForeignReading.Outcome, Receiver) -> Void
    ) async throws {
        let receiver = Receiver(answer)
        try await receiver.serve { url in test(await read(url, tag: tag), receiver) }
    }

    @Test("finds its hours, and hears that it has not changed")
    func reading() async throws {
        try await outcome({ _ in Self.calendar([.eTag: "\"7\""]) }) { outcome, _ in
            #expect(outcome == .read([Self.hour], tag: "\"7\""))
        }
        try await outcome(tag: "\"7\"", { _ in Response(status: .notModified) }) { outcome, receiver in
            #expect(outcome == .same && receiver.received.first?.headers["if-none-match"] == "\"7\"")
        }
    }

    @Test("is led on a few times, never to a private network, never for ever")
    func redirected() async throws {
        try await outcome({ number in
            number < 3 ? Response(status: .found, headers: [.location: "/ailleurs"]) : Self.calendar()
        }) { outcome, receiver in #expect(outcome == .read([Self.hour], tag: nil) && receiver.received.count == 3) }
        try await outcome({ _ in Response(status: .found, headers: [.location: "https://10.0.0.1/"]) }) { outcome, receiver in
            #expect(outcome == .failed(.forbidden) && receiver.received.count == 1)
        }
        try await outcome({ _ in Response(status: .found, headers: [.location: "/encore"]) }) { outcome, receiver in
            #expect(outcome == .failed(.answer) && receiver.received.count == 4)
        }
    }

    @Test("says what is wrong")
    func troubles() async throws {
        let answers: [(HTTPResponse.Status, ForeignCalendar.Trouble)] = [
            (.notFound, .gone), (.gone, .gone), (.unauthorized, .refused), (.forbidden, .refused), (.internalServerError, .answer),
            (.notModified, .answer), (.ok, .noCalendar),
        ]
        for (status, trouble) in answers {
            try await outcome({ _ in Response(status: status) }) { outcome, _ in #expect(outcome == .failed(trouble), "\(status)") }
        }
        let big = ByteBuffer(repeating: UInt8(ascii: "x"), count: 30_000)
        try await outcome({ _ in Response(status: .ok, body: ResponseBody(byteBuffer: big)) }) { outcome, _ in
            #expect(outcome == .failed(.tooBig))
        }
        #expect(await read("http://127.0.0.1:1/") == .failed(.connection))
        #expect(
            await ForeignCalendarReader().read(
                ForeignReading(
                    calendar: .init(territoryID: 64, agentID: .new(), name: "", url: "https://127.0.0.1/", createdAt: World.now),
                    territory: World().territory, tag: nil, lease: UUID(), failures: 0), at: World.now) == .failed(.forbidden))
    }

    @Test("leaves a server that gives a byte now and then")
    func dripping() async throws {
        try await outcome({ _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<100 {
                        try await writer.write(ByteBuffer(string: "B"))
                        try await Task.sleep(for: .milliseconds(100))
                    }
                    try await writer.finish(nil)
                })
        }) { outcome, _ in #expect(outcome == .failed(.timeout)) }
    }

    @Test("ends as hours that are taken, by many workers once each", arguments: Engine.available)
    func worked(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let receiver = Receiver { _ in Self.calendar() }
            try await receiver.serve { url in
                _ = try await store.write { db in
                    for number in 0..<3 {
                        _ = try ForeignCalendar.add(
                            .init(name: "N\(number)", url: "\(url)/\(number)"), toLoopback: true, by: worker, at: World.now, in: db)
                    }
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await ForeignCalendarWorker(store: store, reader: reader, now: { World.now }).work()
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(receiver.received.count == 3)
                let kept = try await store.read { db in
                    try db.all("SELECT starts_at, ends_at FROM foreign_busy") { try $0[0]..<(try $0[1]) as Range<Instant> }
                }
                #expect(kept == Array(repeating: Self.hour, count: 3))
            }
        }
    }
}
