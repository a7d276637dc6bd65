import Foundation
import Scheduling
import Store

/// Makes the rows of one agent's appointments: as if they had been booked, moved, kept, missed and cancelled.
struct DemoBooked {
    let demo: Demo
    let agent: DemoAgent
    private let territory: Territory
    private let reception: [ID<Agent>]
    private(set) var rows: DemoRows
    private var dice: Dice
    private var number: Int
    private var facts = 0
    private var replaced: (appointment: ID<Appointment>, person: Int)?

    /// Agents have numbers enough for their appointments to follow each other.
    private static let most = 8_192

    init(_ agent: DemoAgent, demo: Demo, reception: [ID<Agent>]) {
        self.demo = demo
        self.agent = agent
        self.reception = reception
        territory = demo.territory
        rows = DemoRows(of: demo.territoryID)
        dice = Dice(demo.seed, .file, agent.number)
        number = agent.number * Self.most
    }

    mutating func add(_ visit: DemoAgenda.Visit) {
        guard let service = agent.service else { return }
        facts = 0
        let people = visit.people.map(demo.person)
        guard let appointment = appointment(visit, people, service) else { return }
        rows.add("appointment", whole: appointment.row)
        let statuses = people.map { _ in status(of: appointment) }
        if visit.reason.isMeeting, statuses.contains(where: \.keepsTime) {
            rows.add("appointment_group", [appointment.id, DemoReason.seats])
        }
        let told = journalled(appointment)
        for (index, person) in people.enumerated() {
            rows.add("participation", [person.id, appointment.id, statuses[index]])
            record(statuses[index], of: person, in: appointment)
            if statuses[index].keepsTime { claim("person", person.id.uuid, for: appointment, number * 16 + 1 + index) }
            if statuses[index] == .upcoming, appointment.startsAt > demo.now { confirm(appointment, to: person, index) }
            if told { journal(appointment, about: person, index) }
        }
        if statuses.contains(where: \.keepsTime) { claim("agent", agent.agent.id.uuid, for: appointment, number * 16) }
        if dice.chance(4) { move(appointment) }
        if statuses == [.cancelledByPerson], dice.chance(50) { replaced = (appointment.id, visit.people[0]) }
        number += 1
    }
}

extension DemoBooked {
    /// - Returns: `nil` when someone without a number would have to be called.
    private mutating func appointment(_ visit: DemoAgenda.Visit, _ people: [Person], _ service: DemoService) -> Appointment? {
        let facts = visit.reason.facts
        guard let first = people.first, facts.how != .phone || !first.phones.isEmpty else { return nil }
        let end = visit.start.adding(minutes: facts.minutes)
        let created = created(before: visit.start)
        let isRecent = end > demo.now.adding(days: -30)
        let replaces = replaced?.person == visit.people[0] ? replaced?.appointment : nil
        var appointment = Appointment(
            territoryID: demo.territoryID, id: demo.ids.make(.appointment, number), agentID: agent.agent.id,
            organizationID: visit.opening.organizationID, reasonID: demo.reasonID(visit.reason), serviceID: demo.serviceID(service),
            siteID: visit.opening.siteID, place: facts.how == .home ? place(of: first) : "", how: facts.how,
            phone: facts.how == .phone ? first.phones.first?.number : nil,
            link: facts.how == .video ? "https://visio.example.org/\(number)" : nil, startsAt: visit.start, endsAt: end,
            said: isRecent && dice.chance(25) ? dice.pick(DemoTexts.said) : nil, overbookedBecause: nil, replacesID: replaces,
            createdBy: dice.chance(72) ? dice.pick(reception) : agent.agent.id, createdAt: created)
        appointment.origin = appointment.createdBy == agent.agent.id ? .own : .reception
        return appointment
    }

    private func place(of person: Person) -> String {
        person.address.isEmpty ? person.commune : "\(person.address), \(person.postalCode) \(person.commune)"
    }

    /// From one day to six weeks before, during working hours, and never after the day on which the demo is loaded.
    private mutating func created(before start: Instant) -> Instant {
        let days = 1 + min(dice.roll(42), dice.roll(42))
        let date = min(demo.zone.civil(start).date.adding(days: -days), demo.today.adding(days: -1 - dice.roll(14)))
        return demo.zone.instant(date, minute: dice.roll(8 * 12 + 6...17 * 12) * 5)
    }

    private mutating func status(of appointment: Appointment) -> Participation.Status {
        guard appointment.endsAt <= demo.now else {
            return dice.pick([(.upcoming, 95.5), (.cancelledByPerson, 3.2), (.cancelledByService, 1.3)])
        }
        let days = Double(demo.now - appointment.endsAt) / 86_400
        if dice.chance(days < 3 ? 42 : days < 21 ? 7 : 0.6) { return .upcoming }
        return dice.pick(
            [(.attended, 78.5), (.missed, 10), (.cancelledByPerson, 7), (.cancelledByService, 3), (.notProvided, 1.5)])
    }
}

extension DemoBooked {
    /// Who changed it, when and why; and the calls that nobody answered, where « manqué » asks for them.
    private mutating func record(_ status: Participation.Status, of person: Person, in appointment: Appointment) {
        guard status != .upcoming else { return }
        let at = changed(status, appointment)
        let by = status == .cancelledByPerson ? dice.pick(reception) : agent.agent.id
        fact(
            appointment,
            [
                person.id, "status", Participation.Status.upcoming, status, Instant?.none, Instant?.none, ID<Agent>?.none, ID<Agent>?.none,
            ], why(status), at, by)
        guard status == .missed, appointment.how == .phone else { return }
        for attempt in 0..<territory.attemptsBeforeMissed {
            let called = appointment.startsAt.adding(minutes: attempt * (territory.minutesBetweenAttempts + 2))
            rows.add(
                "call_attempt", [demo.ids.make(.attempt, number * 16 + attempt) as ID<CallAttempt>, appointment.id, agent.agent.id, called])
        }
    }

