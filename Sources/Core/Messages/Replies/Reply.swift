import Scheduling
import Store

/// Une réponse: what someone sent back to an SMS or an e-mail (table `reply`), what it meant and what it did.
public struct Reply: Sendable, Equatable {
    public let id: ID<Reply>
    /// The gateway that brought it, as the configuration calls it.
    public let gateway: String
    /// The number it came from, E.164; as the gateway gave it when it is none. Or the address that an e-mail says it is from.
    public let sender: String
    /// As it was written, 2,000 characters at most.
    public let text: String
    public let receivedAt: Instant
    public let meaning: ReplyMeaning
    public let effect: Effect
    /// Nothing when nobody here has that number.
    public let personID: ID<Person>?
    public let appointmentID: ID<Appointment>?
    /// The start of the appointment as it was then: moved since, the answer is about another time.
    public let forStart: Instant?
    /// Since when nothing is left to do.
    public let settledAt: Instant?

    public static let longest = 2000

    /// It came back to an e-mail: it changed nothing by itself.
    public var isByEmail: Bool { sender.contains("@") }

    public init(
        id: ID<Reply>, gateway: String, sender: String, text: String, receivedAt: Instant, meaning: ReplyMeaning, effect: Effect,
        personID: ID<Person>?, appointmentID: ID<Appointment>?, forStart: Instant?, settledAt: Instant?
    ) {
        (self.id, self.gateway, self.sender, self.text, self.receivedAt) = (id, gateway, sender, text, receivedAt)
        (self.meaning, self.effect, self.personID, self.appointmentID) = (meaning, effect, personID, appointmentID)
        (self.forStart, self.settledAt) = (forStart, settledAt)
    }

    /// What it did. Raw values are stored.
    public enum Effect: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        /// They come: nothing else changes.
        case confirmed
        /// Their appointment is cancelled, its time free again.
        case freed
        /// Nothing changed, and they were told the number to call.
        case standing
        /// No SMS is written to them any more.
        case stopped
        /// No campaign is sent to them any more.
        case opposed
        /// For someone to read.
        case toRead = "to-read"

        /// Whether somebody must still do something.
        var isSettled: Bool { self == .confirmed || self == .freed || self == .opposed }

        public var label: String {
            switch self {
            case .confirmed: "viendra"
            case .freed: "rendez-vous annulé, heure libérée"
            case .standing: "rien n’est changé : à rappeler"
            case .opposed: "plus d’informations générales"
            case .stopped: "plus de SMS : prévenir par téléphone ou par courrier"
            case .toRead: "à lire"
            }
        }
    }
}

extension Reply {
    static let columns: SQL = """
        reply.id, reply.gateway, reply.sender, reply.text, reply.received_at, reply.meaning, reply.effect, reply.person_id,
        reply.appointment_id, reply.for_start, reply.settled_at
        """
    static let columnCount = 11

    init(_ row: Row) throws {
        self.init(
            id: try row[0], gateway: try row[1], sender: try row[2], text: try row[3], receivedAt: try row[4], meaning: try row[5],
            effect: try row[6], personID: try row[7], appointmentID: try row[8], forStart: try row[9], settledAt: try row[10])
    }

    /// That it came, in the journal of whom it is about.
    func journal(of territory: Int64, at now: Instant, in db: Writer) throws {
        try Journal.record(
            .changed, about: personID?.uuid ?? id.uuid,
            ["what": "reply", "meaning": meaning.rawValue, "effect": effect.rawValue, "appointment": appointmentID?.description ?? ""],
            by: .anonymous, of: territory, at: now, in: db)
    }

    func insert(_ reference: String?, of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO reply (territory_id, id, gateway, reference, sender, text, received_at, meaning, effect, person_id, appointment_id,
              for_start, settled_at)
            VALUES (\(territory), \(id), \(gateway), \(reference), \(sender), \(text), \(receivedAt), \(meaning), \(effect), \(personID),
              \(appointmentID), \(forStart), \(settledAt))
            """)
    }
}
