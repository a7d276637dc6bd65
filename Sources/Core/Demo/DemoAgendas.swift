import Foundation
import Scheduling
import Store

/// When the agents of the demo can be booked, and when not.
extension Demo {
    /// One line of an agent's week.
    struct Hours {
        let days: Set<Weekday>
        /// Minutes since midnight.
        let time: Range<Int>
        let reasons: [DemoReason]
        var every = 1
        /// The nth such day of the month, when it is monthly.
        var nth: Int?
        /// At no site: by home visits, or video.
        var isAway = false
    }

    func openings(of agent: DemoAgent, at sites: [Site]) -> [Opening] {
        hours(of: agent).enumerated().compactMap { index, hours in
            guard let stretch = stretch(hours) else { return nil }
            let site = hours.isAway ? nil : site(for: agent, index, among: sites)
            return Opening(
                id: ids.make(.opening, agent.number * 20 + index), agentID: agent.agent.id,
                organizationID: ids.make(.organization, agent.organization), siteID: site?.id, stretch: stretch,
                reasonIDs: Set(hours.reasons.map(reasonID)))
        }
    }

    /// The second site has its « permanence » in the third line of every third agent's week.
    private func site(for agent: DemoAgent, _ index: Int, among sites: [Site]) -> Site? {
        sites.count > 1 && index == 2 && agent.rank % 3 == 1 ? sites[1] : sites.first
    }

    private func stretch(_ hours: Hours) -> Stretch? {
        let first = today.adding(days: -size.days).monday
        let pattern: Recurrence.Pattern =
            if let nth = hours.nth, let day = hours.days.min() {
                .monthly(every: 1, nth: nth, day)
            } else {
                .weekly(every: hours.every, on: hours.days)
            }
        return try? Stretch(
            recurrence: Recurrence(first: first, pattern: pattern), from: hours.time.lowerBound, to: hours.time.upperBound)
    }

    private func hours(of agent: DemoAgent) -> [Hours] {
        switch agent.job {
        case .worker(.social): Self.socialWeeks[agent.rank % Self.socialWeeks.count] + meeting(of: agent)
        case .worker(.pmi): Self.pmiWeeks[agent.rank % Self.pmiWeeks.count]
        case .worker(.childProtection): Self.childProtectionWeek
        default: []
        }
    }

    /// One social worker of each organization presents the RSA, on the second Thursday of the month.
    private func meeting(of agent: DemoAgent) -> [Hours] {
        agent.rank == 1 ? [Hours(days: [.thursday], time: 17 * 60..<18 * 60 + 30, reasons: [.rsaMeeting], nth: 2)] : []
    }

    private static let morning = 9 * 60..<12 * 60
    private static let afternoon = 14 * 60..<17 * 60

    private static let socialWeeks: [[Hours]] = [
        [
            Hours(days: [.monday, .tuesday, .thursday, .friday], time: morning, reasons: [.rsaFirst, .rights, .rsaFollowUp]),
            Hours(days: [.monday, .thursday], time: afternoon, reasons: [.housing, .rsaFollowUp]),
            Hours(days: [.tuesday], time: afternoon, reasons: [.apa], isAway: true),
            Hours(days: [.friday], time: 14 * 60..<16 * 60, reasons: [.budget], every: 2, isAway: true),
        ],
        [
            Hours(days: [.monday, .wednesday, .friday], time: 8 * 60 + 30..<12 * 60, reasons: [.rsaFirst, .housing]),
            Hours(days: [.tuesday, .thursday], time: morning, reasons: [.rsaFollowUp, .rights]),
            Hours(days: [.wednesday], time: afternoon, reasons: [.rights, .housing], every: 2),
            Hours(days: [.monday, .tuesday], time: 13 * 60 + 30..<16 * 60 + 30, reasons: [.apa], isAway: true),
        ],
        [
            Hours(days: [.tuesday, .wednesday, .thursday], time: morning, reasons: [.rsaFollowUp, .housing, .rights]),
            Hours(days: [.tuesday, .thursday, .friday], time: 13 * 60 + 30..<17 * 60, reasons: [.rsaFirst]),
            Hours(days: [.friday], time: morning, reasons: [.housing, .rights]),
            Hours(days: [.wednesday], time: afternoon, reasons: [.budget], isAway: true),
        ],
        [
            Hours(days: [.monday, .tuesday, .thursday, .friday], time: 9 * 60..<12 * 60 + 30, reasons: [.rsaFirst, .rights, .housing]),
            Hours(days: [.monday, .tuesday, .wednesday, .friday], time: afternoon, reasons: [.rsaFollowUp, .rights]),
            Hours(days: [.thursday], time: afternoon, reasons: [.apa], isAway: true),
        ],
    ]

