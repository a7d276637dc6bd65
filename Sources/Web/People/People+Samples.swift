import Core
import Scheduling

extension PeoplePage {
    static var sample: PeoplePage {
        PeoplePage(
            typed: "etchev 1950", found: [Samples.found, Samples.foundElsewhere], isCut: true, mayCreate: true, today: Samples.time.today)
    }
}

extension NewPersonPage {
    static var sample: NewPersonPage {
        NewPersonPage(
            state: PersonForm.state(PersonDraft(Samples.someone)),
            organizations: [
                Choice(Samples.organization.id.description, Samples.organization.name),
                Choice(ID<Organization>.new().description, "MDS de Pau"),
            ],
            privacyNotice: Samples.privacyNotice, lookalikes: [Samples.found], today: Samples.time.today)
    }
}

extension EditPersonPage {
    static var sample: EditPersonPage {
        EditPersonPage(
            person: Samples.someone, state: PersonForm.state(PersonDraft(Samples.someone)),
            shown: ShownFields(tags: [Choice(ID<PersonTag>.new().description, "Atelier cuisine")]),
            differences: [("Commune", "Orthez"), ("Besoins", "")])
    }
}

extension MergeChoicePage {
    static var sample: MergeChoicePage {
        MergeChoicePage(
            person: Samples.someone, typed: "lacoste", found: [Samples.found, Samples.foundElsewhere], today: Samples.time.today)
    }
}

extension MergePage {
    static var sample: MergePage {
        var other = Samples.someone
        (other.firstName, other.birthDate, other.commune) = ("Jeannette", nil, "Pau")
        other.phones = [Person.Phone(number: "+33536490002", label: "travail", mobile: false)]
        return MergePage(kept: Samples.someone, other: other, state: .blank, time: Samples.time)
    }

    static var overlapping: MergePage {
        var page = sample
        page.overlapping = [.masked(AppointmentOfPerson.Masked(startsAt: Samples.time.now.adding(days: 1), serviceName: nil))]
        return page
    }
}

extension DisclosurePage {
    static var sample: DisclosurePage { DisclosurePage(action: Urls.personDisclosure(Samples.someone.id)) }
}

extension PersonPage {
    static var sample: PersonPage {
        let social = ID<Service>.new()
        let full = AppointmentOfPerson.Full(
            appointment: Samples.details.appointment, status: .upcoming, reasonName: "Premier contact RSA", serviceName: "Service social",
            agentName: "Maïté Ithurralde", siteName: "Orthez")
        let past = AppointmentOfPerson.Masked(startsAt: Samples.time.now.adding(days: -8), serviceName: nil)
        let file = PersonFile(
            organizations: [Samples.organization],
            referents: [
                Referent(
                    serviceID: social, agentID: Samples.agent, since: Samples.time.now.adding(days: -90), serviceName: "Service social",
                    agentName: "Maïté Ithurralde")
            ],
            notes: [
                Note(
                    personID: Samples.someone.id, serviceID: social, authorID: Samples.agent, text: "Dossier ouvert.\nRappeler en janvier.",
                    createdAt: Samples.time.now.adding(days: -3))
            ],
            appointments: [.full(full), .masked(past)], messages: [Samples.message], agentNames: [Samples.agent: "Maïté Ithurralde"],
            serviceNames: [social: "Service social", ID<Service>.new(): "PMI"], editable: true, mayWriteNotes: true,
            merges: [
                MergedPerson(
                    id: .new(), intoID: Samples.someone.id, name: "Jeannette Lacoste", at: Samples.time.now.adding(days: -1),
                    agentID: Samples.agent, aside: ["first_name": "Jeannette"])
            ])
        var detailed = file
        detailed.detail = PersonDetail(
            discretion: Discretion(neverVoicemail: true, addressHidden: true, caution: "appeler avant 16 h"),
            numbers: [ExternalNumber(kind: .caf, number: "1234567 A")])
        detailed.relatives = [
            Relative(
                relation: Relation(
                    personID: Samples.someone.id, otherID: .new(), kind: .carer, receives: true, askedOn: CivilDate("2026-11-02"),
                    consent: .init(on: CivilDate("2026-11-02")!, how: "de vive voix")),
                isReverse: false, personID: .new(), name: "Marie Lacoste", birthDate: CivilDate("1975-02-03"), isKnown: true)
        ]
        detailed.protections = [
            Protection(measure: .curatelle, startsOn: CivilDate("2025-01-04")!, representativeName: "Marie Lacoste", copies: true)
        ]
        detailed.tagNames = ["Atelier cuisine"]
        detailed.archiving = Archiving(reason: .moved, why: "à Dax", at: Samples.time.now, by: Samples.agent)
        return PersonPage(
            person: Samples.someone, file: detailed, may: Permissions(book: true, edit: true, writeNotes: true, merge: true),
            choices: [
                Referent.Choice(serviceID: social, serviceName: "Service social", agentID: Samples.agent, agentName: "Maïté Ithurralde")
            ], story: .sample, time: Samples.time, privacyNotice: Samples.privacyNotice)
    }
}

extension Samples {
    static let privacyNotice = "Le Département garde vos coordonnées deux ans pour vos rendez-vous. Vous pouvez les voir et les corriger."

    static let someone = Person(
        territoryID: 64, firstName: "Jeanne", lastName: "Lacoste", birthDate: CivilDate("1950-12-03"), channel: .sms, language: "ar",
        address: "4 rue des Essais", postalCode: "64300", commune: "Orthez", needs: "parler fort, interprète arabe", createdAt: time.now,
        phones: [
            Person.Phone(number: "+33639981234", label: "fille", mobile: true),
            Person.Phone(number: "+33536490001", label: "", mobile: false),
        ],
        emails: [
            Person.Email(address: "jeanne.lacoste@example.org", label: ""),
            Person.Email(address: "j.lacoste@example.org", label: "fille", bouncedAt: time.now),
        ])

    static let found = FoundPerson(
        id: .new(), firstName: "Anne", lastName: "Etcheverry", birthDate: CivilDate("1950-12-03"), commune: "Orthez",
        phones: [Person.Phone(number: "+33639981234", label: "fille", mobile: true)], elsewhere: false)
    static let foundElsewhere = FoundPerson(
        id: .new(), firstName: "Anne", lastName: "Etcheverry", birthDate: CivilDate("1950-12-04"), commune: "", phones: [], elsewhere: true)

    static let message = Message(
        territoryID: 64, personID: someone.id, appointmentID: nil, purpose: .confirmation, channel: .sms, recipient: "+33639981234",
        dueAt: time.now.adding(days: 1))
}
