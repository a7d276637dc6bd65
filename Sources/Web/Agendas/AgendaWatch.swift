import AsyncAlgorithms
import Core
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Tells the screens that show an agenda when it changed.
///
/// One poller for the whole node asks every half second for the calendar versions of the agents on some screen: right on any number of
/// nodes over one database, with no message between them. It runs beside the server, and the streams end with it.
public final class AgendaWatch: ServiceLifecycle.Service {
    private let store: Store
    private let interval: Duration
    private let logger = Logger(label: "lien.agenda-watch")
    private let screens = Mutex(Screens())

    /// - Parameter interval: between two looks.
    public init(store: Store, interval: Duration = .milliseconds(500)) {
        self.store = store
        self.interval = interval
    }

    /// Runs until the server stops.
    public func run() async throws {
        for await _ in AsyncTimerSequence(interval: interval, clock: .continuous).cancelOnGracefulShutdown() { await look() }
        for screen in screens.withLock({ $0.end() }) { screen.continuation.finish() }
    }

    /// An event each time the calendar of one of these agents changes.
    /// - Parameter version: the sum of the versions that the screen shows; what changed since is told at once.
    func events(of agents: [ID<Agent>], in territory: Int64, since version: Int64?) -> AsyncStream<ServerEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: ServerEvent.self, bufferingPolicy: .bufferingNewest(1))
        let screen = Screen(territory: territory, agents: agents, version: version, continuation: continuation)
        guard let number = screens.withLock({ $0.add(screen) }) else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.close(number) }
        return stream
    }

    private func close(_ number: Int) { screens.withLock { $0.open[number] = nil } }

    private func look() async {
        let open = screens.withLock(\.open)
        for (territory, screens) in Dictionary(grouping: open, by: \.value.territory) {
            let agents = Set(screens.flatMap(\.value.agents)).sorted()
            do {
                let versions = try await store.read { db in try AgendaOwner.versions(of: agents, of: territory, in: db) }
                for (number, screen) in screens { tell(number, screen, versions) }
            } catch {
                // The next look sees what this one did not.
                logger.warning("calendar versions could not be read", metadata: ["error": "\(type(of: error))"])
            }
        }
    }

    private func tell(_ number: Int, _ screen: Screen, _ versions: [ID<Agent>: Int64]) {
        let version = screen.agents.reduce(0) { $0 + versions[$1, default: 0] }
        guard screen.version != version else { return }
        screens.withLock { $0.open[number]?.version = version }
        if screen.version != nil { screen.continuation.yield(ServerEvent("changed")) }
    }

    /// How many screens are open on this node, for tests and measures.
    var count: Int { screens.withLock(\.open.count) }
}

extension AgendaWatch {
    struct Screen: Sendable {
        let territory: Int64
        let agents: [ID<Agent>]
        var version: Int64?
        let continuation: AsyncStream<ServerEvent>.Continuation
    }

    struct Screens: Sendable {
        var open: [Int: Screen] = [:]
        private var last = 0
        private var hasEnded = false

        /// Nothing once the server stops.
        mutating func add(_ screen: Screen) -> Int? {
            guard !hasEnded else { return nil }
            last += 1
            open[last] = screen
            return last
        }

        mutating func end() -> [Screen] {
            hasEnded = true
            defer { open = [:] }
            return Array(open.values)
        }
    }
}
