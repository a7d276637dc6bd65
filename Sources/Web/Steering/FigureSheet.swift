import Core
import Scheduling

/// A table of figures, the same on the page, in an export and in a workbook: what it counts is said beside it.
struct FigureSheet: Sendable {
    /// In addresses and file names.
    let id: String
    let title: String
    /// What is counted and what is not.
    let about: String
    let columns: [Column]
    let rows: [[Cell]]
    /// The last row adds the others up.
    var hasTotal = false

    struct Column: Sendable {
        let label: String
        let isNumber: Bool

        init(_ label: String, isNumber: Bool = true) { (self.label, self.isNumber) = (label, isNumber) }
    }

    enum Cell: Sendable, Equatable {
        case text(String)
        case count(Int)
        /// A part of one, in hundredths on screen; nil when there is nothing to divide by.
        case share(Double?)
        /// A number of days with a decimal; nil when there is none.
        case days(Double?)
        /// Too few to be shown.
        case hidden
    }
}

extension FigureSheet.Cell {
    /// As people read it.
    var shown: String {
        switch self {
        case .text(let text): text
        case .count(let number): Format.number(number)
        case .share(let share): share.map { "\(Format.decimal($0 * 100))\u{A0}%" } ?? "–"
        case .days(let days): days.map { "\(Format.decimal($0))\u{A0}j" } ?? "–"
        case .hidden: "moins de 11"
        }
    }
}

extension Format {
    /// "12,3", "4": one decimal at most.
    static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "−" : "") + number(whole) + (rest == 0 ? "" : ",\(rest)")
    }

    /// "novembre 2026".
    static func month(of day: CivilDate) -> String { "\(months[day.month - 1])\u{A0}\(day.year)" }
}

extension FigureSheet: View {
    var html: HTML {
        """
        <div class="figures" role="region" tabindex="0" aria-label="Tableau : \(title)">\(Table(
            title, columns: columns.map { Table.Column($0.label, isNumber: $0.isNumber) },
            rows: rows.map { row in row.map { "\($0.shown)" } }))</div>
        """
    }
}
