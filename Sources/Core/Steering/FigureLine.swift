import Scheduling
import Store

/// One line of a table of figures.
public struct FigureLine: Sendable, Equatable {
    public let key: Key
    public let name: String
    public var tally = Tally()
    public var filling = Filling()
    /// Whose appointments or openings are in it.
    var agents: Set<ID<Agent>> = []
    /// Whose openings are in it.
    var openAgents: Set<ID<Agent>> = []

    public enum Key: Sendable, Hashable {
        case total
        case period(CivilDate)
        case organization(ID<Organization>)
        case service(ID<Service>)
        case reason(ID<Reason>)
        case how(How)
        case team(ID<Team>)
        case agent(ID<Agent>)
        /// Lines of fewer than three agents, put together.
        case others

        /// The id of what it is about, for programs.
        public var text: String {
            switch self {
            case .total: "total"
            case .period(let first): first.description
            case .organization(let id): id.description
            case .service(let id): id.description
            case .reason(let id): id.description
            case .how(let how): how.rawValue
            case .team(let id): id.description
            case .agent(let id): id.description
            case .others: "others"
            }
        }
    }

    init(_ key: Key, _ name: String) {
        self.key = key
        self.name = name
    }

    mutating func add(_ figure: Figure) {
        tally += figure.tally
        agents.insert(figure.key.agent)
    }

    mutating func add(_ time: OpenTime) {
        filling += time.filling
        agents.insert(time.key.agent)
        openAgents.insert(time.key.agent)
    }

    mutating func add(_ line: FigureLine) {
        tally += line.tally
        filling += line.filling
        agents.formUnion(line.agents)
        openAgents.formUnion(line.openAgents)
    }

    /// The same without its filling.
    var unfilled: FigureLine {
        var line = self
        (line.filling, line.openAgents) = (Filling(), [])
        return line
    }
}

/// Figures of fewer than three agents would be the figures of one, for whoever knows the others': they are never shown alone.
enum Threes {
    static let fewest = 3

    static func allow(_ agents: Set<ID<Agent>>) -> Bool { agents.isEmpty || agents.count >= fewest }

    /// The same lines, those of too few agents put together in one, with as many more as it takes for three: nothing is lost of the total,
    /// and nothing is found by taking the others from it.
    static func group(_ lines: [FigureLine], as name: String) -> [FigureLine] {
        var shown = lines.filter { allow($0.agents) }
        let small = lines.filter { !allow($0.agents) }
        guard !small.isEmpty else { return lines }
        var others = FigureLine(.others, name)
        for line in small { others.add(line) }
        while !allow(others.agents), let index = shown.indices.min(by: { shown[$0].tally.total < shown[$1].tally.total }) {
            others.add(shown.remove(at: index))
        }
        return shown + [others]
    }

    /// How full the openings were is left out of all the lines when it would be that of one or two agents in one of them.
    static func fill(_ lines: [FigureLine]) -> [FigureLine] {
        lines.allSatisfy { allow($0.openAgents) } ? lines : lines.map(\.unfilled)
    }

    /// Teams of three that cannot be told apart by less than three: the larger first.
    static func teams(_ teams: [Team], within whole: Set<ID<Agent>>) -> [Team] {
        var shown: [Set<ID<Agent>>] = []
        let bySize = teams.map { ($0, $0.agentIDs.intersection(whole)) }.sorted { $0.1.count > $1.1.count }
        let kept = bySize.filter { _, agents in
            let together = shown.reduce(agents) { $0.union($1) }
            let apart =
                [agents, whole.subtracting(agents), whole.subtracting(together)]
                + shown.flatMap { [$0.subtracting(agents), agents.subtracting($0)] }
            guard agents.count >= fewest, apart.allSatisfy(allow) else { return false }
            shown.append(agents)
            return true
        }
        let ids = Set(kept.map(\.0.id))
        return teams.filter { ids.contains($0.id) }
    }
}
