import Foundation
import Scheduling
import Store

/// Someone of the demo, from their number. Those of one organization follow each other.
extension Demo {
    func organization(of person: Int) -> Int { min(person / size.peopleEach, size.organizations - 1) }

    /// A second organization follows one person in thirty.
    func organizations(of person: Int) -> [Int] {
        let first = organization(of: person)
        guard size.organizations > 1, person % 30 == 17 else { return [first] }
        return [first, (first + 1 + person / 30 % (size.organizations - 1)) % size.organizations]
    }

    func organizationIDs(of person: Int) -> [ID<Organization>] {
        organizations(of: person).map { ids.make(.organization, $0) }
    }

    /// The same person for the same number, whatever is loaded.
    public func person(_ number: Int) -> Person {
        if let known = knownPerson(number) { return known }
        var dice = Dice(seed, .person, number)
        let woman = dice.chance(61)
        let origin = dice.pick(DemoNames.origins)
        var family = DemoNames.family(origin, &dice)
        if dice.chance(4) { family += "-" + DemoNames.family(dice.pick(DemoNames.origins), &dice) }
        var person = blank(number, DemoNames.given(origin, woman: woman, &dice), family, &dice)
        let age = dice.pick([(dice.roll(18...25), 13), (dice.roll(26...44), 38), (dice.roll(45...62), 24), (dice.roll(63...97), 25)])
        if !dice.chance(4) { person.birthDate = today.adding(days: -365 * age - dice.roll(365)) }
        if dice.chance(55) { person.language = DemoNames.language(of: origin) }
        settle(&person, organization(of: number), &dice)
        reach(&person, number, &dice)
        if dice.chance(9) { person.needs = need(person.language, &dice) }
        return person
    }

    private func blank(_ number: Int, _ given: String, _ family: String, _ dice: inout Dice) -> Person {
        let created = today.adding(days: -dice.roll(size.days...size.days + 1_200))
        let creator: ID<Agent> = ids.make(.agent, organization(of: number) * size.agentsEach + 3)
        let at = zone.instant(created, minute: dice.roll(9 * 60...17 * 60))
        let informed = dice.chance(92)
        return Person(
            territoryID: territoryID, id: ids.make(.person, number), firstName: given, lastName: family, informedAt: informed ? at : nil,
            informedBy: informed ? creator : nil, createdAt: at, createdBy: creator)
    }

    private func settle(_ person: inout Person, _ organization: Int, _ dice: inout Dice) {
        let commune = places.commune(of: organization, &dice)
        person.commune = commune.name
        person.postalCode = dice.pick(commune.postalCodes)
        person.address = dice.chance(3) ? "" : "\(dice.roll(1...140)) \(dice.pick(DemoTexts.streets))"
    }

    private func need(_ language: String, _ dice: inout Dice) -> String {
        switch language {
        case "ar": "interprète arabe"
        case "uk": "interprète ukrainien"
        case "tr": "interprète turc"
        case "pt": "interprète portugais"
        default: dice.pick(DemoTexts.needs)
        }
    }
}

/// How they can be reached: ARCEP keeps 10,000 numbers of each kind for fiction, shared from the twenty-thousandth person on.
extension Demo {
    private func reach(_ person: inout Person, _ number: Int, _ dice: inout Dice) {
        // Two neighbours in fifty are one household, with one number.
        let household = number % 50 == 1 ? number - 1 : number
        switch number % 100 {
        case 0..<46: person.phones = [mobile(household)]
        case 46..<48: person.phones = [mobile(household), landline(number)]
        case 48..<92: person.phones = [landline(household)]
        default: person.phones = []
        }
        if dice.chance(number % 100 < 48 ? 22 : 6) {
            person.emails = [Person.Email(address: "\(Self.plain(person.firstName)).\(Self.plain(person.lastName))\(number)@example.org")]
        }
        person.channel = channel(of: person, &dice)
    }

    private func channel(of person: Person, _ dice: inout Dice) -> Person.Channel {
        if person.phones.contains(where: \.mobile) { return dice.pick([(.sms, 88), (.email, 5), (.phone, 5), (.none, 2)]) }
        if !person.emails.isEmpty { return .email }
        return person.phones.isEmpty ? .letter : dice.pick([(.phone, 55), (.letter, 45)])
    }

    /// A walk over the 10,000 numbers that begins again only when all have been given; 1234 is kept for ``knownPerson(_:)``.
    private func mobile(_ number: Int) -> Person.Phone {
        let digits = (number / 100 * 48 + number % 100) * 7_919 % 10_000
        return Person.Phone(number: "+3363998" + French.padded(digits == 1_234 ? 4_321 : digits, 4), label: "", mobile: true)
    }

    /// In Paris for some, who have just come; the organizations have numbers of the Béarn too.
    private func landline(_ number: Int) -> Person.Phone {
        let digits = (number / 100 * 46 + number % 100) * 3_989 % 10_000
        let isElsewhere = (1_000..<1_300).contains(digits) || number % 100 < 52
        return Person.Phone(number: (isElsewhere ? "+3319900" : "+3353649") + French.padded(digits, 4), label: "fixe", mobile: false)
    }

    /// Three people of one family name in Orthez, two of them with one number: whom reception must tell apart on the phone.
    private func knownPerson(_ number: Int) -> Person? {
        let known: [(String, Int, Int, Int, Person.Phone)] = [
            ("Maddi", 1961, 5, 3, Person.Phone(number: "+33639981234", label: "", mobile: true)),
            ("Peio", 1958, 11, 17, Person.Phone(number: "+33639981234", label: "", mobile: true)),
            ("Odette", 1984, 2, 9, Person.Phone(number: "+33536497112", label: "fixe", mobile: false)),
        ]
        guard number < known.count else { return nil }
        var dice = Dice(seed, .person, number)
        var person = blank(number, known[number].0, Self.knownFamily, &dice)
        person.birthDate = CivilDate(year: known[number].1, month: known[number].2, day: known[number].3)
        (person.postalCode, person.commune) = (places.towns[0].postalCodes[0], places.towns[0].name)
        person.address = number < 2 ? "14 rue du Moulin" : "3 impasse des Tilleuls"
        person.phones = [known[number].4]
        person.channel = number < 2 ? .sms : .phone
        return person
    }

    /// Nobody else in the demo is called so.
    public static let knownFamily = "Lahargarai"
}
