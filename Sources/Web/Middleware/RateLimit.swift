import Core
import HTTPTypes
import Hummingbird
import Synchronization

/// How often one address may ask.
public struct Rate: Sendable, Equatable {
    public var perSecond: Double
    public var atOnce: Double

    public init(perSecond: Double, atOnce: Double) {
        self.perSecond = perSecond
        self.atOnce = atOnce
    }
}

/// Buckets of tokens, one for each key, in bounded memory.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Double
    }

    private let rate: Rate
    private let capacity: Int
    private let buckets = Mutex<[NetworkAddress: Bucket]>([:])

    init(_ rate: Rate, capacity: Int = 20_000) {
        self.rate = rate
        self.capacity = capacity
    }

    /// Takes a token.
    /// - Parameter now: seconds on any clock that only goes forward.
    /// - Returns: seconds to wait when there was none, else nothing.
    func wait(_ key: NetworkAddress, now: Double) -> Double? {
        buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= capacity { makeRoom(in: &buckets, now: now) }
            var bucket = buckets[key] ?? Bucket(tokens: rate.atOnce, at: now)
            bucket.tokens = filled(bucket, now)
            bucket.at = now
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate.perSecond }
            bucket.tokens -= 1
            return nil
        }
    }

    var count: Int { buckets.withLock(\.count) }

    /// Full buckets remember nothing; if all are in use, the half that waited longest goes.
    private func makeRoom(in buckets: inout [NetworkAddress: Bucket], now: Double) {
        buckets = buckets.filter { filled($0.value, now) < rate.atOnce }
        guard buckets.count >= capacity else { return }
        let middle = buckets.values.map(\.at).sorted()[buckets.count / 2]
        buckets = buckets.filter { $0.value.at > middle }
    }

    private func filled(_ bucket: Bucket, _ now: Double) -> Double {
        min(rate.atOnce, bucket.tokens + (now - bucket.at) * rate.perSecond)
    }
}

/// Refuses an address that asks too often, before anything is spent on it.
///
/// A gateway that calls the addresses it was given may: it tells what became of a thousand messages a second, and what it is refused is
/// often lost.
struct RateMiddleware: RouterMiddleware {
    let limiter: RateLimiter
    let site: WebSite
    private let start = ContinuousClock.now

    init(_ rate: Rate, site: WebSite) { (limiter, self.site) = (RateLimiter(rate), site) }

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let now = start.duration(to: .now) / .seconds(1)
        guard !site.isSigned(request.uri.path) else { return try await next(request, context) }
        guard let wait = limiter.wait(context.client.address.subscriber, now: now) else { return try await next(request, context) }
        throw Answer(.tooMany, headers: [.retryAfter: String(Int(wait.rounded(.up)))])
    }
}

extension WebSite {
    /// An address that we gave to a gateway, and nobody else could make.
    fileprivate func isSigned(_ path: String) -> Bool {
        guard let slash = path.lastIndex(of: "/") else { return false }
        let (list, token) = (path[..<slash], String(path[path.index(after: slash)...]))
        return list == Urls.receipts.text && receipts.read(token) != nil || list == Urls.inbound.text && inbound.read(token) != nil
    }
}

extension Refusal {
    static let tooMany = Refusal(
        .tooMany, "too-many", "Trop de demandes viennent de votre connexion. Attendez une minute, puis recommencez.")
}
