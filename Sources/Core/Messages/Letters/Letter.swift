import Foundation
import Scheduling
import Store

/// Un courrier: a message that leaves on paper, as it stands in a batch (table `letter`).
public struct Letter: Sendable, Equatable {
    public let message: Message
    public let personName: String
    /// Of the appointment that it is about.
    public let startsAt: Instant?
    /// On the paper; nothing while it is in no batch.
    public let number: Int?
    /// Why it is to be taken out of the paper.
    public let trouble: Message.Cause?

    public init(message: Message, personName: String, startsAt: Instant?, number: Int? = nil, trouble: Message.Cause? = nil) {
        (self.message, self.personName, self.startsAt) = (message, personName, startsAt)
        (self.number, self.trouble) = (number, trouble)
    }
}

extension Letter {
    /// - Throws: ``Refusal/forbidden`` for who neither books nor sends campaigns.
    static func requireRight(of acting: Acting) throws {
        if !acting.can(.sendCampaigns) { try acting.require(.book) }
    }

    /// The one rule: those about an appointment that one sees, where one books; those of a campaign, where one may send campaigns.
    static func visible(to acting: Acting) -> SQL {
        """
        (EXISTS (SELECT 1 FROM appointment WHERE appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
            AND appointment.organization_id IN \(list: acting.organizations(with: .book)) AND \(Appointment.visible(to: acting)))
          OR EXISTS (SELECT 1 FROM campaign_letter
            JOIN campaign ON campaign.territory_id = campaign_letter.territory_id AND campaign.id = campaign_letter.campaign_id
            WHERE campaign_letter.territory_id = message.territory_id AND campaign_letter.message_id = message.id
              AND campaign.organization_id IN \(list: acting.organizations(with: .sendCampaigns))))
        """
    }

    /// Those of an organization.
    static func belongs(to house: ID<Organization>) -> SQL {
        """
        (EXISTS (SELECT 1 FROM appointment WHERE appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
            AND appointment.organization_id = \(house))
          OR EXISTS (SELECT 1 FROM campaign_letter
            JOIN campaign ON campaign.territory_id = campaign_letter.territory_id AND campaign.id = campaign_letter.campaign_id
            WHERE campaign_letter.territory_id = message.territory_id AND campaign_letter.message_id = message.id
              AND campaign.organization_id = \(house)))
        """
    }

    /// Due, and in no batch as they are now: one whose address changed is printed anew.
    static func waiting(at now: Instant, for acting: Acting) -> SQL {
        """
        message.territory_id = \(acting.territoryID) AND message.channel = 'letter' AND message.due_at <= \(now) AND \(Message.waiting)
          AND NOT EXISTS (SELECT 1 FROM letter WHERE letter.territory_id = message.territory_id AND letter.message_id = message.id
            AND letter.removed_at IS NULL AND letter.recipient = message.recipient)
          AND \(visible(to: acting))
        """
    }
}

/// « Courriers »: the letters that are to be printed, of the organizations where one may.
public struct WaitingLetters: Sendable, Equatable {
    /// Those of one organization, the oldest first.
    public struct OfHouse: Sendable, Equatable {
        public let house: Organization
        public let letters: [Letter]
        public let count: Int

        public init(house: Organization, letters: [Letter], count: Int) {
            (self.house, self.letters, self.count) = (house, letters, count)
        }
    }

    public let houses: [OfHouse]

    public init(houses: [OfHouse]) { self.houses = houses }

    /// How many are listed at once.
    public static let limit = 50
}

extension WaitingLetters {
    public static func read(for acting: Acting, at now: Instant, in db: Reader) throws -> WaitingLetters {
        try Letter.requireRight(of: acting)
        let mine = Set(LetterBatch.houses(of: acting))
        let houses = try Organization.all(of: acting.territoryID, in: db).filter { mine.contains($0.id) }
        return WaitingLetters(
            houses: try houses.compactMap { house in
                let which: SQL = "FROM message WHERE \(Letter.waiting(at: now, for: acting)) AND \(Letter.belongs(to: house.id))"
                let count: Int = try db.first("SELECT count(*) \(which)") { try $0[0] } ?? 0
                guard count > 0 else { return nil }
                let ids: [ID<Message>] = try db.all("SELECT message.id \(which) ORDER BY message.due_at, message.id LIMIT \(limit)") {
                    try $0[0]
                }
                return OfHouse(house: house, letters: try Letter.read(ids, seenBy: acting, in: db), count: count)
            })
    }
}

extension Letter {
    /// With names and starts; addresses that this agent may not read are hidden.
    static func read(_ ids: [ID<Message>], seenBy acting: Acting, in db: Reader) throws -> [Letter] {
        let messages = try Message.hidingAddresses(Message.those(ids, of: acting.territoryID, in: db), from: acting, in: db)
        let known = try Known.of(messages, of: acting.territoryID, in: db)
        return messages.map { known.letter($0) }
    }

    /// What messages do not hold.
    struct Known {
        private var names: [ID<Person>: String] = [:]
        private var starts: [ID<Appointment>: Instant] = [:]

        static func of(_ messages: [Message], of territory: Int64, in db: Reader) throws -> Known {
            var known = Known()
            try db.forEach(
                """
                SELECT id, first_name, last_name FROM person
                WHERE territory_id = \(territory) AND id IN \(list: Set(messages.map(\.personID)).sorted())
                """
            ) { known.names[try $0[0]] = Person.displayName(firstName: try $0[1], lastName: try $0[2]) }
            try db.forEach(
                """
                SELECT id, starts_at FROM appointment
                WHERE territory_id = \(territory) AND id IN \(list: Set(messages.compactMap(\.appointmentID)).sorted())
                """
            ) { known.starts[try $0[0]] = try $0[1] }
            return known
        }

        func letter(_ message: Message, number: Int? = nil, trouble: Message.Cause? = nil) -> Letter {
            Letter(
                message: message, personName: names[message.personID] ?? "", startsAt: message.appointmentID.flatMap { starts[$0] },
                number: number, trouble: trouble)
        }
    }
}
