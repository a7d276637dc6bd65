import Core
import HTTPTypes
import Scheduling
import Store

extension Grain: Plain {}

/// What appointments became, added up.
enum FiguresAPI {
    private static let grain = Key<Grain>("by", "Par semaine ou par mois.")
    private static let from = Key<CivilDate>("from", "Le premier jour ; sa semaine ou son mois est compté entier.")
    private static let to = Key<CivilDate>("to", "Le dernier jour ; de même.")
    private static let service = Key<ID<Service>>("service")
    private static let reason = Key<ID<Reason>>("reason")
    private static let organization = Key<ID<Organization>>("organization")

    private static let count = Kind.integer(0...1_000_000_000)

    private static let line = Shape<FigureLine>(
        "FigureLine",
        [
            Key("id", Kind.line(1...40), "Le premier jour de la période, un identifiant, ou « total » ou « others ».").of(\.key.text),
            Key("name", Kind.line(0...200)).of(\.name), Key("total", count, "Participations.").of(\.tally.total),
        ] + statuses + origins + delays + [
            Key("open_minutes", count, "Temps ouvert ; 0 s’il ne se montre pas.").of(\.filling.open),
            Key("booked_minutes", count, "Temps pris à l’intérieur.").of(\.filling.booked),
        ])

    private static let statuses: [Shape<FigureLine>.Member] = Participation.Status.allCases.map { status in
        Key(status.rawValue.replacing("-", with: "_"), count).of { $0.tally[status] }
    }
    private static let origins: [Shape<FigureLine>.Member] = Origin.allCases.map { origin in
        Key("by_\(origin.rawValue)", count, "Pris par : \(origin.label).").of { $0.tally[origin] }
    }
    private static let delays: [Shape<FigureLine>.Member] = Delay.allCases.map { delay in
        Key("delay_\(delay.rawValue)", count, "Attendus \(delay.label), sans les annulés.").of { $0.tally[delay] }
    }

    private static func lines(_ name: String, _ note: String, _ of: @escaping @Sendable (Figures) -> [FigureLine]) -> Shape<Figures>.Member
    {
        Key(name, Kind<[FigureLine]>.list(line.kind), note).of(of)
    }

    private static let shape = Shape<Figures>(
        "Figures",
        [
            grain.of(\.query.grain), from.of(\.query.dates.lowerBound), to.of { $0.query.dates.upperBound.adding(days: -1) },
            Key("total", line.kind).of(\.total), lines("periods", "Par semaine ou par mois.") { $0.periods },
            lines("organizations", "Par organisation.") { $0.organizations }, lines("services", "Par service.") { $0.services },
            lines("reasons", "Par motif.") { $0.reasons }, lines("hows", "Par moyen.") { $0.hows },
            lines("teams", "Par équipe d’au moins trois agents.") { $0.teams },
            lines("agents", "Par agent, si la collectivité le permet.") { $0.agents },
            Key("behind", count, "Agendas dont les derniers changements ne sont pas encore comptés.").of(\.behind),
        ])

    private static let ownShape = Shape<OwnFigures>(
        "OwnFigures",
        [
            grain.of(\.query.grain), from.of(\.query.dates.lowerBound), to.of { $0.query.dates.upperBound.adding(days: -1) },
            Key("total", line.kind).of(\.total), Key("periods", Kind<[FigureLine]>.list(line.kind)).of(\.periods),
            Key("reasons", Kind<[FigureLine]>.list(line.kind)).of(\.reasons),
        ])

    static let endpoints: [Endpoint] = [
        .read(
            "/figures", "Ce que deviennent les rendez-vous de ses organisations", needs: .seeFigures,
            query: Fields(needs: [grain, from, to], takes: [organization, service, reason]), answers: shape, read),
        .read(
            "/figures/mine", "Ce que deviennent mes rendez-vous", needs: .fillOwnAgenda, query: Fields(needs: [grain, from, to]),
            answers: ownShape
        ) { call in
            let query = try query(call)
            return try await call.store.read { db in try OwnFigures.read(query, for: call.acting, now: call.now, in: db) }
        },
    ]

    private static func read(_ call: Call) async throws -> Figures {
        var query = try query(call)
        query.organization = try call.query.ifAny(organization)
        query.service = try call.query.ifAny(service)
        query.reason = try call.query.ifAny(reason)
        let asked = query
        return try await call.store.read { db in try Figures.read(asked, for: call.acting, now: call.now, in: db) }
    }

    private static func query(_ call: Call) throws -> FigureQuery {
        try FigureQuery(try call.query[grain], from: try call.query[from], to: try call.query[to])
    }
}
