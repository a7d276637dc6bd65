import Core
import Scheduling

/// An agent's agenda over some days, as it is shown.
struct ShownAgenda: Sendable {
    let agenda: Agenda.OfAgent
    let days: Range<CivilDate>
    let version: Int64
    let holidays: [Holiday]
    let now: Instant

    static let shape = Shape<ShownAgenda>(
        "Agenda",
        [
            Common.agent.of(\.agenda.owner.agent.id), Key("agent_name", .line(0...300)).of(\.agenda.owner.agent.name),
            Common.from.of(\.days.lowerBound), Common.to.of { $0.days.upperBound.adding(days: -1) },
            Key("version", .integer(0...Int.max), "Change avec l’agenda.").of { Int($0.version) },
            Key("appointments", .list(entry.kind), "Par heure, annulés compris.").of { shown in
                shown.agenda.appointments.map { Entry(appointment: $0, now: shown.now) }
            },
            Key("busy", .list(span.kind), "Le temps pris par ce que l’on n’a pas à voir.").of(\.agenda.busy),
            Key("holds", .list(span.kind), "Les créneaux retenus un moment, le temps de réserver.").of { $0.agenda.holds.map(\.time) },
            Key("openings", .list(opened.kind)).of(\.agenda.openings), Key("absences", .list(away.kind)).of(\.agenda.absences),
            Key("closures", .list(closed.kind)).of(\.agenda.closures),
            Key("holidays", .list(holiday.kind)).of(\.holidays),
        ])

    private static let times: [Shape<Range<Instant>>.Member] = [
        Common.startsAt.of(\.lowerBound), Key<Instant>("ends_at").of(\.upperBound),
    ]
    private static let span = Shape("Span", times)

    private static let opened = Shape<Agenda.Opened>(
        "OpenedTime",
        [Key<ID<Opening>>("opening").of(\.opening.opening.id)] + times.map { $0.within(\.time) } + [
            Key("reasons", Kind<[String]>.list(.line(0...100)), "Ceux que l’on peut connaître.").of(\.opening.reasons),
            Key("place", .lines(0...1_000)).of(\.opening.place),
        ])

    private static let away = Shape<Agenda.Away>(
        "AbsentTime",
        [Key<ID<Absence>>("absence").of(\.id)] + times.map { $0.within(\.time) } + [Key("title", .lines(0...1_000)).of(\.title)])

    private static let closed = Shape<Agenda.Closed>(
        "ClosedTime", times.map { $0.within(\.time) } + [Key("title", .line(0...100)).of(\.title)])

    private static let holiday = Shape<Holiday>("Holiday", [Key<CivilDate>("date").of(\.date), Key("name", .line(0...100)).of(\.name)])

    private static let entry = Shape<Entry>(
        "AgendaEntry", [Key<ID<Appointment>>("id").of(\.appointment.id)] + times.map { $0.within(\.appointment.time) } + Entry.members)
}

/// An appointment in an agenda; what the person said stays out.
struct Entry: Sendable {
    let appointment: AgendaAppointment
    let now: Instant

    /// A participation's, or `to-close` once it is over and nobody said what became of it.
    private var status: String { appointment.isToClose(at: now) ? "to-close" : appointment.status.rawValue }
    private static let statuses = Participation.Status.allCases.map(\.rawValue) + ["to-close"]

    private static let someone = Shape<AgendaAppointment.Someone>(
        "AgendaParticipant",
        [
            Key<ID<Person>>("id").of(\.id), Key("name", .line(0...300)).of(\.name), Key<Participation.Status>("status").of(\.status),
        ])

    static let members: [Shape<Entry>.Member] = [
        Key("reason_name", .line(0...200)).of(\.appointment.reason), Key<How>("how").of(\.appointment.how),
        Key("place", .lines(0...1_000)).of(\.appointment.place),
        Key("phone", Kind<String?>.nullable(.line(0...16))).of(\.appointment.phone),
        Key("link", Kind<String?>.nullable(.lines(0...1_000))).of(\.appointment.link),
        Key<Bool>("overbooked").of(\.appointment.isOverbooked),
        Key("status", Kind<String>.choice(statuses), "« to-close » : passé, et pas encore renseigné.").of(\.status),
        Key("people", .list(someone.kind)).of(\.appointment.people),
        Key("attempts", Kind<[Instant]>.list(Instant.kind), "Les appels restés sans réponse.").of(\.appointment.unanswered),
    ]
}

extension Kind where Value == String {
    static func choice(_ values: [String]) -> Kind {
        Kind(schema: .choice(values), read: { $0.text }, write: { $1.text($0) })
    }
}
