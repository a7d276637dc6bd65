import Core
import Scheduling

/// When something happens, as it is sent and answered: `{"date": "2026-11-30", "from": "09:00", "to": "12:00", "repeat": "weekly",
/// "every": 1, "weekdays": [1, 4], "nth": null, "until": null, "times": null}`.
enum Hours {
    enum Repetition: String, CaseIterable, Plain {
        case once, daily, weekly, monthly
    }

    private static let date = Key<CivilDate>("date", "Le premier jour.")
    static let from = Key("from", Kind.minute)
    static let to = Key("to", Kind.minute, "« 24:00 » pour minuit.")
    static let endDate = Key<CivilDate?>("end_date", "Le dernier jour de chaque fois, quand elle en dure plusieurs.")
    private static let repetition = Key<Repetition>("repeat")
    private static let every = Key("every", Kind.integer(1...60), "Toutes les combien de semaines, ou de mois…")
    private static let weekdays = Key("weekdays", Kind<[Weekday]>.list(.weekday, 0...7), "De 1, lundi, à 7.")
    private static let nth = Key("nth", Kind<Int?>.nullable(.integer(-1...5)), "Le combientième du mois ; -1 est le dernier.")
    private static let until = Key<CivilDate?>("until", "Le dernier jour où elle peut recommencer.")
    private static let times = Key("times", Kind<Int?>.nullable(.integer(1...1_000)), "Combien de fois au plus.")

    static let needed: [any AnyKey] = [date, from, to]
    static let taken: [any AnyKey] = [endDate, repetition, every, weekdays, nth, until, times]

    static let members: [Shape<Stretch>.Member] = [
        date.of(\.recurrence.first), from.of(\.from), endDate.of { $0.recurrence.first.adding(days: $0.days) }, to.of(\.to),
        repetition.of(\.recurrence.pattern.parts.kind), every.of(\.recurrence.pattern.parts.every),
        weekdays.of { $0.recurrence.pattern.parts.weekdays.sorted() }, nth.of(\.recurrence.pattern.parts.nth),
        until.of(\.recurrence.until), times.of(\.recurrence.times),
    ]
}

extension Hours {
    /// - Parameter old: what a change begins from.
    /// - Throws: a ``Core/Refusal`` for what a month's weekday lacks; the rest is the draft's own to check.
    static func draft(_ given: Given, changing old: Stretch? = nil) throws -> StretchDraft {
        let before = old.map { StretchDraft($0) }
        let date = try given.ifAny(date) ?? before?.date ?? given[Self.date]
        let end = try given.changing(endDate, from: before?.endDate)
        return StretchDraft(
            date: date, from: try given.ifAny(from) ?? before?.from ?? given[from], endDate: end == date ? nil : end,
            to: try given.ifAny(to) ?? before?.to ?? given[to], pattern: try pattern(given, before?.pattern ?? .once),
            until: try given.changing(until, from: before?.until), times: try given.changing(times, from: before?.times))
    }

    private static func pattern(_ given: Given, _ before: Recurrence.Pattern) throws -> Recurrence.Pattern {
        let old = before.parts
        let every = try given.changing(every, from: old.every)
        let days = Set(try given.changing(weekdays, from: Array(old.weekdays)))
        switch try given.changing(repetition, from: old.kind) {
        case .once: return .once
        case .daily: return .daily(every: every)
        case .weekly: return .weekly(every: every, on: days)
        case .monthly:
            guard days.count == 1, let day = days.first else {
                throw Refusal.field("weekdays", "one-weekday", "Chaque mois, un seul jour de la semaine est attendu.")
            }
            guard let rank = try given.changing(nth, from: old.nth) else {
                throw Refusal.field("nth", "missing-field", "Ce champ est obligatoire.")
            }
            return .monthly(every: every, nth: rank, day)
        }
    }
}

extension Recurrence.Pattern {
    /// As JSON says it.
    fileprivate var parts: (kind: Hours.Repetition, every: Int, weekdays: Set<Weekday>, nth: Int?) {
        switch self {
        case .once: (.once, 1, [], nil)
        case .daily(let every): (.daily, every, [], nil)
        case .weekly(let every, let days): (.weekly, every, days, nil)
        case .monthly(let every, let nth, let day): (.monthly, every, [day], nth)
        }
    }
}

extension Kind where Value == Int {
    /// A time of day, in minutes since midnight: `09:30`, to `24:00`.
    fileprivate static var minute: Kind {
        Kind(schema: .text(.time), read: { $0.text.flatMap(TextRule.minute) }, write: { $1.text(ClockTime.text($0)) })
    }
}

extension Kind where Value == Weekday {
    fileprivate static var weekday: Kind {
        Kind(schema: .integer(1...7), read: { $0.wholeNumber.flatMap(Weekday.init) }, write: { $1.integer($0.rawValue) })
    }
}

extension TextRule {
    fileprivate static let time = signs("(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)", "une heure (HH:MM)") { minute($0) != nil }

    fileprivate static func minute(_ text: String) -> Int? {
        guard text.utf8.count == 5, text.contains(":") else { return nil }
        return text == "24:00" ? 1440 : ClockTime.minutes(text)
    }
}
