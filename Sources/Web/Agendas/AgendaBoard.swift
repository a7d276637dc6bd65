import Core
import Scheduling

/// Turns days of agendas into what is drawn and listed: words, links and places.
struct AgendaBoard: Sendable {
    let days: [AgendaDay]
    let acting: Acting
    let time: LocalTime
    /// Where one comes back to after acting from here.
    let here: URLPath
    var preference = AgendaPreference.usual

    private var today: CivilDate { acting.territory.zone.civil(time.now).date }

    /// The hours that the agent prefers, grown by whole hours to hold what lies outside.
    var hours: Range<Int> {
        let blocks = days.flatMap { day in
            day.appointments.map(\.minutes) + day.busy + day.holds.map(\.minutes) + day.openings.map(\.minutes)
        }
        let first = blocks.map(\.lowerBound).min() ?? 1440
        let last = blocks.map(\.upperBound).max() ?? 0
        return min(first / 60, preference.hours.lowerBound)..<max((last + 59) / 60, preference.hours.upperBound)
    }

    /// - Parameter heading: what stands above each column, and where it leads.
    func grid(isEcho: Bool = false, heading: (AgendaDay) -> (title: String, detail: String, url: URLPath?)) -> AgendaGrid {
        AgendaGrid(
            hours: hours, columns: days.map { column($0, heading($0)) }, isEcho: isEcho,
            colours: preference.colours.rawValue)
    }

    private func column(_ day: AgendaDay, _ heading: (title: String, detail: String, url: URLPath?)) -> AgendaGrid.Column {
        AgendaGrid.Column(
            title: heading.title, detail: heading.detail, url: heading.url, isToday: day.date == today,
            date: day.date.description, agent: day.owner.agent.id.description, closed: day.holiday,
            openings: day.openings.map { opening($0, day) }, free: free(day),
            absences: Self.merged(day), busy: day.busy,
            holds: day.holds.map { AgendaGrid.Absence(minutes: $0.minutes, label: Self.label($0.item)) },
            appointments: day.appointments.map { appointment($0, on: day) },
            now: day.date == today ? acting.territory.zone.civil(time.now).minute : nil)
    }

    /// Absences that overlap are drawn as one, with each of their names once.
    private static func merged(_ day: AgendaDay) -> [AgendaGrid.Absence] {
        let blocks =
            day.absences.map { AgendaGrid.Absence(minutes: $0.minutes, label: label($0.item)) }
            + day.closures.map { AgendaGrid.Absence(minutes: $0.minutes, label: label($0.item)) }
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

    func appointment(_ placed: AgendaDay.Placed<AgendaAppointment>, on day: AgendaDay) -> AgendaGrid.Appointment {
        let one = placed.item
        return AgendaGrid.Appointment(
            minutes: placed.minutes, url: Urls.appointment(one.id), title: "\(Format.time(placed.minutes.lowerBound)) · \(Self.who(one))",
            detail: detail(one, day.owner.agent.id), kind: AgendaGrid.Kind(rawValue: one.how.rawValue) ?? .site, standing: standing(one),
            colour: preference.colours == .reason ? one.colour : nil, move: move(placed, on: day))
    }

    private func detail(_ one: AgendaAppointment, _ agent: ID<Agent>) -> String {
        let status = one.status == .upcoming && !one.isToClose(at: time.now) ? nil : Format.capitalized(statusLabel(one))
        let parts = [
            status, presence(one), one.isOverbooked ? "En plus" : nil, Self.pair(one, agent), Self.reserved(one), Self.place(one),
            one.reason,
        ].compactMap { $0 }
        return parts.joined(separator: " · ")
    }

    /// "Arrivé à 8 h 52", "En retard de 12 minutes".
    func presence(_ one: AgendaAppointment) -> String? {
        switch one.presence {
        case .waiting(let since): "Arrivé à \(time.time(since))"
        case .received(let at): "Reçu à \(time.time(at))"
        case .left(let at): "Parti à \(time.time(at))"
        case nil: one.late(at: time.now).map { "En retard de \(Format.duration(minutes: max($0, 1)))" }
        }
    }

    func statusLabel(_ one: AgendaAppointment) -> String { one.status.label(endingAt: one.time.upperBound, now: time.now) }

    private func standing(_ one: AgendaAppointment) -> AgendaGrid.Standing {
        switch one.status {
        case .upcoming: one.isToClose(at: time.now) ? .open : one.isWaiting ? .here : .planned
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

    /// "Salle 2, interprète arabe (à confirmer)".
    static func reserved(_ one: AgendaAppointment) -> String? {
        let names = one.resources.map { $0.standing == .reserved ? $0.resource.name : "\($0.resource.name) (\($0.standing.label))" }
        return names.isEmpty ? nil : names.joined(separator: ", ")
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

    static func label(_ held: Agenda.Held) -> String {
        held.by.isEmpty ? "En cours de réservation" : "En cours de réservation par \(held.by)"
    }
    static func label(_ closed: Agenda.Closed) -> String { "Fermé : \(closed.title)" }
    static func label(_ away: Agenda.Away) -> String { away.title.isEmpty ? "Indisponible" : "\(away.title) : indisponible" }
}

extension AgendaAppointment {
    /// Someone is in the waiting room for it.
    var isWaiting: Bool { if case .waiting = presence { true } else { false } }
}
