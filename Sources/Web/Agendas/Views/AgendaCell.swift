import Core
import Scheduling

/// A day in little: in a month, or beside those of colleagues. What does not fit is one press away.
struct AgendaCell: View {
    let board: AgendaBoard
    /// Of one agent, or of several.
    let days: [AgendaDay]
    /// The whole day.
    let url: URLPath
    /// As many lines as there is room for.
    var most = 4
    /// Of several agents, each line says whose it is.
    var isNamed = false

    private struct Line {
        let start: Int
        let html: HTML
    }

    var html: HTML {
        let lines = self.lines
        // One more line takes as much room as saying that there is one.
        let shown = lines.count > most + 1 ? lines.prefix(most) : lines[...]
        return """
            \(holiday)<ul class="entries">\(each: shown, { "<li>\($0.html)</li>" })</ul>\
            \(if: lines.count > shown.count, "<a class=\"others\" href=\"\(href: url)\">et \(lines.count - shown.count)\u{A0}autres</a>")
            """
    }

    private var holiday: HTML? { days.first?.holiday.map { "<p class=\"soft\">\($0)</p>" } }

    private var lines: [Line] { days.flatMap(lines).sorted { $0.start < $1.start } }

    private func lines(_ day: AgendaDay) -> [Line] {
        var lines = day.openings.map { line("opened", $0.item.permanence == nil ? "Ouvert" : "Permanence", $0.minutes, day) }
        lines += day.absences.map { line("gone", AgendaBoard.label($0.item), $0.minutes, day) }
        lines += day.closures.map { line("gone", AgendaBoard.label($0.item), $0.minutes, day) }
        lines += day.busy.map { line("", "Occupé", $0, day) }
        lines += day.holds.map { line("", AgendaBoard.label($0.item), $0.minutes, day) }
        lines += day.appointments.map { Line(start: $0.minutes.lowerBound, html: appointment($0, day)) }
        return lines
    }

    private func line(_ kind: String, _ label: String, _ minutes: Range<Int>, _ day: AgendaDay) -> Line {
        Line(start: minutes.lowerBound, html: plain(kind, label, minutes, day))
    }

    private func plain(_ kind: String, _ label: String, _ minutes: Range<Int>, _ day: AgendaDay) -> HTML {
        let hours = minutes == 0..<1440 ? "" : " \(Format.time(minutes.lowerBound))–\(Format.time(minutes.upperBound))"
        return "<span class=\"entry soft \(kind)\">\(label)\(hours)\(name(day))</span>"
    }

    private func appointment(_ placed: AgendaDay.Placed<AgendaAppointment>, _ day: AgendaDay) -> HTML {
        let shown = board.appointment(placed, on: day)
        return """
            <a class="entry \(shown.kind.rawValue) \(shown.standing.rawValue)" href="\(href: shown.url)">\
            \(shown.colour.map(Swatch.init))<b>\(Format.time(placed.minutes.lowerBound))</b> \(AgendaBoard.who(placed.item))\
            <span class="unseen">, \(shown.detail)</span>\(name(day))</a>
            """
    }

    private func name(_ day: AgendaDay) -> HTML { isNamed ? " <small>\(day.owner.agent.lastName)</small>" : .empty }
}
