import Scheduling
import Store

extension Person {
    /// Their whole file, when this agent may open it; writes no journal entry: for who has just opened it, or books for them.
    public static func known(_ id: ID<Person>, to acting: Acting, at now: Instant, in db: Reader) throws -> Person? {
        guard try isKnown(id, to: acting, at: now, in: db) else { return nil }
        return try find(id, of: acting.territoryID, in: db)?.hidingAddress(from: acting, in: db)
    }
}
