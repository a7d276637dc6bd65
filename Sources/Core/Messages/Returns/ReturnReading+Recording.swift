import Crypto
import Foundation
import Scheduling
import Store

extension ReturnReading {
    /// Does what one letter means, once, whoever reads it again.
    /// - Returns: what it was taken for; `nil` when the mailbox is somebody else's by now, and nothing was done.
    public func record(_ found: Found, at now: Instant, in store: Store) async throws -> Kind? {
        do {
            return try await store.claim { db in try record(found, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            // Of one letter: those behind it are read all the same, and a human looks at this one.
            guard found.delivery != nil else { throw violation }
            let bare = Found(validity: found.validity, uid: found.uid, delivery: nil, mail: nil)
            return try await store.claim { db in try record(bare, at: now, in: db) }
        }
    }

    private func record(_ found: Found, at now: Instant, in db: Writer) throws -> Kind? {
        // Its row is the lock: two that read one mailbox take turns, and the second does nothing.
        let isOurs = try db.run(
            """
            UPDATE return_mailbox SET leased_until = \(now.adding(seconds: Self.seconds)), validity = \(found.validity),
              last_uid = \(found.uid)
            WHERE name = \(mailbox) AND lease = \(lease)
            """)
        guard isOurs > 0 else { return nil }
        let comeback = try found.delivery.flatMap { try Comeback.find($0, in: db) }
        let kind = Kind(found.mail?.verdict, isKnown: comeback != nil)
        let isNew = try db.run(
            """
            INSERT INTO return_mail (mailbox, validity, uid, kind, read_at)
            VALUES (\(mailbox), \(found.validity), \(found.uid), \(kind), \(now)) ON CONFLICT (mailbox, validity, uid) DO NOTHING
            """)
        if isNew > 0, let comeback, let mail = found.mail { try act(on: mail, of: comeback, at: now, in: db) }
        return kind
    }

    private func act(on mail: ReturnedMail, of comeback: Comeback, at now: Instant, in db: Writer) throws {
        switch mail.verdict {
        case .bounced(let isGone): try comeback.bounce(isGone: isGone, at: now, in: db)
        case .answered: try comeback.answer(mail, by: mailbox, at: now, in: db)
        case .delayed, .automatic: break
        }
    }
}

extension ReturnReading.Kind {
    fileprivate init(_ verdict: ReturnedMail.Verdict?, isKnown: Bool) {
        switch verdict {
        case .bounced where isKnown: self = .bounced
        case .delayed where isKnown: self = .delayed
        case .answered where isKnown: self = .answered
        case .automatic where isKnown: self = .automatic
        default: self = .unknown
        }
    }
}

/// What was sent, and comes back.
private struct Comeback {
    let delivery: ID<Delivery>
    let recipient: String
    let message: Message

    static func find(_ delivery: ID<Delivery>, in db: Reader) throws -> Comeback? {
        let found = try db.first(
            """
            SELECT territory_id, message_id, recipient FROM delivery
            WHERE territory_id IN (SELECT id FROM territory) AND id = \(delivery) AND channel = 'email'
            """
        ) { (territory: try $0[0] as Int64, message: try $0[1] as ID<Message>, recipient: try $0[2] as String) }
        // What an agent was told about their agenda is for nobody's file: someone looks at what comes back.
        guard let found, let message = try Message.those([found.message], of: found.territory, in: db).first, message.toAgentID == nil
        else { return nil }
        return Comeback(delivery: delivery, recipient: found.recipient, message: message)
    }

    /// As what a gateway says later of any message; of an address that is gone, whoever has it.
    func bounce(isGone: Bool, at now: Instant, in db: Writer) throws {
        let taken = try Delivery.acknowledge(
            delivery, of: message.territoryID, arrived: false, because: isGone ? .recipient : .notDelivered, at: now, in: db)
        guard taken == .taken, isGone else { return }
        try Person.noteBounce(of: recipient, of: message.territoryID, at: now, in: db)
    }

    /// Words for someone to read, whatever they seem to say: anybody writes from any address, and an e-mail changes no appointment.
    func answer(_ mail: ReturnedMail, by gateway: String, at now: Instant, in db: Writer) throws {
        let text = AnswerText.of(mail), reference = Self.reference(mail, text)
        let incoming = Reply.Incoming(gateway: gateway, reference: reference, sender: mail.sender ?? recipient, text: said(text, mail))
        guard try Reply.known(incoming, of: message.territoryID, in: db) == nil else { return }
        let appointment = try message.appointmentID.flatMap { try Appointment.find($0, of: message.territoryID, in: db) }
        let reply = Reply(
            id: .new(), gateway: gateway, sender: String(incoming.sender.prefix(254)), text: incoming.text, receivedAt: now,
            meaning: ReplyMeaning(text), effect: .toRead, personID: message.personID, appointmentID: appointment?.id,
            forStart: appointment?.startsAt, settledAt: nil)
        try reply.insert(reference, of: message.territoryID, in: db)
        try reply.journal(of: message.territoryID, at: now, in: db)
    }

    private func said(_ text: String, _ mail: ReturnedMail) -> String {
        let words = text.isEmpty ? "(Rien d’écrit que l’on puisse lire ici.)" : text
        return mail.files == 0 ? words : "\(words)\n\n(Avec une pièce jointe, restée dans la boîte de retour.)"
    }

    /// The same letter, delivered twice, is one answer.
    private static func reference(_ mail: ReturnedMail, _ text: String) -> String {
        let digest = SHA256.hash(data: Data("\(mail.first("message-id") ?? "")\u{0}\(text)".utf8))
        return digest.map { String(format: "%02x", $0) }.joined()
    }
}
