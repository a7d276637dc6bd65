import Core
import Scheduling

/// A day as a list: hour, who, what for, how, where it stands, the number to call. Nothing here needs a wide screen or a mouse.
struct AgendaList: View {
    let board: AgendaBoard
    let day: AgendaDay
    /// The list's own heading, under the page's.
    let heading: HTML
    /// What is open and still free, to be booked.
    var showsFree = true

    var html: HTML {
        "<section class=\"day-list\"><h2>\(heading)</h2>\(lines.isEmpty ? empty : "<ol>\(each: lines, \.html)</ol>" as HTML)</section>"
    }

    private var empty: HTML {
        let sentence =
            switch (day.holiday, day.closures.first, day.absences.first) {
            case (let name?, _, _): "\(name) : férié."
            case (nil, let closed?, _): AgendaBoard.label(closed.item) + "."
            case (nil, nil, let away?): AgendaBoard.label(away.item) + "."
            default: "Aucun rendez-vous."
            }
        return "<p class=\"soft\">\(sentence)</p>"
    }

    private struct Line {
        let start: Int
        let html: HTML
    }

    private var lines: [Line] {
        guard
            !(day.appointments.isEmpty && day.busy.isEmpty && day.holds.isEmpty && permanences.isEmpty && (day.free.isEmpty || !showsFree))
        else { return [] }
        let appointments = day.appointments.map {
            Line(start: $0.minutes.lowerBound, html: AppointmentLine(board: board, day: day, placed: $0, agentID: day.owner.agent.id).html)
        }
        let busy = day.busy.map { Line(start: $0.lowerBound, html: line($0, "busy-line", "<p class=\"soft\">Occupé</p>")) }
        let away = day.absences.map {
            Line(start: $0.minutes.lowerBound, html: line($0.minutes, "away-line", "<p class=\"soft\">\(AgendaBoard.label($0.item))</p>"))
        }
        let held = day.holds.map {
            Line(start: $0.minutes.lowerBound, html: line($0.minutes, "busy-line", "<p class=\"soft\">\(AgendaBoard.label($0.item))</p>"))
        }
        let closed = day.closures.map {
            Line(start: $0.minutes.lowerBound, html: line($0.minutes, "away-line", "<p class=\"soft\">\(AgendaBoard.label($0.item))</p>"))
        }
        let free = !showsFree ? [] : board.free(day).map { Line(start: $0.minutes.lowerBound, html: self.free($0)) }
        return (appointments + permanences + busy + held + away + closed + free).sorted { $0.start < $1.start }
    }

    private var permanences: [Line] {
        day.openings.compactMap { placed in
            placed.item.permanenceLabel.map { label in
                let place = placed.item.place.isEmpty ? label : "\(label) · \(placed.item.place)"
                return Line(start: placed.minutes.lowerBound, html: line(placed.minutes, "busy-line", "<p>\(place)</p>"))
            }
        }
    }

    private func free(_ free: AgendaGrid.Free) -> HTML {
        line(
            free.minutes, "free-line",
            "<p><a href=\"\(href: free.url)\">Libre : prendre rendez-vous<span class=\"unseen\"> \(Format.span(free.minutes))</span></a></p>"
        )
    }

    private func line(_ minutes: Range<Int>, _ kind: String, _ content: HTML) -> HTML {
        "<li class=\"\(kind)\"><p class=\"hour\">\(Format.time(minutes.lowerBound))<small>\(Self.until(minutes))</small></p><div>\(content)</div></li>"
    }

    static func until(_ minutes: Range<Int>) -> String { "à\u{A0}\(Format.time(minutes.upperBound))" }
}

/// One appointment of a list, with what its agent does about it.
struct AppointmentLine: View {
    let board: AgendaBoard
    let day: AgendaDay
    let placed: AgendaDay.Placed<AgendaAppointment>
    /// Whose list it is.
    let agentID: ID<Agent>

    private var one: AgendaAppointment { placed.item }

