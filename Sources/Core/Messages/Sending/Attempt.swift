import Foundation
import Scheduling
import Store

/// One message taken by one carrier, with those that go along in its text.
struct Attempt {
    let message: Message
    /// Of a campaign's message.
    let campaign: CampaignStanding?
    let territory: Territory
    let carrier: Sending.Carrier
    let now: Instant

    /// - Returns: `nil` when it does not leave now.
    func begin(in db: Writer) throws -> Sending? {
        if message.leasedUntil != nil {
            let along = try Message.along(with: message, in: db)
            if let left = try leftOver(in: db) { return try takeOver(left, along, in: db) }
            try update(along, "\(Self.free), with_id = NULL", in: db)
        }
        if try message.isToDeadAddress(in: db) { return try chooseAgain(in: db) }
        switch try Door(message, of: campaign, territory, at: now, in: db).verdict(at: now) {
        case .leaves:
            // Another node has the first of them in hand, and takes this one along.
            if try message.isAfterAnother(at: now, in: db) { return nil }
            return try start(.new(), try companions(in: db), in: db)
        case .waits(let until): try update([], "due_at = \(until), \(Self.free)", in: db)
        case .untrue(let cause):
            try update([], "withdrawn_at = \(now), outcome = 'untrue', because = \(cause), \(Self.free)", in: db)
            if message.purpose == .earlierSlot { try EarlierOffer.forget(message, in: db) }
        }
        return nil
    }

    /// The address stopped answering since it was written: what is about an appointment goes where the person is reached now.
    private func chooseAgain(in db: Writer) throws -> Sending? {
        if message.purpose == .campaign {
            try update([], "withdrawn_at = \(now), outcome = 'untrue', because = 'bounced', \(Self.free)", in: db)
            return nil
        }
        try update([], Self.free, in: db)
        let told = message.toPersonID ?? message.personID
        guard let person = try Person.find(told, of: message.territoryID, in: db) else { return nil }
        try Message.readdress(person, minding: try Discretion.of(told, of: message.territoryID, in: db), at: now, in: db)
        return nil
    }

    private static let free: SQL = "lease = NULL, leased_until = NULL"

    /// What a worker that died had begun.
    private func leftOver(in db: Reader) throws -> LeftOver? {
        try db.first(
            """
            SELECT id, gateway, repeatable, started_at FROM delivery
            WHERE territory_id = \(message.territoryID) AND message_id = \(message.id) AND outcome IS NULL
            """
        ) { LeftOver(id: try $0[0], gateway: try $0[1], repeatable: try $0[2], startedAt: try $0[3]) }
    }

    private struct LeftOver {
        let id: ID<Delivery>
        let gateway: String
        let repeatable: Bool
        let startedAt: Instant
    }

    /// The same gateway recognizes it and is given it again; of another, nobody knows whether it left.
    private func takeOver(_ left: LeftOver, _ along: [Message], in db: Writer) throws -> Sending? {
        if left.repeatable, left.gateway == carrier.name { return try start(left.id, along, isAgain: true, in: db) }
        if left.repeatable, left.startedAt.adding(days: 1) > now {
            // Not now: the workers of its own gateway come by.
            try update(along, "leased_until = \(now.adding(seconds: 5))", in: db)
            return nil
        }
        try db.run(
            """
            UPDATE delivery SET outcome = 'unknown', because = 'broken', ended_at = \(now)
            WHERE territory_id = \(message.territoryID) AND id = \(left.id)
            """)
        try update(along, "sent_at = \(left.startedAt), outcome = 'unknown', because = 'broken', \(Self.free)", in: db)
        return nil
    }

    /// What may leave in the same text, judged as it is.
    private func companions(in db: Writer) throws -> [Message] {
        try message.inTheSameText(at: now, in: db).filter { try Door($0, of: nil, territory, at: now, in: db).verdict(at: now) == .leaves }
    }

    private func start(_ id: ID<Delivery>, _ companions: [Message], isAgain: Bool = false, in db: Writer) throws -> Sending? {
        let said: Said
        do {
            said = try say(companions, all: isAgain, in: db)
        } catch is Refusal {
            try update([], "withdrawn_at = \(now), outcome = 'refused', because = 'content', \(Self.free)", in: db)
            return nil
        }
        let lease = UUID.version7(milliseconds: UInt64(now.rawValue) * 1000)
        if !isAgain {
            try db.send(
                """
                INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at, parts, tenths)
                VALUES (\(message.territoryID), \(id), \(message.id), \(carrier.name), \(message.channel), \(message.recipient),
                  \(carrier.isRepeatable), \(now), \(parts(of: said.rendered)), \(price))
                """)
        }
        try update(
            said.along,
            """
            lease = \(lease), leased_until = \(now.adding(seconds: Sending.seconds)),
              template_version_id = \(said.rendered.templateVersionID)
            """, in: db)
        try take(said.along, in: db)
        let sending = Sending(
            territoryID: message.territoryID, id: id, messageID: message.id, channel: message.channel, recipient: message.recipient,
            from: territory.name, rendered: said.rendered, startedAt: now,
            calendar: try CalendarPart.of(message, by: carrier, of: territory, in: db), lease: lease, attempts: message.attempts,
            isCampaign: message.purpose == .campaign, along: said.along.map(\.id))
        if message.appointmentID != nil, message.toAgentID == nil { try sending.keepWords(in: db) }
        return sending
    }

    private func parts(of rendered: Rendered) -> Int { message.channel == .sms ? SMSText(rendered.text).parts.count : 1 }

    private var price: SQL {
        guard message.channel == .sms else { return "NULL" }
        return "(SELECT sms_price.tenths FROM sms_price WHERE sms_price.territory_id = \(message.territoryID))"
    }

    /// - Parameter all: nothing is left out of what was begun.
    private func say(_ companions: [Message], all: Bool, in db: Reader) throws -> Said {
        if let campaign { return Said(rendered: try message.rendered(campaign)) }
        if message.toAgentID != nil { return try AgendaWord.say(message, companions, pageAt: carrier.changesPage, at: now, in: db) }
        // With the other appointments that it names.
        let named = message.appointmentID == nil ? nil : try Message.those([message.id], of: message.territoryID, in: db).first
        return try (named ?? message).said(with: companions, all: all, in: db)
    }

    private func take(_ along: [Message], in db: Writer) throws {
        guard !along.isEmpty else { return }
        try db.run(
            """
            UPDATE message SET with_id = \(message.id)
            WHERE territory_id = \(message.territoryID) AND id IN \(list: along.map(\.id))
            """)
    }

    private func update(_ along: [Message], _ change: SQL, in db: Writer) throws {
        let which: SQL = along.isEmpty ? "id = \(message.id)" : "id IN \(list: [message.id] + along.map(\.id))"
        try db.send("UPDATE message SET \(change) WHERE territory_id = \(message.territoryID) AND \(which)")
    }
}
