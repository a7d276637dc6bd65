import Scheduling

/// Dates, hours and quantities as people say them, in French, without a `DateFormatter` (which costs more than the page).
///
/// What must not be cut by the end of a line is held by no-break spaces: `9 h 30`, `3 décembre`, `06 39 98 12 34`.
public enum Format {
    public static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ]
    /// As the typographic code of the Imprimerie nationale cuts them.
    public static let shortMonths = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.",
    ]
    public static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]

    /// "jeudi 3 décembre", with the year when it is not today's: "jeudi 1er janvier 2027".
    public static func day(_ day: CivilDate, today: CivilDate? = nil) -> String {
        weekdays[day.weekday.rawValue - 1] + " " + date(day, today: today ?? day)
    }

    /// "aujourd’hui", "demain", "hier", else as ``day(_:today:)``.
    public static func near(_ day: CivilDate, today: CivilDate) -> String {
        switch day.dayNumber - today.dayNumber {
        case 0: "aujourd’hui"
        case 1: "demain"
        case -1: "hier"
        default: self.day(day, today: today)
        }
    }

    /// "3 décembre", "1er décembre"; with the year unless it is today's.
    public static func date(_ day: CivilDate, today: CivilDate? = nil) -> String {
        let number = day.day == 1 ? "1er" : String(day.day)
        let year = day.year == today?.year ? "" : "\u{A0}\(day.year)"
        return number + "\u{A0}" + months[day.month - 1] + year
    }

    /// "jeudi 3 décembre à 9 h 30"; today: "aujourd’hui à 9 h 30".
    public static func moment(_ day: CivilDate, minute: Int, today: CivilDate) -> String {
        near(day, today: today) + " à\u{A0}" + time(minute)
    }

    /// "Semaine du 30 novembre".
    /// - Parameter monday: its first day.
    public static func week(_ monday: CivilDate, today: CivilDate) -> String { "Semaine du " + date(monday, today: today) }

    /// "9 h", "9 h 05", from minutes since midnight.
    public static func time(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return rest == 0 ? "\(hour)\u{A0}h" : "\(hour)\u{A0}h\u{A0}\(rest < 10 ? "0" : "")\(rest)"
    }

    /// "de 9 h à 9 h 30".
    public static func span(_ minutes: Range<Int>) -> String { "de \(time(minutes.lowerBound)) à \(time(minutes.upperBound))" }

    /// "30 minutes", "1 heure", "1 h 30".
    public static func duration(minutes: Int) -> String {
        switch minutes {
        case ..<60: count(minutes, "minute")
        case let whole where whole % 60 == 0: count(whole / 60, "heure")
        default: time(minutes)
        }
    }

    /// "1 rendez-vous", "12 345 personnes": one and less are singular in French.
    public static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        number < 2 && number > -2 ? "\(number)\u{A0}\(one)" : "\(self.number(number))\u{A0}\(many ?? one + "s")"
    }

    /// "12 345", groups held by narrow no-break spaces.
    public static func number(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "−" : "") + ([digits] + groups).joined(separator: "\u{202F}")
    }

    /// "84 ans"; "18 mois" under two years, "3 semaines" under three months, "5 jours" under two weeks.
    public static func age(born: CivilDate, today: CivilDate) -> String {
        let days = today.dayNumber - born.dayNumber
        let months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day ? 1 : 0)
        switch (days, months) {
        case (..<14, _): return count(max(days, 0), "jour")
        case (_, ..<3): return count(days / 7, "semaine")
        case (_, ..<24): return "\(months)\u{A0}mois"
        default: return count(months / 12, "an")
        }
    }

    /// "Jeudi 3 décembre": for the beginning of a sentence.
    public static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// "lundi, mardi et jeudi".
    public static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " et " + last
    }
}
