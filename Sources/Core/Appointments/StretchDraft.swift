import Scheduling

/// Hours that may repeat, as someone describes them, before they are known to make sense.
///
/// Complaints name the fields `date`, `from`, `end_date`, `to`, `every`, `weekdays`, `nth`, `until` and `times`.
public struct StretchDraft: Sendable, Equatable {
    /// The first day.
    public var date: CivilDate
    /// Minutes since midnight.
    public var from: Int
    /// The last day of each occurrence, when it lasts more than one.
    public var endDate: CivilDate?
    /// Minutes since midnight, at most 1440.
    public var to: Int
    public var pattern: Recurrence.Pattern
    /// The last day on which it may begin again, itself included.
    public var until: CivilDate?
    /// How many times at most.
    public var times: Int?

    public init(
        date: CivilDate, from: Int, endDate: CivilDate? = nil, to: Int, pattern: Recurrence.Pattern = .once, until: CivilDate? = nil,
        times: Int? = nil
    ) {
        self.date = date
        self.from = from
        self.endDate = endDate
        self.to = to
        self.pattern = pattern
        self.until = pattern == .once ? nil : until
        self.times = pattern == .once ? nil : times
    }

    /// As someone described this stretch.
    public init(_ stretch: Stretch) {
        let recurrence = stretch.recurrence
        self.init(
            date: recurrence.first, from: stretch.from, endDate: stretch.days == 0 ? nil : recurrence.first.adding(days: stretch.days),
            to: stretch.to, pattern: recurrence.pattern, until: recurrence.until, times: recurrence.times)
    }
}

extension StretchDraft {
    /// The longest an absence lasts: the schema's own bound on nights.
    static let longest = 400

    /// - Returns: nil after a complaint.
    public func checked(in zone: Zone, at now: Instant, _ complaints: inout Complaints) -> Stretch? {
        let before = complaints
        checkHours(in: zone, &complaints)
        checkDates(today: zone.civil(now).date, &complaints)
        checkPattern(&complaints)
        guard complaints.fields == before.fields else { return nil }
        let recurrence = Recurrence(first: date, pattern: pattern, until: until, times: times)
        guard let stretch = try? Stretch(recurrence: recurrence, from: from, to: to, days: nights) else {
            complaints.add("date", "Ces dates et ces heures ne vont pas ensemble. Vérifiez-les.")
            return nil
        }
        return happens(stretch, in: zone, &complaints) ? stretch : nil
    }

    private var nights: Int { endDate.map { $0.dayNumber - date.dayNumber } ?? 0 }

    private func checkHours(in zone: Zone, _ complaints: inout Complaints) {
        for (field, minute) in [("from", from), ("to", to)] {
            if !(0...1440).contains(minute) || minute % 5 != 0 { complaints.add(field, "L’heure se donne de cinq en cinq minutes.") }
        }
        if from == 1440 { complaints.add("from", "Donnez l’heure de début, avant minuit.") }
        if nights == 0, from >= to { complaints.add("to", "La fin doit être après le début. Vérifiez les deux heures.") }
        guard pattern == .once else { return }
        if !zone.exists(date, minute: from) { complaints.add("from", Self.skipped(from, on: date)) }
        if !zone.exists(endDate ?? date, minute: to) { complaints.add("to", Self.skipped(to, on: endDate ?? date)) }
    }

    private static func skipped(_ minute: Int, on date: CivilDate) -> String {
        let hour = "\(minute / 60)\u{A0}h" + (minute % 60 == 0 ? "" : "\u{A0}\(minute % 60 < 10 ? "0" : "")\(minute % 60)")
        return "Cette nuit-là, l’heure d’été commence et \(hour) n’existe pas. Choisissez une autre heure."
    }

    private func checkDates(today: CivilDate, _ complaints: inout Complaints) {
        let sensible = CivilDate(dayNumber: today.dayNumber - 20 * 366)...today.adding(days: 10 * 366)
        if !sensible.contains(date) { complaints.add("date", "Cette date est trop loin d’aujourd’hui. Vérifiez l’année.") }
        if let endDate, endDate < date { complaints.add("end_date", "La fin doit être après le début. Vérifiez les deux dates.") }
        if nights > Self.longest {
            complaints.add("end_date", "C’est plus long que \(Self.longest) jours. Vérifiez l’année, ou écrivez plusieurs périodes.")
        }
        if let until, until < date { complaints.add("until", "Cette date est avant la première. Choisissez une date plus tard.") }
        if let until, until > sensible.upperBound { complaints.add("until", "Cette date est trop loin. Vérifiez l’année.") }
        if let times, !(1...1000).contains(times) { complaints.add("times", "Le nombre de fois va de 1 à 1000.") }
    }

    private func checkPattern(_ complaints: inout Complaints) {
        switch pattern {
        case .once: break
        case .daily(let every): checkEvery(every, &complaints)
        case .weekly(let every, let weekdays):
            checkEvery(every, &complaints)
            if weekdays.isEmpty { complaints.add("weekdays", "Choisissez au moins un jour de la semaine.") }
        case .monthly(let every, let nth, _):
            checkEvery(every, &complaints)
            if nth != -1, !(1...5).contains(nth) { complaints.add("nth", "Choisissez du premier au cinquième, ou le dernier.") }
        }
    }

    private func checkEvery(_ every: Int, _ complaints: inout Complaints) {
        if !(1...60).contains(every) { complaints.add("every", "Donnez un nombre de 1 à 60.") }
    }

    /// Something that never happens is a mistake: every Monday, from a Tuesday to the next Friday.
    private func happens(_ stretch: Stretch, in zone: Zone, _ complaints: inout Complaints) -> Bool {
        // Every 60 months at most, and a fifth Monday of such a month may be years away.
        let end = (until ?? date.adding(days: 30 * 366)).adding(days: 1)
        let window = zone.instant(date, minute: 0)..<zone.instant(end, minute: 0)
        guard stretch.ranges(in: window, zone: zone).isEmpty else { return true }
        complaints.add("until", "Entre ces deux dates, cela n’arrive jamais. Vérifiez les jours et la date de fin.")
        return false
    }
}
