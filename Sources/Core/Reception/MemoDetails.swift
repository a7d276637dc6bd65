import Scheduling
import Store

/// A memo with the names a page needs.
public struct MemoDetails: Sendable, Equatable {
    public let memo: Memo
    public let agent: String
    public let author: String
    /// What was done last, by whom and when.
    public var last: Done?
    /// The addressee is away: the team answers.
    public var isForTeam = false

    public struct Done: Sendable, Equatable {
        public let act: Memo.Act
        public let by: String
        public let at: Instant

        public init(act: Memo.Act, by: String, at: Instant) {
            self.act = act
            self.by = by
            self.at = at
        }
    }

    public init(memo: Memo, agent: String, author: String, last: Done? = nil, isForTeam: Bool = false) {
        self.memo = memo
        self.agent = agent
        self.author = author
        self.last = last
        self.isForTeam = isForTeam
    }
}

extension MemoDetails {
    /// The most that is listed at once.
    public static let limit = 100

    /// What waits on top of one's day, the most urgent first: one's own memos, and those of the colleagues of one's services who are away.
    public static func waiting(for acting: Acting, now: Instant, in db: Reader) throws -> [MemoDetails] {
        let open = try read(
            "memo.settled_at IS NULL AND (memo.agent_id = \(acting.agent.id) OR memo.created_by <> \(acting.agent.id))", seenBy: acting,
            in: db)
        let others = Set(open.map(\.memo.agentID)).subtracting([acting.agent.id])
        let away = try Absence.away(others, at: now, of: acting.territory, in: db)
        let team = try Agent.colleagues(of: acting, in: db)
        return open.compactMap { one in
            if one.memo.agentID == acting.agent.id { return one }
            guard away.contains(one.memo.agentID), team.contains(one.memo.agentID) else { return nil }
            var one = one
            one.isForTeam = true
            return one
        }
    }

    /// Every memo one may see that is open, or was settled since an instant; open ones first, the most urgent first.
    public static func all(seenBy acting: Acting, settledSince since: Instant, in db: Reader) throws -> [MemoDetails] {
        try read("(memo.settled_at IS NULL OR memo.settled_at > \(since))", seenBy: acting, in: db)
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Memo>, seenBy acting: Acting, in db: Reader) throws -> MemoDetails {
        guard let found = try read("memo.id = \(id)", seenBy: acting, in: db).first else { throw Refusal.notFound }
        return found
    }

    private static func read(_ which: SQL, seenBy acting: Acting, in db: Reader) throws -> [MemoDetails] {
        let found = try db.all(
            """
            SELECT \(Memo.columns), agent.first_name, agent.last_name, author.first_name, author.last_name FROM memo
            JOIN agent ON agent.territory_id = memo.territory_id AND agent.id = memo.agent_id
            JOIN agent AS author ON author.territory_id = memo.territory_id AND author.id = memo.created_by
            WHERE memo.territory_id = \(acting.territoryID) AND \(which) AND \(Memo.visible(to: acting))
            ORDER BY memo.settled_at DESC NULLS FIRST, memo.due_at, memo.id LIMIT \(limit)
            """
        ) { row in
            let names: [String] = try (0..<4).map { try row[Memo.columnCount + $0] }
            return MemoDetails(memo: try Memo(row), agent: "\(names[0]) \(names[1])", author: "\(names[2]) \(names[3])")
        }
        let last = try lastDone(of: found.map(\.memo.id), territory: acting.territoryID, in: db)
        return found.map { one in
            var one = one
            one.last = last[one.memo.id]
            return one
        }
    }

    private static func lastDone(of memos: [ID<Memo>], territory: Int64, in db: Reader) throws -> [ID<Memo>: Done] {
        var last: [ID<Memo>: Done] = [:]
        try db.forEach(
            """
            SELECT memo_fact.memo_id, memo_fact.act, memo_fact.at, agent.first_name, agent.last_name FROM memo_fact
            JOIN agent ON agent.territory_id = memo_fact.territory_id AND agent.id = memo_fact.by_agent_id
            WHERE memo_fact.territory_id = \(territory) AND memo_fact.memo_id IN \(list: memos) ORDER BY memo_fact.at, memo_fact.id
            """
        ) { row in
            let name = "\(try row[3] as String) \(try row[4] as String)"
            last[try row[0]] = Done(act: try row[1], by: name, at: try row[2])
        }
        return last
    }
}

extension Absence {
    /// Those among these agents who are away at an instant.
    static func away(_ agents: Set<ID<Agent>>, at now: Instant, of territory: Territory, in db: Reader) throws -> Set<ID<Agent>> {
        let moment = now..<now.adding(seconds: 1), date = territory.zone.civil(now).date
        return try agents.filter { agent in
            let absences = try all(of(agent, around: date, of: territory.id), in: db)
            return absences.contains { !$0.stretch.ranges(in: moment, zone: territory.zone).isEmpty }
        }
    }
}

extension Agent {
    /// Those who share one of their services.
    static func colleagues(of acting: Acting, in db: Reader) throws -> Set<ID<Agent>> {
        Set(
            try db.all(
                """
                SELECT DISTINCT agent_id FROM agent_service
                WHERE territory_id = \(acting.territoryID) AND service_id IN \(list: acting.services.sorted())
                """
            ) { try $0[0] })
    }
}
