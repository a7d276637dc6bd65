import Core
import Scheduling

/// When something happens, in JSON: `{"date": "2026-11-30", "from": "09:00", "to": "12:00", "repeat": "weekly", "every": 1,
/// "weekdays": [1, 4], "nth": null, "until": null, "times": null}`. Weekdays count from 1, Monday; `nth` is -1 for the last.
struct StretchJSON: Encodable, Equatable {
    let stretch: Stretch

    enum Key: String, CodingKey, CaseIterable {
        case date, from, to, until, every, weekdays, nth, times
        case endDate = "end_date"
        case pattern = "repeat"
    }

    func encode(to encoder: any Encoder) throws {
        let recurrence = stretch.recurrence
        let (kind, every, weekdays, nth) = recurrence.pattern.parts
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(recurrence.first.description, forKey: .date)
        try container.encode(ClockTime.text(stretch.from), forKey: .from)
        try container.encode(recurrence.first.adding(days: stretch.days).description, forKey: .endDate)
        try container.encode(ClockTime.text(stretch.to), forKey: .to)
        try container.encode(kind, forKey: .pattern)
        try container.encode(every, forKey: .every)
        try container.encode(weekdays.sorted().map(\.rawValue), forKey: .weekdays)
        try container.encode(nth, forKey: .nth)
        try container.encode(recurrence.until?.description, forKey: .until)
        try container.encode(recurrence.times, forKey: .times)
    }
}

/// What a body says of when something happens; what it leaves out stays as it was.
struct StretchPatch: Decodable, Equatable {
    var date: String?
    var from: String?
    var to: String?
    var endDate: String??
    var pattern: String?
    var every: Int?
    var weekdays: [Int]?
    var nth: Int??
    var until: String??
    var times: Int??

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        date = try container.given("date")
        from = try container.given("from")
        to = try container.given("to")
        endDate = try container.givenOrNull("end_date")
        pattern = try container.given("repeat")
        every = try container.given("every")
        weekdays = try container.given("weekdays")
        nth = try container.givenOrNull("nth")
        until = try container.givenOrNull("until")
        times = try container.givenOrNull("times")
    }

    /// The names that a body may use.
    static let names = StretchJSON.Key.allCases.map(\.rawValue)
}

extension StretchPatch {
    /// - Parameter old: what a change begins from; without it everything that has no usual value is needed.
    /// - Throws: a ``Core/Refusal`` with the fields at fault.
    func draft(changing old: Stretch? = nil) throws -> StretchDraft {
        var complaints = Complaints()
        let before = old.map { StretchDraft($0) }
        let date = read("date", date, before?.date, &complaints) { CivilDate($0) }
        let from = read("from", from, before?.from, &complaints, Self.minutes)
        let to = read("to", to, before?.to, &complaints, Self.minutes)
        let end = try read("end_date", endDate, before?.endDate, &complaints)
        let until = try read("until", until, before?.until, &complaints)
        let pattern = pattern(before?.pattern, &complaints)
        try complaints.check()
        guard let date, let from, let to, let pattern else { throw Refusal.notFound }
        return StretchDraft(
            date: date, from: from, endDate: end == date ? nil : end, to: to, pattern: pattern, until: until,
            times: times ?? before?.times)
    }

    private static func minutes(_ text: String) -> Int? {
        text == "24:00" ? 1440 : text.utf8.count == 5 && text.contains(":") ? ClockTime.minutes(text) : nil
    }

    private func read<T>(
        _ name: String, _ text: String?, _ old: T?, _ complaints: inout Complaints, _ make: (String) -> T?
    ) -> T? {
        guard let text else {
            if old == nil { complaints.add(name, "Ce champ est obligatoire.") }
            return old
        }
        let value = make(text)
        if value == nil { complaints.add(name, name == "date" ? Self.dateExpected : "Ce champ attend une heure (HH:MM).") }
        return value
    }

    private func read(_ name: String, _ text: String??, _ old: CivilDate?, _ complaints: inout Complaints) throws -> CivilDate? {
        guard let text else { return old }
        guard let text else { return nil }
        let date = CivilDate(text)
        if date == nil { complaints.add(name, Self.dateExpected) }
        return date
    }

    private static let dateExpected = "Ce champ attend une date (AAAA-MM-JJ)."

    private func pattern(_ old: Recurrence.Pattern?, _ complaints: inout Complaints) -> Recurrence.Pattern? {
        let before = (old ?? .once).parts
        let every = every ?? before.every
        var days = before.weekdays
        if let weekdays {
            days = Set(weekdays.compactMap(Weekday.init))
            if days.count != weekdays.count { complaints.add("weekdays", "Ce champ attend des nombres différents de 1 à 7.") }
        }
        switch pattern ?? before.kind {
        case "once": return .once
        case "daily": return .daily(every: every)
        case "weekly": return .weekly(every: every, on: days)
        case "monthly":
            if days.count != 1 { complaints.add("weekdays", "Chaque mois, un seul jour de la semaine est attendu.") }
            let rank = nth ?? before.nth
            if rank == nil { complaints.add("nth", "Ce champ est obligatoire.") }
            return days.first.flatMap { day in rank.map { .monthly(every: every, nth: $0, day) } }
        default:
            complaints.add("repeat", "Ce champ attend once, daily, weekly ou monthly.")
            return nil
        }
    }
}

extension Recurrence.Pattern {
    /// As JSON says it.
    fileprivate var parts: (kind: String, every: Int, weekdays: Set<Weekday>, nth: Int?) {
        switch self {
        case .once: ("once", 1, [], nil)
        case .daily(let every): ("daily", every, [], nil)
        case .weekly(let every, let days): ("weekly", every, days, nil)
        case .monthly(let every, let nth, let day): ("monthly", every, [day], nth)
        }
    }
}

/// Any name: the types that share a body each read their own, and ``KeyedDecodingContainer/only(_:)`` refuses the rest.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<AnyKey> {
    /// Nothing when the name is not there; null is refused as ill-typed.
    func given<T: Decodable>(_ name: String) throws -> T? {
        contains(AnyKey(name)) ? try decode(T.self, forKey: AnyKey(name)) : nil
    }

    /// `nil` when the name is not there, `.some(nil)` for null.
    func givenOrNull<T: Decodable>(_ name: String) throws -> T?? {
        guard contains(AnyKey(name)) else { return nil }
        return try .some(decodeNil(forKey: AnyKey(name)) ? nil : decode(T.self, forKey: AnyKey(name)))
    }

    /// - Throws: a ``Core/Refusal`` for a name that is none of these.
    func only(_ names: [String]) throws {
        for key in allKeys.map(\.stringValue).sorted() where !names.contains(key) {
            throw Refusal.field(key, "unknown-field", "Ce champ n’existe pas.")
        }
    }
}
