import Core
import Scheduling

/// « Pilotage »: what the appointments of a period became, for managers and administrators.
struct SteeringPage: Page {
    let title = "Pilotage"
    let filters: FigureFilters
    let choices: FigureChoices
    let organizationLabel: String
    /// Nothing when the filters make no question, or would show one or two agents.
    let figures: Figures?
    /// Whether whoever looks has figures of their own.
    var hasOwn = false
    /// Whether they see the appointments themselves.
    var mayList = false

    var html: HTML {
        """
        \(PageHead(title, above: "Ce que deviennent les rendez-vous", actions: actions))\(refused)\
        \(GetForm(Urls.steering) { fields })\(figures.map(content))
        """
    }

    private var actions: HTML {
        "\(if: hasOwn, LinkButton("Mes chiffres", Urls.ownFigures).html)\(if: figures != nil, files)"
    }

    private var files: HTML {
        """
        \(LinkButton("Classeur", filtered(Urls.figureWorkbook), spoken: "Classeur XLSX de ces tableaux", isFile: true))\
        \(if: mayList, list)
        """
    }

    private var list: HTML {
        """
        \(LinkButton("Liste CSV", filtered(Urls.appointmentList("csv")), spoken: "Liste CSV des rendez-vous", isFile: true))\
        \(LinkButton("Liste XLSX", filtered(Urls.appointmentList("xlsx")), spoken: "Liste XLSX des rendez-vous", isFile: true))
        """
    }

    /// The same question, of a file.
    private func filtered(_ url: URLPath) -> URLPath {
        ["by", "from", "to", "organization", "service", "reason"].reduce(url) { url, name in
            let value = filters.state.form.optional(name)
            return url.query(name, value)
        }
    }

    private var refused: HTML? {
        filters.state.summary.map { Notice(.warn, "<p>\($0)</p>").html }
    }

    private var fields: HTML {
        let state = filters.state
        return """
            \(Select("by", "Compter", Grain.allCases.reversed().map { Choice($0.rawValue, $0.label) }, state))\
            \(DateField("from", "Du", state))\(DateField("to", "Au", state))\
            \(if: choices.organizations.count > 1, Select("organization", "Organisation", choices.organizations, state, empty: "Toutes").html)\
            \(Select("service", "Service", choices.services, state, empty: "Tous"))\
            \(Select("reason", "Motif", choices.reasons, state, empty: "Tous"))\
            <button type="submit" class="main">Afficher</button>
            """
    }

    private func content(_ figures: Figures) -> HTML {
        let sheets = FigureSheets(figures: figures, label: organizationLabel).all
        guard !figures.total.tally.isEmpty || figures.total.filling.open > 0 || !figures.firstFree.isEmpty else {
            return EmptyState("Aucun rendez-vous sur cette période", "Choisissez d’autres dates, ou élargissez les filtres.").html
        }
        return """
            \(if: figures.behind > 0, behind(figures.behind))\(FigureSummary(line: figures.total))\
            \(each: sheets, { FigureSection(sheet: $0, chart: chart($0, figures), file: filtered(Urls.figureTable($0.id))).html })
            """
    }

    private func behind(_ count: Int) -> HTML {
        Notice(.plain, "<p>Les derniers changements de \(Format.count(count, "agenda")) seront comptés dans une minute.</p>").html
    }

    private func chart(_ sheet: FigureSheet, _ figures: Figures) -> FigureChart? {
        switch sheet.id {
        case "periods": FigureCharts.statuses(figures.periods, figures.query.grain)
        case "filling": FigureCharts.filling(figures.periods, figures.query.grain)
        default: nil
        }
    }
}

/// What comes first: four figures.
struct FigureSummary: View {
    let line: FigureLine

    var html: HTML {
        let tally = line.tally
        let facts: [(String, FigureSheet.Cell)] = [
            ("rendez-vous", .count(tally.total)), ("de manqués", .share(tally.missedShare)),
            ("d’attente en moyenne", .days(tally.meanDays)),
            ("des plages prises", .share(line.filling.share)),
        ]
        return "<ul class=\"in-brief\">\(each: facts, { "<li><b>\($0.1.shown)</b> \($0.0)</li>" })</ul>"
    }
}

/// One table with its name, what it counts, its drawing, and the way to take it along.
struct FigureSection: View {
    let sheet: FigureSheet
    var chart: FigureChart?
    /// The same table as a file.
    var file: URLPath?

    var html: HTML {
        """
        <section class="figure stack" aria-labelledby="figure-\(sheet.id)"><h2 id="figure-\(sheet.id)">\(sheet.title)</h2>\
        <p class="soft">\(sheet.about)</p>\(chart)\(sheet)\
        \(file.map { "<p class=\"row\">\(LinkButton("CSV", $0, spoken: "CSV : \(sheet.title)", isFile: true))</p>" as HTML })</section>
        """
    }
}

extension SteeringPage {
    static var sample: SteeringPage {
        let today = CivilDate(dayNumber: 20_787)
        return SteeringPage(
            filters: FigureFilters(.blank, today: today),
            choices: FigureChoices(
                organizations: [Choice("1", "MDS d’Orthez"), Choice("2", "MDS de Pau")], services: [Choice("1", "Service social")],
                reasons: [Choice("1", "Premier contact RSA (Service social)")]), organizationLabel: "MDS", figures: nil, hasOwn: true)
    }
}
