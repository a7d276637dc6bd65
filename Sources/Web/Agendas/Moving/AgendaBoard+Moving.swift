import Core
import Scheduling

extension AgendaBoard {
    /// With a grip for who may change it.
    func opening(_ placed: AgendaDay.Placed<AgendaOpening>, _ day: AgendaDay) -> AgendaGrid.Opening {
        let one = placed.item.opening
        guard acting.canFill(day.owner, in: one.organizationID) else {
            return AgendaGrid.Opening(minutes: placed.minutes, label: placed.item.permanenceLabel)
        }
        let move = AgendaGrid.Move(
            url: Urls.openingTime(one.id), date: day.date.description, agent: one.agentID.description, minutes: placed.minutes,
            name: "\(placed.item.permanenceLabel ?? "Plage d’ouverture") \(Format.span(placed.minutes))", version: one.version)
        let isOne = one.stretch.recurrence.pattern != .once && one.stretch.isOccurrence(day.date)
        return AgendaGrid.Opening(
            minutes: placed.minutes, label: placed.item.permanenceLabel,
            page: isOne ? Urls.occurrence("openings", one.id, day.date) : Urls.opening(one.id), move: move)
    }

    /// What is still to come, for who may move it; what runs over midnight is not moved from here.
    func move(_ placed: AgendaDay.Placed<AgendaAppointment>, on day: AgendaDay) -> AgendaGrid.Move? {
        let one = placed.item
        let isWhole = Int(one.time.upperBound - one.time.lowerBound) == placed.minutes.count * 60
        guard one.status == .upcoming, isWhole, one.agentID == day.owner.agent.id, one.time.lowerBound > time.now.adding(days: -1),
            acting.can(.book, in: one.organizationID)
        else { return nil }
        return AgendaGrid.Move(
            url: Urls.appointmentTime(one.id), date: day.date.description, agent: one.agentID.description, minutes: placed.minutes,
            name: "\(Format.time(placed.minutes.lowerBound)) · \(Self.who(one))")
    }
}

extension AgendaOpening {
    /// "Permanence · Service social"; nothing for what offers slots.
    var permanenceLabel: String? { permanence.map { $0.isEmpty ? "Permanence" : "Permanence · \($0)" } }
}