    var html: HTML {
        """
        <li class="\(one.how.rawValue)"><p class="hour">\(Format.time(placed.minutes.lowerBound))\
        <small>\(AgendaList.until(placed.minutes))</small></p>\
        <div><p><a href="\(href: Urls.appointment(one.id))"\(board.move(placed, on: day))>\(AgendaBoard.who(one))</a>\(tags)</p>\
        <p class="soft">\(Swatch(colour: one.colour))\(one.reason) · \(AgendaBoard.place(one))\(AgendaBoard.reserved(one).map { " · \($0)" })</p>\
        \(cautions)\(said)\(calls)</div>\(actions)</li>
        """
    }

    private var tags: HTML {
        let status: HTML =
            switch one.status {
            case .upcoming: one.isToClose(at: board.time.now) ? " \(Tag("à renseigner", .warn))" : presence
            case .attended: " \(Tag("honoré", .good))"
            default: " \(Tag(board.statusLabel(one), .warn))"
            }
        let pair = AgendaBoard.pair(one, agentID).map { " \(Tag($0, one.lacksAgent ? .alert : .plain))" as HTML }
        return "\(status)\(if: one.isOverbooked, " \(Tag("en plus"))")\(pair)"
    }

    private var presence: HTML {
        guard let text = board.presence(one) else { return .empty }
        return " \(Tag(text.prefix(1).lowercased() + text.dropFirst(), one.isWaiting ? .good : .warn))"
    }

    /// Said on the row itself: the call is made from here.
    private var cautions: HTML {
        "\(each: one.present, { Cautions(discretion: $0.discretion, name: one.present.count > 1 ? $0.name : nil).html })"
    }

    private var said: HTML? { one.said.map { "<p class=\"said\">«\u{A0}\($0)\u{A0}»</p>" } }

    private var calls: HTML {
        guard !one.unanswered.isEmpty else { return .empty }
        let times = Format.list(one.unanswered.map { "à\u{A0}" + board.time.time($0) })
        return "<p class=\"soft\">Pas de réponse \(times)</p>"
    }

    private var actions: HTML {
        let call: HTML? = one.phone.map { number in
            "<a class=\"button tel\" href=\"\(href: .tel(number))\"><span class=\"unseen\">Appeler le </span>\(Format.phone(number))</a>"
        }
        let video: HTML? = one.link.flatMap(URLPath.web).map { LinkButton("Rejoindre la visio", $0).html }
        guard call != nil || video != nil else { return .empty }
        return "<div class=\"row\">\(call)\(video)\(if: canBeCalled, noAnswer)</div>"
    }

    /// From half an hour before, as ``CallAttempt`` has it.
    private var canBeCalled: Bool {
        one.how == .phone && one.status == .upcoming && one.agentIDs.contains(board.acting.agent.id)
            && one.time.lowerBound.adding(minutes: -30) <= board.time.now
            && board.acting.can(.closeAppointments, in: one.organizationID)
    }

    private var noAnswer: HTML {
        ActionButton("Pas de réponse", Urls.appointmentAttempts(one.id), fields: [("back", board.here.text)]).html
    }
}

/// Cancelled ones, apart: struck, and folded so that they do not fill the day.
struct CancelledList: View {
    let board: AgendaBoard

    private var cancelled: [(day: AgendaDay, placed: AgendaDay.Placed<AgendaAppointment>)] {
        board.days.flatMap { day in day.cancelled.map { (day, $0) } }
    }

    var html: HTML {
        guard !cancelled.isEmpty else { return .empty }
        let title = Format.count(cancelled.count, "rendez-vous annulé", "rendez-vous annulés")
        return """
            <details class="more cancelled-list"><summary>\(title)</summary><ul class="stack">\(each: cancelled, line)</ul></details>
            """
    }

    private func line(_ one: (day: AgendaDay, placed: AgendaDay.Placed<AgendaAppointment>)) -> HTML {
        let when = Format.capitalized(Format.moment(one.day.date, minute: one.placed.minutes.lowerBound, today: board.time.today))
        return """
            <li>\(when) : <s><a href="\(href: Urls.appointment(one.placed.item.id))">\(AgendaBoard.who(one.placed.item))</a></s>, \
            \(board.statusLabel(one.placed.item))</li>
            """
    }
}
