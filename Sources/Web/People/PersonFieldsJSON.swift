import Core

/// What is sent to create or to change a person: the fields that are not there stay as they are.
struct PersonFieldsJSON: Decodable {
    let firstName: String?
    let lastName: String?
    /// `1950-12-03`; empty to forget it.
    let birthDate: String?
    let phones: [Phone]?
    let emails: [Email]?
    let address: String?
    let postalCode: String?
    let commune: String?
    let channel: String?
    let language: String?
    let needs: String?
    /// When creating: which organization follows the person; not needed when only one is possible.
    let organization: ID<Organization>?
    /// When creating: the privacy sentence was said.
    let informed: Bool?
    /// When creating: although someone like them exists.
    let createAnyway: Bool?
    /// When changing: that of the file when it was read.
    let version: Int64?

    struct Phone: Decodable {
        let number: String
        let label: String?
    }

    struct Email: Decodable {
        let address: String
        let label: String?
    }

    private enum CodingKeys: String, CodingKey {
        case phones, emails, address, commune, channel, language, needs, organization, informed, version
        case firstName = "first_name"
        case lastName = "last_name"
        case birthDate = "birth_date"
        case postalCode = "postal_code"
        case createAnyway = "create_anyway"
    }

    func applied(to draft: PersonDraft) -> PersonDraft {
        var draft = draft
        let texts: [(WritableKeyPath<PersonDraft, String>, String?)] = [
            (\.firstName, firstName), (\.lastName, lastName), (\.birthDate, birthDate), (\.address, address), (\.postalCode, postalCode),
            (\.commune, commune), (\.channel, channel), (\.language, language), (\.needs, needs),
        ]
        for (field, text) in texts { if let text { draft[keyPath: field] = text } }
        if let phones { draft.phones = phones.map { .init($0.number, label: $0.label ?? "") } }
        if let emails { draft.emails = emails.map { .init($0.address, label: $0.label ?? "") } }
        return draft
    }
}

extension Refusal {
    /// The same, with the fields named as in JSON: `phone_2` is `phones.1.number`.
    var inJSON: Refusal {
        let names = [
            "phone_label_": ("phones", "label"), "phone_": ("phones", "number"), "email_label_": ("emails", "label"),
            "email_": ("emails", "address"),
        ]
        let renamed = fields.map { name, sentence -> (String, String) in
            let prefix = names.keys.filter(name.hasPrefix).max { $0.count < $1.count }
            guard let prefix, let place = names[prefix], let rank = Int(name.dropFirst(prefix.count)) else { return (name, sentence) }
            return ("\(place.0).\(rank - 1).\(place.1)", sentence)
        }
        return Refusal(kind, code, sentence, fields: Dictionary(renamed) { first, _ in first })
    }
}
