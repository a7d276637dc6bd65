import Scheduling
import Store

/// Adds figures up into lines.
struct FigureFold {
    private let query: FigureQuery
    private let scope: FigureScope
    private let figures: [Figure]
    private let times: [OpenTime]
    private let behind: Int
    private let names: FigureNames
    private let teams: [Team]
    private let samples: [FirstFree]
    private let demands: [UnmetDemand.Count]

    init(_ query: FigureQuery, _ scope: FigureScope, _ reading: FigureReading, in db: Reader) throws {
        self.query = query
        self.scope = scope
        let filters = query.filters
        figures = reading.figures.filter { figure in filters.allSatisfy { $0.holds(figure) } }
        times =
            query.reason != nil
            ? []
            : reading.times.filter { time in
                (query.organization ?? time.key.organization) == time.key.organization
                    && (query.service ?? time.key.service) == time.key.service
            }
        behind = reading.behind
        names = try FigureNames(scope, in: db)
        let asked = query.organization.map { [$0] } ?? scope.organizations.map(\.id)
        teams = try Team.of(asked, of: scope.territory.id, in: db)
        samples = try FirstFree.read(query.dates, in: asked, of: scope.territory.id, in: db)
        demands = try UnmetDemand.counts(in: query.dates, of: asked, of: scope.territory.id, in: db)
    }

    func folded() -> Figures {
        var total = FigureLine(.total, "Total")
        for figure in figures { total.add(figure) }
        for time in times { total.add(time) }
        if !scope.territory.agentFigures { total = Threes.fill([total])[0] }
        return Figures(
            query: query, total: total,
            periods: grouped(periods, as: query.grain == .week ? "Autres semaines" : "Autres mois"),
            organizations: grouped(
                lines({ .organization($0.organization) }, { .organization($0.organization) }), as: "Autres organisations"),
            services: grouped(lines({ .service($0.service) }, { .service($0.service) }), as: "Autres services"),
            reasons: grouped(lines({ .reason($0.reason) }), as: "Autres motifs"),
            hows: grouped(How.allCases.flatMap { how in lines({ .how($0.how) }).filter { $0.key == .how(how) } }, as: "Autres"),
            teams: teamLines(within: total.agents),
            agents: scope.territory.agentFigures ? lines({ .agent($0.agent) }, { .agent($0.agent) }) : [],
            firstFree: firstFree, unmet: unmet, behind: behind)
    }

    private func grouped(_ lines: [FigureLine], as name: String) -> [FigureLine] {
        scope.territory.agentFigures ? lines : Threes.fill(Threes.group(lines, as: name))
    }

    /// By name.
    private func lines(_ key: (Figure.Key) -> FigureLine.Key, _ timeKey: ((OpenTime.Key) -> FigureLine.Key)? = nil) -> [FigureLine] {
        var lines: [FigureLine.Key: FigureLine] = [:]
        let start = { (key: FigureLine.Key) in FigureLine(key, names[key]) }
        for figure in figures {
            let key = key(figure.key)
            lines[key, default: start(key)].add(figure)
        }
        if let timeKey {
            for time in times {
                let key = timeKey(time.key)
                lines[key, default: start(key)].add(time)
            }
        }
        return lines.values.sorted { ($0.name, $0.key.text) != ($1.name, $1.key.text) && $0.comesBefore($1) }
    }

    /// In order, the empty ones too.
    private var periods: [FigureLine] {
        let found = Dictionary(
            lines({ .period($0.first) }, { .period($0.first) }).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return query.grain.firsts(in: query.dates).map { first in
            found[.period(first)] ?? FigureLine(.period(first), names[.period(first)])
        }
    }

    private func teamLines(within whole: Set<ID<Agent>>) -> [FigureLine] {
        let shown = scope.territory.agentFigures ? teams : Threes.teams(teams, within: whole)
        let lines = shown.map { team in
            var line = FigureLine(.team(team.id), team.name)
            for figure in figures where figure.key.organization == team.organizationID && team.agentIDs.contains(figure.key.agent) {
                line.add(figure)
            }
            for time in times where time.key.organization == team.organizationID && team.agentIDs.contains(time.key.agent) {
                line.add(time)
            }
            return line
        }
        return scope.territory.agentFigures ? lines : Threes.fill(lines)
    }

    private var unmet: [Figures.UnmetLine] {
        let asked = demands.filter { isAsked($0.reasonID) }
        let lines = Dictionary(grouping: asked) { [$0.reasonID.description, $0.organizationID.description] }.values.compactMap { same in
            same.first.map { one in
                Figures.UnmetLine(
                    reason: one.reasonID, name: one.reasonName, organization: one.organizationID, organizationName: one.organizationName,
                    count: same.reduce(0) { $0 + $1.count })
            }
        }
        return lines.sorted { ($1.count, $0.name, $0.organizationName) < ($0.count, $1.name, $1.organizationName) }
    }

    private func isAsked(_ reason: ID<Reason>) -> Bool {
        (query.reason ?? reason) == reason && (query.service == nil || query.service == names.service(of: reason))
    }

    private var firstFree: [Figures.FirstFreeLine] {
        let asked = samples.filter { isAsked($0.reason) }
        return Dictionary(grouping: asked, by: \.reason).map { reason, samples in
            let days = samples.compactMap(\.days)
            return Figures.FirstFreeLine(
                reason: reason, name: names[.reason(reason)],
                days: days.isEmpty ? nil : Double(days.reduce(0, +)) / Double(days.count), looked: samples.count,
                none: samples.count - days.count)
        }.sorted { $0.name == $1.name ? $0.reason < $1.reason : $0.name.comesBefore($1.name) }
    }
}

extension FigureLine {
    fileprivate func comesBefore(_ other: FigureLine) -> Bool {
        name == other.name ? key.text < other.key.text : name.comesBefore(other.name)
    }
}

/// What the lines are called.
struct FigureNames: Sendable {
    private var names: [FigureLine.Key: String] = [:]
    private var services: [ID<Reason>: ID<Service>] = [:]

    init(_ scope: FigureScope, in db: Reader) throws {
        let territory = scope.territory.id
        for organization in scope.organizations { names[.organization(organization.id)] = organization.name }
        for service in try Service.all(of: territory, in: db) { names[.service(service.id)] = service.name }
        try db.forEach("SELECT id, name, service_id FROM reason WHERE territory_id = \(territory)") { row in
            let id: ID<Reason> = try row[0]
            names[.reason(id)] = try row[1]
            services[id] = try row[2]
        }
        for (id, name) in try Agent.names(of: territory, in: db) { names[.agent(id)] = name }
        for how in How.allCases { names[.how(how)] = how.label }
    }

    subscript(_ key: FigureLine.Key) -> String {
        if case .period(let first) = key { return first.description }
        return names[key] ?? ""
    }

    func service(of reason: ID<Reason>) -> ID<Service>? { services[reason] }
}
