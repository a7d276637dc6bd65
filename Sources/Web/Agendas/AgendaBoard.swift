import Core
import Scheduling

/// Turns days of agendas into what is drawn and listed: words, links and places.
struct AgendaBoard: Sendable {
    let days: [AgendaDay]
    let acting: Acting
    let time: LocalTime
    /// Where one comes back to after acting from here.
    let here: URLPath

    private var today: CivilDate { acting.territory.zone.civil(time.now).date }

    /// 8 h to 18 h, grown by whole hours to hold what lies outside.
    var hours: Range<Int> {
        let blocks = days.flatMap { day in
            day.appointments.map(\.minutes) + day.busy + day.openings.map(\.minutes)
        }
        let first = blocks.map(\.lowerBound).min() ?? 8 * 60
        let last = blocks.map(\.upperBound).max() ?? 18 * 60
        return min(first / 60, 8)..<max((last + 59) / 60, 18)
    }

    /// - Parameter heading: what stands above each column, and where it leads.
    func grid(isEcho: Bool = false, heading: (AgendaDay) -> (title: String, detail: String, url: URLPath?)) -> AgendaGrid {
        AgendaGrid(hours: hours, columns: days.map { column($0, heading($0)) }, isEcho: isEcho)
    }

    private func column(_ day: AgendaDay, _ heading: (title: String, detail: String, url: URLPath?)) -> AgendaGrid.Column {
        AgendaGrid.Column(
            title: heading.title, detail: heading.detail, url: heading.url, isToday: day.date == today, closed: day.holiday,
            openings: day.openings.map(\.minutes), free: free(day),
            absences: Self.merged(day), busy: day.busy,
            appointments: day.appointments.map { appointment($0, in: day) },
            now: day.date == today ? acting.territory.zone.civil(time.now).minute : nil)
    }

    /// Absences that overlap are drawn as one, with each of their names once.
    private static func merged(_ day: AgendaDay) -> [AgendaGrid.Absence] {
        let blocks =
            day.absences.map { AgendaGrid.Absence(minutes: $0.minutes, label: label($0.item)) }
            + day.closures.map { AgendaGrid.Absence(minutes: $0.minutes, label: label($0.item)) }
            + day.holds.map { AgendaGrid.Absence(minutes: $0.minutes, label: label($0.item)) }
        return blocks.sorted { $0.minutes.lowerBound < $1.minutes.lowerBound }.reduce(into: []) { merged, next in
            let label = next.label
            guard let last = merged.last, next.minutes.lowerBound < last.minutes.upperBound else { return merged.append(next) }
            merged[merged.count - 1].minutes = last.minutes.lowerBound..<max(last.minutes.upperBound, next.minutes.upperBound)
            if !last.label.contains(label) { merged[merged.count - 1].label += ", \(label)" }
        }
    }

    func free(_ day: AgendaDay) -> [AgendaGrid.Free] {
        guard acting.can(.book) else { return [] }
        return day.free.map { AgendaGrid.Free(minutes: $0, url: Urls.newAppointment(day.owner.agent.id, day.date, $0.lowerBound)) }
    }

    private func appointment(_ placed: AgendaDay.Placed<AgendaAppointment>, in day: AgendaDay) -> AgendaGrid.Appointment {
        let one = placed.item
        return AgendaGrid.Appointment(
            minutes: placed.minutes, url: Urls.appointment(one.id), title: "\(Format.time(placed.minutes.lowerBound)) · \(Self.who(one))",
            detail: detail(one, day.owner.agent.id), kind: AgendaGrid.Kind(rawValue: one.how.rawValue) ?? .site, standing: standing(one),
            colour: one.colour)
    }

    private func detail(_ one: AgendaAppointment, _ agent: ID<Agent>) -> String {
        let status = one.status == .upcoming && !one.isToClose(at: time.now) ? nil : Format.capitalized(statusLabel(one))
        let parts = [status, one.isOverbooked ? "En plus" : nil, Self.pair(one, agent), Self.place(one), one.reason].compactMap { $0 }
        return parts.joined(separator: " · ")
    }

    func statusLabel(_ one: AgendaAppointment) -> String { one.status.label(endingAt: one.time.upperBound, now: time.now) }

    private func standing(_ one: AgendaAppointment) -> AgendaGrid.Standing {
        switch one.status {
        case .upcoming: one.isToClose(at: time.now) ? .open : .planned
        case .attended: .attended
        case .missed, .notProvided: .missed
        case .cancelledByPerson, .cancelledByService: .cancelled
        }
    }
}

extension AgendaBoard {
    /// "Rima Haïdar", "Rima Haïdar et 5 autres".
    static func who(_ one: AgendaAppointment) -> String {
        if let group = one.seats { return Format.enrolled(one.people.count { $0.status.keepsTime }, of: group.seats) }
        let names = one.present.map(\.name)
        return names.count > 2 ? "\(names[0]) et \(names.count - 1)\u{A0}autres" : Format.list(names)
    }

    /// "Visite à deux, avec Beñat Idiart"; nothing for what one agent does alone.
    static func pair(_ one: AgendaAppointment, _ agent: ID<Agent>) -> String? {
        let others = one.others(than: agent)
        let with = others.isEmpty ? nil : "avec \(Format.list(others))"
        let two = one.isForTwo ? one.lacksAgent ? "visite à deux : second agent à trouver" : "visite à deux" : nil
        let words = [two, with].compactMap { $0 }
        return words.isEmpty ? nil : Format.capitalized(words.joined(separator: ", "))
    }

    /// "Téléphone", "Orthez", "Domicile".
    static func place(_ one: AgendaAppointment) -> String {
        switch one.how {
        case .phone: "Téléphone"
        case .video: "Visio"
        case .home: one.siteID != nil || one.place.isEmpty ? "Domicile" : "Domicile, \(one.place)"
        case .site: one.place.isEmpty ? "Sur place" : one.place
        }
    }

    static func label(_ held: Agenda.Held) -> String { "En cours de réservation par \(held.by)" }
    static func label(_ closed: Agenda.Closed) -> String { "Fermé : \(closed.title)" }
    static func label(_ away: Agenda.Away) -> String { away.title.isEmpty ? "Indisponible" : "\(away.title) : indisponible" }
}
