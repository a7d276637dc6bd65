import Core
import Scheduling

/// What is drawn of figures.
enum FigureCharts {
    static func statuses(_ periods: [FigureLine], _ grain: Grain) -> FigureChart? {
        let shown: [(Participation.Status, String)] = [
            (.attended, "honorés"), (.missed, "manqués"), (.cancelledByPerson, "annulés par la personne"),
            (.cancelledByService, "annulés par le service"), (.notProvided, "non assurés par le service"),
            (.upcoming, "à venir ou à renseigner"),
        ]
        guard periods.contains(where: { !$0.tally.isEmpty }) else { return nil }
        return FigureChart(
            id: "statuses", title: "Ce que sont devenus les rendez-vous",
            description: "Une barre par période, une part par statut. Les mêmes chiffres sont dans le tableau qui suit.",
            parts: shown.map { .init(label: $0.1, tone: "tone-\($0.0.rawValue)") },
            bars: periods.map { line in .init(label: name(line, grain), values: shown.map { line.tally[$0.0] }) })
    }

    static func filling(_ periods: [FigureLine], _ grain: Grain) -> FigureChart? {
        guard periods.contains(where: { $0.filling.open > 0 }) else { return nil }
        return FigureChart(
            id: "filling", title: "Remplissage des plages d’ouverture",
            description: "Une barre par période, en pour cent du temps ouvert. Les mêmes chiffres sont dans le tableau qui suit.",
            parts: [.init(label: "pris", tone: "tone-attended")],
            bars: periods.map { line in
                .init(label: name(line, grain), values: [Int(((line.filling.share ?? 0) * 100).rounded())])
            }, most: 100, unit: "\u{A0}%")
    }

    /// Short: it stands beside a bar.
    private static func name(_ line: FigureLine, _ grain: Grain) -> String {
        guard case .period(let first) = line.key else { return line.name }
        let short = Format.shortMonths[first.month - 1]
        return grain == .month ? "\(short) \(first.year)" : "\(first.day) \(short) \(first.year)"
    }
}
