import Scheduling
import Store

/// Something to read and something to launch in every house: two answers, and a campaign in preparation.
extension Demo {
    private static let said: [(text: String, meaning: ReplyMeaning)] = [
        ("Bonjour, est-ce que je peux venir avec mon fils ?", .words), ("RAPPEL", .callBack),
    ]

    func insertMessages(_ crew: DemoCrew, in db: Writer) throws {
        for (index, organization) in organizations.enumerated() {
            for (rank, about) in try writers(in: organization, in: db).enumerated() {
                try reply(number: index * 10 + rank, Self.said[rank], about).insert(nil, of: territoryID, in: db)
            }
            guard let author = crew.all.first(where: { $0.organization == index && $0.role == .manager }) else { continue }
            try campaign(number: index, of: organization, by: author.agent.id).insert(in: db)
        }
    }

    private struct Writing {
        let appointment: ID<Appointment>
        let start: Instant
        let person: ID<Person>
        let number: String
    }

    /// Those who come first, among people told by SMS.
    private func writers(in organization: Organization, in db: Reader) throws -> [Writing] {
        try db.all(
            """
            SELECT appointment.id, appointment.starts_at, person.id, person_phone.number FROM appointment
            JOIN participation ON participation.territory_id = appointment.territory_id AND participation.appointment_id = appointment.id
            JOIN person ON person.territory_id = participation.territory_id AND person.id = participation.person_id
            JOIN person_phone ON person_phone.territory_id = person.territory_id AND person_phone.person_id = person.id
            WHERE appointment.territory_id = \(territoryID) AND appointment.organization_id = \(organization.id)
              AND appointment.starts_at > \(now.adding(days: 1)) AND participation.status = \(Participation.Status.upcoming)
              AND person.channel = 'sms' AND person_phone.rank = 0 AND person_phone.mobile
            ORDER BY appointment.starts_at, appointment.id LIMIT \(Self.said.count)
            """
        ) { Writing(appointment: try $0[0], start: try $0[1], person: try $0[2], number: try $0[3]) }
    }

    /// Ids beyond those of the messages: nothing else of the demo rises so high.
    private func reply(number: Int, _ said: (text: String, meaning: ReplyMeaning), _ about: Writing) -> Reply {
        Reply(
            id: ids.make(.message, 1_000_000_000 + number), gateway: "demo", sender: about.number, text: said.text,
            receivedAt: now.adding(minutes: -600 + number), meaning: said.meaning, effect: .toRead, personID: about.person,
            appointmentID: about.appointment, forStart: about.start, settledAt: nil)
    }

    private func campaign(number: Int, of organization: Organization, by author: ID<Agent>) -> Campaign {
        Campaign(
            territoryID: territoryID, id: ids.make(.message, 1_100_000_000 + number), organization: organization.id,
            name: "Été : une salle ouverte",
            text: .init(sms: "Il va faire chaud. Une salle fraîche vous attend. Pour venir, appelez le {numéro}."),
            audience: .init(ageFrom: 75), rate: 30, preparedAt: now.adding(days: -1), preparedBy: author)
    }
}
