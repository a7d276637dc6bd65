import Core
import Scheduling

/// The questions of a form about when something happens: for openings the hours of a day, for absences perhaps several days.
struct StretchFields: View {
    let state: FormState
    /// An absence may last days, and hours left out mean the whole day.
    let isAbsence: Bool

    var html: HTML {
        """
        <div class="hours-fields\(if: isAbsence, " pairs")">\(isAbsence ? absenceHours : openingHours)</div>
        <div class="repeating stack">\(RadioCards("repeat", "Cela se répète-t-il ?", repeats, state))
        <div class="when-repeated stack">\(every)
        <div class="when-weekly">\(CheckboxGroup("weekdays", "Quels jours ?", Self.weekdays, state))</div>
        <div class="when-monthly row">\(Select("nth", "Lequel du mois ?", Self.ranks, state))\
        \(Select("weekday", "Jour", Self.weekdays, state))</div>
        <div class="row">\(DateField("until", "Jusqu’au", state, hint: "Le dernier jour, compris. Vide\u{A0}: sans fin.", isOptional: true))\(times)</div>
        </div></div>
        """
    }

    private var openingHours: HTML {
        """
        \(DateField("date", "Le, ou à partir du", state))\(TimeField("from", "De", state))\(TimeField("to", "À", state))
        """
    }

    private var absenceHours: HTML {
        """
        \(DateField("date", "Du", state))\(TimeField("from", "À partir de", state, hint: "Vide\u{A0}: dès le matin.", isOptional: true))
        \(DateField("end_date", "Au", state, hint: "Vide\u{A0}: le même jour.", isOptional: true))
        \(TimeField("to", "Jusqu’à", state, hint: "Vide\u{A0}: toute la journée.", isOptional: true))
        """
    }

    /// Every so many days is offered where it stands already: weeks say the same to most people.
    private var repeats: [Choice] {
        let usual = [
            Choice("once", "Une seule fois"), Choice("weekly", "Chaque semaine", detail: "ou toutes les 2, 3… semaines"),
            Choice("monthly", "Chaque mois", detail: "le premier mardi, le dernier jeudi…"),
        ]
        return state.value("repeat") == "daily" ? usual + [Choice("daily", "Tous les quelques jours")] : usual
    }

    private var every: HTML {
        TextField(
            "every", "Tous les combien ?", state, hint: "1\u{A0}: à chaque fois. 2\u{A0}: une semaine (ou un mois) sur deux.",
            kind: .number,
            size: .short
        ).html
    }

    private var times: HTML {
        guard !state.value("times").isEmpty || state.error("times") != nil else { return .empty }
        return TextField("times", "Nombre de fois", state, kind: .number, isOptional: true, size: .short).html
    }

    static let weekdays = Weekday.allCases.map { Choice(String($0.rawValue), Format.capitalized(StretchSentence.name($0))) }
    static let ranks = [1, 2, 3, 4, 5, -1].map { Choice(String($0), Format.capitalized(StretchSentence.rank($0))) }
}

extension StretchDraft {
    /// Reads what ``StretchFields`` asks.
    /// - Returns: nil after a complaint.
    init?(_ form: Form, isAbsence: Bool, _ complaints: inout Complaints) {
        let date = form.parse("date", "Donnez le jour.", &complaints) { CivilDate($0) }
        let end = isAbsence ? form.parseOptional("end_date", "Ce jour n’existe pas. Vérifiez-le.", &complaints) { CivilDate($0) } : nil
        let from = Self.time("from", form, "Donnez l’heure de début.", whole: isAbsence ? 0 : nil, &complaints)
        let to = Self.time("to", form, "Donnez l’heure de fin.", whole: isAbsence ? 1440 : nil, &complaints)
        let until = form.parseOptional("until", "Ce jour n’existe pas. Vérifiez-le.", &complaints) { CivilDate($0) }
        let times = form.parseOptional("times", "Donnez un nombre de 1 à 1000.", &complaints) { Int($0) }
        let pattern = Self.pattern(form, &complaints)
        guard let date, let from, let to, let pattern else { return nil }
        // Midnight ends a day: nothing ends at its very beginning.
        self.init(
            date: date, from: from, endDate: end, to: to == 0 ? 1440 : to, pattern: pattern, until: until, times: times)
        guard complaints.fields.isEmpty else { return nil }
    }