    private static let pmiWeeks: [[Hours]] = [
        [
            Hours(days: [.monday, .tuesday, .thursday], time: morning, reasons: [.infant]),
            Hours(days: [.tuesday, .friday], time: 13 * 60 + 30..<17 * 60, reasons: [.prenatal, .infant]),
            Hours(days: [.monday, .wednesday], time: 13 * 60 + 30..<17 * 60, reasons: [.postnatal], isAway: true),
        ],
        [
            Hours(days: [.tuesday, .wednesday], time: 9 * 60..<12 * 60 + 30, reasons: [.infant, .prenatal]),
            Hours(days: [.monday, .thursday], time: 9 * 60..<11 * 60, reasons: [.breastfeeding]),
            Hours(days: [.thursday], time: afternoon, reasons: [.childminder, .postnatal], isAway: true),
            Hours(days: [.friday], time: morning, reasons: [.postnatal], every: 2, isAway: true),
        ],
    ]

    private static let childProtectionWeek = [
        Hours(days: [.tuesday, .wednesday], time: 14 * 60..<18 * 60, reasons: [.family]),
        Hours(days: [.thursday, .friday], time: 9 * 60..<12 * 60, reasons: [.familyHome], isAway: true),
    ]
}

extension Demo {
    /// Training, leave and team meetings.
    func absences(of agent: DemoAgent) -> [Absence] {
        guard agent.service != nil else { return [] }
        var dice = Dice(seed, .agenda, agent.number)
        let team = weekly(.monday, 11 * 60..<12 * 60)
        var stretches = [("Réunion d’équipe", team)]
        if agent.number % 4 == 1 { stretches.append(("Analyse des pratiques", monthly(.tuesday, afternoon: true))) }
        for quarter in 0..<max(size.days / 45, 1) {
            let monday = today.adding(days: -size.days + 45 * quarter * 2 + dice.roll(0...40)).monday
            if dice.chance(70) { stretches.append(("Congés", days(monday, nights: dice.chance(30) ? 11 : 4))) }
            if dice.chance(35) { stretches.append(("Formation", days(monday.adding(days: 15), nights: dice.roll(0...1)))) }
        }
        return stretches.enumerated().compactMap { index, one in
            one.1.map { Absence(id: ids.make(.absence, agent.number * 40 + index), agentID: agent.agent.id, title: one.0, stretch: $0) }
        }
    }

    private func weekly(_ day: Weekday, _ time: Range<Int>) -> Stretch? {
        let first = today.adding(days: -size.days).monday
        return try? Stretch(
            recurrence: Recurrence(first: first, pattern: .weekly(every: 1, on: [day])), from: time.lowerBound, to: time.upperBound)
    }

    private func monthly(_ day: Weekday, afternoon: Bool) -> Stretch? {
        let first = today.adding(days: -size.days).monday
        return try? Stretch(
            recurrence: Recurrence(first: first, pattern: .monthly(every: 1, nth: 3, day)), from: afternoon ? 14 * 60 : 9 * 60,
            to: afternoon ? 17 * 60 : 12 * 60)
    }

    /// From the beginning of a day to the end of another, that many nights later.
    private func days(_ first: CivilDate, nights: Int) -> Stretch? {
        try? Stretch(recurrence: Recurrence(first: first, pattern: .once), from: 0, to: 1440, days: nights)
    }
}