    /// What took place is closed the same evening; what did not is cancelled between its booking and its hour.
    private mutating func changed(_ status: Participation.Status, _ appointment: Appointment) -> Instant {
        guard status.isCancelled else { return appointment.endsAt.adding(minutes: 5 * dice.roll(1...40)) }
        let last = min(appointment.startsAt, demo.now)
        let span = max(Int(last - appointment.createdAt) / 300, 2)
        return appointment.createdAt.adding(minutes: 5 * dice.roll(1...max(span - 1, 1)))
    }

    private mutating func why(_ status: Participation.Status) -> String {
        switch status {
        case .cancelledByPerson: dice.pick(DemoTexts.cancelledByPerson)
        case .cancelledByService: dice.pick(DemoTexts.cancelledByService)
        case .notProvided: dice.pick(DemoTexts.notProvided)
        default: ""
        }
    }

    /// It had another time before.
    private mutating func move(_ appointment: Appointment) {
        let before = appointment.startsAt.adding(days: dice.roll(2) == 0 ? -7 : 7)
        let at = appointment.createdAt.adding(minutes: 60)
        guard at < min(appointment.startsAt, demo.now) else { return }
        fact(
            appointment,
            [ID<Person>?.none, "moved", String?.none, String?.none, before, appointment.startsAt, agent.agent.id, agent.agent.id],
            dice.pick(DemoTexts.moved), at, dice.pick(reception))
    }

    private mutating func fact(_ appointment: Appointment, _ change: [any SQLBindable], _ why: String, _ at: Instant, _ by: ID<Agent>) {
        let id: ID<AppointmentFact> = demo.ids.make(.fact, number * 16 + facts)
        facts += 1
        let before: [any SQLBindable] = [id, appointment.id]
        rows.add("appointment_fact", before + change + [why, at, by, ID<AppointmentFact>?.none])
    }

    private mutating func claim(_ holder: String, _ id: UUID, for appointment: Appointment, _ claim: Int) {
        rows.add(
            "claim",
            [
                id, appointment.startsAt, appointment.endsAt, demo.ids.make(.claim, claim) as ID<Claim>, holder, appointment.id,
                Instant?.none, appointment.overbookedBecause != nil,
            ])
    }

    /// What was queued when it was booked; all but the last day's has left since.
    private mutating func confirm(_ appointment: Appointment, to person: Person, _ index: Int) {
        guard let reach = person.reach else { return }
        let sent = appointment.createdAt < demo.now.adding(days: -1) ? appointment.createdAt.adding(minutes: 1) : nil
        rows.add(
            "message",
            [
                demo.ids.make(.message, number * 16 + index) as ID<Message>, person.id, appointment.id, Message.Purpose.confirmation,
                reach.channel, reach.recipient, appointment.createdAt, appointment.messageKey(.confirmation, person.id),
                appointment.createdAt, Instant?.none, sent, sent == nil ? nil : outcome(reach.channel),
            ])
    }

    /// What is spoken or posted has none.
    private func outcome(_ channel: Person.Channel) -> Message.Outcome? {
        switch channel {
        case .sms: .arrived
        case .email: .handed
        default: nil
        }
    }
}

extension DemoBooked {
    private func journalled(_ appointment: Appointment) -> Bool {
        appointment.createdAt >= demo.now.adding(days: -demo.size.journalDays) && appointment.createdBy != nil
    }

    /// Whoever booked had opened the file a minute before.
    private mutating func journal(_ appointment: Appointment, about person: Person, _ index: Int) {
        guard let agent = appointment.createdBy else { return }
        let base = 1_000_000 + (number * 16 + index) * 2
        demo.journal(
            .read, about: person.id.uuid, ["what": "person"], by: .agent(agent), at: appointment.createdAt.adding(minutes: -1),
            number: base,
            &rows)
        demo.journal(
            .booked, about: person.id.uuid,
            [
                "agent": appointment.agentID.description, "appointment": appointment.id.description,
                "starts_at": String(appointment.startsAt.rawValue),
            ],
            by: .agent(agent), at: appointment.createdAt, number: base + 1, &rows)
    }
}

extension Demo {
    /// One entry, as ``Journal/record(_:about:_:by:of:at:in:)`` writes it, with a salt that is the same every time.
    func journal(
        _ act: Journal.Act, about subject: UUID?, _ payload: [String: String], by actor: Journal.Actor, at now: Instant, number: Int,
        _ rows: inout DemoRows
    ) {
        let id: ID<Journal> = ids.make(.journal, number)
        var dice = Dice(seed, .ids, -number - 1)
        let salt = (0..<16).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
        let text = Journal.encode(payload)
        rows.add("journal_header", [id, now, actor.kind, actor.id, act, subject, Journal.digest(salt: salt, payload: text)])
        rows.add("journal_payload", [id, salt, text])
    }
}

extension Appointment {
    /// For bulk loading, in the order of ``DemoRows/tables``.
    fileprivate var row: [SQLValue] {
        [
            territoryID.sqlValue, id.sqlValue, agentID.sqlValue, organizationID.sqlValue, reasonID.sqlValue, serviceID.sqlValue,
            siteID.sqlValue, place.sqlValue, how.sqlValue, phone.sqlValue, link.sqlValue, startsAt.sqlValue, endsAt.sqlValue, said.sqlValue,
            overbookedBecause.sqlValue, replacesID.sqlValue, createdBy.sqlValue, createdAt.sqlValue,
            origin.sqlValue,
        ]
    }
}
