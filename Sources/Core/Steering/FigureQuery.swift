import Scheduling
import Store

/// What figures are asked for: of which weeks or months, and of what.
public struct FigureQuery: Sendable, Equatable {
    public var grain: Grain
    /// Whole weeks or months.
    public let dates: Range<CivilDate>
    public var organization: ID<Organization>?
    public var service: ID<Service>?
    public var reason: ID<Reason>?

    /// - Throws: a ``Refusal`` beside `to`, when it comes before `from` or too long after.
    public init(_ grain: Grain, from: CivilDate, to: CivilDate) throws {
        guard from <= to else { throw Refusal.field("to", "order", "La fin vient avant le début. Vérifiez les deux dates.") }
        let dates = grain.whole(from...to)
        guard grain.firsts(in: dates).count <= grain.most else {
            let limit = grain == .week ? "\(grain.most) semaines" : "\(grain.most) mois"
            throw Refusal.field("to", "too-long", "C’est trop long : demandez \(limit) au plus.")
        }
        self.grain = grain
        self.dates = dates
    }

    /// The last six months, this one included, or the last twelve weeks.
    public static func usual(_ grain: Grain, today: CivilDate) throws -> FigureQuery {
        try FigureQuery(grain, from: today.adding(days: grain == .week ? -77 : -152), to: today)
    }

    var filters: [Filter] {
        [organization.map(Filter.organization), service.map(Filter.service), reason.map(Filter.reason)].compactMap { $0 }
    }

    enum Filter: Sendable, Hashable {
        case organization(ID<Organization>)
        case service(ID<Service>)
        case reason(ID<Reason>)

        func holds(_ figure: Figure) -> Bool {
            switch self {
            case .organization(let id): figure.key.organization == id
            case .service(let id): figure.key.service == id
            case .reason(let id): figure.key.reason == id
            }
        }
    }
}

/// Who may see figures, and of which organizations: the one rule, for pages, exports and the API.
///
/// « Un responsable voit les chiffres de ses organisations, un administrateur de la collectivité ceux de toutes. »
struct FigureScope: Sendable {
    let territory: Territory
    let organizations: [Organization]

    /// - Throws: ``Refusal/forbidden`` for who sees none; ``Refusal/notFound`` for an organization that is not theirs, or a service or
    ///   reason that there is not.
    init(_ query: FigureQuery, for acting: Acting, in db: Reader) throws {
        try acting.require(.seeFigures)
        territory = acting.territory
        let theirs = Set(acting.organizations(with: .seeFigures))
        organizations = try Organization.all(of: territory.id, in: db).filter {
            acting.canOverTerritory(.seeFigures) || theirs.contains($0.id)
        }
        if let asked = query.organization, !organizations.contains(where: { $0.id == asked }) { throw Refusal.notFound }
        if let asked = query.service, try Service.find(asked, of: territory.id, in: db) == nil { throw Refusal.notFound }
        if let asked = query.reason, try Reason.find(asked, of: territory.id, in: db) == nil { throw Refusal.notFound }
    }

    /// What is counted for them, of all services and reasons.
    func covers(_ table: SQL) -> SQL { "\(table).organization_id IN \(list: organizations.map(\.id))" }
}
