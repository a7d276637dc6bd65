import Scheduling

/// When a reminder leaves: the one rule, without a clock and without a database.
///
/// At its delay, or the evening before when that is at night, on a Sunday or a holiday. What has just been said is not said again: an
/// appointment booked or moved after that moment is recalled once more only for the reason's shortest delay, half a day after the last
/// word, if two hours remain.
struct ReminderPlan: Sendable {
    let quiet: Quiet
    let minutesBefore: Int
    /// No other delay of the reason comes after it.
    let isLast: Bool

    /// - Parameters:
    ///   - start: of the appointment.
    ///   - said: when the person was last told its time.
    /// - Returns: `nil` when it would say nothing useful.
    func due(for start: Instant, said: Instant) -> Instant? {
        let wanted = quiet.last(before: start.adding(minutes: -minutesBefore))
        if wanted >= said.adding(minutes: pause) { return wanted }
        guard isLast else { return nil }
        let late = quiet.next(from: said.adding(minutes: pause))
        return late <= start.adding(minutes: -min(120, minutesBefore / 2)) ? late : nil
    }

    /// Minutes between two words about one appointment.
    private var pause: Int { min(12 * 60, minutesBefore / 2) }
}
