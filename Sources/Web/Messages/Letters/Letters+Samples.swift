import Core
import Scheduling

extension Letter {
    static var samples: [Letter] {
        let now = Samples.time.now
        let first = Message(
            territoryID: 64, personID: .new(), appointmentID: .new(), purpose: .confirmation, channel: .letter,
            recipient: "12 rue du Pont\n64300 Orthez", dueAt: now.adding(days: -1))
        let second = Message(
            territoryID: 64, personID: .new(), appointmentID: .new(), purpose: .change, channel: .letter,
            recipient: "adresse confidentielle", dueAt: now.adding(days: -2), toPersonID: .new(), toName: "Jean Lacoste")
        return [
            Letter(message: first, personName: "Jeanne Lacoste", startsAt: now.adding(days: 4), number: 1),
            Letter(message: second, personName: "Paul Lacoste", startsAt: now.adding(days: 5), number: 2, trouble: .cancelled),
        ]
    }
}

extension LetterBatch {
    static func sample(posted: Bool) -> LetterBatch {
        let now = Samples.time.now, agent = ID<Agent>.new()
        return LetterBatch(
            territoryID: 64, organization: Samples.organization.id, letters: 2, preparedAt: now.adding(minutes: -40), preparedBy: agent,
            postedAt: posted ? now : nil, postedBy: posted ? agent : nil)
    }
}

extension LettersPage {
    static var sample: LettersPage {
        LettersPage(
            waiting: WaitingLetters(houses: [.init(house: Samples.organization, letters: Letter.samples, count: 60)]),
            batches: [.sample(posted: false), .sample(posted: true)], names: [:],
            houses: [Samples.organization.id: Samples.organization.name], hasCodes: false, canPrint: false, time: Samples.time)
    }
}

extension LetterBatchPage {
    static var sample: LetterBatchPage {
        LetterBatchPage(
            details: LetterBatchDetails(
                batch: .sample(posted: false), house: Samples.organization.name, preparedBy: "Odile Bordenave", letters: Letter.samples),
            time: Samples.time)
    }
}

extension CodedAppointment {
    static var sample: CodedAppointment {
        CodedAppointment(
            territory: AgendaSample.acting.territory, appointment: .new(), person: .new(), message: .new(),
            startsAt: Samples.time.now.adding(days: 4), status: .upcoming, way: "", place: "Maison du Gave, 12 rue du Pont, Orthez",
            house: "MDS d’Orthez", number: "05\u{A0}36\u{A0}49\u{A0}10\u{A0}10", answered: .yes)
    }
}

extension CodedPage {
    static var sample: CodedPage {
        let state = FormState(errors: ["phone": "Ce numéro n’est pas complet. Écrivez-le en entier, ou effacez-le."])
        return CodedPage(coded: .sample, code: .example, state: state, time: Samples.time)
    }
}

extension CodedRefusalPage {
    static var sample: CodedRefusalPage { CodedRefusalPage(coded: .sample, code: .example, time: Samples.time) }
}
