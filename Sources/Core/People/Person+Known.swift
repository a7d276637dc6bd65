import Scheduling
import Store

extension Person {
    /// Their whole file, when this agent may open it; writes no journal entry: for who has just opened it, or books for them.
    public static func known(_ id: ID<Person>, to acting: Acting, at now: Instant, in db: Reader) throws -> Person? {
        guard let person = try findStanding(id, of: acting.territoryID, in: db) else { return nil }
        return try isKnown(person.id, to: acting, at: now, in: db) ? person.hidingAddress(from: acting, in: db) : nil
    }
}
