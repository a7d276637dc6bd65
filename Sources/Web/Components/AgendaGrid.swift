/// A day, a week, or several agents side by side. On a narrow screen the same columns stand as lists, one under the other.
struct AgendaGrid: View {
    /// Hours shown, such as `8..<18`.
    let hours: Range<Int>
    let columns: [Column]

    /// One day of one agent.
    struct Column: Sendable {
        var title: String
        var detail: String
        var url: URLPath?
        var isToday = false
        /// Minutes since midnight when appointments can be taken.
        var openings: [Range<Int>] = []
        var absences: [Absence] = []
        var appointments: [Appointment] = []
        /// Minutes since midnight of the present, on today's column.
        var now: Int?
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
    }

    enum Kind: String, Sendable { case phone, site, home, video }
    enum Standing: String, Sendable { case planned, here, missed, cancelled }

    var html: HTML {
        """
        <div class="agenda"><div class="hours" aria-hidden="true"><div></div>\
        <ol>\(each: hours, { "<li>\(Format.time($0 * 60))</li>" })</ol></div>\(each: columns, column)</div>
        """
    }

    private func column(_ column: Column) -> HTML {
        let title: HTML = "\(column.title)<small>\(column.detail)</small>"
        return """
            <section class="day"\(attribute: "aria-current", column.isToday ? "date" : nil)>\
            <div><h2>\(column.url.map { "<a href=\"\(href: $0)\">\(title)</a>" as HTML } ?? "<span>\(title)</span>")</h2></div>\
            <div class="lane for-\(hours.count * 12)">\(each: column.openings, opening)\(each: column.absences, absence)\
            \(each: arranged(column.appointments), appointment)\(column.now.map(now))\
            \(if: column.appointments.isEmpty && column.absences.isEmpty, "<p class=\"none\">Aucun rendez-vous</p>")</div></section>
            """
    }

    private func opening(_ minutes: Range<Int>) -> HTML { "<div class=\"opening \(place(minutes))\"></div>" }

    private func absence(_ absence: Absence) -> HTML { "<div class=\"away \(place(absence.minutes))\"><span>\(absence.label)</span></div>" }

    private func now(_ minute: Int) -> HTML {
        hours.contains(minute / 60) ? "<div class=\"now \(place(minute..<minute + 5))\"></div>" : .empty
    }

    private func appointment(_ placed: Placed) -> HTML {
        let appointment = placed.appointment
        let isBrief = appointment.minutes.count < 30
        return """
            <a class="rdv \(appointment.kind.rawValue) \(appointment.standing.rawValue)\(if: isBrief, " brief") \
            \(place(appointment.minutes, column: placed.column, of: placed.count))" href="\(href: appointment.url)">\
            <b>\(appointment.title)</b><span>\(appointment.detail)</span></a>
            """
    }

    private func place(_ minutes: Range<Int>, column: Int = 0, of count: Int = 1) -> String {
        let start = max(minutes.lowerBound, hours.lowerBound * 60)
        let end = min(minutes.upperBound, hours.upperBound * 60)
        let top = (start - hours.lowerBound * 60) / 5
        return AgendaStyle.place(start: top, length: max(end - start, 5) / 5, column: column, of: count)
    }
}

extension AgendaGrid {
    struct Placed {
        var appointment: Appointment
        var column: Int
        var count: Int
    }

    /// Side by side what overlaps: each takes the first free column of its cluster, and a cluster shares the width evenly.
    func arranged(_ appointments: [Appointment]) -> [Placed] {
        var placed: [Placed] = []
        var cluster = 0
        var ends: [Int] = []
        for appointment in appointments.sorted(by: { $0.minutes.lowerBound < $1.minutes.lowerBound }) {
            if ends.allSatisfy({ $0 <= appointment.minutes.lowerBound }) {
                (cluster, ends) = (placed.count, [])
            }
            let column = ends.firstIndex { $0 <= appointment.minutes.lowerBound } ?? ends.count
            if column == ends.count { ends.append(0) }
            ends[column] = appointment.minutes.upperBound
            placed.append(Placed(appointment: appointment, column: column, count: 1))
            for index in cluster..<placed.count { placed[index].count = ends.count }
        }
        return placed
    }
}
