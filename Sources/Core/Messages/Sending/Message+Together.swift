import Scheduling
import Store

/// Several messages, one text: the reminders of a mother and of her children, which come to her within two hours; what one act takes,
/// moves or cancels for several of them; the changes that an agent asked to be told.
///
/// The first that is due leaves, and takes the others along (`message.with_id`): they share its way and its fate. Only what one and the
/// same person is told anyway is told in one text; a convocation stands alone, for what it said is kept as proof.
extension Message {
    /// Minutes that a reminder, or what an agent is told, may leave before its time, to go along with another.
    static let early = 120
    /// In a message of one or two SMS, or of a screen.
    static let mostTogether = 20

    /// Other messages that wait and may be told in the same text.
    ///
    /// The channel is asked for so that no index leads by it: SQLite would go through all that waits there, and who reads has little.
    func sameText(until: Instant) -> SQL? {
        let common: SQL = """
            message.territory_id = \(territoryID) AND message.id <> \(id) AND message.channel || '' = \(channel)
              AND message.with_id IS NULL AND \(Self.waiting) AND message.due_at <= \(until)
            """
        if let toAgentID { return "\(common) AND message.to_agent_id IS NOT NULL AND message.to_agent_id = \(toAgentID)" }
        guard isToldTogether else { return nil }
        let reader = toPersonID ?? personID
        let found: SQL = purpose == .reminder ? "TRUE" : waitingForOthers(with: reader)
        return """
            \(common) AND message.purpose = \(literal: purpose.rawValue) AND message.recipient = \(recipient) AND \(Self.toPeople)
              AND coalesce(message.to_person_id, message.person_id) = \(reader) AND message.names_reason = \(namesReason)
              AND \(found) AND NOT EXISTS (SELECT 1 FROM appointment
                JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
                WHERE appointment.territory_id = message.territory_id AND reason.summons
                  AND (appointment.id = message.appointment_id OR appointment.id = \(appointmentID)))
            """
    }

    /// An e-mail that takes, moves or cancels carries one appointment for a calendar, and no more (RFC 5546, 3.2.2).
    private var isToldTogether: Bool {
        purpose == .reminder || (channel == .sms && [.confirmation, .change, .cancellation].contains(purpose))
    }

    /// What the same reader is to be told about somebody else: found by them, and not among all that waits. Several of one person were
    /// taken each by itself, or are named by one message already.
    private func waitingForOthers(with reader: ID<Person>) -> SQL {
        let waits: SQL = "told.territory_id = \(territoryID) AND told.sent_at IS NULL AND told.withdrawn_at IS NULL"
        return """
            message.person_id <> \(personID) AND message.id IN (
              SELECT told.id FROM message told WHERE \(waits) AND told.person_id = \(reader)
              UNION ALL SELECT told.id FROM message told WHERE \(waits) AND told.to_person_id IS NOT NULL AND told.to_person_id = \(reader))
            """
    }

    /// Minutes that it may leave before its time.
    private var mayBeEarly: Int { purpose == .reminder || toAgentID != nil ? Self.early : 0 }

    /// Whether another that is due comes first, and would take this one along.
    func isAfterAnother(at now: Instant, in db: Reader) throws -> Bool {
        guard let sameText = sameText(until: now) else { return false }
        return try db.exists(
            """
            SELECT 1 FROM message WHERE \(sameText)
              AND (message.due_at < \(dueAt) OR (message.due_at = \(dueAt) AND message.id < \(id)))
            """)
    }

    /// Those that may go along, soonest first, for this transaction alone.
    func inTheSameText(at now: Instant, in db: Writer) throws -> [Message] {
        guard let sameText = sameText(until: now.adding(minutes: mayBeEarly)) else { return [] }
        return try db.all(
            """
            SELECT \(Self.columns) FROM message WHERE \(sameText) ORDER BY message.due_at, message.id
            LIMIT \(Self.mostTogether)\(lock: .rows)
            """
        ) { try Message($0) }
    }

    /// Those that were on their way with it.
    static func along(with message: Message, in db: Reader) throws -> [Message] {
        try db.all(
            """
            SELECT \(columns) FROM message WHERE message.territory_id = \(message.territoryID) AND message.with_id = \(message.id)
            ORDER BY message.due_at, message.id
            """
        ) { try Message($0) }
    }
}

/// What a message says, and which others it says it for.
struct Said {
    let rendered: Rendered
    var along: [Message] = []
}

extension Message {
    /// The text, with as many of the others as the template can name and two SMS hold.
    /// - Parameter all: whatever it costs: it was begun so.
    func said(with companions: [Message], all: Bool, in db: Reader) throws -> Said {
        guard !companions.isEmpty, let made = try making(in: db), made.template.names(companions, beside: self) else {
            return Said(rendered: try rendered(in: db))
        }
        let told = try companions.map { try Companion($0, in: db) }
        for count in stride(from: told.count, to: 0, by: -1) {
            var facts = made.facts
            facts.add(Array(told.prefix(count)), at: personID)
            let rendered = try Rendered(made.template, facts.values(in: made.template.scope.language, namesReason: namesReason, at: dueAt))
            guard channel == .sms, !all, SMSText(rendered.text).parts.count > 2 else {
                return Said(rendered: rendered, along: Array(companions.prefix(count)))
            }
        }
        return Said(rendered: try rendered(in: db))
    }
}

/// What goes along: whose appointment it is, when they are not the reader.
struct Companion {
    let appointment: Appointment
    let personID: ID<Person>
    let name: String?

    fileprivate init(_ message: Message, in db: Reader) throws {
        guard let id = message.appointmentID, let appointment = try Appointment.find(id, of: message.territoryID, in: db) else {
            throw Refusal.nothingToSay
        }
        self.appointment = appointment
        personID = message.personID
        name = try message.toPersonID == nil ? nil : Person.find(message.personID, of: message.territoryID, in: db)?.name
    }
}

extension Template {
    /// Whether it has words for others: another appointment, or someone else who comes to the same.
    fileprivate func names(_ companions: [Message], beside message: Message) -> Bool {
        guard let used = try? TemplateText(version.body).variables else { return false }
        let isElsewhere = companions.contains { $0.appointmentID != message.appointmentID }
        return used.contains(.person) && (used.contains(.others) || !isElsewhere)
    }
}
