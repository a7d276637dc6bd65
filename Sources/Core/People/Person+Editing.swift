import Scheduling
import Store

extension Person {
    /// Changes a file to what was typed.
    /// - Parameter version: that of the file when the form was opened.
    /// - Throws: a ``Refusal``; ``Refusal/editedMeanwhile`` when someone else changed it since. The transaction must then be given up.
    public static func edit(
        _ id: ID<Person>, to draft: PersonDraft, version: Int64, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Person {
        let before = try editable(id, by: acting, in: db)
        let detail = try PersonDetail.of(id, of: acting.territoryID, in: db)
        var (after, detailAfter) = try draft.checked(over: before, detail, by: acting, at: now, in: db)
        guard after != before || detailAfter != detail else { return before }
        guard before.version == version else { throw Refusal.editedMeanwhile }
        after.version += 1
        try after.replace(before, in: db)
        if detailAfter != detail { try detailAfter.write(id, of: acting.territoryID, in: db) }
        try Message.readdress(after, minding: detailAfter.discretion, at: now, in: db)
        // A child with a number of their own is told themselves.
        if after.phones.isEmpty != before.phones.isEmpty || after.birthDate != before.birthDate {
            try Message.chooseAgain(for: id, by: acting, at: now, in: db)
        }
        let changes = changes(from: before, to: after).merging(Journal.difference(detail.facts, detailAfter.facts)) { $1 }
        try Journal.record(.changed, about: id.uuid, changes, by: acting, at: now, in: db)
        return after
    }

    /// Whether an organization where this agent may edit people follows the person.
    public static func isEditable(_ id: ID<Person>, by acting: Acting, in db: Reader) throws -> Bool {
        try isOfOrganizations(id, acting.organizations(with: .editPeople), of: acting.territoryID, in: db)
    }

    /// Whether an organization where this agent has this permission follows the person.
    public static func isOfOrganizations(
        _ id: ID<Person>, permitting permission: Permission, by acting: Acting, in db: Reader
    ) throws -> Bool {
        try isOfOrganizations(id, acting.organizations(with: permission), of: acting.territoryID, in: db)
    }

    /// The person, locked, of one of the organizations where this agent may edit people.
    public static func editable(_ id: ID<Person>, by acting: Acting, in db: Writer) throws -> Person {
        guard let person = try find(id, of: acting.territoryID, lock: true, in: db) else { throw Refusal.notFound }
        guard try isOfOrganizations(id, acting.organizations(with: .findPeople), of: acting.territoryID, in: db) else {
            throw Refusal.notFound
        }
        guard try isEditable(id, by: acting, in: db) else { throw Refusal.forbidden }
        return person
    }

    /// The row, its numbers and addresses, and what finds the person, all in place of the old ones.
    func replace(_ before: Person, in db: Writer) throws {
        try before.forget(in: db)
        try rewrite(in: db)
    }

    /// What finds the person, their numbers and addresses: call it on the person as stored, before any change.
    func forget(in db: Writer) throws {
        let archived = try Archiving.holds(for: id, of: territoryID, in: db)
        try deleteTokens(in: try Self.organizations(of: id, of: territoryID, in: db), archived: archived, in: db)
        try deleteReach(in: db)
    }

    /// The row, its numbers and addresses, and what finds the person, where the old ones are already gone.
    func rewrite(in db: Writer) throws {
        try db.run(
            """
            UPDATE person SET first_name = \(firstName), last_name = \(lastName), birth_name = \(birthName), birth_date = \(birthDate),
              channel = \(channel), language = \(language), address = \(address), postal_code = \(postalCode), commune = \(commune),
              needs = \(needs), informed_at = \(informedAt), informed_by = \(informedBy), created_at = \(createdAt),
              created_by = \(createdBy),
              version = \(version)
            WHERE territory_id = \(territoryID) AND id = \(id)
            """)
        try insertReach(in: db)
        let archived = try Archiving.holds(for: id, of: territoryID, in: db)
        try insertTokens(in: try Self.organizations(of: id, of: territoryID, in: db), archived: archived, in: db)
    }

    /// Each changed field, before and after.
    static func changes(from before: Person, to after: Person) -> [String: String] {
        let old = before.fields, new = after.fields
        var payload = ["what": "person"]
        for (name, value) in new where old[name] != value {
            payload["\(name).before"] = old[name]
            payload["\(name).after"] = value
        }
        return payload
    }

    var fields: [String: String] {
        [
            "first_name": firstName, "last_name": lastName, "birth_name": birthName, "birth_date": birthDate?.description ?? "",
            "channel": channel.rawValue, "language": language, "address": address, "postal_code": postalCode, "commune": commune,
            "needs": needs,
            "phones": phones.map { "\($0.number) \($0.label)" }.joined(separator: ", "),
            "emails": emails.map { "\($0.address) \($0.label)" }.joined(separator: ", "),
        ]
    }
}

extension Person {
    /// Records that the privacy sentence was said to someone whose file was created without it.
    public static func inform(_ id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let person = try editable(id, by: acting, in: db)
        guard person.informedAt == nil else { return }
        try db.run(
            """
            UPDATE person SET informed_at = \(now), informed_by = \(acting.agent.id)
            WHERE territory_id = \(acting.territoryID) AND id = \(id)
            """)
        try Journal.record(.changed, about: id.uuid, ["what": "informed"], by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let editedMeanwhile = Refusal(
        .conflict, "edited-meanwhile",
        """
        Un collègue a modifié cette fiche pendant que vous la remplissiez. Ce que vous avez saisi est gardé ci-dessous : comparez, puis \
        enregistrez à nouveau.
        """)
}
