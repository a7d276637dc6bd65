import Core
import Scheduling

/// A month, week by week; for several agents, all in the day's own square.
struct AgendaMonth: View {
    let board: AgendaBoard
    let address: AgendaAddress
    /// In the month.
    let date: CivilDate
    let dates: Range<CivilDate>
    var isNamed = false

    private var byDate: [CivilDate: [AgendaDay]] { Dictionary(grouping: board.days, by: \.date) }

    var html: HTML {
        let byDate = byDate
        let mondays = stride(from: dates.lowerBound, to: dates.upperBound, by: 7)
        let weekdays = shownWeekdays(byDate)
        return """
            <table class="month-board"><caption class="unseen">\(address.view.title(date, today: board.time.today))</caption><thead><tr>\
            \(each: weekdays, { "<th scope=\"col\">\(StretchSentence.name($0))</th>" })</tr></thead><tbody>\
            \(each: mondays.map { $0 }, { week($0, weekdays, byDate) })</tbody></table>
            """
    }

    /// The week-end, when it is wanted or when something is there.
    private func shownWeekdays(_ byDate: [CivilDate: [AgendaDay]]) -> [Weekday] {
        let isBusy = byDate.contains { $0.key.weekday >= .saturday && $0.value.contains { !$0.isEmpty } }
        return Weekday.allCases.filter { $0 < .saturday || board.preference.weekend || isBusy }
    }

    private func week(_ monday: CivilDate, _ weekdays: [Weekday], _ byDate: [CivilDate: [AgendaDay]]) -> HTML {
        "<tr>\(each: weekdays, { cell(monday.adding(days: $0.rawValue - 1), byDate) })</tr>"
    }

    private func cell(_ day: CivilDate, _ byDate: [CivilDate: [AgendaDay]]) -> HTML {
        let url = address.with { ($0.view, $0.date) = (.day, day) }.url
        let isOutside = day.month != date.month
        return """
            <td\(attribute: "class", isOutside ? "outside" : nil)\(attribute: "aria-current", day == board.time.today ? "date" : nil)>\
            <a class="date" href="\(href: url)"><span aria-hidden="true">\(day.day)</span><span class="unseen">\
            \(Format.capitalized(Format.day(day, today: board.time.today)))</span></a>\
            \(AgendaCell(board: board, days: byDate[day, default: []], url: url, isNamed: isNamed))</td>
            """
    }
}

/// A week of several agents: a line for each, a column for each day.
struct AgendaWeekTable: View {
    let board: AgendaBoard
    let address: AgendaAddress
    let date: CivilDate

    private var owners: [AgendaOwner] { board.days.reduce(into: []) { if $0.last?.agent.id != $1.owner.agent.id { $0.append($1.owner) } } }

    /// The week-end, when it is wanted or when something is there.
    private var dates: [CivilDate] { Set(board.days.map(\.date)).sorted() }

    var html: HTML {
        let dates = dates
        return """
            <table class="month-board people"><caption class="unseen">\(address.view.title(date, today: board.time.today))</caption><thead><tr>\
            <th scope="col">Agent</th>\(each: dates, heading)</tr></thead><tbody>\(each: owners, { row($0, dates) })</tbody></table>
            """
    }

    private func heading(_ day: CivilDate) -> HTML {
        """
        <th scope="col"\(attribute: "aria-current", day == board.time.today ? "date" : nil)><a href="\(href: url(day))">\
        \(StretchSentence.name(day.weekday))<small> \(Format.date(day, today: board.time.today))</small></a></th>
        """
    }

    private func row(_ owner: AgendaOwner, _ dates: [CivilDate]) -> HTML {
        """
        <tr><th scope="row"><a href="\(href: Urls.agenda(of: owner.agent.id, .week, date))">\(owner.agent.name)</a></th>\
        \(each: dates, { day in "<td>\(cell(owner, day))</td>" })</tr>
        """
    }

    private func cell(_ owner: AgendaOwner, _ day: CivilDate) -> AgendaCell {
        let days = board.days.filter { $0.owner.agent.id == owner.agent.id && $0.date == day }
        return AgendaCell(board: board, days: days, url: Urls.agenda(of: owner.agent.id, .day, day))
    }

    private func url(_ day: CivilDate) -> URLPath { address.with { ($0.view, $0.date) = (.day, day) }.url }
}

/// Days one after another: only those that hold something.
struct AgendaDays: View {
    let board: AgendaBoard
    let address: AgendaAddress
    var isNamed = false

    private var days: [AgendaDay] {
        board.days.filter {
            !$0.appointments.isEmpty || !$0.busy.isEmpty || !$0.holds.isEmpty || !$0.absences.isEmpty || !$0.closures.isEmpty
        }.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
    }

    var html: HTML { days.isEmpty ? "<p class=\"soft\">Aucun rendez-vous ces jours-là.</p>" : "\(each: days, list)" }

    private func list(_ day: AgendaDay) -> HTML {
        let name = Format.capitalized(Format.near(day.date, today: board.time.today))
        let count = Format.count(day.appointments.count, "rendez-vous", "rendez-vous")
        let url = address.with { ($0.view, $0.date) = (.day, day.date) }.url
        let whose: HTML = isNamed ? " · \(day.owner.agent.name)" : .empty
        return AgendaList(
            board: board, day: day, heading: "<a href=\"\(href: url)\">\(name)</a><small>\(whose) · \(count)</small>", showsFree: false
        ).html
    }
}
