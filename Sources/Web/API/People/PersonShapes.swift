import Core
import Scheduling

/// A file as it is shown.
struct ShownPerson: Sendable {
    let person: Person
    let organizations: [ID<Organization>]
    let detail: PersonDetail
    let archivedAt: Instant?

    static let shape = Shape<ShownPerson>("Person", names + reach + facts + PersonDetailFields.shown)

    private static let names: [Shape<ShownPerson>.Member] = [
        Key<ID<Person>>("id").of(\.person.id), PeopleFields.firstName.of(\.person.firstName), PeopleFields.lastName.of(\.person.lastName),
        PeopleFields.birthDate.of(\.person.birthDate),
    ]

    private static let reach: [Shape<ShownPerson>.Member] = [
        Key("phones", .list(phone.kind), "Dans l’ordre où appeler.").of(\.person.phones),
        Key("emails", .list(email.kind)).of(\.person.emails), PeopleFields.address.of(\.person.address),
        PeopleFields.postalCode.of(\.person.postalCode), PeopleFields.commune.of(\.person.commune),
        PeopleFields.channel.of(\.person.channel), PeopleFields.language.of(\.person.language), PeopleFields.needs.of(\.person.needs),
    ]

    private static let facts: [Shape<ShownPerson>.Member] = [
        Key<Instant?>("informed_at", "Quand la phrase sur les données a été dite.").of(\.person.informedAt),
        Key<Instant>("created_at").of(\.person.createdAt),
        Key("organizations", Kind<[ID<Organization>]>.list(ID.kind), "Celles qui suivent la personne.").of(\.organizations),
        Common.version.of { Int($0.person.version) },
    ]

    static let phone = Shape<Person.Phone>(
        "Phone",
        [
            Key("number", .line(1...16), "Au format E.164.").of(\.number), PeopleFields.label.of(\.label),
            Key<Bool>("mobile", "Un SMS peut y être envoyé.").of(\.mobile),
        ])

    private static let email = Shape<Person.Email>(
        "Email",
        [
            PeopleFields.email.of(\.address), PeopleFields.label.of(\.label),
            Key<Instant?>("bounced_at", "Depuis quand rien n’y arrive : plus aucun message n’y est envoyé.").of(\.bouncedAt),
        ])
}

extension FoundPerson {
    static let shape = Shape<FoundPerson>(
        "FoundPerson",
        [
            Key<ID<Person>>("id").of(\.id), PeopleFields.firstName.of(\.firstName), PeopleFields.lastName.of(\.lastName),
            PeopleFields.birthDate.of(\.birthDate), PeopleFields.commune.of(\.commune),
            Key("phones", .list(ShownPerson.phone.kind)).of(\.phones),
            Key<Bool>("elsewhere", "Suivie par une autre organisation : lire sa fiche demande d’abord une raison.").of(\.elsewhere),
            PersonDetailFields.birthName.of(\.birthName), Key<Bool>("archived").of(\.isArchived),
        ])
}

extension Note {
    static let shape = Shape<Note>(
        "Note",
        [
            Key<ID<Note>>("id").of(\.id), Common.service.of(\.serviceID), Key<ID<Agent>>("author").of(\.authorID),
            Key("text", .lines(0...100_000)).of(\.text), Key<Instant>("created_at").of(\.createdAt),
            Key<Visibility>("seen_by").of(\.visibility),
        ])
}

extension Note.Visibility: Plain {}

extension Referent {
    static let shape = Shape<Referent>(
        "Referent",
        [
            Common.service.of(\.serviceID), Key("service_name", .line(0...200)).of(\.serviceName), Common.agent.of(\.agentID),
            Key("agent_name", .line(0...300)).of(\.agentName), Key<Instant>("since").of(\.since),
        ])
}

extension Disclosure {
    static let shape = Shape<Disclosure>("Disclosure", [Key<Instant>("expires_at", "Jusqu’à quand la fiche s’ouvre.").of(\.expiresAt)])
}
