import Foundation

/// Delays of reminders as people type and read them: « 7 j, 2 h ».
enum ReminderDelays {
    /// - Returns: `nil` for what is none; nothing for nothing.
    static func read(_ typed: String) -> [Int]? {
        let parts = typed.lowercased().split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "+" }).map { part in
            part.filter { !$0.isWhitespace }
        }
        let minutes = parts.filter { !$0.isEmpty }.map(minutes)
        return minutes.contains(nil) ? nil : minutes.compactMap(\.self)
    }

    private static func minutes(_ part: String) -> Int? {
        let digits = part.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), count < 10_000 else { return nil }
        switch part.dropFirst(digits.count) {
        case "j", "jour", "jours": return count * 1440
        case "h", "heure", "heures": return count * 60
        case "min", "minutes": return count
        default: return nil
        }
    }

    static func text(_ minutes: [Int]) -> String {
        minutes.map { one in
            one % 1440 == 0 ? "\(one / 1440) j" : one % 60 == 0 ? "\(one / 60) h" : "\(one) min"
        }.joined(separator: ", ")
    }
}
