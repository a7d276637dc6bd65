import Scheduling
import Store

extension Reply {
    /// Where a gateway's name stands, for what is answered with the code of a letter.
    public static let byCode = "courrier"

    /// The buttons of the page that a code opens.
    public static let offeredByCode: [ReplyMeaning] = [.yes, .no, .callBack]

    /// Does what the same answer by SMS would, for the appointment that the letter is about. Pressed twice, it is one answer.
    /// - Parameter phone: the number where someone asks to be called, E.164; nothing for the one that is known.
    /// - Throws: ``Refusal/unknownCode``; of kind `tooMany`; ``Refusal/tooLateToAnswer``.
    public static func take(
        _ meaning: ReplyMeaning, phone: PhoneNumber? = nil, code typed: String, _ key: AnswerCode.Key, from address: String,
        at now: Instant, in store: Store
    ) async throws -> Reply {
        let coded = try await CodedAppointment.find(typed, key, from: address, at: now, in: store)
        return try await store.claim { db in
            let correspondent = try settled(in: db) { try Correspondent.find(coded, at: now, in: db) }
            guard let correspondent, correspondent.meant != nil else { throw Refusal.tooLateToAnswer }
            if let last = try lastByCode(coded.appointmentID, at: coded.startsAt, of: coded.territory.id, in: db), last.meaning == meaning,
                last.sender == phone?.e164 ?? ""
            {
                return last
            }
            let incoming = Incoming(
                gateway: byCode, reference: nil, sender: phone?.e164 ?? "", text: words(meaning, phone))
            return try Answering(incoming: incoming, number: incoming.sender, correspondent: correspondent, now: now).run(
                as: meaning, in: db)
        }
    }

    /// What the button said.
    public static func words(_ meaning: ReplyMeaning) -> String {
        switch meaning {
        case .yes: "Je viendrai"
        case .no: "Je ne peux pas venir"
        case .callBack: "Rappelez-moi"
        case .stop, .words: meaning.label
        }
    }

    private static func words(_ meaning: ReplyMeaning, _ phone: PhoneNumber?) -> String {
        words(meaning) + (phone.map { " au \($0.display)" } ?? "")
    }

    /// The last that was answered so about an appointment at this time.
    static func lastByCode(_ appointment: ID<Appointment>, at start: Instant, of territory: Int64, in db: Reader) throws -> Reply? {
        try db.first(
            """
            SELECT \(columns) FROM reply
            WHERE territory_id = \(territory) AND appointment_id = \(appointment) AND gateway = \(byCode) AND for_start = \(start)
            ORDER BY received_at DESC, id DESC LIMIT 1
            """
        ) { try Reply($0) }
    }
}

extension Correspondent {
    /// Whoever has the letter answers for the person it is about.
    static func find(_ coded: CodedAppointment, at now: Instant, in db: Reader) throws -> Correspondent {
        Correspondent(
            territory: coded.territory, owners: [coded.personID], lastAppointment: coded.appointmentID, wasCampaign: false,
            asksNothing: false, offersPlace: false,
            upcoming: try upcoming(of: [coded.personID], coded.territory.id, at: now, in: db), named: coded.appointmentID)
    }
}

extension Refusal {
    public static let tooLateToAnswer = Refusal(
        .conflict, "too-late-to-answer",
        "On ne peut plus répondre ainsi pour ce rendez-vous : il a commencé, ou il n’a pas lieu. Appelez le numéro écrit sur votre lettre.")
}
