import Scheduling
import Store

/// Who may be writing from a number: those who have it, and those about whom it was written to.
struct Correspondent {
    let territory: Territory
    /// Whose number it is: whom STOP is about.
    let owners: [ID<Person>]
    /// What they were last written about.
    let lastAppointment: ID<Appointment>?
    /// The last that was written is a campaign: STOP is about campaigns.
    let wasCampaign: Bool
    /// The last that was written awaits no NON: it is a campaign, the word to who did not come, or a place that is free sooner.
    let asksNothing: Bool
    /// It is a place that is free sooner: OUI wants that place, and confirms nothing.
    let offersPlace: Bool
    /// What is still to come, soonest first.
    let upcoming: [Upcoming]
    /// The one that is answered about, when what is answered says so: the code of a letter does.
    var named: ID<Appointment>?

    struct Upcoming {
        let appointment: ID<Appointment>
        let person: ID<Person>
        let isSummons: Bool
    }

    /// Beyond, what was written to a number says nothing of who has it today.
    private static let days = 90

    /// - Returns: `nil` when no territory here ever wrote to this number, nor knows it, and there are several.
    static func find(_ number: String, at now: Instant, in db: Reader) throws -> Correspondent? {
        guard let territory = try territory(of: number, in: db) else { return nil }
        let owners: [ID<Person>] = try db.all(
            "SELECT DISTINCT person_id FROM person_phone WHERE territory_id = \(territory.id) AND number = \(number) ORDER BY person_id"
        ) { try $0[0] }
        let written = try written(to: number, of: territory.id, since: now.adding(days: -days), in: db)
        let people = Set(owners + written.map(\.person)).sorted()
        return Correspondent(
            territory: territory, owners: owners, lastAppointment: written.first?.appointment,
            wasCampaign: written.first?.purpose == .campaign, asksNothing: written.first.map { $0.purpose.asksNothing } ?? false,
            offersPlace: written.first?.purpose == .earlierSlot,
            upcoming: try upcoming(of: people, territory.id, at: now, in: db))
    }

    /// That which wrote last to the number; else the only one that knows it, or that there is.
    private static func territory(of number: String, in db: Reader) throws -> Territory? {
        let last: Int64? = try db.first(
            "SELECT territory_id FROM delivery WHERE recipient = \(number) ORDER BY started_at DESC LIMIT 1"
        ) { try $0[0] }
        if let last { return try Territory.find(last, in: db) }
        let knowing: [Int64] = try db.all("SELECT DISTINCT territory_id FROM person_phone WHERE number = \(number) LIMIT 2") { try $0[0] }
        if let only = knowing.first, knowing.count == 1 { return try Territory.find(only, in: db) }
        let all = try Territory.all(in: db)
        return all.count == 1 ? all[0] : nil
    }

    private static func written(
        to number: String, of territory: Int64, since: Instant, in db: Reader
    ) throws -> [(person: ID<Person>, appointment: ID<Appointment>?, purpose: Message.Purpose)] {
        try db.all(
            """
            SELECT message.person_id, message.appointment_id, message.purpose FROM delivery
            JOIN message ON message.territory_id = delivery.territory_id
              AND (message.id = delivery.message_id OR message.with_id = delivery.message_id)
            WHERE delivery.recipient = \(number) AND delivery.territory_id = \(territory) AND delivery.started_at >= \(since)
            ORDER BY delivery.started_at DESC, delivery.id DESC, message.with_id IS NOT NULL LIMIT 50
            """
        ) { (try $0[0], try $0[1], try $0[2]) }
    }

    static func upcoming(of people: [ID<Person>], _ territory: Int64, at now: Instant, in db: Reader) throws -> [Upcoming] {
        guard !people.isEmpty else { return [] }
        return try db.all(
            """
            SELECT appointment.id, participation.person_id, reason.summons FROM participation
            JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            WHERE participation.territory_id = \(territory) AND participation.person_id IN \(list: people)
              AND participation.status = 'upcoming' AND appointment.starts_at > \(now)
            ORDER BY appointment.starts_at, appointment.id, participation.person_id
            """
        ) { Upcoming(appointment: try $0[0], person: try $0[1], isSummons: try $0[2]) }
    }

    /// The one that is named; else the only one, else the one they were last written about.
    var meant: Upcoming? {
        if let named { return upcoming.first { $0.appointment == named } }
        return upcoming.count == 1 ? upcoming[0] : upcoming.first { $0.appointment == lastAppointment }
    }
}

extension Message.Purpose {
    fileprivate var asksNothing: Bool { self == .campaign || self == .missed || self == .earlierSlot }
}
