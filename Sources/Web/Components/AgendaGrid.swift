import Core

/// A day, a week, or several agents side by side. A list says the same beside it, or instead of it on a narrow screen (``AgendaList``).
struct AgendaGrid: View {
    /// Hours shown, such as `8..<18`.
    let hours: Range<Int>
    let columns: [Column]
    /// Beside a list that says the same, the grid is for the eye and the mouse: keys and screen readers go through the list.
    var isEcho = false
    /// What the colours say: `reason`, `status` or `none`.
    var colours = "reason"

    /// One day of one agent.
    struct Column: Sendable {
        var title: String
        var detail: String
        var url: URLPath?
        var isToday = false
        /// Which day of whose, for what is dragged there: `YYYY-MM-DD`.
        var date = ""
        var agent = ""
        /// Closes the whole day: "Jour de Noël".
        var closed: String?
        /// Minutes since midnight when appointments can be taken.
        var openings: [Opening] = []
        /// What of it is still free, and where that leads.
        var free: [Free] = []
        var absences: [Absence] = []
        /// Taken by what may not be seen.
        var busy: [Range<Int>] = []
        /// Kept for a while for someone who is being booked.
        var holds: [Absence] = []
        var appointments: [Appointment] = []
        /// Minutes since midnight of the present, on today's column.
        var now: Int?
    }

    struct Opening: Sendable {
        var minutes: Range<Int>
        /// "Permanence · Service social": of what offers no slot.
        var label: String?
        /// Where one who may change it does so, and how it is dragged.
        var page: URLPath?
        var move: Move?
    }

    /// What may be given other hours from here (see `agenda-move.js`).
    struct Move: Sendable {
        /// Asked with POST.
        var url: URLPath
        var date: String
        var agent: String
        var minutes: Range<Int>
        /// "9 h · Peio Etcheto"
        var name: String
        var version: Int64?
    }

    struct Free: Sendable {
        var minutes: Range<Int>
        var url: URLPath
    }

    struct Absence: Sendable {
        var minutes: Range<Int>
        var label: String
    }

    struct Appointment: Sendable {
        var minutes: Range<Int>
        var url: URLPath
        /// "9 h · Peio Etcheto"
        var title: String
        /// "Téléphone · premier contact RSA"
        var detail: String
        /// Classes of the stylesheet: how it takes place and how it stands.
        var kind: Kind = .site
        var standing: Standing = .planned
        /// The reason's, `#rrggbb`.
        var colour: String?
        var move: Move?
    }

    enum Kind: String, Sendable { case phone, site, home, video }
    /// `here`: someone has arrived. `open`: over, and nobody said what became of it.
    enum Standing: String, Sendable { case planned, here, open, attended, missed, cancelled }

    var html: HTML {
        """
        <div class="agenda by-\(colours)"\(attribute: "aria-hidden", isEcho ? "true" : nil)><div class="hours" aria-hidden="true"><div></div>\
        <ol>\(each: hours, { "<li>\(Format.time($0 * 60))</li>" })</ol></div>\(each: columns, column)</div>
        """
    }

    private func column(_ column: Column) -> HTML {
        let title: HTML = "\(column.title)<small>\(column.detail)</small>"
        return """
            <section class="day"\(attribute: "aria-current", column.isToday ? "date" : nil)>\
            <div><h2>\(column.url.map { "<a href=\"\(href: $0)\"\(tabindex)>\(title)</a>" as HTML } ?? title)</h2></div>\
            <div class="lane for-\(hours.count * 12)"\(if: !column.date.isEmpty, lane(column))>\(column.closed.map(closed))\
            \(each: column.openings.enumerated(), { opening($0.element, "\(column.agent)-\(column.date)-\($0.offset)") })\
            \(each: column.free, free)\(each: column.absences, absence)\
            \(each: arranged(column.appointments, busy: column.busy, holds: column.holds), block)\
            \(column.now.map(now))</div></section>
            """
    }

    private var tabindex: HTML { isEcho ? " tabindex=\"-1\"" : .empty }

    private func closed(_ label: String) -> HTML { "<div class=\"away at-0 for-\(hours.count * 12)\">\(label)</div>" }

    private func lane(_ column: Column) -> HTML {
        " data-date=\"\(column.date)\" data-agent=\"\(column.agent)\" data-first=\"\(hours.lowerBound * 60)\""
    }

    /// What may be changed has a grip, beside which appointments stand.
    private func opening(_ opening: Opening, _ id: String) -> HTML {
        guard let page = opening.page, let move = opening.move else { return body(opening, nil) }
        let id = "opening-\(id)"
        return """
            \(body(opening, id))\
            <a class="grip \(place(opening.minutes))" href="\(href: page)" data-body="\(id)"\(move)\(tabindex)>\
            <span class="unseen">\(move.name)</span></a>
            """
    }

