import Foundation
import Scheduling
import Store

/// « Prévenir tout de suite, même la nuit ou le dimanche »: what was moved or cancelled is told at any hour, because someone says why.
extension Message {
    /// Whether what is said of these now would wait for the morning, or for Monday.
    public static func wouldWait(about starts: [Instant], of territory: Territory, at now: Instant) -> Bool {
        Quiet(territory).holds(at: now) && starts.contains { !Appointment.isSoon($0, at: now) }
    }

    /// Lets leave what this very act queued. The why stands in the journal, and beside the message.
    /// - Throws: a ``Refusal`` beside `urgent_because` when no why is given.
    static func hurry(
        about appointments: [ID<Appointment>], because: String?, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        guard let because = because?.trimmingCharacters(in: .whitespacesAndNewlines) else { return }
        guard (3...200).contains(because.count) else { throw Refusal.urgentWhy }
        let hurried: SQL = """
            message.territory_id = \(acting.territoryID) AND message.appointment_id IN \(list: appointments) AND message.created_at = \(now)
              AND (message.purpose = 'change' OR message.purpose = 'cancellation') AND \(toPeople) AND \(waiting)
            """
        let people = try db.all("SELECT DISTINCT message.person_id, message.appointment_id FROM message WHERE \(hurried)") {
            (person: try $0[0] as ID<Person>, appointment: try $0[1] as ID<Appointment>)
        }
        guard !people.isEmpty else { return }
        try db.run("UPDATE message SET urgent_because = \(because) WHERE \(hurried)")
        for one in people.sorted(by: { ($0.person, $0.appointment) < ($1.person, $1.appointment) }) {
            try Journal.record(
                .changed, about: one.person.uuid,
                ["what": "message", "appointment": one.appointment.description, "outcome": "urgent", "why": because], by: acting, at: now,
                in: db)
        }
    }
}

extension Refusal {
    public static let urgentWhy = Refusal.field(
        "urgent_because", "urgent-why", "Dites en quelques mots pourquoi prévenir sans attendre : de 3 à 200 signes.")
}
