import Core
import Scheduling

/// When something happens, in one sentence: "Tous les lundis et jeudis, de 9 h à 12 h, jusqu’au 30 juin · MDS d’Orthez".
struct StretchSentence: Sendable {
    let stretch: Stretch
    /// Said without a preposition: no article is right before every name of a place.
    var place = ""
    let today: CivilDate

    private var recurrence: Recurrence { stretch.recurrence }
    private var first: CivilDate { recurrence.first }

    var text: String {
        let parts = recurrence.pattern == .once ? [once] : [Format.capitalized(pattern), hours] + bounds
        return parts.joined(separator: ", ") + (place.isEmpty ? "" : " ·\u{A0}\(place)")
    }

    private var isWholeDays: Bool { stretch.from == 0 && stretch.to == 1440 }

    private var once: String {
        let start = Format.day(first, today: today)
        guard stretch.days > 0 else {
            return Format.capitalized(start) + ", " + (isWholeDays ? "toute la journée" : Format.span(stretch.from..<stretch.to))
        }
        let end = Format.day(recurrence.first.adding(days: stretch.days), today: today)
        let (from, to) = (
            stretch.from == 0 ? "" : " à\u{A0}\(Format.time(stretch.from))", stretch.to == 1440 ? "" : " à\u{A0}\(Format.time(stretch.to))"
        )
        return "Du \(start)\(from) au \(end)\(to)"
    }

    private var hours: String {
        guard stretch.days > 0 else { return isWholeDays ? "toute la journée" : Format.span(stretch.from..<stretch.to) }
        let later = stretch.days == 1 ? "le lendemain" : "\(stretch.days)\u{A0}jours plus tard"
        return "de \(Format.time(stretch.from)) à \(Format.time(stretch.to)) \(later)"
    }

    private var pattern: String {
        switch recurrence.pattern {
        case .once: ""
        case .daily(let every): every == 1 ? "tous les jours" : every == 2 ? "un jour sur deux" : "tous les \(every)\u{A0}jours"
        case .weekly(let every, let weekdays): weekly(every, weekdays.sorted())
        case .monthly(let every, let nth, let weekday): monthly(every, "le \(Self.rank(nth)) \(Self.name(weekday))")
        }
    }

    private func weekly(_ every: Int, _ days: [Weekday]) -> String {
        let named = Self.range(days) ?? "les " + Format.list(days.map { Self.name($0) + "s" })
        switch every {
        case 1: return named.hasPrefix("les ") ? "tous " + named : named
        case 2 where days.count == 1: return "un \(Self.name(days[0])) sur deux"
        case 2: return "une semaine sur deux, " + named
        default: return "toutes les \(every)\u{A0}semaines, " + named
        }
    }

    /// Three days or more in a row: "du lundi au vendredi".
    private static func range(_ days: [Weekday]) -> String? {
        guard let first = days.first, let last = days.last, days.count > 2 else { return nil }
        if days.count == 7 { return "tous les jours" }
        guard last.rawValue - first.rawValue == days.count - 1 else { return nil }
        return "du \(name(first)) au \(name(last))"
    }

    private func monthly(_ every: Int, _ day: String) -> String {
        switch every {
        case 1: "\(day) de chaque mois"
        case 2: "\(day), un mois sur deux"
        default: "\(day), tous les \(every)\u{A0}mois"
        }
    }

    /// From when, unless it has begun; to when, or how many times.
    private var bounds: [String] {
        var bounds: [String] = []
        if first > today || recurrence.pattern.every > 1 { bounds.append("à partir du \(Format.date(first, today: today))") }
        if let until = recurrence.until { bounds.append("jusqu’au \(Format.date(until, today: today))") }
        if let times = recurrence.times { bounds.append(Format.count(times, "fois", "fois")) }
        return bounds
    }
}

extension StretchSentence {
    static func name(_ weekday: Weekday) -> String { Format.weekdays[weekday.rawValue - 1] }

    static func rank(_ nth: Int) -> String {
        switch nth {
        case 1: "premier"
        case 2: "deuxième"
        case 3: "troisième"
        case 4: "quatrième"
        case 5: "cinquième"
        default: "dernier"
        }
    }
}

extension Recurrence.Pattern {
    /// Every so many days, weeks or months; 1 for what happens once.
    var every: Int {
        switch self {
        case .once: 1
        case .daily(let every), .weekly(let every, _), .monthly(let every, _, _): every
        }
    }
}
