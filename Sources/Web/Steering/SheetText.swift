/// Rows of a CSV file as spreadsheets here read them: semicolons, decimal commas, a byte order mark, and no cell that is a formula.
enum SheetText {
    static let mark = "\u{FEFF}"

    static func line(_ cells: [FigureSheet.Cell]) -> String {
        cells.map { quoted(text($0)) }.joined(separator: ";") + "\r\n"
    }

    private static func text(_ cell: FigureSheet.Cell) -> String {
        switch cell {
        case .text(let text): harmless(text)
        case .count(let number): String(number)
        case .share(let share): share.map { "\(decimal($0 * 100)) %" } ?? ""
        case .days(let days): days.map(decimal) ?? ""
        case .hidden: "moins de 11"
        }
    }

    /// A spreadsheet runs what begins so (OWASP, CSV injection): the apostrophe makes it a text.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first(where: { $0 != " " && $0 != "\u{A0}" }), "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == ";" || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// "12,3".
    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10),\(abs(tenths % 10))"
    }
}
