import Foundation
import Scheduling
import Store

extension Campaign {
    /// What became of it.
    public struct Outcome: Sendable, Equatable {
        /// How many messages stand so.
        public var states: [Message.State: Int]
        public let told: Int

        public init(states: [Message.State: Int], told: Int) { (self.states, self.told) = (states, told) }

        /// Those that are not to leave any more.
        public var settled: Int { states.filter { ![.waiting, .sending].contains($0.key) }.values.reduce(0, +) }
        public var isOver: Bool { settled == told }
        public var percent: Int { told == 0 ? 0 : settled * 100 / told }
    }

    /// What is not in the outbox yet waits too.
    public func outcome(in db: Reader) throws -> Outcome {
        var states: [Message.State: Int] = [:]
        try db.forEach(
            """
            SELECT message.outcome, message.sent_at IS NOT NULL, message.withdrawn_at IS NOT NULL, message.lease IS NOT NULL, count(*)
            FROM campaign_recipient
            JOIN message ON message.territory_id = campaign_recipient.territory_id AND message.id = campaign_recipient.message_id
            WHERE campaign_recipient.territory_id = \(territoryID) AND campaign_recipient.campaign_id = \(id)
            GROUP BY message.outcome, message.sent_at IS NOT NULL, message.withdrawn_at IS NOT NULL, message.lease IS NOT NULL
            """
        ) { row in
            let state = Message.State(outcome: try row[0], isSent: try row[1], isWithdrawn: try row[2], isLeased: try row[3])
            states[state, default: 0] += try row[4] as Int
        }
        let lacking = (told ?? 0) - states.values.reduce(0, +)
        // Of a campaign that was stopped before they were made, the others never will be.
        if lacking > 0 { states[endedAt == nil ? .waiting : .withdrawn, default: 0] += lacking }
        return Outcome(states: states, told: told ?? 0)
    }

    /// Somebody whom it did not reach and who may still be called or written to.
    public struct Unreached: Sendable, Equatable {
        public let personID: ID<Person>
        public let name: String
        public let phones: [String]
        /// The lines of the envelope; empty without one, or when it is confidential.
        public let address: String
        public let because: String
        public let isCalled: Bool

        public init(personID: ID<Person>, name: String, phones: [String], address: String, because: String, isCalled: Bool) {
            (self.personID, self.name, self.phones) = (personID, name, phones)
            (self.address, self.because, self.isCalled) = (address, because, isCalled)
        }
    }

    /// How many are called or written to at once on a page.
    public static let unreachedLimit = 100

    /// Those who are still to be reached, in the order of their turn.
    /// - Parameter limit: nothing for all.
    public func unreached(limit: Int? = nil, in db: Reader) throws -> [Unreached] {
        let cut: SQL = limit.map { "LIMIT \($0)" } ?? ""
        let found = try db.all(
            """
            SELECT person.id, person.first_name, person.last_name, person.address, person.postal_code, person.commune,
              coalesce(person_detail.never_post, FALSE) OR coalesce(person_detail.address_hidden, FALSE),
              campaign_recipient.excluded, message.outcome, message.because, campaign_recipient.called_at IS NOT NULL
            \(unreachedRows) ORDER BY campaign_recipient.called_at IS NOT NULL, person.id \(cut)
            """
        ) { row -> Unreached in
            let excluded: Exclusion? = try row[7], outcome: Message.Outcome? = try row[8], cause: Message.Cause? = try row[9]
            let lines = [try row[3] as String, "\(try row[4] as String) \(try row[5] as String)"]
            let isHidden: Bool = try row[6], street: String = try row[3]
            let state = outcome.map { Message.State(outcome: $0, isSent: false, isWithdrawn: true, isLeased: false).label } ?? ""
            return Unreached(
                personID: try row[0], name: Person.displayName(firstName: try row[1], lastName: try row[2]), phones: [],
                address: isHidden || street.isEmpty ? "" : lines.joined(separator: "\n"),
                because: excluded?.label ?? "message \(state)" + (cause.map { " : \($0.label)" } ?? ""), isCalled: try row[10])
        }
        return try withPhones(found, in: db)
    }

    public func unreachedCount(in db: Reader) throws -> Int {
        try db.first("SELECT count(*) \(unreachedRows) AND campaign_recipient.called_at IS NULL") { try $0[0] } ?? 0
    }

