import Core
import Logging
import Scheduling
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
        try await Journal.beforeAnswering { try await store.record { db in try search.record(in: db) } }
    }

    /// A search as someone types: the first of a burst is written before it is answered, the rest when the typing pauses.
    func type(_ search: SearchedPeople) async throws {
        if pauses.withLock({ $0.note(search) }) { try await record(search) }
    }

    /// Writes what is due, or everything when there is no next time; what cannot be written is kept.
    func flush(at now: Instant?) async throws {
        let searches = pauses.withLock { pauses in now.map { pauses.due(at: $0) } ?? pauses.rest() }
        guard !searches.isEmpty else { return }
        do {
            try await store.record { db in
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
    let now: @Sendable () -> Instant
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                await write(at: now())
            }
        }
        await write(at: nil)
    }

    private func write(at now: Instant?) async {
        do { try await journal.flush(at: now) } catch {
            logger.error("searches could not be journalled yet", metadata: ["error": "\(type(of: error))"])
        }
    }
}
