import Foundation
import Scheduling
import Store

extension Journal {
    /// A header, as it is shown: no payload.
    public struct Line: Sendable, Equatable {
        public let id: ID<Journal>
        public let at: Instant
        public let act: Act
        public let actor: String
        public let agentName: String?
        public let subjectID: UUID?
        /// Its place in the chain, once sealed.
        public let seq: Int64?

        public init(id: ID<Journal>, at: Instant, act: Act, actor: String, agentName: String?, subjectID: UUID?, seq: Int64?) {
            self.id = id
            self.at = at
            self.act = act
            self.actor = actor
            self.agentName = agentName
            self.subjectID = subjectID
            self.seq = seq
        }
    }

    /// Which headers to show.
    public struct Filter: Sendable, Equatable {
        public var act: Act?
        /// One day, from its beginning to its end.
        public var day: Range<Instant>?
        /// Those before this one.
        public var before: ID<Journal>?

        public init(act: Act? = nil, day: Range<Instant>? = nil, before: ID<Journal>? = nil) {
            self.act = act
            self.day = day
            self.before = before
        }

        fileprivate var conditions: SQL {
            var conditions: [SQL] = []
            if let act { conditions.append("AND journal_header.act = \(act)") }
            if let day { conditions.append("AND journal_header.at >= \(day.lowerBound) AND journal_header.at < \(day.upperBound)") }
            if let before { conditions.append("AND journal_header.id < \(before)") }
            return SQL(joined: conditions, by: " ")
        }
    }

    /// The newest headers, in the order in which they were written.
    /// - Throws: ``Refusal/forbidden`` but for the data-protection role.
    public static func lines(_ filter: Filter, limit: Int = 50, by acting: Acting, in db: Reader) throws -> [Line] {
        try acting.require(.readJournal)
        return try db.all(
            """
            SELECT journal_header.id, journal_header.at, journal_header.act, journal_header.actor, agent.first_name, agent.last_name,
              journal_header.subject_id, journal_header.seq
            FROM journal_header
            LEFT JOIN agent ON agent.territory_id = journal_header.territory_id AND agent.id = journal_header.actor_id
            WHERE journal_header.territory_id = \(acting.territoryID) \(filter.conditions)
            ORDER BY journal_header.id DESC LIMIT \(limit)
            """
        ) { row in
            let last: String? = try row[5]
            return Line(
                id: try row[0], at: try row[1], act: try row[2], actor: try row[3],
                agentName: try last.map { Agent(territoryID: acting.territoryID, firstName: try row[4], lastName: $0).name },
                subjectID: try row[6], seq: try row[7])
        }
    }

    /// How the chain stands, without recomputing it.
    public struct Chain: Sendable, Equatable {
        public let head: Head?
        public let unsealed: Int
        /// Lawful erasures, by their numbers.
        public let certificates: [Int]

        public init(head: Head?, unsealed: Int, certificates: [Int]) {
            self.head = head
            self.unsealed = unsealed
            self.certificates = certificates
        }
    }

    public static func chain(by acting: Acting, in db: Reader) throws -> Chain {
        try acting.require(.readJournal)
        let territory = acting.territoryID
        return Chain(
            head: try Head.find(territory, in: db),
            unsealed: try db.first("SELECT count(*) FROM journal_header WHERE territory_id = \(territory) AND seq IS NULL") { try $0[0] }
                ?? 0,
            certificates: try db.all("SELECT number FROM journal_erasure WHERE territory_id = \(territory) ORDER BY number") { try $0[0] })
    }
}
