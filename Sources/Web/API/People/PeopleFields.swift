import Core
import Scheduling
import Store

/// The fields of someone's file, sent and answered alike.
enum PeopleFields {
    static let firstName = Key("first_name", Kind.line(0...100))
    static let lastName = Key("last_name", Kind.line(0...100))
    static let birthDate = Key<CivilDate?>("birth_date")
    static let address = Key("address", Kind.line(0...200))
    static let postalCode = Key("postal_code", Kind.line(0...10))
    static let commune = Key("commune", Kind.line(0...100))
    static let channel = Key<Person.Channel>("channel", "Comment la personne veut être prévenue.")
    static let language = Key("language", Kind.text(.language), "La langue à parler (BCP 47).")
    static let needs = Key("needs", Kind.line(0...500), "Ce que la personne dit de ce qu’il lui faut : « parler fort », « fauteuil ».")

    static let label = Key("label", Kind.line(0...40), "De qui ou duquel il s’agit : « fille », « travail ».")
    static let number = Key("number", Kind.line(1...40))
    static let email = Key("address", Kind.line(1...254))
    private static let phones = Key(
        "phones", Kind<[Given]>.list(Fields("NewPhone", needs: [number], takes: [label]).kind, 0...10), "Dans l’ordre où appeler.")
    private static let emails = Key("emails", Kind<[Given]>.list(Fields("NewEmail", needs: [email], takes: [label]).kind, 0...10))

    private static let organization = Key<ID<Organization>>(
        "organization", "Celle qui suit la personne ; inutile quand une seule est possible.")
    private static let informed = Key<Bool>("informed", "La phrase sur les données a été dite.")
    private static let createAnyway = Key<Bool>("create_anyway", "Bien que quelqu’un lui ressemble.")

    private static let all: [any AnyKey] =
        [
            firstName, lastName, birthDate, phones, emails, address, postalCode, commune, channel, language, needs,
        ] + PersonDetailFields.all
    static let new = Fields("NewPerson", takes: all + [organization, informed, createAnyway])
    static let changed = Fields("ChangedPerson", needs: [Common.version], takes: all)
}

extension PeopleFields {
    /// What was sent, over what the file holds.
    static func draft(_ given: Given, over before: PersonDraft = PersonDraft()) throws -> PersonDraft {
        var draft = before
        draft.firstName = try given.changing(firstName, from: before.firstName)
        draft.lastName = try given.changing(lastName, from: before.lastName)
        if let date = try given.ifAny(birthDate) as CivilDate?? { draft.birthDate = date?.description ?? "" }
        draft.birthName = try given.changing(PersonDetailFields.birthName, from: before.birthName)
        draft.detail = try PersonDetailFields.draft(given, over: before.detail ?? PersonDetailDraft())
        draft.address = try given.changing(address, from: before.address)
        draft.postalCode = try given.changing(postalCode, from: before.postalCode)
        draft.commune = try given.changing(commune, from: before.commune)
        draft.channel = try given.ifAny(channel)?.rawValue ?? before.channel
        draft.language = try given.changing(language, from: before.language)
        draft.needs = try given.changing(needs, from: before.needs)
        if let phones = try given.ifAny(phones) { draft.phones = try phones.map { try line($0, number) } }
        if let emails = try given.ifAny(emails) { draft.emails = try emails.map { try line($0, email) } }
        return draft
    }

    private static func line(_ given: Given, _ text: Key<String>) throws -> PersonDraft.Line {
        PersonDraft.Line(try given[text], label: try given.ifAny(label) ?? "")
    }

    /// Someone to make a file for.
    struct New: Sendable {
        let new: NewPerson
        private let anyway: Bool

        /// - Parameter usual: the organization when the body names none.
        init(_ given: Given, organization usual: ID<Organization>?) throws {
            guard let house = try given.ifAny(organization) ?? usual else {
                throw Refusal.field("organization", "missing-field", "Ce champ est obligatoire.")
            }
            new = NewPerson(
                try PeopleFields.draft(given), organizationID: house, informed: try given.ifAny(informed) ?? false)
            anyway = try given.ifAny(createAnyway) ?? false
        }

        /// - Throws: ``Core/Refusal/lookalikes`` when someone like them has a file, unless it was said that it is someone else.
        func refuseLookalikes(_ call: Call, _ db: Reader) throws {
            guard !anyway else { return }
            guard try new.lookalikes(by: call.acting, at: call.now, in: db).isEmpty else { throw Refusal.lookalikes }
        }
    }
}

extension Person.Channel: Plain {}

extension TextRule {
    static let language = signs("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", "une langue (BCP 47)") { text in
        text.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}/) != nil
    }
}
