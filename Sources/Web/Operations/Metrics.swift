import Hummingbird
import Synchronization

/// What the server counts about itself since it started, by route and never by path: a path may lead to a person.
public final class Metrics: Sendable {
    struct Key: Hashable, Comparable {
        let method: String
        let route: String
        let status: Int

        static func < (left: Key, right: Key) -> Bool { (left.route, left.method, left.status) < (right.route, right.method, right.status) }
    }

    /// How long requests took: how many within each bound, and in all.
    struct Times {
        static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        var counts = Array(repeating: 0, count: bounds.count)
        var count = 0
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound { counts[index] += 1 }
            count += 1
            sum += seconds
        }
    }

    struct State {
        var requests: [Key: Int] = [:]
        var times: [String: Times] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    func add(method: String, route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[Key(method: method, route: route, status: status), default: 0] += 1
            state.times[route, default: Times()].add(seconds)
        }
    }

    var current: State { state.withLock { $0 } }
}

/// Counts each request when its answer begins.
struct MetricsMiddleware: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let route = context.endpointPath ?? "none"
        metrics.add(
            method: request.method.rawValue, route: route, status: response.status.code, seconds: start.duration(to: .now) / .seconds(1))
        return response
    }
}
