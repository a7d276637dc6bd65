import Core
import Scheduling

extension AwayTodayPage {
    static var sample: AwayTodayPage {
        let upcoming = AgendaSample.week.appointments.filter { $0.status == .upcoming }
        return AwayTodayPage(
            owner: AgendaSample.owner, covered: Covered(appointments: upcoming, hidden: 1),
            byMessage: Set(upcoming.prefix(2).flatMap(\.people).map(\.id)), state: FormState(["since": "day"]), time: AgendaSample.time)
    }
}

extension ToTellPage {
    static var sample: ToTellPage {
        let appointments = AgendaSample.week.appointments.filter { $0.status != .attended }
        let slot = Remedy.Ways.Slot(
            start: AgendaSample.now.adding(minutes: 96), agent: .init(id: AgendaSample.colleague.id, name: AgendaSample.colleague.name))
        return ToTellPage(
            toTell: ToTell(lines: appointments.enumerated().map { line($0.offset, $0.element) }, count: 60),
            slots: Dictionary(appointments.map { ($0.id, [slot]) }) { first, _ in first }, acting: AgendaSample.acting,
            place: AgendaSample.site, problem: Refusal.slotTaken.sentence, time: AgendaSample.time)
    }

    private static func line(_ number: Int, _ one: AgendaAppointment) -> ToTell.Line {
        let tidings = Tidings(
            id: .new(), appointmentID: one.id, personID: one.people[0].id, cause: .absence, channel: number == 1 ? .none : .phone,
            recipient: number == 2 ? nil : "+33639981234", createdAt: AgendaSample.now, outcome: nil)
        return ToTell.Line(
            tidings: tidings, appointment: one, personName: one.people[0].name, agentName: AgendaSample.worker.name,
            unreached: number == 0 ? [AgendaSample.now] : [])
    }
}
