import Core
import Scheduling
import Store

/// What every route works with: the pages' own things, the store, the built calendars and the clock.
public struct Desk: Sendable {
    let site: WebSite
    let store: Store
    let calendars: Calendars
    let now: @Sendable () -> Instant
    /// Keeps what searches as one types leave to the journal.
    let searches: SearchJournal

    /// - Parameter now: the clock; tests give their own.
    public init(site: WebSite, store: Store, calendars: Calendars = Calendars(), now: @escaping @Sendable () -> Instant) {
        self.site = site
        self.store = store
        self.calendars = calendars
        self.now = now
        searches = SearchJournal(store: store)
    }
}
