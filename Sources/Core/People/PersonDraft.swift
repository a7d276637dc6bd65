import Foundation
import Scheduling

/// What was typed in the form of a person, as typed: it becomes a ``Person`` when each field is right.
///
/// Names in ``Refusal/fields``: `first_name`, `last_name`, `birth_name`, `birth_date`, `address`, `postal_code`, `commune`, `needs`, `language`,
/// `channel`, and by rank `phone_1`, `phone_label_1`, `email_1`, `email_label_1`…
public struct PersonDraft: Sendable, Equatable {
    public var firstName = ""
    public var lastName = ""
    public var birthName = ""
    /// `1950-12-03`, `3/12/1950`, `3 décembre 1950`, or nothing.
    public var birthDate = ""
    public var phones: [Line] = []
    public var emails: [Line] = []
    public var address = ""
    public var postalCode = ""
    public var commune = ""
    public var channel = Person.Channel.sms.rawValue
    public var language = "fr"
    public var needs = ""
    /// What is seldom filled in; `nil` leaves it as it is.
    public var detail: PersonDetailDraft?

    /// A number or an e-mail address, and whose or which it is: « fille », « travail ».
    public struct Line: Sendable, Equatable {
        public var text: String
        public var label: String
        public init(_ text: String, label: String = "") {
            self.text = text
            self.label = label
        }
    }

    public init() {}

    /// What the form shows of someone's file.
    public init(_ person: Person) {
        firstName = person.firstName
        lastName = person.lastName
        birthName = person.birthName
        birthDate = person.birthDate.map { Self.display($0) } ?? ""
        phones = person.phones.map { Line(PhoneNumber(stored: $0.number)?.display ?? $0.number, label: $0.label) }
        emails = person.emails.map { Line($0.address, label: $0.label) }
        address = person.address
        postalCode = person.postalCode
        commune = person.commune
        channel = person.channel.rawValue
        language = person.language
        needs = person.needs
    }

    /// `03/12/1950`, as it is typed.
    static func display(_ date: CivilDate) -> String { String(format: "%02d/%02d/%04d", date.day, date.month, date.year) }
}

extension PersonDraft {
    public static let mostLines = 10
    public static let longestNeeds = 500

    /// The person with what was typed.
    /// - Parameter today: in the territory's zone: nobody is born after it.
    /// - Throws: a ``Refusal`` that says all that is wrong, field by field.
    public func applied(to person: Person, region: String, today: CivilDate) throws -> Person {
        var complaints = Complaints()
        let applied = applied(to: person, region: region, today: today, &complaints)
        try complaints.check()
        return applied
    }

    /// The same without fields that the territory does without, and with all that is wrong told together with what else is.
    func applied(
        to person: Person, region: String, today: CivilDate, without off: Set<PersonField> = [], _ complaints: inout Complaints
    ) -> Person {
        let before = person
        var person = person
        person.firstName = line(firstName, "first_name", most: 100, &complaints)
        person.lastName = line(lastName, "last_name", most: 100, &complaints)
        if Folding.words(of: person.name).isEmpty { complaints.add("last_name", "Écrivez au moins un nom.") }
        if !off.contains(.birthName) { person.birthName = line(birthName, "birth_name", most: 100, &complaints) }
        person.birthDate = date(today: today, &complaints)
        person.phones = phones(region: region, &complaints)
        person.emails = emails(&complaints)
        person.address = line(address, "address", most: 200, &complaints)
        person.postalCode = postalCode(&complaints)
        person.commune = line(commune, "commune", most: 100, &complaints)
        person.needs = line(needs, "needs", most: Self.longestNeeds, &complaints)
        person.language = language(&complaints)
        person.channel = channel(&complaints)
        if off.contains(.needs) { person.needs = before.needs }
        if off.contains(.language) { person.language = before.language }
        return person.keepingBounces(of: before)
    }

