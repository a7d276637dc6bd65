extension CSV {
    /// Rows as a spreadsheet in French opens them: UTF-8 with its mark, semicolons, CRLF (RFC 4180).
    public static func text(_ rows: [[String]]) -> String {
        "\u{FEFF}" + rows.map { $0.map(cell).joined(separator: ";") + "\r\n" }.joined()
    }

    /// A spreadsheet runs what begins like a formula: an apostrophe before it keeps it a text (OWASP, « CSV injection »).
    private static func cell(_ text: String) -> String {
        let starts: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r", "\n"]
        let safe = text.unicodeScalars.first.map(starts.contains) == true ? "'" + text : text
        let needsQuotes = safe.unicodeScalars.contains { [";", "\"", "\r", "\n"].contains($0) }
        return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }
}