    /// - Parameter whole: what an empty field means; without it an hour is needed.
    private static func time(_ name: String, _ form: Form, _ sentence: String, whole: Int?, _ complaints: inout Complaints) -> Int? {
        if let whole, form.optional(name) == nil { return whole }
        return form.parse(name, sentence, &complaints, ClockTime.minutes)
    }

    private static func pattern(_ form: Form, _ complaints: inout Complaints) -> Recurrence.Pattern? {
        let kind = form.optional("repeat") ?? "once"
        if kind == "once" { return .once }
        let every = form.parse("every", "Donnez un nombre de 1 à 60.", &complaints) { Int($0) }
        guard let every else { return nil }
        switch kind {
        case "daily": return .daily(every: every)
        case "weekly": return .weekly(every: every, on: Set(form.values("weekdays").compactMap(Int.init).compactMap(Weekday.init)))
        case "monthly":
            let nth = form.parse("nth", "Choisissez lequel du mois.", &complaints) { Int($0) }
            let weekday = form.parse("weekday", "Choisissez un jour.", &complaints) { Int($0).flatMap(Weekday.init) }
            return nth.flatMap { nth in weekday.map { .monthly(every: every, nth: nth, $0) } }
        default:
            complaints.add("repeat", "Choisissez si cela se répète.")
            return nil
        }
    }
}

extension Stretch {
    /// As ``StretchFields`` shows it.
    func fields(isAbsence: Bool) -> [String: [String]] {
        var fields = recurrence.pattern.fields
        fields["date"] = [recurrence.first.description]
        fields["from"] = isAbsence && from == 0 ? [] : [ClockTime.text(from)]
        fields["to"] = to == 1440 ? (isAbsence ? [] : ["00:00"]) : [ClockTime.text(to)]
        if days > 0 { fields["end_date"] = [recurrence.first.adding(days: days).description] }
        if let until = recurrence.until { fields["until"] = [until.description] }
        if let times = recurrence.times { fields["times"] = [String(times)] }
        return fields
    }
}

extension Recurrence.Pattern {
    /// What a form shows before anything is chosen.
    static func fields(on date: CivilDate) -> [String: [String]] {
        let weekday = String(date.weekday.rawValue)
        return ["repeat": ["once"], "every": ["1"], "weekdays": [weekday], "weekday": [weekday], "nth": ["1"]]
    }

    fileprivate var fields: [String: [String]] {
        switch self {
        case .once: ["repeat": ["once"], "every": ["1"], "nth": ["1"]]
        case .daily(1): ["repeat": ["weekly"], "every": ["1"], "weekdays": Weekday.allCases.map { String($0.rawValue) }, "nth": ["1"]]
        case .daily(let every): ["repeat": ["daily"], "every": [String(every)], "nth": ["1"]]
        case .weekly(let every, let days):
            ["repeat": ["weekly"], "every": [String(every)], "weekdays": days.sorted().map { String($0.rawValue) }, "nth": ["1"]]
        case .monthly(let every, let nth, let weekday):
            ["repeat": ["monthly"], "every": [String(every)], "nth": [String(nth)], "weekday": [String(weekday.rawValue)]]
        }
    }
}

/// Hours of the day as forms and JSON write them.
enum ClockTime {
    /// "09:30", and what people type where a browser shows a plain field: "9h30", "9 h".
    /// - Returns: minutes since midnight.
    static func minutes(_ text: String) -> Int? {
        let parts = text.lowercased().split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "h" }
            .map { $0.filter { !$0.isWhitespace } }
        guard (1...2).contains(parts.count), let hour = number(parts[0]) else { return nil }
        let minute = parts.count == 1 || parts[1].isEmpty ? 0 : number(parts[1])
        guard let minute, (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        return hour * 60 + minute
    }

    private static func number(_ text: String) -> Int? {
        (1...2).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    /// "09:30"; 1440 is "24:00".
    static func text(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}
