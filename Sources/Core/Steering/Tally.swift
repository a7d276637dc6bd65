import Store

/// Participations counted: what became of them, who took them, how long they were waited for.
///
/// Each participation is in one status and one origin, so that both add up to ``total``. Only those that were not cancelled are in a
/// ``Delay``: a time given back and taken again would be waited for twice.
public struct Tally: Sendable, Equatable {
    /// In the order of ``columnNames``; the last is the sum of days waited.
    private(set) var counts = [Int](repeating: 0, count: Tally.columnNames.count)

    public init() {}

    public subscript(_ status: Participation.Status) -> Int { counts[Self.place(of: status)] }
    public subscript(_ origin: Origin) -> Int { counts[Self.place(of: origin)] }
    public subscript(_ delay: Delay) -> Int { counts[Self.place(of: delay)] }

    public var total: Int { Participation.Status.allCases.reduce(0) { $0 + self[$1] } }
    public var isEmpty: Bool { total == 0 }

    mutating func add(_ status: Participation.Status, _ origin: Origin, days: Int) {
        counts[Self.place(of: status)] += 1
        counts[Self.place(of: origin)] += 1
        guard !status.isCancelled else { return }
        counts[Self.place(of: Delay(days: days))] += 1
        counts[Self.columnNames.count - 1] += days
    }

    static func += (left: inout Tally, right: Tally) {
        for index in left.counts.indices { left.counts[index] += right.counts[index] }
    }
}

/// How many days lay between the taking of an appointment and the appointment.
public enum Delay: Int, CaseIterable, Sendable {
    case sameDay, week, fortnight, month, twoMonths, more

    /// - Parameter days: whole days of 24 hours; what was written down afterwards counts as none.
    init(days: Int) {
        self =
            switch days {
            case ..<1: .sameDay
            case ...7: .week
            case ...14: .fortnight
            case ...30: .month
            case ...60: .twoMonths
            default: .more
            }
    }

    public var label: String {
        switch self {
        case .sameDay: "moins d’un jour"
        case .week: "1 à 7 jours"
        case .fortnight: "8 à 14 jours"
        case .month: "15 à 30 jours"
        case .twoMonths: "31 à 60 jours"
        case .more: "plus de 60 jours"
        }
    }
}

extension Tally {
    /// Of the appointments where the person could have come, the share where they did not: missed, among missed and attended. What the
    /// service cancelled or did not provide, and what the person cancelled, never counts against them. Nil when there is none.
    public var missedShare: Double? { share(self[.missed], of: self[.missed] + self[.attended]) }

    /// Days waited on average, of what was not cancelled.
    public var meanDays: Double? { share(counts[Self.columnNames.count - 1], of: waited) }

    /// Those that were not cancelled.
    public var waited: Int { Delay.allCases.reduce(0) { $0 + self[$1] } }

    private func share(_ part: Int, of whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}

/// As columns of the table `figure`.
extension Tally {
    static let columnNames =
        ["upcoming", "attended", "missed", "cancelled_by_person", "cancelled_by_service", "not_provided"]
        + ["by_own", "by_reception", "by_colleague", "by_prescriber", "by_person", "by_unknown"]
        + ["within_day", "within_week", "within_fortnight", "within_month", "within_two_months", "beyond", "days"]

    private static func place(of status: Participation.Status) -> Int {
        switch status {
        case .upcoming: 0
        case .attended: 1
        case .missed: 2
        case .cancelledByPerson: 3
        case .cancelledByService: 4
        case .notProvided: 5
        }
    }

    private static func place(of origin: Origin) -> Int {
        switch origin {
        case .own: 6
        case .reception: 7
        case .colleague: 8
        case .prescriber: 9
        case .person: 10
        case .unknown: 11
        }
    }

    private static func place(of delay: Delay) -> Int { 12 + delay.rawValue }

    init(_ row: Row, at offset: Int) throws {
        for index in counts.indices { counts[index] = try row[offset + index] }
    }

    var values: [SQLValue] { counts.map(\.sqlValue) }
}
