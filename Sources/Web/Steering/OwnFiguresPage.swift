import Core
import Scheduling

/// « Mes chiffres »: an agent's own, for them alone.
struct OwnFiguresPage: Page {
    let title = "Mes chiffres"
    let filters: FigureFilters
    let figures: OwnFigures?
    /// Whether the territory shows them to managers too.
    let isShownToManagers: Bool

    var html: HTML {
        """
        \(PageHead(title, above: "Ce que deviennent mes rendez-vous"))\(Notice(.plain, "<p>\(who)</p>"))\
        \(filters.state.summary.map { Notice(.warn, "<p>\($0)</p>") })\(GetForm(Urls.ownFigures) { fields })\(figures.map(content))
        """
    }

    private var who: String {
        isShownToManagers
            ? "Votre collectivité montre aussi ces chiffres à vos responsables."
            : "Vous seul voyez ces chiffres : vos responsables voient ceux d’au moins trois agents ensemble."
    }

    private var fields: HTML {
        let state = filters.state
        return """
            \(Select("by", "Compter", Grain.allCases.reversed().map { Choice($0.rawValue, $0.label) }, state))\
            \(DateField("from", "Du", state))\(DateField("to", "Au", state))<button type="submit" class="main">Afficher</button>
            """
    }

    private func content(_ figures: OwnFigures) -> HTML {
        guard !figures.total.tally.isEmpty || figures.total.filling.open > 0 else {
            return EmptyState("Aucun rendez-vous sur cette période", "Choisissez d’autres dates.").html
        }
        let sheets = Self.sheets(figures), grain = figures.query.grain
        return """
            \(FigureSummary(line: figures.total))\
            \(each: sheets, { FigureSection(sheet: $0, chart: $0.id == "periods" ? FigureCharts.statuses(figures.periods, grain) : nil).html })
            """
    }

    private static func sheets(_ figures: OwnFigures) -> [FigureSheet] {
        let tables: [(String, String, String, [FigureLine], Bool)] = [
            ("periods", figures.query.grain == .week ? "Par semaine" : "Par mois", "Période", figures.periods, true),
            ("reasons", "Par motif", "Motif", figures.reasons, false),
        ]
        return tables.map { id, title, first, lines, isFilled in
            FigureSheet(
                id: id, title: title,
                about: "Chaque personne attendue compte pour un. Ce que le service a annulé ou n’a pas assuré ne compte pas comme manqué.",
                columns: [.init(first, isNumber: false)] + FigureSheets.columns(isFilled),
                rows: (lines + [figures.total]).map { FigureSheets.row($0, FigureSheets.name($0, figures.query.grain), isFilled) },
                hasTotal: true)
        }
    }

    static let sample = OwnFiguresPage(
        filters: FigureFilters(.blank, today: CivilDate(dayNumber: 20_787)), figures: nil, isShownToManagers: false)
}
