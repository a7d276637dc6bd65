import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import Web

@Suite("Over the network", .serialized)
struct LiveTests {
    private let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    @Test("ten megabytes are refused with a sentence, and the connection serves on", arguments: [true, false])
    func tooLarge(saysLength: Bool) async throws {
        try await TestSite().application.test(.live) { client in
            let body = ByteBuffer(repeating: UInt8(ascii: "a"), count: 10_485_760)
            var headers = form
            if !saysLength { headers[.transferEncoding] = "chunked" }
            let answer = try await client.execute(uri: "/things", method: .post, headers: headers, body: body)
            #expect(answer.status == .contentTooLarge && answer.text.contains("trop gros"))
            #expect(try await client.execute(uri: "/", method: .get).status == .ok)
        }
    }

    @Test("an address longer than 8 kB is refused")
    func longAddress() async throws {
        try await TestSite().application.test(.live) { client in
            let answer = try await client.execute(uri: "/things/" + String(repeating: "a", count: 9_000), method: .get)
            #expect(answer.status == .uriTooLong)
        }
    }

    @Test("headers beyond measure are refused")
    func longHeaders() async throws {
        try await TestSite().application.test(.live) { client in
            let headers: HTTPFields = [.userAgent: String(repeating: "a", count: 40_000)]
            let answer = try await client.execute(uri: "/", method: .get, headers: headers)
            #expect(answer.status == .badRequest)
        }
    }

    @Test("a body that does not come is not waited for")
    func slowBody() async throws {
        let world = try TestSite(options: .init(rate: nil, bodyTime: .milliseconds(200)))
        try await world.application.test(.live) { client in
            let head =
                "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nname="
            let answer = try await Wire.exchange(head, port: try #require(client.port)) { $0.contains("\r\n\r\n") }
            #expect(answer.hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test("events arrive as they are told, and a silent stream says that it lives")
    func stream() async throws {
        try await TestSite().application.test(.live) { client in
            let head = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let text = try await Wire.exchange(head, port: try #require(client.port)) { $0.components(separatedBy: ": …").count > 2 }
            #expect(text.contains("event: changed\ndata: 1\n\n"))
            #expect(text.contains("event: changed\ndata: a\ndata: b\n\n"))
            #expect(text.lowercased().contains("content-type: text/event-stream"))
        }
    }

    @Test("a graceful stop ends the streams")
    func gracefulStop() async throws {
        let start = ContinuousClock.now
        try await TestSite().application.test(.live) { client in
            let head = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
            _ = try await Wire.open(head, port: try #require(client.port)) { $0.contains("data: 1") }
        }
        #expect(start.duration(to: .now) < .seconds(5))
    }
}

/// A plain connection, for what a well-behaved client would not do.
enum Wire {
    /// Sends text and reads until `isEnough`.
    static func exchange(_ text: String, port: Int, until isEnough: @escaping @Sendable (String) -> Bool) async throws -> String {
        let (read, channel) = try await connected(text, port: port, until: isEnough)
        try? await channel.close()
        return read
    }

    /// The same, and leaves the connection open.
    static func open(_ text: String, port: Int, until isEnough: @escaping @Sendable (String) -> Bool) async throws -> any Channel {
        try await connected(text, port: port, until: isEnough).1
    }

    private static func connected(
        _ text: String, port: Int, until isEnough: @escaping @Sendable (String) -> Bool
    ) async throws -> (String, any Channel) {
        let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: String.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(promise: promise, isEnough: isEnough))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        channel.eventLoop.scheduleTask(in: .seconds(8)) { promise.fail(CancellationError()) }
        return (try await promise.futureResult.get(), channel)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var text = ""
        private let promise: EventLoopPromise<String>
        private let isEnough: @Sendable (String) -> Bool

        init(promise: EventLoopPromise<String>, isEnough: @escaping @Sendable (String) -> Bool) {
            (self.promise, self.isEnough) = (promise, isEnough)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            if isEnough(text) { promise.succeed(text) }
        }

        func channelInactive(context: ChannelHandlerContext) { promise.succeed(text) }
    }
}
