import Core
import Scheduling

/// Statistics for everyone to read, without signing in.
struct PublicFiguresPage: Page {
    let figures: PublicFigures
    let slug: String

    var title: String { "Statistiques" }
    var layout: Layout.Kind { .open }

    var html: HTML {
        """
        \(PageHead("Statistiques des rendez-vous", above: figures.territory))\
        <p>Ce que sont devenus les rendez-vous \(period). Chaque personne attendue compte pour un. Ce que le service a annulé ou n’a pas assuré \
        n’est jamais compté comme manqué.</p>\
        \(Notice(.plain, "<p>Aucune donnée personnelle ici. Les nombres de moins de 11, et ceux qui permettraient de les retrouver, ne se montrent pas.</p>"))\
        \(each: sheets, { FigureSection(sheet: $0, file: Urls.publicFigureFile(slug, $0.id)).html })
        """
    }

    var sheets: [FigureSheet] { PublicFigures.Cut.allCases.compactMap(sheet) }

    func sheet(_ cut: PublicFigures.Cut) -> FigureSheet? {
        guard let table = figures.tables.first(where: { $0.cut == cut }) else { return nil }
        let (title, first) = Self.words(cut)
        return FigureSheet(
            id: cut.rawValue, title: title, about: "Les rendez-vous passés dont le sort est connu.",
            columns: [.init(first, isNumber: false)] + PublicFigures.outcomes.map { .init($0.label) },
            rows: table.rows.map { row in [.text(name(row))] + row.counts.map { $0.map(FigureSheet.Cell.count) ?? .hidden } })
    }

    private func name(_ row: PublicFigures.Row) -> String {
        if case .period(let first) = row.key { return Format.month(of: first) }
        return row.name
    }

    private static func words(_ cut: PublicFigures.Cut) -> (String, String) {
        switch cut {
        case .months: ("Par mois", "Mois")
        case .organizations: ("Par organisation", "Organisation")
        case .services: ("Par service", "Service")
        case .hows: ("Par moyen", "Moyen")
        }
    }

    private var period: String {
        let last = figures.dates.upperBound.adding(days: -1)
        return "de \(Format.month(of: figures.dates.lowerBound)) à \(Format.month(of: last))"
    }

    static let sample = PublicFiguresPage(
        figures: PublicFigures(
            territory: "Département d’essai", dates: CivilDate(dayNumber: 20_423)..<CivilDate(dayNumber: 20_788),
            tables: [
                .init(
                    cut: .hows,
                    rows: [
                        .init(key: .how(.phone), name: How.phone.label, counts: [1_240, 98, 143]),
                        .init(key: .how(.video), name: How.video.label, counts: [31, nil, nil]),
                    ])
            ]), slug: "essai")
}