    /// One line, spaces made one, no control character.
    private func line(_ typed: String, _ field: String, most: Int, _ complaints: inout Complaints) -> String {
        let text = Self.oneLine(typed)
        if text.count > most { complaints.add(field, "\(most) caractères au plus.") }
        return text
    }

    static func oneLine(_ typed: String) -> String {
        let clean = typed.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(clean)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .precomposedStringWithCanonicalMapping
    }
}

extension PersonDraft {
    private func date(today: CivilDate, _ complaints: inout Complaints) -> CivilDate? {
        let typed = Self.oneLine(birthDate)
        guard !typed.isEmpty else { return nil }
        guard let date = TypedDate.parse(typed) else {
            complaints.add("birth_date", "Cette date n’existe pas ou s’écrit autrement : 03/12/1950, ou 3 décembre 1950.")
            return nil
        }
        if date > today { complaints.add("birth_date", "Cette date est à venir. Vérifiez l’année.") }
        if date.year < 1900 { complaints.add("birth_date", "Cette date est avant 1900. Vérifiez l’année.") }
        return date
    }

    private func phones(region: String, _ complaints: inout Complaints) -> [Person.Phone] {
        var phones: [Person.Phone] = []
        for (rank, typed) in self.phones.lines("phone", &complaints) {
            guard let number = PhoneNumber(typed.text, region: region) else {
                complaints.add("phone_\(rank)", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
                continue
            }
            if phones.contains(where: { $0.number == number.e164 }) { continue }
            phones.append(Person.Phone(number: number.e164, label: typed.label, mobile: number.isMobile))
        }
        return phones
    }

    private func emails(_ complaints: inout Complaints) -> [Person.Email] {
        var emails: [Person.Email] = []
        for (rank, typed) in self.emails.lines("email", &complaints) {
            guard let address = EmailAddress.normal(typed.text) else {
                complaints.add("email_\(rank)", "Cette adresse n’est pas complète : prenom.nom@example.org.")
                continue
            }
            if emails.contains(where: { $0.address == address }) { continue }
            emails.append(Person.Email(address: address, label: typed.label))
        }
        return emails
    }

    private func postalCode(_ complaints: inout Complaints) -> String {
        let code = Self.oneLine(postalCode).uppercased()
        let usual = code.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A) || $0 == 0x20 || $0 == 0x2D }
        if !code.isEmpty, !usual || !(3...10).contains(code.count) {
            complaints.add("postal_code", "Un code postal a cinq chiffres : 64300.")
        }
        return code
    }

    private func language(_ complaints: inout Complaints) -> String {
        let code = Self.oneLine(language)
        guard code.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}/) != nil else {
            complaints.add("language", "Choisissez une langue de la liste.")
            return "fr"
        }
        return code
    }

    private func channel(_ complaints: inout Complaints) -> Person.Channel {
        guard let channel = Person.Channel(rawValue: channel) else {
            complaints.add("channel", "Choisissez comment la personne veut être prévenue.")
            return .sms
        }
        return channel
    }
}

extension [PersonDraft.Line] {
    /// Those that hold something, trimmed, with their rank in the form, from 1.
    fileprivate func lines(_ field: String, _ complaints: inout Complaints) -> [(rank: Int, line: PersonDraft.Line)] {
        var kept: [(rank: Int, line: PersonDraft.Line)] = []
        for (index, typed) in enumerated() {
            let line = PersonDraft.Line(PersonDraft.oneLine(typed.text), label: PersonDraft.oneLine(typed.label))
            let rank = index + 1
            if line.label.count > 40 { complaints.add("\(field)_label_\(rank)", "40 caractères au plus.") }
            if !line.text.isEmpty {
                kept.append((rank, line))
            } else if !line.label.isEmpty {
                complaints.add("\(field)_\(rank)", "Remplissez cette ligne, ou effacez son libellé.")
            }
        }
        for (rank, _) in kept.dropFirst(PersonDraft.mostLines) {
            complaints.add("\(field)_\(rank)", "\(PersonDraft.mostLines) lignes au plus.")
        }
        return kept
    }
}
