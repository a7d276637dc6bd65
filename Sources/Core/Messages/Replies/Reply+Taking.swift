import Scheduling
import Store

extension Reply {
    /// What a gateway brings.
    public struct Incoming: Sendable {
        public let gateway: String
        /// By which the gateway knows it: brought again, it is the same.
        public let reference: String?
        public let sender: String
        public let text: String

        /// - Parameter text: kept without NUL, which no database holds, and cut at ``Reply/longest`` code points.
        public init(gateway: String, reference: String?, sender: String, text: String) {
            let kept = text.unicodeScalars.lazy.filter { $0 != "\0" }.prefix(Reply.longest)
            (self.gateway, self.reference, self.sender) = (gateway, reference, sender)
            self.text = String(String.UnicodeScalarView(kept))
        }
    }

    /// Does what it says, once, and keeps it.
    ///
    /// - OUI confirms the appointment that it is about; nothing else changes. To a place that is free sooner, it is for someone to read.
    /// - NON frees the appointment only when the number has exactly one to come, that does not oblige; otherwise nothing changes, they
    ///   are told the number to call, and someone reads it. To what asks nothing, a campaign say, it is words like others.
    /// - STOP is immediate, for whom the number belongs to: after a campaign, no campaign any more; else no SMS about appointments, what
    ///   waits goes another way, and someone reads it.
    /// - Anything else is for someone to read.
    /// - Returns: `nil` when no territory can be told from the number.
    @discardableResult
    public static func take(_ incoming: Incoming, at now: Instant, in store: Store) async throws -> Reply? {
        // Many gateways leave the + out.
        let phone = PhoneNumber(incoming.sender) ?? PhoneNumber("+" + incoming.sender)
        let number = phone?.e164 ?? String(incoming.sender.prefix(40))
        do {
            return try await store.claim { db in try take(incoming, from: number, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == "reply_once" {
            // Brought twice at once: the other one is there now.
            return try await store.claim { db in try take(incoming, from: number, at: now, in: db) }
        }
    }

    private static func take(_ incoming: Incoming, from number: String, at now: Instant, in db: Writer) throws -> Reply? {
        guard let correspondent = try settled(in: db, { try Correspondent.find(number, at: now, in: db) }) else { return nil }
        if let known = try known(incoming, of: correspondent.territory.id, in: db) { return known }
        return try Answering(incoming: incoming, number: number, correspondent: correspondent, now: now).run(in: db)
    }

    /// With the calendars of all whom it is about locked: two answers at once, and an answer beside a booking, take turns.
    static func settled(in db: Writer, _ find: () throws -> Correspondent?) throws -> Correspondent? {
        var locked: Set<ID<Agent>> = []
        while let correspondent = try find() {
            let agents = try agents(of: correspondent, in: db)
            guard !agents.isSubset(of: locked) else { return correspondent }
            try Agent.lockCalendars(agents, of: correspondent.territory.id, in: db)
            locked.formUnion(agents)
        }
        return nil
    }

    private static func agents(of correspondent: Correspondent, in db: Reader) throws -> Set<ID<Agent>> {
        let appointments = try correspondent.upcoming.compactMap {
            try Appointment.find($0.appointment, of: correspondent.territory.id, in: db)
        }
        return Set(try appointments.flatMap { [$0.agentID] + (try $0.colleagues(in: db)) })
    }

    static func known(_ incoming: Incoming, of territory: Int64, in db: Reader) throws -> Reply? {
        guard let reference = incoming.reference else { return nil }
        return try db.first(
            """
            SELECT \(columns) FROM reply
            WHERE territory_id = \(territory) AND gateway = \(incoming.gateway) AND reference = \(reference)
            """
        ) { try Reply($0) }
    }
}

/// One answer, being done.
struct Answering {
    let incoming: Reply.Incoming
    let number: String
    let correspondent: Correspondent
    let now: Instant

    private var territory: Territory { correspondent.territory }

    func run(in db: Writer) throws -> Reply { try run(as: ReplyMeaning(incoming.text), in: db) }

    func run(as meaning: ReplyMeaning, in db: Writer) throws -> Reply {
        let about = correspondent.meant
        switch meaning {
        case .yes: return try keep(meaning, about == nil || correspondent.offersPlace ? .toRead : .confirmed, about, in: db)
        case .no: return try refuse(in: db)
        case .stop: return try stop(in: db)
        case .callBack, .words: return try keep(meaning, .toRead, about, in: db)
        }
    }

    private func refuse(in db: Writer) throws -> Reply {
        if correspondent.asksNothing { return try keep(.no, .toRead, correspondent.meant, in: db) }
        guard let soonest = correspondent.meant ?? correspondent.upcoming.first,
            let appointment = try Appointment.find(soonest.appointment, of: territory.id, in: db)
        else { return try keep(.no, .toRead, nil, in: db) }
        if correspondent.upcoming.count == 1, !soonest.isSummons, try !hasJustFreed(in: db) {
            try appointment.set(
                .cancelledByPerson, for: soonest.person, why: incoming.gateway == Reply.byCode ? "Réponse à sa lettre" : "Réponse par SMS",
                by: Author(territory: territory), at: now, in: db)
            return try keep(.no, .freed, soonest, in: db)
        }
        let reply = try keep(.no, .standing, soonest, in: db)
        try Message.answer(reply, about: appointment, to: number, of: territory, at: now, in: db)
        return reply
    }

    /// One who presses twice frees one appointment. Who names it frees no other.
    private func hasJustFreed(in db: Reader) throws -> Bool {
        guard correspondent.named == nil else { return false }
        return try db.exists(
            """
            SELECT 1 FROM reply WHERE territory_id = \(territory.id) AND sender = \(number) AND effect = 'freed'
              AND received_at > \(now.adding(minutes: -10))
            """)
    }

    private func stop(in db: Writer) throws -> Reply {
        try Person.oppose(
            correspondent.wasCampaign ? \.neverCampaign : \.neverSMS, for: correspondent.owners, of: territory.id, why: "reply", at: now,
            in: db)
        return try keep(.stop, correspondent.wasCampaign ? .opposed : .stopped, correspondent.meant, in: db)
    }

    private func keep(_ meaning: ReplyMeaning, _ effect: Reply.Effect, _ about: Correspondent.Upcoming?, in db: Writer) throws -> Reply {
        let last = try correspondent.lastAppointment.flatMap { try Appointment.find($0, of: territory.id, in: db) }
        let appointment = try about.flatMap { try Appointment.find($0.appointment, of: territory.id, in: db) } ?? last
        let reply = Reply(
            id: .new(), gateway: incoming.gateway, sender: number, text: incoming.text, receivedAt: now,
            meaning: meaning, effect: effect, personID: about?.person ?? correspondent.owners.first, appointmentID: appointment?.id,
            forStart: appointment?.startsAt, settledAt: effect.isSettled ? now : nil)
        try reply.insert(incoming.reference, of: territory.id, in: db)
        try reply.journal(of: territory.id, at: now, in: db)
        return reply
    }
}

extension Message {
    /// Tells whoever answered that the appointment stands, and the number to call: by SMS, where the answer came from, and at once.
    fileprivate static func answer(
        _ reply: Reply, about appointment: Appointment, to number: String, of territory: Territory, at now: Instant, in db: Writer
    ) throws {
        guard let person = reply.personID, PhoneNumber(stored: number) != nil,
            try !Discretion.of(person, of: territory.id, in: db).neverSMS
        else { return }
        try db.run(
            """
            INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at,
              names_reason)
            VALUES (\(territory.id), \(ID<Message>.new()), \(person), \(appointment.id), 'standing', 'sms', \(number), \(now),
              \("reply/\(reply.id)"), \(now), FALSE)
            """)
    }
}
