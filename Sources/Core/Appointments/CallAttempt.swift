import Scheduling
import Store

/// « Pas de réponse »: one call of a phone appointment that nobody answered.
public struct CallAttempt: Sendable, Equatable {
    public let id: ID<CallAttempt>
    public let agentID: ID<Agent>
    public let at: Instant
}

extension CallAttempt {
    /// Records that nobody answered.
    /// - Throws: a ``Refusal`` when the appointment is not by phone, is not upcoming or its hour has not come.
    public static func record(for appointment: Appointment, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.closeAppointments, in: appointment.organizationID)
        guard appointment.how == .phone else {
            throw Refusal(.conflict, "not-by-phone", "Ce rendez-vous n’est pas par téléphone.")
        }
        guard try Participation.of(appointment, in: db).contains(where: { $0.status == .upcoming }) else { throw Refusal.notUpcoming }
        guard appointment.startsAt.adding(minutes: -30) <= now else {
            throw Refusal(.conflict, "too-early", "L’heure de l’appel n’est pas encore venue.")
        }
        try db.run(
            """
            INSERT INTO call_attempt (territory_id, id, appointment_id, agent_id, at)
            VALUES (\(appointment.territoryID), \(ID<CallAttempt>.new()), \(appointment.id), \(acting.agent.id), \(now))
            """)
        for participation in try Participation.of(appointment, in: db) {
            try Journal.record(
                .changed, about: participation.personID.uuid, ["appointment": appointment.id.description, "call": "no-answer"], by: acting,
                at: now, in: db)
        }
    }

    public static func of(_ appointment: Appointment, in db: Reader) throws -> [CallAttempt] {
        try db.all(
            """
            SELECT id, agent_id, at FROM call_attempt
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) ORDER BY at, id
            """
        ) { CallAttempt(id: try $0[0], agentID: try $0[1], at: try $0[2]) }
    }

    /// Whether « manqué » may be offered: enough unanswered calls, each far enough from the one before (settings of the territory).
    public static func areEnough(_ attempts: [CallAttempt], of territory: Territory) -> Bool {
        areEnough(attempts.map(\.at), of: territory)
    }

    /// The same, from when each was made.
    public static func areEnough(_ attempts: [Instant], of territory: Territory) -> Bool {
        var counted = 0
        var last: Instant?
        for attempt in attempts.sorted() {
            if let last, attempt < last.adding(minutes: territory.minutesBetweenAttempts) { continue }
            counted += 1
            last = attempt
        }
        return counted >= territory.attemptsBeforeMissed
    }

    static func checkEnough(for appointment: Appointment, of territory: Territory, in db: Reader) throws {
        guard areEnough(try of(appointment, in: db), of: territory) else {
            throw Refusal(
                .conflict, "call-again",
                """
                Pour un rendez-vous par téléphone, « manqué » suit \(territory.attemptsBeforeMissed) appels sans réponse à \
                \(territory.minutesBetweenAttempts) minutes d’écart. Rappelez, puis notez « Pas de réponse ».
                """)
        }
    }
}
