import Scheduling
import Store

/// People of a file, for an organization that will follow them.
///
/// Someone who has a file keeps it: the same names and birth date, or the same number under the same names, are the same person. What
/// their file does not say is added; what it says is never changed.
public struct PeopleImport: Importing {
    static let kind = ImportFile.Kind.people
    let sheet: ImportSheet<PersonColumn>
    let organizationID: ID<Organization>

    public init(_ sheet: ImportSheet<PersonColumn>, organization: ID<Organization>) {
        self.sheet = sheet
        organizationID = organization
    }

    func key(_ values: [PersonColumn: String]) -> String {
        [.lastName, .firstName, .birthDate, .phone, .email].map { Folding.key(values[$0, default: ""]) }.joined(separator: "|")
    }

    func apply(_ values: [PersonColumn: String], by acting: Acting, at now: Instant, in db: Reader, writing: Writer?) throws -> Applied {
        let row = try person(values, by: acting, at: now)
        guard let known = try match(row, in: db) else {
            if let writing { try create(row, by: acting, at: now, in: writing) }
            return Applied(outcome: .created)
        }
        guard try !Archiving.holds(for: known.id, of: acting.territoryID, in: db) else {
            throw Self.fault("cette personne a une fiche archivée. Sortez-la d’abord des archives.")
        }
        let completed = Self.complete(known, with: row)
        let joins = try !Person.isOfOrganizations(known.id, [organizationID], of: acting.territoryID, in: db)
        guard completed != known || joins else { return Applied(outcome: .same) }
        if let writing { try write(completed, over: known, by: acting, at: now, in: writing) }
        return Applied(outcome: .completed, sentence: Self.sentence(known, completed, joins: joins))
    }
}

extension PeopleImport {
    private func person(_ values: [PersonColumn: String], by acting: Acting, at now: Instant) throws -> Person {
        var draft = PersonDraft()
        draft.lastName = values[.lastName, default: ""]
        draft.firstName = values[.firstName, default: ""]
        draft.birthName = values[.birthName, default: ""]
        draft.birthDate = values[.birthDate, default: ""]
        draft.phones = [.phone, .otherPhone].compactMap { values[$0] }.map { PersonDraft.Line(Self.withZero($0)) }
        draft.emails = values[.email].map { [PersonDraft.Line($0)] } ?? []
        draft.address = values[.address, default: ""]
        draft.postalCode = values[.postalCode, default: ""]
        draft.commune = values[.commune, default: ""]
        draft.needs = values[.needs, default: ""]
        let blank = Person(territoryID: acting.territoryID, lastName: "", createdAt: now, createdBy: acting.agent.id)
        return try draft.applied(to: blank, region: acting.territory.phoneRegion, today: acting.territory.zone.civil(now).date)
    }

    /// Spreadsheets take the zero off « 0639981234 ».
    static func withZero(_ number: String) -> String {
        let digits = number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits && number.utf8.count == 9 && !number.hasPrefix("0") ? "0" + number : number
    }

    /// The one file of whom a row names; nothing is written.
    func known(_ values: [PersonColumn: String], by acting: Acting, at now: Instant, in db: Reader) throws -> ID<Person>? {
        try match(try person(values, by: acting, at: now), in: db)?.id
    }

    /// The one file of this person.
    /// - Throws: ``ImportFault`` when it cannot be known which.
    private func match(_ row: Person, in db: Reader) throws -> Person? {
        let index = PersonIndex(territory: row.territoryID, scopes: [organizationID], limit: 50)
        let whole = try index.anywhere(called: PersonToken.ofTerritory(row), in: db)
            .compactMap { try Person.find($0, of: row.territoryID, in: db) }.filter { $0.bears(row) }
        let dated = whole.filter { $0.birthDate == nil || row.birthDate == nil || $0.birthDate == row.birthDate }
        if dated.count > 1 { throw Self.fault("plusieurs fiches sont de cette personne. Réunissez-les d’abord.") }
        if let found = dated.first { return found }
        let namesakes = try index.namesakes(of: row, in: db).compactMap { try Person.find($0, of: row.territoryID, in: db) }
        let bare = namesakes.filter { $0.birthDate == nil && row.birthDate == nil && ($0.phones.isEmpty || row.phones.isEmpty) }
        if bare.count == 1, namesakes.count == 1 { return bare[0] }
        if !namesakes.isEmpty, row.birthDate == nil || row.phones.isEmpty {
            throw Self.fault("une fiche porte déjà ce nom. Ajoutez la date de naissance ou le numéro, ou écrivez-la à la main.")
        }
        return nil
    }

    private static func fault(_ sentence: String) -> ImportFault { ImportFault(line: 0, sentence: sentence) }

    /// What the file does not say, from the row.
    private static func complete(_ known: Person, with row: Person) -> Person {
        var person = known
        person.birthDate = known.birthDate ?? row.birthDate
        if known.birthName.isEmpty { person.birthName = row.birthName }
        person.phones += row.phones.filter { phone in !known.phones.contains { $0.number == phone.number } }
        person.emails += row.emails.filter { email in !known.emails.contains { $0.address == email.address } }
        if known.address.isEmpty, known.commune.isEmpty {
            (person.address, person.postalCode, person.commune) = (row.address, row.postalCode, row.commune)
        }
        if known.needs.isEmpty { person.needs = row.needs }
        return person
    }

    private static func sentence(_ known: Person, _ completed: Person, joins: Bool) -> String {
        var added: [String] = []
        if known.birthName != completed.birthName { added.append("nom de naissance") }
        if known.birthDate != completed.birthDate { added.append("date de naissance") }
        if known.phones != completed.phones { added.append("téléphone") }
        if known.emails != completed.emails { added.append("e-mail") }
        if known.commune != completed.commune || known.address != completed.address { added.append("adresse") }
        if known.needs != completed.needs { added.append("besoins") }
        if joins { added.append("suivie aussi par cette organisation") }
        return added.joined(separator: ", ")
    }
}

extension PeopleImport {
    private func create(_ person: Person, by acting: Acting, at now: Instant, in db: Writer) throws {
        try person.insert(in: db)
        try person.enter(organizationID, in: db)
        try Journal.record(
            .created, about: person.id.uuid,
            ["what": "person", "organization": organizationID.description, "informed": "no", "how": "import"], by: acting, at: now, in: db)
    }

    private func write(_ completed: Person, over known: Person, by acting: Acting, at now: Instant, in db: Writer) throws {
        if completed != known {
            var after = completed
            after.version += 1
            try after.replace(known, in: db)
            try Journal.record(
                .changed, about: known.id.uuid, Person.changes(from: known, to: after).merging(["how": "import"]) { $1 }, by: acting,
                at: now, in: db)
        }
        try completed.join(organizationID, by: acting, at: now, in: db)
    }
}

extension Person {
    /// The very same names, in any order.
    fileprivate func bears(_ other: Person) -> Bool {
        let names = { (person: Person) in (PersonToken.words(of: person.lastName) + PersonToken.words(of: person.firstName)).sorted() }
        return names(self) == names(other)
    }
}

extension PersonIndex {
    /// Those of the whole territory whom one of these tokens of its scope designates.
    func anywhere(called tokens: [String], in db: Reader) throws -> [ID<Person>] {
        guard !tokens.isEmpty else { return [] }
        return try db.all(
            """
            SELECT DISTINCT person_id FROM person_token WHERE territory_id = \(territory)
              AND scope_id = \(PersonToken.territoryScope) AND token IN \(list: tokens) ORDER BY person_id LIMIT \(limit)
            """
        ) { try $0[0] }
    }
}
