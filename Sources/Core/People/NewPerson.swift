import Scheduling
import Store

/// Someone to create a file for, as typed. Only a name is required.
public struct NewPerson: Sendable, Equatable {
    public var draft: PersonDraft
    /// The one that will follow them: one of those where whoever creates may edit people.
    public var organizationID: ID<Organization>
    /// The privacy sentence of the territory was said to them.
    public var informed: Bool

    public init(_ draft: PersonDraft, organizationID: ID<Organization>, informed: Bool) {
        self.draft = draft
        self.organizationID = organizationID
        self.informed = informed
    }
}

extension NewPerson {
    /// Creates the file in the transaction at hand, which may be a booking's: the person, what finds them, and the journal's entry.
    /// - Throws: a ``Refusal``; the transaction must then be given up.
    public func create(by acting: Acting, at now: Instant, in db: Writer) throws -> Person {
        let (person, detail) = try draft.checked(over: try blank(by: acting, at: now), .none, by: acting, at: now, in: db)
        try person.insert(in: db)
        if detail != .none { try detail.write(person.id, of: person.territoryID, in: db) }
        try person.enter(organizationID, in: db)
        try Journal.record(
            .created, about: person.id.uuid,
            ["what": "person", "organization": organizationID.description, "informed": informed ? "yes" : "no"], by: acting, at: now, in: db
        )
        return person
    }

    /// What will be created, checked, without creating it.
    func person(by acting: Acting, at now: Instant) throws -> Person {
        try draft.applied(
            to: try blank(by: acting, at: now), region: acting.territory.phoneRegion, today: acting.territory.zone.civil(now).date)
    }

    private func blank(by acting: Acting, at now: Instant) throws -> Person {
        try acting.require(.editPeople, in: organizationID)
        guard acting.roles[organizationID] != nil else { throw Refusal.forbidden }
        var blank = Person(territoryID: acting.territoryID, lastName: "", createdAt: now, createdBy: acting.agent.id)
        if informed {
            blank.informedAt = now
            blank.informedBy = acting.agent.id
        }
        return blank
    }
}

extension Person {
    /// The row, its numbers and addresses; not the index, which depends on organizations.
    func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO person (territory_id, id, first_name, last_name, birth_name, birth_date, channel, language, address,
              postal_code, commune, needs, informed_at, informed_by, created_at, created_by, version)
            VALUES (\(territoryID), \(id), \(firstName), \(lastName), \(birthName), \(birthDate), \(channel), \(language), \(address),
              \(postalCode), \(commune), \(needs), \(informedAt), \(informedBy), \(createdAt), \(createdBy), \(version))
            """)
        try insertReach(in: db)
    }

    /// Numbers and e-mail addresses, in order of preference.
    func insertReach(in db: Writer) throws {
        for (rank, phone) in phones.enumerated() {
            try db.run(
                """
                INSERT INTO person_phone (territory_id, person_id, rank, number, label, mobile)
                VALUES (\(territoryID), \(id), \(rank), \(phone.number), \(phone.label), \(phone.mobile))
                """)
        }
        for (rank, email) in emails.enumerated() {
            try db.run(
                """
                INSERT INTO person_email (territory_id, person_id, rank, address, label, bounced_at)
                VALUES (\(territoryID), \(id), \(rank), \(email.address), \(email.label), \(email.bouncedAt))
                """)
        }
    }

    func deleteReach(in db: Writer) throws {
        try db.run("DELETE FROM person_phone WHERE territory_id = \(territoryID) AND person_id = \(id)")
        try db.run("DELETE FROM person_email WHERE territory_id = \(territoryID) AND person_id = \(id)")
    }
}