    private func body(_ opening: Opening, _ id: String?) -> HTML {
        """
        <div class="opening\(if: opening.label != nil, " permanence") \(place(opening.minutes))"\
        \(attribute: "id", id)>\(opening.label.map { "<span>\($0)</span>" as HTML })</div>
        """
    }

    private func free(_ free: Free) -> HTML {
        """
        <a class="free \(place(free.minutes))" href="\(href: free.url)" data-free="\(free.minutes.lowerBound)"\(tabindex)>\
        <span class="unseen">Libre \(Format.span(free.minutes)) : prendre rendez-vous</span></a>
        """
    }

    private func absence(_ absence: Absence) -> HTML {
        absence.minutes.overlaps(hours.lowerBound * 60..<hours.upperBound * 60)
            ? "<div class=\"away \(place(absence.minutes))\">\(absence.label)</div>" : .empty
    }

    /// A script moves it on (see `agenda.js`).
    private func now(_ minute: Int) -> HTML {
        guard hours.contains(minute / 60) else { return .empty }
        return "<div class=\"now \(place(minute..<minute + 5))\" data-now=\"\(minute - hours.lowerBound * 60)\" aria-hidden=\"true\"></div>"
    }

    private func block(_ placed: Placed) -> HTML {
        guard let appointment = placed.appointment else {
            let (kind, label) = placed.held.map { ("hold", $0) } ?? ("busy", "Occupé")
            return "<div class=\"\(kind) \(place(placed.minutes, column: placed.column, of: placed.count))\">\(label)</div>"
        }
        let isBrief = appointment.minutes.count < 30
        return """
            <a class="rdv \(appointment.kind.rawValue) \(appointment.standing.rawValue)\(if: isBrief, " brief") \
            \(place(appointment.minutes, column: placed.column, of: placed.count))" href="\(href: appointment.url)"\(appointment.move)\(tabindex)>\
            <b>\(appointment.title)</b><span>\(appointment.colour.map(Swatch.init))\(appointment.detail)</span></a>
            """
    }

    private func place(_ minutes: Range<Int>, column: Int = 0, of count: Int = 1) -> String {
        let start = min(max(minutes.lowerBound, hours.lowerBound * 60), hours.upperBound * 60 - 5)
        let end = min(minutes.upperBound, hours.upperBound * 60)
        let top = (start - hours.lowerBound * 60) / 5
        return AgendaStyle.place(start: top, length: (max(end - start, 5) + 4) / 5, column: column, of: count)
    }
}

/// A dot of the reason's colour; its name always stands beside it. As a picture, because the security policy forbids inline styles.
struct Swatch: View {
    let colour: String

    var html: HTML {
        "<svg class=\"swatch\" viewBox=\"0 0 8 8\" aria-hidden=\"true\"><circle cx=\"4\" cy=\"4\" r=\"4\" fill=\"\(colour)\"/></svg>"
    }
}

extension AgendaGrid {
    /// An appointment, or time taken by one that may not be seen, and its share of the width.
    struct Placed {
        var minutes: Range<Int>
        var appointment: Appointment?
        /// Of a hold.
        var held: String?
        var column = 0
        var count = 1
    }

    /// Side by side what overlaps: each takes the first free column of its cluster, and a cluster shares the width evenly.
    func arranged(_ appointments: [Appointment], busy: [Range<Int>] = [], holds: [Absence] = []) -> [Placed] {
        let blocks =
            appointments.map { Placed(minutes: $0.minutes, appointment: $0) } + busy.map { Placed(minutes: $0) }
            + holds.map { Placed(minutes: $0.minutes, held: $0.label) }
        var placed: [Placed] = []
        var cluster = 0
        var ends: [Int] = []
        for block in blocks.sorted(by: { $0.minutes.lowerBound < $1.minutes.lowerBound }) {
            if ends.allSatisfy({ $0 <= block.minutes.lowerBound }) {
                (cluster, ends) = (placed.count, [])
            }
            let column = ends.firstIndex { $0 <= block.minutes.lowerBound } ?? ends.count
            if column == ends.count { ends.append(0) }
            ends[column] = block.minutes.upperBound
            var one = block
            one.column = column
            placed.append(one)
            for index in cluster..<placed.count { placed[index].count = ends.count }
        }
        return placed
    }
}

extension AgendaGrid.Move: View {
    /// As attributes.
    var html: HTML {
        """
         data-move="\(href: url)" data-date="\(date)" data-agent="\(agent)" data-from="\(minutes.lowerBound)" data-to="\(minutes.upperBound)" \
        data-name="\(name)"\(attribute: "data-version", version.map(String.init))
        """
    }
}