    /// Nobody who wants nothing, whose contact is discreet, or whose file was put away.
    private var unreachedRows: SQL {
        """
        FROM campaign_recipient
        JOIN person ON person.territory_id = campaign_recipient.territory_id AND person.id = campaign_recipient.person_id
        LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
        LEFT JOIN message ON message.territory_id = campaign_recipient.territory_id AND message.id = campaign_recipient.message_id
        WHERE campaign_recipient.territory_id = \(territoryID) AND campaign_recipient.campaign_id = \(id) AND person.channel <> 'none'
          AND NOT coalesce(person_detail.never_voicemail, FALSE)
          AND NOT EXISTS (SELECT 1 FROM archiving WHERE archiving.territory_id = person.territory_id AND archiving.person_id = person.id)
          AND (campaign_recipient.excluded = 'prefers' OR campaign_recipient.excluded = 'unreachable'
            OR message.outcome = 'undelivered' OR message.outcome = 'refused' OR message.outcome = 'abandoned'
            OR message.outcome = 'unknown' OR message.because = 'readdressed')
        """
    }

    private func withPhones(_ found: [Unreached], in db: Reader) throws -> [Unreached] {
        var phones: [ID<Person>: [String]] = [:]
        for start in stride(from: 0, to: found.count, by: 500) {
            let ids = found[start..<min(start + 500, found.count)].map(\.personID)
            try db.forEach(
                "SELECT person_id, number FROM person_phone WHERE territory_id = \(territoryID) AND person_id IN \(list: ids) ORDER BY rank"
            ) { phones[try $0[0], default: []].append(try $0[1]) }
        }
        return found.map { one in
            Unreached(
                personID: one.personID, name: one.name, phones: phones[one.personID] ?? [], address: one.address, because: one.because,
                isCalled: one.isCalled)
        }
    }
}

extension Campaign {
    /// Appelé: someone said it.
    public static func called(_ person: ID<Person>, of id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let campaign = try lock(id, seenBy: acting, in: db)
        let written = try db.run(
            """
            UPDATE campaign_recipient SET called_at = \(now), called_by = \(acting.agent.id)
            WHERE territory_id = \(campaign.territoryID) AND campaign_id = \(id) AND person_id = \(person) AND called_at IS NULL
            """)
        guard written > 0 else { throw Refusal.alreadyCalled }
        try Journal.record(
            .changed, about: person.uuid, ["what": "campaign", "campaign": id.description, "act": "called"], by: acting, at: now, in: db)
    }

    /// Écrire: a letter to each of those whom it did not reach and who have an address, to be printed with the others; once for each.
    /// - Returns: how many are new.
    public static func write(_ id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws -> Int {
        let campaign = try lock(id, seenBy: acting, in: db)
        let people = try campaign.unreached(in: db).filter { !$0.address.isEmpty && !$0.isCalled }
        let written = try people.filter { try campaign.write(to: $0, at: now, in: db) }
        try campaign.journal(.changed, ["act": "written", "people": "\(written.count)"], by: acting, at: now, in: db)
        return written.count
    }

    private func write(to one: Unreached, at now: Instant, in db: Writer) throws -> Bool {
        let message = ID<Message>.new()
        let isNew = try db.run(
            """
            INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at)
            VALUES (\(territoryID), \(message), \(one.personID), 'campaign', 'letter', \(one.address), \(now),
              \("campaign/\(id)/\(one.personID)/letter"), \(now)) ON CONFLICT (territory_id, dedup_key) DO NOTHING
            """)
        guard isNew > 0 else { return false }
        try db.run("INSERT INTO campaign_letter (territory_id, message_id, campaign_id) VALUES (\(territoryID), \(message), \(id))")
        return true
    }

    /// Those who have an address, to write to: who was in the file is kept in the journal.
    public static func letters(_ id: ID<Campaign>, by acting: Acting, at now: Instant, in db: Writer) throws -> [Unreached] {
        let campaign = try find(id, seenBy: acting, in: db)
        let people = try campaign.unreached(in: db).filter { !$0.address.isEmpty && !$0.isCalled }
        try campaign.journal(
            .exported, ["act": "letters", "people": people.map(\.personID.description).joined(separator: " ")], by: acting, at: now, in: db)
        return people
    }
}
