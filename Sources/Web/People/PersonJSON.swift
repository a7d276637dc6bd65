import Core
import Scheduling

/// A person's file in JSON.
struct PersonJSON: Encodable {
    let id: ID<Person>
    let firstName: String
    let lastName: String
    let birthDate: CivilDate?
    let phones: [PhoneJSON]
    let emails: [EmailJSON]
    let address: String
    let postalCode: String
    let commune: String
    let channel: String
    let language: String
    let needs: String
    /// Seconds since 1970, as every instant of the API.
    let informedAt: Int64?
    let createdAt: Int64
    let organizations: [ID<Organization>]
    /// To send back with a change.
    let version: Int64

    init(_ person: Person, organizations: [ID<Organization>]) {
        id = person.id
        (firstName, lastName, birthDate) = (person.firstName, person.lastName, person.birthDate)
        phones = person.phones.map(PhoneJSON.init)
        emails = person.emails.map { EmailJSON(address: $0.address, label: $0.label) }
        (address, postalCode, commune) = (person.address, person.postalCode, person.commune)
        (channel, language, needs) = (person.channel.rawValue, person.language, person.needs)
        informedAt = person.informedAt?.rawValue
        createdAt = person.createdAt.rawValue
        self.organizations = organizations
        version = person.version
    }

    private enum CodingKeys: String, CodingKey {
        case id, phones, emails, address, commune, channel, language, needs, organizations, version
        case firstName = "first_name"
        case lastName = "last_name"
        case birthDate = "birth_date"
        case postalCode = "postal_code"
        case informedAt = "informed_at"
        case createdAt = "created_at"
    }
}

struct PhoneJSON: Encodable {
    let number: String
    let label: String
    let mobile: Bool

    init(_ phone: Person.Phone) { (number, label, mobile) = (phone.number, phone.label, phone.mobile) }
}

struct EmailJSON: Encodable {
    let address: String
    let label: String
}

/// Someone found by a search.
struct FoundPersonJSON: Encodable {
    let id: ID<Person>
    let firstName: String
    let lastName: String
    let birthDate: CivilDate?
    let commune: String
    let phones: [PhoneJSON]
    /// Followed by another organization: reading the file asks for a disclosure first.
    let elsewhere: Bool

    init(_ found: FoundPerson) {
        (id, firstName, lastName, birthDate) = (found.id, found.firstName, found.lastName, found.birthDate)
        (commune, phones, elsewhere) = (found.commune, found.phones.map(PhoneJSON.init), found.elsewhere)
    }

    private enum CodingKeys: String, CodingKey {
        case id, commune, phones, elsewhere
        case firstName = "first_name"
        case lastName = "last_name"
        case birthDate = "birth_date"
    }
}

struct NoteJSON: Encodable {
    let id: ID<Note>
    let service: ID<Service>
    let author: ID<Agent>
    let text: String
    let createdAt: Int64

    init(_ note: Note) {
        (id, service, author, text, createdAt) = (note.id, note.serviceID, note.authorID, note.text, note.createdAt.rawValue)
    }

    private enum CodingKeys: String, CodingKey {
        case id, service, author, text
        case createdAt = "created_at"
    }
}

struct ReferentJSON: Encodable {
    let service: ID<Service>
    let agent: ID<Agent>
    let since: Int64

    init(_ referent: Referent) { (service, agent, since) = (referent.serviceID, referent.agentID, referent.since.rawValue) }
}
