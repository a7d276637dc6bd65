import Foundation
import Scheduling
import Store

extension Bascule {
    /// Doors open again: what is still to come takes place as it did before, and everyone who had been told is told again.
    ///
    /// Whom nobody had told yet has nothing to unlearn: they leave the list.
    /// - Throws: ``Refusal/alreadyReverted``; ``Refusal/notFound``.
    public static func revert(_ id: ID<Bascule>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            let bascule = try find(id, for: acting, in: db)
            try bascule.lock(in: db)
            // Someone else may have reverted it while this one waited.
            guard try find(id, for: acting, in: db).revertedAt == nil else { throw Refusal.alreadyReverted }
            let reversal = UUID.version7(milliseconds: UInt64(now.rawValue) * 1000)
            try db.run(
                """
                UPDATE bascule SET reverted_at = \(now), reverted_by = \(acting.agent.id), reversal_id = \(reversal)
                WHERE territory_id = \(acting.territoryID) AND id = \(id)
                """)
            try Journal.record(
                .changed, about: id.uuid, bascule.payload.merging(["reverted": "true"]) { $1 }, by: acting, at: now, in: db)
            for before in try bascule.noted(at: now, in: db) { try bascule.giveBack(before, reversal, by: acting, at: now, in: db) }
            try bascule.forgetUntold(by: acting, at: now, in: db)
        }
    }

    /// What an appointment was.
    private struct Noted {
        let appointment: Appointment
        let how: How
        let phone: String?
    }

    /// Those still to come by phone, as they were before.
    private func noted(at now: Instant, in db: Reader) throws -> [Noted] {
        try db.all(
            """
            SELECT \(Appointment.columns), bascule_appointment.how_before, bascule_appointment.phone_before FROM bascule_appointment
            JOIN appointment ON appointment.territory_id = bascule_appointment.territory_id
              AND appointment.id = bascule_appointment.appointment_id
            WHERE bascule_appointment.territory_id = \(territoryID) AND bascule_appointment.bascule_id = \(id)
              AND appointment.starts_at > \(now) AND appointment.how = \(How.phone) ORDER BY appointment.starts_at, appointment.id
            """
        ) { row in
            Noted(
                appointment: try Appointment(row), how: try row[Appointment.columnCount], phone: try row[Appointment.columnCount + 1])
        }
    }

    private func giveBack(_ noted: Noted, _ reversal: UUID, by acting: Acting, at now: Instant, in db: Writer) throws {
        let people = try noted.appointment.expected(in: db)
        guard !people.isEmpty else { return }
        var before = noted.appointment
        (before.how, before.phone) = (noted.how, noted.phone)
        try before.writeHow(insteadOf: noted.appointment.how, by: acting, at: now, in: db)
        for person in people where try !isUntold(person.id, before.id, in: db) {
            try before.tell(
                person, Tidings.Origin(cause: .bascule, id: reversal), inPerson: person.needsInterpreter, key: "bascule/\(id)/reverted",
                by: acting, at: now, in: db)
        }
    }

    private func isUntold(_ person: ID<Person>, _ appointment: ID<Appointment>, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM tidings WHERE territory_id = \(territoryID) AND cause_id = \(id) AND person_id = \(person)
              AND appointment_id = \(appointment) AND settled_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM message WHERE message.territory_id = tidings.territory_id AND message.id = tidings.message_id
                AND message.channel IN ('sms', 'email'))
            """)
    }

    private func forgetUntold(by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE message SET withdrawn_at = \(now) WHERE territory_id = \(territoryID) AND \(Message.waiting)
              AND id IN (SELECT message_id FROM tidings WHERE territory_id = \(territoryID) AND cause_id = \(id) AND settled_at IS NULL)
            """)
        try db.run(
            """
            UPDATE tidings SET outcome = 'moot', settled_at = \(now), settled_by = \(acting.agent.id)
            WHERE territory_id = \(territoryID) AND cause_id = \(id) AND settled_at IS NULL
            """)
    }
}

extension Bascule {
    /// Where a bascule stands.
    public struct Progress: Sendable, Equatable {
        /// People told by a message, by someone, and still to tell.
        public let messages: Int
        public let told: Int
        public let open: Int
        /// People whose appointment could not go by phone, for want of a number.
        public let withoutNumber: [Preview.Line]
        /// Groups that are still to meet behind closed doors.
        public let groups: [Preview.Group]

        public init(messages: Int, told: Int, open: Int, withoutNumber: [Preview.Line], groups: [Preview.Group] = []) {
            self.messages = messages
            self.told = told
            self.open = open
            self.withoutNumber = withoutNumber
            self.groups = groups
        }
    }

    public func progress(of territory: Territory, now: Instant, in db: Reader) throws -> Progress {
        let counts = try db.all(
            """
            SELECT coalesce(outcome, 'open'), count(*) FROM tidings
            WHERE territory_id = \(territoryID) AND cause_id = \(id) GROUP BY coalesce(outcome, 'open')
            """
        ) { (try $0[0] as String, try $0[1] as Int) }
        let count = Dictionary(counts, uniquingKeysWith: +)
        let left = revertedAt == nil ? try preview(of: territory, now: now, in: db) : Preview(lines: [])
        return Progress(
            messages: count["message"] ?? 0, told: (count["told"] ?? 0) + (count["rebooked"] ?? 0), open: count["open"] ?? 0,
            withoutNumber: left.lines, groups: left.groups)
    }

    /// A number is known at last: the appointment goes by phone, and its person is in the list of those to tell.
    public static func giveNumber(
        _ typed: String, for appointment: ID<Appointment>, in id: ID<Bascule>, by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        guard let number = PhoneNumber(typed) else {
            throw Refusal.field("phone", "impossible-phone", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
        }
        try await store.claim { db in
            let bascule = try find(id, for: acting, in: db)
            try bascule.lock(in: db)
            let left = try bascule.appointments(of: acting.territory, at: now, in: db)
            guard bascule.revertedAt == nil, var one = left.first(where: { $0.id == appointment }) else { throw Refusal.notFound }
            try bascule.note(one, in: db)
            let before = one.how
            (one.how, one.phone) = (.phone, number.e164)
            try one.writeHow(insteadOf: before, by: acting, at: now, in: db)
            for person in try one.expected(in: db) {
                try Journal.record(
                    .changed, about: person.id.uuid, ["what": "bascule", "appointment": one.id.description, "how": one.how.rawValue],
                    by: acting, at: now, in: db)
            }
        }
    }
}

extension Refusal {
    public static let alreadyReverted = Refusal(
        .conflict, "already-reverted", "C’est déjà fait : ces rendez-vous ont lieu de nouveau comme avant.")
}
