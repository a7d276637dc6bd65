import Core
import Scheduling
import TestKit

/// What one service of one organization holds, every word of it found nowhere else: a word read where it should not be tells whose it is.
struct Compartment: Sendable {
    /// Whose it is, for messages: « orthez/pmi ».
    let name: String
    /// Ends each of its words.
    let mark: String
    let territory: Territory
    let organization: Organization
    let service: Service
    let worker: Agent
    /// Someone whom pages change.
    let colleague: Agent
    /// Whom every organization of the territory follows, each for reasons of its own.
    let shared: Person
    /// An agent of both services in both organizations, with hours for the PMI in one and for the social service in the other.
    let double: ID<Agent>
    let things: Things
    /// Of the shared person with the worker.
    let appointment: Appointment
    /// What someone wrote back about it.
    let reply: ID<Reply>
    /// What was said of it.
    let message: ID<Message>
    /// Recurring.
    let absence: ID<Absence>
    /// What pages delete.
    let spareOpening: ID<Opening>
    let spareAbsence: ID<Absence>
    /// Of a link with which the author chooses a password.
    let link: String

    /// In the organization of those who walk, in the other one of their territory, or in another territory.
    let isAtHome: Bool
    let isForeign: Bool

    func word(_ kind: String) -> String { kind + mark }
}

/// Words that must be shown to some alone.
struct Guarded: Sendable {
    let what: String
    let words: [String]
    let rule: Rule
}

extension Compartment {
    /// Numbers differ by their last figures.
    static func number(_ kind: Int, of mark: String) -> String {
        "+336399\(80 + kind)\(10 + (marks.firstIndex(of: mark) ?? 0))0"
    }

    static let marks = ["zuri", "gorri", "beltz", "urdin", "hori"]

    /// What it holds, and who may read it: the rights table and the access sentences of the pages, said again without SQL.
    var secrets: [Guarded] {
        let overTerritory: Rule = .inTerritory(.readJournal)
        var secrets = [
            Guarded("the name of someone followed here", things.world.person.lastName, .here(.findPeople) || overTerritory),
            Guarded("their number", phone: things.world.person.phones[0].number, .here(.findPeople) || .inTerritory(.exportAccess)),
            Guarded("the name of someone followed by all", shared.lastName, .inTerritory(.findPeople) || overTerritory),
            Guarded("the number called for an appointment", phone: Self.number(1, of: mark), .seesAppointment),
            Guarded("what was said when booking", word("Dit"), .own),
            Guarded("a reason", things.world.reason.name, .knowsReason || .inTerritory(.exportAccess)),
            Guarded("a private note", word("Prive"), .own), Guarded("a memo", word("Mot"), .seesAppointment),
            Guarded("a reply", word("Réponse"), .seesAppointment),
            Guarded("a note", word("Note"), .inTerritory(.readNotes) && .ofService || .own),
            Guarded("where an opening is", word("Mairie"), .seesAgenda),
            Guarded("why someone is away", word("Cure"), .own || .here(.seeEveryAppointment)),
            Guarded("a campaign", word("Campagne"), .here(.sendCampaigns)),
            Guarded("a webhook", word("Logiciel"), .here(.setUpOrganization)),
            Guarded("who works there", worker.lastName, .knowsWorker),
            Guarded("how they sign in", worker.email ?? "", .own || .inTerritory(.setUpTerritory)),
        ]
        if !isAtHome { secrets.append(Guarded("where someone of both organizations opens there", word("Bikotx"), .nobody)) }
        if service.secret || isForeign { secrets.append(Guarded("the service’s name", service.name, .knowsService || overTerritory)) }
        return secrets
    }
}

extension Guarded {
    init(_ what: String, _ word: String, _ rule: Rule) { self.init(what: what, words: [word], rule: rule) }

    /// As programs and as pages write it.
    init(_ what: String, phone number: String, _ rule: Rule) {
        self.init(what: what, words: [number, PhoneNumber(stored: number)?.display ?? number], rule: rule)
    }
}
