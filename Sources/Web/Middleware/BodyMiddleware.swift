import HTTPTypes
import Hummingbird
import NIOCore

/// Reads bodies once, with a limit of size and of time, before anything else spends on them.
struct BodyMiddleware: RouterMiddleware {
    let maximumSize: Int
    let time: Duration
    /// Addresses to which larger bodies may be sent, and how large.
    var larger: [String: Int] = [:]
    static let maximumAddress = 8_192

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.string.utf8.count <= Self.maximumAddress else { throw Answer.addressTooLong }
        guard request.hasBody else { return try await next(request, context) }
        var request = request
        do {
            request.body = RequestBody(buffer: try await collected(request, context))
        } catch let answer as Answer where answer.status == .requestTimeout {
            // Else the connection would wait for the rest of the body before it serves again.
            context.channel.close(mode: .input, promise: nil)
            throw answer
        }
        return try await next(request, context)
    }

    private func collected(_ request: Request, _ context: AppContext) async throws -> ByteBuffer {
        let maximumSize = larger[request.uri.path] ?? maximumSize
        if let length = request.headers[.contentLength].flatMap(Int.init), length > maximumSize {
            // Hummingbird reads what is left so that the client hears the answer; nobody waits for more than this.
            if length > 32 * maximumSize { context.channel.close(mode: .input, promise: nil) }
            throw Answer.tooLarge
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await body.collect(upTo: maximumSize) }
            group.addTask {
                try await Task.sleep(for: time)
                throw Answer.tooSlow
            }
            return try await group.next() ?? ByteBuffer()
        }
    }
}

extension Request {
    fileprivate var hasBody: Bool {
        headers[.contentLength].map { $0 != "0" } ?? (headers[.transferEncoding] != nil)
    }
}
