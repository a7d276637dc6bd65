import Scheduling
import Store

/// What a territory publishes of its appointments: the twelve last whole months, no person, no agent, no number under eleven.
public struct PublicFigures: Sendable, Equatable {
    public let territory: String
    /// The twelve months.
    public let dates: Range<CivilDate>
    public let tables: [Table]

    public init(territory: String, dates: Range<CivilDate>, tables: [Table]) {
        (self.territory, self.dates, self.tables) = (territory, dates, tables)
    }

    public struct Table: Sendable, Equatable {
        public let cut: Cut
        public let rows: [Row]

        public init(cut: Cut, rows: [Row]) { (self.cut, self.rows) = (cut, rows) }
    }

    /// Each table cuts the same appointments in another way.
    public enum Cut: String, CaseIterable, Sendable {
        case months, organizations, services, hows
    }

    public struct Row: Sendable, Equatable {
        public let key: FigureLine.Key
        public let name: String
        /// For each of ``outcomes``, nil where it is hidden.
        public let counts: [Int?]

        public init(key: FigureLine.Key, name: String, counts: [Int?]) { (self.key, self.name, self.counts) = (key, name, counts) }
    }

    /// What became of appointments, in few words: the fewer the columns, the fewer the small numbers.
    public static let outcomes: [(label: String, statuses: [Participation.Status])] = [
        ("Honorés", [.attended]), ("Manqués", [.missed]),
        ("Annulés ou non assurés", [.cancelledByPerson, .cancelledByService, .notProvided]),
    ]
}

extension PublicFigures {
    /// - Returns: nil for a territory that there is not, or that publishes nothing.
    public static func read(slug: String, now: Instant, in db: Reader) throws -> PublicFigures? {
        guard let territory = try Territory.find(slug: slug, in: db), territory.publicFigures else { return nil }
        let today = territory.zone.civil(now).date, end = Grain.month.first(of: today)
        let start = Grain.month.first(of: end.adding(days: -360))
        let reading = try FigureReading.read(
            .month, start..<end, of: territory, now: now, in: db, where: { _ in "TRUE" }, keeps: { _, _ in true })
        let names = try PublicNames(of: territory.id, in: db)
        return PublicFigures(
            territory: territory.name, dates: start..<end,
            tables: Cut.allCases.map { cut in
                Table(cut: cut, rows: rows(lines(reading.figures, cut, names, Grain.month.firsts(in: start..<end))))
            })
    }

    /// Of three agents or more, whatever the territory shows its managers; a secret service is not named.
    private static func lines(_ figures: [Figure], _ cut: Cut, _ names: PublicNames, _ months: [CivilDate]) -> [FigureLine] {
        var lines: [FigureLine.Key: FigureLine] = [:]
        if cut == .months { for first in months { lines[.period(first)] = FigureLine(.period(first), first.description) } }
        for figure in figures {
            let key = names.shown(cut.key(figure.key))
            lines[key, default: FigureLine(key, names[key])].add(figure)
        }
        let inOrder = lines.values.sorted { left, right in
            (left.key == .others ? 1 : 0, left.name, left.key.text) < (right.key == .others ? 1 : 0, right.name, right.key.text)
        }
        let others = inOrder.filter { $0.key == .others }
        let grouped = Threes.group(inOrder.filter { $0.key != .others }, as: PublicNames.others)
        return merge(grouped, others)
    }

    /// At most one line of others.
    private static func merge(_ lines: [FigureLine], _ others: [FigureLine]) -> [FigureLine] {
        guard var all = others.first else { return lines }
        for line in lines where line.key == .others { all.add(line) }
        return Threes.group(lines.filter { $0.key != .others } + [all], as: PublicNames.others)
    }

    private static func rows(_ lines: [FigureLine]) -> [Row] {
        let columns = outcomes.map { outcome in
            Suppression.hide(lines.map { line in outcome.statuses.reduce(0) { $0 + line.tally[$1] } })
        }
        return lines.enumerated().map { index, line in Row(key: line.key, name: line.name, counts: columns.map { $0[index] }) }
    }
}

extension PublicFigures.Cut {
    fileprivate func key(_ key: Figure.Key) -> FigureLine.Key {
        switch self {
        case .months: .period(key.first)
        case .organizations: .organization(key.organization)
        case .services: .service(key.service)
        case .hows: .how(key.how)
        }
    }
}

/// The names that anyone may read.
private struct PublicNames {
    static let others = "Autres"
    private var names: [FigureLine.Key: String] = [:]
    private var secret: Set<FigureLine.Key> = []

    init(of territory: Int64, in db: Reader) throws {
        for organization in try Organization.all(of: territory, in: db) { names[.organization(organization.id)] = organization.name }
        for service in try Service.all(of: territory, in: db) {
            names[.service(service.id)] = service.name
            if service.secret { secret.insert(.service(service.id)) }
        }
        for how in How.allCases { names[.how(how)] = how.label }
    }

    func shown(_ key: FigureLine.Key) -> FigureLine.Key { secret.contains(key) ? .others : key }

    subscript(_ key: FigureLine.Key) -> String {
        if case .period(let first) = key { return first.description }
        return names[key] ?? Self.others
    }
}
