import AsyncAlgorithms
import HTTPTypes
import Hummingbird
import ServiceLifecycle

/// One server-sent event.
struct ServerEvent: Sendable, Equatable {
    var name: String
    var data: String

    init(_ name: String, data: String = "") { (self.name, self.data) = (name, data) }

    /// As it goes on the wire; every line of the data has its own prefix.
    var text: String {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        return "event: \(name)\n\(lines)\n"
    }
}

/// A stream of server-sent events, for as long as the page is open.
enum EventStream {
    /// How often a silent stream says that it lives: a lost client shows at the next write only.
    static let heartbeat = Duration.seconds(15)

    /// - Parameters:
    ///   - events: what to tell; the answer ends when it ends, when the client goes, or when the server stops.
    ///   - heartbeat: the silence between two comments.
    static func response<Events: AsyncSequence & Sendable>(_ events: Events, heartbeat: Duration = heartbeat) -> Response
    where Events.Element == ServerEvent {
        let headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache", .acceleratorBuffering: "no",
        ]
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            let told = events.map { Optional(ByteBuffer(string: $0.text)) }
            let beats = AsyncTimerSequence(interval: heartbeat, clock: .continuous).map { _ in Optional(ByteBuffer(string: ": …\n\n")) }
            // A merge ends when both have ended and a timer never does: nothing marks the end of the events.
            let end: [ByteBuffer?] = [nil]
            let ending = chain(told, end.async)
            for try await part in merge(ending, beats).cancelOnGracefulShutdown() {
                guard let part else { break }
                try await writer.write(part)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
