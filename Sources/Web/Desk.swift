import Core
import Scheduling
import Store

/// What every route works with: the pages' own things, the store, the built calendars and the clock.
public struct Desk: Sendable {
    let site: WebSite
    let store: Store
    let calendars: Calendars
    let hasher: PasswordHasher
    let press = WeasyPrint()
    let now: @Sendable () -> Instant
    /// Runs beside the server: see ``AgendaWatch``.
    public let watch: AgendaWatch
    /// For the bar: how many appointments each agent has « à renseigner ».
    let toClose = ToCloseCounts()
    /// For the bar: how many people each agent has « à rappeler ».
    let toCall = ToCallCounts()
    /// For the bar: what others changed in each agent's agenda since they last looked.
    let changes = ChangeCounts()
    /// Keeps what searches as one types leave to the journal.
    let searches: SearchJournal

    /// - Parameter now: the clock; tests give their own.
    public init(
        site: WebSite, store: Store, calendars: Calendars = Calendars(), hasher: PasswordHasher = PasswordHasher(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.site = site
        self.store = store
        self.calendars = calendars
        self.hasher = hasher
        self.now = now
        watch = AgendaWatch(store: store)
        searches = SearchJournal(store: store)
    }
}
