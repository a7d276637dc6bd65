import Foundation
import Scheduling
import Store

/// What a code shows to who has the letter: when and where, neither who nor what for.
public struct CodedAppointment: Sendable, Equatable {
    public let territory: Territory
    public let appointmentID: ID<Appointment>
    public let personID: ID<Person>
    public let messageID: ID<Message>
    public let startsAt: Instant
    public let status: Participation.Status
    /// « par téléphone », « à domicile », « en visio »; nothing at a site.
    public let way: String
    public let place: String
    /// The organization as messages name it.
    public let house: String
    /// To call.
    public let number: String
    /// What was last answered about this time by the same way.
    public var answered: ReplyMeaning?

    public init(
        territory: Territory, appointment: ID<Appointment>, person: ID<Person>, message: ID<Message>, startsAt: Instant,
        status: Participation.Status, way: String, place: String, house: String, number: String, answered: ReplyMeaning? = nil
    ) {
        (self.territory, appointmentID, personID, messageID) = (territory, appointment, person, message)
        (self.startsAt, self.status, self.way, self.place) = (startsAt, status, way, place)
        (self.house, self.number, self.answered) = (house, number, answered)
    }

    /// Until it begins.
    public func mayBeAnswered(at now: Instant) -> Bool { status == .upcoming && startsAt > now }
}

extension CodedAppointment {
    /// What a code leads to. Each wrong one counts, and beyond ``SignInLimit/perCode`` of them one must wait.
    /// - Parameter address: the client's, as text.
    /// - Throws: ``Refusal/unknownCode`` for a wrong code and for that of an appointment that is over; of kind `tooMany`.
    public static func find(
        _ typed: String, _ key: AnswerCode.Key, from address: String, at now: Instant, in store: Store
    ) async throws -> CodedAppointment {
        let attempt = CodeAttempt(address: address)
        let found = try await store.write { db -> CodedAppointment? in
            try attempt.begin(at: now, in: db)
            guard let code = AnswerCode(typed), let found = try find(code, key, at: now, in: db) else { return nil }
            try attempt.succeed(in: db)
            return found
        }
        guard let found else { throw Refusal.unknownCode }
        return found
    }

    static func find(_ code: AnswerCode, _ key: AnswerCode.Key, at now: Instant, in db: Reader) throws -> CodedAppointment? {
        let found = try db.first(
            """
            SELECT message.territory_id, message.id, message.appointment_id, message.person_id, participation.status
            FROM answer_code
            JOIN message ON message.territory_id = answer_code.territory_id AND message.id = answer_code.message_id
            JOIN appointment ON appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
            JOIN participation ON participation.territory_id = message.territory_id
              AND participation.appointment_id = message.appointment_id AND participation.person_id = message.person_id
            WHERE answer_code.digest = \(key.digest(of: code)) AND appointment.ends_at > \(now)
            """
        ) { row in
            (
                territory: try row[0] as Int64, message: try row[1] as ID<Message>, appointment: try row[2] as ID<Appointment>,
                person: try row[3] as ID<Person>, status: try row[4] as Participation.Status
            )
        }
        // Told as to someone else: the person's own number is for no screen that a letter opens.
        guard let found, let territory = try Territory.find(found.territory, in: db),
            let facts = try RenderingFacts.load(
                about: found.appointment, for: found.person, to: found.person, of: found.territory, in: db)
        else { return nil }
        let values = facts.values(in: "fr", namesReason: false, at: now), startsAt = facts.appointment.startsAt
        return CodedAppointment(
            territory: territory, appointment: found.appointment, person: found.person, message: found.message, startsAt: startsAt,
            status: found.status, way: values[.way] ?? "", place: values[.place] ?? "", house: values[.house] ?? "",
            number: values[.number] ?? "",
            answered: try Reply.lastByCode(found.appointment, at: startsAt, of: found.territory, in: db)?.meaning)
    }
}

/// One try of a code. It counts as wrong from its beginning, so that tries made at once are all counted; a good one is forgotten, and
/// forgets no other: who has a letter tries no more codes than who has none.
struct CodeAttempt: Sendable {
    let id = ID<SignInAttempt>.new()
    let subject: SignInAttempt.Subject

    init(address: String) { subject = .codes(from: address) }

    func begin(at now: Instant, in db: Writer) throws {
        let wait = try subject.wait(at: now, in: db)
        guard wait <= 0 else { throw Refusal.tooManyCodes(seconds: wait) }
        try subject.count(id, at: now, in: db)
    }

    func succeed(in db: Writer) throws { try subject.forget(id, in: db) }
}

extension Refusal {
    /// The same for a code that is none, one whose appointment is over, and one of nobody.
    public static let unknownCode = Refusal(
        .notFound, "unknown-code",
        "Ce code n’ouvre aucun rendez-vous à venir. Relisez-le sur votre lettre, ou appelez le numéro qui y est écrit.")

    static func tooManyCodes(seconds: Int) -> Refusal {
        let minutes = (seconds + 59) / 60
        return Refusal(
            .tooMany, "too-many-codes",
            "Trop de codes faux ont été essayés d’ici. Attendez \(minutes)\u{A0}minute\(minutes > 1 ? "s" : ""), "
                + "ou appelez le numéro écrit sur votre lettre.")
    }
}
