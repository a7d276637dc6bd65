import Foundation
import Scheduling
import Store

/// People whom an agent was shown by a search, for the journal.
public struct SearchedPeople: Sendable, Equatable {
    public var agentID: ID<Agent>
    public var territoryID: Int64
    public var at: Instant
    /// Whom they saw, each once.
    public var people: [ID<Person>]

    public init(_ people: [ID<Person>], by acting: Acting, at now: Instant) {
        agentID = acting.agent.id
        territoryID = acting.territoryID
        at = now
        self.people = people
    }

    /// The entry holds who was shown and not the words typed: those are names, which a purge could not find again.
    public func record(in db: Writer) throws {
        try Journal.record(
            .searched, about: nil,
            ["what": "people", "count": String(people.count), "people": people.map(\.description).joined(separator: " ")],
            by: .agent(agentID), of: territoryID, at: at, in: db)
    }
}
