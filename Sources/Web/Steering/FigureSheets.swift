import Core
import Scheduling

/// The tables that figures make, each with what it counts.
struct FigureSheets: Sendable {
    let figures: Figures
    /// What the territory calls an organization.
    let label: String

    var all: [FigureSheet] {
        [
            lines(
                "periods", figures.query.grain == .week ? "Par semaine" : "Par mois", figures.periods, first: "Période",
                about: """
                    Chaque personne attendue à un rendez-vous compte pour un, à la date du rendez-vous. La part de manqués se compte sur les \
                    rendez-vous honorés et manqués : ce que le service a annulé ou n’a pas assuré ne compte jamais contre la personne. À \
                    plusieurs agents, il compte pour le premier ; dans un atelier, chacun compte à la date où l’atelier a été ouvert.
                    """),
            origins, delays, filling, firstFree, unmet,
            lines("organizations", "Par organisation (\(label))", figures.organizations, first: "Organisation", about: Self.same),
            lines("services", "Par service", figures.services, first: "Service", about: Self.same),
            lines("reasons", "Par motif", figures.reasons, first: "Motif", about: Self.same, isFilled: false),
            lines(
                "hows", "Par moyen", figures.hows, first: "Moyen",
                about: "Comment le rendez-vous a lieu, ou devait avoir lieu au dernier changement.", isFilled: false),
            lines(
                "teams", "Par équipe", figures.teams, first: "Équipe",
                about: "Les équipes d’au moins trois agents. Un agent de deux équipes compte dans les deux.", adds: false),
            lines(
                "agents", "Par agent", figures.agents, first: "Agent",
                about: "Cette collectivité montre à ses responsables les chiffres de chaque agent."),
        ].filter { !$0.rows.isEmpty }
    }

    private static let same = "Les mêmes comptes que par période."

    /// - Parameter adds: whether its lines add up to the total.
    private func lines(
        _ id: String, _ title: String, _ lines: [FigureLine], first: String, about: String, isFilled: Bool = true, adds: Bool = true
    ) -> FigureSheet {
        let total = adds && lines.count > 1 ? [Self.row(figures.total, "Total", isFilled)] : []
        return FigureSheet(
            id: id, title: title, about: about, columns: [.init(first, isNumber: false)] + Self.columns(isFilled),
            rows: lines.map { Self.row($0, Self.name($0, figures.query.grain), isFilled) } + total, hasTotal: !total.isEmpty)
    }

    static func columns(_ isFilled: Bool) -> [FigureSheet.Column] {
        [
            "Rendez-vous", "Honorés", "Manqués", "Part de manqués", "Annulés par la personne", "Annulés par le service",
            "Non assurés par le service", "À venir ou à renseigner", "Délai moyen",
        ].map { FigureSheet.Column($0) } + (isFilled ? [.init("Remplissage")] : [])
    }

    static func row(_ line: FigureLine, _ name: String, _ isFilled: Bool) -> [FigureSheet.Cell] {
        let tally = line.tally
        let statuses: [Participation.Status] = [.cancelledByPerson, .cancelledByService, .notProvided, .upcoming]
        return [
            .text(name), .count(tally.total), .count(tally[.attended]), .count(tally[.missed]), .share(tally.missedShare),
        ] + statuses.map { .count(tally[$0]) } + [.days(tally.meanDays)] + (isFilled ? [.share(line.filling.share)] : [])
    }

    /// "novembre 2026", "semaine du 2 novembre 2026".
    static func name(_ line: FigureLine, _ grain: Grain) -> String {
        guard case .period(let first) = line.key else { return line.name }
        return grain == .month ? Format.month(of: first) : "semaine du \(Format.date(first))\u{A0}\(first.year)"
    }
}

extension FigureSheets {
    private var origins: FigureSheet {
        let tally = figures.total.tally
        return FigureSheet(
            id: "origins", title: "Qui a pris le rendez-vous",
            about: "Ce qu’était dans l’organisation qui l’a pris, ce jour-là. Avant que ce soit noté, l’origine n’est pas connue.",
            columns: [.init("Origine", isNumber: false), .init("Rendez-vous"), .init("Part")],
            rows: tally.isEmpty
                ? []
                : Origin.allCases.filter { tally[$0] > 0 }.map {
                    [.text($0.label), .count(tally[$0]), .share(Double(tally[$0]) / Double(tally.total))]
                })
    }

    private var delays: FigureSheet {
        let tally = figures.total.tally
        return FigureSheet(
            id: "delays", title: "De la demande au rendez-vous",
            about: """
                Les jours entre la prise du rendez-vous et le rendez-vous, tel qu’il est après ses déplacements. Les rendez-vous annulés ne \
                comptent pas : repris, ils seraient attendus deux fois.
                """,
            columns: [.init("Délai", isNumber: false), .init("Rendez-vous"), .init("Part")],
            rows: tally.waited == 0
                ? []
                : Delay.allCases.map { [.text($0.label), .count(tally[$0]), .share(Double(tally[$0]) / Double(tally.waited))] })
    }

    private var filling: FigureSheet {
        FigureSheet(
            id: "filling", title: "Remplissage des plages d’ouverture",
            about: """
                Le temps pris à l’intérieur des plages, sur le temps ouvert : les plages telles qu’elles sont, sans les indisponibilités, les \
                fermetures et les jours fériés. Une plage ouverte à deux services compte dans les deux. Une plage servant plusieurs motifs, \
                ce chiffre ne se lit pas par motif.
                """,
            columns: [.init("Période", isNumber: false), .init("Heures ouvertes"), .init("Heures prises"), .init("Remplissage")],
            rows: figures.total.filling.open == 0
                ? []
                : (figures.periods + [figures.total]).map {
                    [
                        .text(Self.name($0, figures.query.grain)), .count($0.filling.open / 60), .count($0.filling.booked / 60),
                        .share($0.filling.share),
                    ]
                }, hasTotal: true)
    }

    private var unmet: FigureSheet {
        FigureSheet(
            id: "unmet", title: "Demandes sans créneau",
            about:
                "Ce qui a été demandé sans qu’un créneau soit trouvé, au jour de la demande, une fois par personne, par motif et par jour.",
            columns: [.init("Motif", isNumber: false), .init("Organisation", isNumber: false), .init("Demandes")],
            rows: figures.unmet.map { [.text($0.name), .text($0.organizationName), .count($0.count)] })
    }

    private var firstFree: FigureSheet {
        FigureSheet(
            id: "first-free", title: "Premier créneau libre",
            about: """
                Les jours d’attente jusqu’au premier créneau libre de chaque organisation, regardé une fois par jour, en moyenne sur la \
                période. Les jours sans aucun créneau, aussi loin que le motif permet d’en prendre, sont comptés à part.
                """,
            columns: [.init("Motif", isNumber: false), .init("Attente moyenne"), .init("Jours regardés"), .init("Jours sans créneau")],
            rows: figures.firstFree.map { [.text($0.name), .days($0.days), .count($0.looked), .count($0.none)] })
    }
}
