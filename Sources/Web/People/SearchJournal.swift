import Core
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Writes searches of people to the journal: each whole search before its answer, and those of someone who types once a pause.
final class SearchJournal: Sendable {
    private let store: Store
    private let pauses = Mutex(SearchPauses())

    init(store: Store) { self.store = store }

    /// A search that was asked for, by Enter or by a program: written before it is answered.
    func record(_ search: SearchedPeople) async throws {
        try await Journal.beforeAnswering { try await store.write { db in try search.record(in: db) } }
    }

    /// A search as someone types: the first of a burst is written before it is answered, the rest when the typing pauses.
    func type(_ search: SearchedPeople) async throws {
        let now = ContinuousClock.now
        if pauses.withLock({ $0.note(search, at: now) }) { try await record(search) }
    }

    /// Writes what is due; what cannot be written is kept for the next time.
    func flush(all: Bool = false) async throws {
        let now = ContinuousClock.now
        let searches = pauses.withLock { all ? $0.rest() : $0.due(at: now) }
        guard !searches.isEmpty else { return }
        do {
            try await store.write { db in
                for search in searches { try search.record(in: db) }
            }
        } catch {
            pauses.withLock { $0.giveBack(searches) }
            throw error
        }
    }
}

/// Looks twice a second for typing that paused; writes the rest when the server stops.
struct SearchJournalService: ServiceLifecycle.Service {
    let journal: SearchJournal
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                await write()
            }
        }
        await write(all: true)
    }

    private func write(all: Bool = false) async {
        do { try await journal.flush(all: all) } catch {
            logger.error("searches could not be journalled yet", metadata: ["error": "\(type(of: error))"])
        }
    }
}
