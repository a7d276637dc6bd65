import Scheduling
import Store

/// What the appointments of some weeks or months became, for whoever steers: added up in every way that is asked.
public struct Figures: Sendable, Equatable {
    public let query: FigureQuery
    public let total: FigureLine
    public let periods: [FigureLine]
    public let organizations: [FigureLine]
    public let services: [FigureLine]
    public let reasons: [FigureLine]
    public let hows: [FigureLine]
    public let teams: [FigureLine]
    /// Only where the territory lets managers see the figures of each agent.
    public let agents: [FigureLine]
    public let firstFree: [FirstFreeLine]
    /// What was asked for and no slot was found, the most asked for first.
    public let unmet: [UnmetLine]
    /// How many agents' last changes are not counted yet.
    public let behind: Int

    /// The first free slot of a reason, on average over the days when it was looked for.
    public struct FirstFreeLine: Sendable, Equatable {
        public let reason: ID<Reason>
        public let name: String
        /// Whole days to the first free slot, on average over the days that had one; nil when none had.
        public let days: Double?
        /// Days looked at, organization by organization, and those of them without a free slot.
        public let looked: Int
        public let none: Int
    }

    /// How many demands for a reason found no slot, in an organization.
    public struct UnmetLine: Sendable, Equatable {
        public let reason: ID<Reason>
        public let name: String
        public let organization: ID<Organization>
        public let organizationName: String
        public let count: Int
    }
}

extension Figures {
    /// - Throws: ``Refusal/forbidden``, ``Refusal/notFound`` as ``FigureScope`` says; ``Refusal/tooFewAgents``.
    public static func read(_ query: FigureQuery, for acting: Acting, now: Instant, in db: Reader) throws -> Figures {
        let scope = try FigureScope(query, for: acting, in: db)
        let reading = try FigureReading.read(
            query.grain, query.dates, of: scope.territory, now: now, in: db, where: scope.covers,
            keeps: { organization, _ in scope.organizations.contains { $0.id == organization } })
        if !scope.territory.agentFigures { try reading.checkThrees(query) }
        return try FigureFold(query, scope, reading, in: db).folded()
    }
}

extension FigureReading {
    /// Neither what is asked for nor what one filter leaves out may be of one or two agents.
    fileprivate func checkThrees(_ query: FigureQuery) throws {
        let filters = query.filters
        let asked = agents { figure in filters.allSatisfy { $0.holds(figure) } }
        let left = filters.map { one in
            agents { figure in filters.allSatisfy { $0 == one ? !$0.holds(figure) : $0.holds(figure) } }
        }
        guard ([asked] + left).allSatisfy(Threes.allow) else { throw Refusal.tooFewAgents }
    }

    private func agents(_ holds: (Figure) -> Bool) -> Set<ID<Agent>> { Set(figures.filter(holds).map(\.key.agent)) }
}

extension Refusal {
    public static let tooFewAgents = Refusal(
        .invalid, "too-few-agents",
        "Ces chiffres seraient ceux d’un ou deux agents : ils ne se montrent pas. Choisissez une période ou un ensemble plus large.",
        fields: ["reason": "Moins de trois agents : choisissez un ensemble plus large."])
}
