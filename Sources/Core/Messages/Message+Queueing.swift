import Scheduling
import Store

extension Message {
    /// What is queued, and about what.
    struct Occasion {
        let purpose: Purpose
        let appointment: Appointment
        let reason: Reason
        /// One message a key and a person told.
        let key: String
        /// Now, unless said.
        var dueAt: Instant?
        /// The start of a place that is free sooner.
        var place: Instant?
        /// For whom a message cannot reach by itself, none is written: they are to be called.
        var isByItself: Bool { purpose == .reminder || purpose == .missed || purpose == .earlierSlot }
        /// What is said is for the coming hours.
        func isSoon(at now: Instant) -> Bool { Appointment.isSoon(place ?? appointment.startsAt, at: now) }
        /// The start that it is about, when there is to be none other.
        var forStart: Instant? { isByItself ? place ?? appointment.startsAt : nil }
    }

    /// Queues what each of those told is to be told, once: the same key again changes nothing. Who cannot or will not be reached gets
    /// nothing.
    static func queue(_ occasion: Occasion, to person: Person, of territory: Territory, at now: Instant, in db: Writer) throws {
        var discretion = Discretion.none
        let today = territory.zone.civil(now).date
        let facts = try Telling.Facts(person, about: occasion.reason, of: territory, on: today, &discretion, in: db)
        let telling = Telling(facts)
        let soon = occasion.isSoon(at: now)
        if telling.themselves, let reach = person.reach(minding: discretion, soon: soon) {
            try insert(occasion, about: person, reach: reach, namesReason: !facts.isDiscreet, at: now, in: db)
        }
        for (ids, isCopy) in [(telling.instead, false), (telling.copies, true)] {
            for id in ids { try queue(occasion, about: person, through: id, isCopy: isCopy, at: now, in: db) }
        }
    }

    private static func queue(
        _ occasion: Occasion, about person: Person, through id: ID<Person>, isCopy: Bool, at now: Instant, in db: Writer
    ) throws {
        guard let other = try Person.find(id, of: person.territoryID, in: db),
            let reach = other.reach(
                minding: try Discretion.of(id, of: person.territoryID, in: db), soon: occasion.isSoon(at: now))
        else { return }
        try insert(occasion, about: person, to: other, reach: reach, namesReason: !isCopy, at: now, in: db)
    }

    private static func insert(
        _ occasion: Occasion, about person: Person, to other: Person? = nil, reach: (channel: Person.Channel, recipient: String),
        namesReason: Bool, at now: Instant, in db: Writer
    ) throws {
        guard !occasion.isByItself || reach.channel.leavesByItself else { return }
        let key = occasion.key + (other.map { "/to/\($0.id)" } ?? "")
        try db.send(
            """
            INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at,
              to_person_id, names_reason, for_start)
            VALUES (\(person.territoryID), \(ID<Message>.new()), \(person.id), \(occasion.appointment.id), \(occasion.purpose),
              \(reach.channel), \(reach.recipient), \(occasion.dueAt ?? now), \(key), \(now), \(other?.id), \(namesReason),
              \(occasion.forStart))
            ON CONFLICT (territory_id, dedup_key) DO NOTHING
            """)
    }

    /// What has not left goes to those who are to be told now: someone who must not know any more is not told.
    static func chooseAgain(for id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let waiting = try due(to: id, of: acting.territoryID, in: db).filter { $0.appointmentID != nil && $0.leasedUntil == nil }
        guard !waiting.isEmpty, let person = try Person.find(id, of: acting.territoryID, in: db) else { return }
        for message in waiting {
            try db.run("UPDATE message SET withdrawn_at = \(now) WHERE territory_id = \(acting.territoryID) AND id = \(message.id)")
        }
        var told: Set<String> = []
        let all = waiting.flatMap { message in ([message.appointmentID].compactMap { $0 } + message.others).map { (message, $0) } }
        for (message, about) in all {
            guard told.insert("\(about) \(message.purpose)").inserted,
                let appointment = try Appointment.find(about, of: acting.territoryID, in: db),
                let reason = try Reason.find(appointment.reasonID, of: acting.territoryID, in: db)
            else { continue }
            let occasion = Occasion(
                purpose: message.purpose, appointment: appointment, reason: reason,
                key: appointment.messageKey(message.purpose, id) + "/again/\(ID<Message>.new())", dueAt: max(message.dueAt, now),
                place: message.purpose == .earlierSlot ? message.forStart : nil)
            try queue(occasion, to: person, of: acting.territory, at: now, in: db)
        }
    }

    /// What has not left goes where the person is reached now; what nothing can carry any more is withdrawn. A campaign says one text by
    /// each channel: its messages are judged at the door.
    static func readdress(_ person: Person, minding discretion: Discretion, at now: Instant, in db: Writer) throws {
        let waiting: SQL = """
            territory_id = \(person.territoryID) AND \(Self.waiting) AND \(toPeople) AND purpose <> 'campaign'
              AND ((person_id = \(person.id) AND to_person_id IS NULL) OR to_person_id = \(person.id))
            """
        if let reach = person.reach(minding: discretion) {
            try db.run("UPDATE message SET channel = \(reach.channel), recipient = \(reach.recipient) WHERE \(waiting)")
        } else {
            try db.run("UPDATE message SET withdrawn_at = \(now) WHERE \(waiting)")
        }
    }

    /// A confidential address stands on letters and on no screen of who may not change the file; that of someone told in another's
    /// place, on none: parents who live apart share their child's page.
    public static func hidingAddresses(_ messages: [Message], from acting: Acting, in db: Reader) throws -> [Message] {
        try messages.map { message in
            guard message.channel == .letter else { return message }
            guard message.toPersonID == nil else { return message.hiding("à son adresse") }
            guard try Discretion.of(message.personID, of: acting.territoryID, in: db).addressHidden,
                try !Person.isEditable(message.personID, by: acting, in: db)
            else { return message }
            return message.hiding("adresse confidentielle")
        }
    }

    private func hiding(_ words: String) -> Message {
        var hidden = self
        hidden.recipient = words
        return hidden
    }
}
