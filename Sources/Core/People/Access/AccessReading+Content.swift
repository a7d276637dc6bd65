import Scheduling
import Store

/// What was done with someone and written of them.
extension AccessReading {
    /// What the files that went into this one alone said.
    func merged(in db: Reader) throws -> [[Fact]] {
        try MergedPerson.into(person.id, of: territory, in: db).map { file in
            facts([("Nom", file.name), ("Réunie", moment(file.at))] + file.aside.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    func followed(in db: Reader) throws -> [[Fact]] {
        let houses = try Organization.following(person.id, of: territory, in: db).map { facts([("Organisation", $0.name)]) }
        let referents = try db.all(
            """
            SELECT service.name, agent.first_name, agent.last_name, referent.since FROM referent
            JOIN service ON service.territory_id = referent.territory_id AND service.id = referent.service_id
            JOIN agent ON agent.territory_id = referent.territory_id AND agent.id = referent.agent_id
            WHERE referent.territory_id = \(territory) AND referent.person_id = \(person.id) ORDER BY referent.since
            """
        ) { row in
            facts([
                ("Service", try row[0]), ("Référent", Person.displayName(firstName: try row[1], lastName: try row[2])),
                ("Depuis", moment(try row[3])),
            ])
        }
        return houses + referents
    }

    func relatives(in db: Reader) throws -> [[Fact]] {
        try db.all(
            """
            SELECT relation.kind, person.first_name, person.last_name, relation.receives, relation.books, relation.unaware_since,
              relation.other_id FROM relation
            JOIN person ON person.territory_id = relation.territory_id
              AND person.id = CASE WHEN relation.person_id = \(person.id) THEN relation.other_id ELSE relation.person_id END
            WHERE relation.territory_id = \(territory) AND (relation.person_id = \(person.id) OR relation.other_id = \(person.id))
            ORDER BY relation.id
            """
        ) { row in
            let kind: Relation.Kind = try row[0], isReverse = try (row[6] as ID<Person>) == person.id
            // That someone must not know is said to the person it protects, and not to the one it protects them from.
            let unaware = isReverse ? nil : try (row[5] as CivilDate?)?.description
            return facts([
                ("Nom", Person.displayName(firstName: try row[1], lastName: try row[2])), ("Lien", isReverse ? kind.reverse : kind.label),
                ("Reçoit les messages", try row[3] ? "oui" : nil), ("Peut réserver", try row[4] ? "oui" : nil),
                ("Ne doit pas savoir, depuis", unaware),
            ])
        }
    }

    func measures(in db: Reader) throws -> [[Fact]] {
        try Protection.of(person.id, of: territory, in: db).map { measure in
            facts([
                ("Mesure", measure.measure.label), ("Du", measure.startsOn.description), ("Au", measure.endsOn?.description),
                ("Représentant", measure.representativeName), ("Copie des messages", measure.copies ? "oui" : "non"),
            ])
        }
    }

    func appointments(in db: Reader) throws -> [[Fact]] {
        try db.all(
            """
            SELECT appointment.starts_at, reason.name, service.name, agent.first_name, agent.last_name, participation.status,
              appointment.said \(AppointmentOfPerson.tables)
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
            WHERE participation.territory_id = \(territory) AND participation.person_id = \(person.id) ORDER BY appointment.starts_at
            """
        ) { row in
            facts([
                ("Date", moment(try row[0])), ("Motif", try row[1]), ("Service", try row[2]),
                ("Agent", Person.displayName(firstName: try row[3], lastName: try row[4])),
                ("État", try (row[5] as Participation.Status).label), ("Ce que vous en avez dit", try row[6]),
            ])
        }
    }

    /// Where each went is the person's own, unless it went to someone else.
    func messages(in db: Reader) throws -> [[Fact]] {
        let ids = try db.all(
            "SELECT id FROM message WHERE territory_id = \(territory) AND person_id = \(person.id) AND \(Message.toPeople) ORDER BY due_at, id"
        ) { try $0[0] as ID<Message> }
        return try Message.those(ids, of: territory, in: db).map { message in
            facts([
                ("Message", message.purpose.label), ("Par", message.channel.label), ("À", message.toName ?? message.recipient),
                ("Prévu", moment(message.dueAt)), ("Envoyé", message.sentAt.map(moment)), ("Retiré", message.withdrawnAt.map(moment)),
            ])
        }
    }

    func notes(in db: Reader) throws -> [[Fact]] {
        try db.all(
            """
            SELECT notes.created_at, service.name, agent.first_name, agent.last_name, notes.text FROM (
              SELECT territory_id, service_id, author_id, text, created_at, id FROM note
              WHERE territory_id = \(territory) AND person_id = \(person.id)
              UNION ALL SELECT territory_id, service_id, author_id, text, created_at, id FROM private_note
              WHERE territory_id = \(territory) AND person_id = \(person.id)) AS notes
            JOIN service ON service.territory_id = notes.territory_id AND service.id = notes.service_id
            JOIN agent ON agent.territory_id = notes.territory_id AND agent.id = notes.author_id
            ORDER BY notes.created_at, notes.id
            """
        ) { row in
            facts([
                ("Date", moment(try row[0])), ("Service", try row[1]),
                ("Auteur", Person.displayName(firstName: try row[2], lastName: try row[3])), ("Note", try row[4]),
            ])
        }
    }
}
