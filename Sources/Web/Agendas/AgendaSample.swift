import Core
import Scheduling

/// Invented agendas: what tests render, check and run axe over.
enum AgendaSample {
    /// Monday 30 November 2026.
    static let monday = CivilDate(dayNumber: 20_787)
    static let zone = Zone("Europe/Paris")!
    /// Thursday at 9 h 24.
    static let now = zone.instant(monday.adding(days: 3), minute: 564)
    static let time = LocalTime(zone: zone, now: now)
    static let territory = Territory(
        id: 64, slug: "pays", name: "Pays de l’Adour", zone: zone, holidayZone: .metropole, colour: "#0a6b5d", organizationLabel: "MDS",
        privacyNotice: "")
    static let house = Organization(name: "MDS d’Orthez")
    static let site = Site(organizationID: house.id, name: "Orthez")
    static let service = Service(name: "Service social")
    static let reason = Reason(serviceID: service.id, name: "Premier contact RSA", minutes: 30, how: .phone, colour: "#3c62c4")
    static let worker = Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde")
    static let colleague = Agent(territoryID: 64, firstName: "Beñat", lastName: "Idiart")
    static let acting = Acting(territory: territory, agent: worker, roles: [house.id: [.manager]], services: [service.id])
    static let owner = AgendaOwner(agent: worker, version: 12, organizations: [house], services: [service])
    static let choices = AgendaChoices(
        agents: [
            .init(id: colleague.id, name: colleague.name, organization: house.name),
            .init(id: worker.id, name: worker.name, organization: house.name),
        ], sites: [site])

    static let week = Agenda.OfAgent(owner: owner, appointments: appointments, busy: [at(1, 840, 60)], openings: openings, absences: [away])
    static let beside = Agenda.OfAgent(
        owner: AgendaOwner(agent: colleague, organizations: [house], services: [service]), busy: [at(3, 540, 60)],
        openings: opened(colleague, 3, 540..<720))

    static func board(_ days: [AgendaDay], _ preference: AgendaPreference = .usual) -> AgendaBoard {
        AgendaBoard(days: days, acting: acting, time: time, here: Urls.agenda, preference: preference)
    }

    static func address(_ view: AgendaView, _ whose: AgendaAddress.Whose = .agent(worker.id)) -> AgendaAddress {
        AgendaAddress(whose: whose, view: view, date: monday.adding(days: 3))
    }

    static let filters = AgendaFilterChoices(
        [week, beside], sought: Choice(reason.id.description, reason.name))

    /// All of both agents, the days of a view.
    static func days(_ view: AgendaView, of agents: [Agenda.OfAgent] = [week, beside]) -> [AgendaDay] {
        agents.flatMap { agent in view.days(monday.adding(days: 3)).map { agent.day($0, of: territory, now: now) } }
    }

    static func day(_ number: Int, of agent: Agenda.OfAgent = week) -> AgendaDay {
        agent.day(monday.adding(days: number), of: territory, now: now)
    }

    private static func at(_ day: Int, _ minute: Int, _ length: Int) -> Range<Instant> {
        let start = zone.instant(monday.adding(days: day), minute: minute)
        return start..<start.adding(minutes: length)
    }

    private static let appointments = [
        one(0, 540, 30, "Peio Etcheto", .attended, .phone), one(0, 570, 30, "Anne Lassalle", .upcoming, .site, "Suivi"),
        one(0, 600, 30, "Jean Dupouy", .missed, .phone), one(0, 870, 60, "Lucie Cazenave", .attended, .home, "Suivi"),
        one(1, 600, 60, "Rima Haïdar", .upcoming, .site, "Logement"),
        one(1, 615, 30, "Xan Larralde", .upcoming, .phone, isOverbooked: true),
        one(3, 540, 30, "Maite Etcheverry", .upcoming, .site, "Suivi"), one(3, 570, 30, "Luc Lartigue", .upcoming, .phone, calls: [560]),
        one(3, 840, 60, "Lan Nguyen", .upcoming, .video, "Budget"), one(3, 660, 15, "Inès Pomès", .upcoming, .phone),
        one(4, 690, 30, "Luc Berdou", .cancelledByPerson, .phone),
    ]

    private static func one(
        _ day: Int, _ minute: Int, _ length: Int, _ who: String, _ status: Participation.Status, _ how: How,
        _ reason: String = "Premier contact RSA", isOverbooked: Bool = false, calls: [Int] = []
    ) -> AgendaAppointment {
        AgendaAppointment(
            agentID: worker.id, organizationID: house.id, time: at(day, minute, length), reason: reason,
            colour: how == .phone ? "#3c62c4" : "#a35a00", how: how, place: how == .site ? site.name : "",
            siteID: how == .site ? site.id : nil, phone: how == .phone ? "+33639981234" : nil,
            link: how == .video ? "https://visio.example.org/lan" : nil, said: how == .phone ? "Plutôt après 9 h 30." : nil,
            isOverbooked: isOverbooked, people: [.init(name: who, status: status)], unanswered: calls.map { at(day, $0, 5).lowerBound })
    }

    private static let openings = (0..<5).filter { $0 != 2 }.flatMap { day in
        opened(worker, day, 540..<720) + opened(worker, day, 840..<1020)
    }

    static let stretches: [Stretch] = [
        stretch(540..<720, .weekly(every: 1, on: [.monday, .thursday])), stretch(840..<1020, .monthly(every: 1, nth: -1, .friday)),
        stretch(600..<660, .once, from: -30),
    ].compactMap { $0 }

    private static func stretch(_ minutes: Range<Int>, _ pattern: Recurrence.Pattern, from day: Int = 0) -> Stretch? {
        try? Stretch(
            recurrence: Recurrence(first: monday.adding(days: day), pattern: pattern), from: minutes.lowerBound, to: minutes.upperBound)
    }

    static let listed = stretches.map { stretch in
        AgendaOpening(
            opening: Opening(
                agentID: worker.id, organizationID: house.id, siteID: site.id, stretch: stretch, reasonIDs: [reason.id]),
            reasons: [reason.name, "Suivi"], place: site.name)
    }

    private static func opened(_ agent: Agent, _ day: Int, _ minutes: Range<Int>) -> [Agenda.Opened] {
        guard let stretch = stretch(minutes, .once, from: day) else { return [] }
        let opening = Opening(
            agentID: agent.id, organizationID: house.id, siteID: site.id, stretch: stretch, reasonIDs: [reason.id])
        let shown = AgendaOpening(opening: opening, reasons: [reason.name], place: site.name)
        return [Agenda.Opened(time: at(day, minutes.lowerBound, minutes.count), opening: shown)]
    }

    private static let away = Agenda.Away(time: at(2, 0, 1440), title: "Formation")
    static let absences = stretches.map { Absence(agentID: worker.id, title: "Formation", stretch: $0) }
}

extension AgendaPage {
    static let sample = AgendaPage(
        owner: AgendaSample.owner, board: AgendaSample.board((0..<5).map { AgendaSample.day($0) }), address: AgendaSample.address(.week),
        date: AgendaSample.monday.adding(days: 3), choices: AgendaSample.choices, filters: AgendaSample.filters, version: 12)

    /// The same, for a day.
    static let sampleDay = AgendaPage(
        owner: AgendaSample.owner, board: AgendaSample.board([AgendaSample.day(3)]), address: AgendaSample.address(.day),
        date: AgendaSample.monday.adding(days: 3), choices: AgendaSample.choices, version: 12)

    /// Coloured by status, with what is open out of sight.
    static let sampleMonth = AgendaPage(
        owner: AgendaSample.owner,
        board: AgendaSample.board(
            AgendaSample.days(.month, of: [AgendaSample.week]), AgendaPreference(weekend: true, colours: .status)),
        address: AgendaSample.address(.month).with { $0.hidden = [.openings] }, date: AgendaSample.monday.adding(days: 3),
        choices: AgendaSample.choices, filters: AgendaSample.filters, version: 12)

    static let sampleList = AgendaPage(
        owner: AgendaSample.owner, board: AgendaSample.board(AgendaSample.days(.list, of: [AgendaSample.week])),
        address: AgendaSample.address(.list).with { $0.filter.state = .missed }, date: AgendaSample.monday.adding(days: 3),
        choices: AgendaSample.choices, filters: AgendaSample.filters, version: 12)
}

extension TogetherPage {
    static let sample = TogetherPage(
        whose: .site(AgendaSample.site, organization: AgendaSample.house.name),
        board: AgendaSample.board([AgendaSample.day(3), AgendaSample.day(3, of: AgendaSample.beside)]),
        address: AgendaSample.address(.day, .site(AgendaSample.site.id)), date: AgendaSample.monday.adding(days: 3),
        owners: [AgendaSample.owner, AgendaSample.beside.owner], choices: AgendaSample.choices, version: 12, others: 2)

    /// A week of agents chosen for now.
    static let sampleWeek = several(.week)
    static let sampleMonth = several(.month)

    private static func several(_ view: AgendaView) -> TogetherPage {
        let owners = [AgendaSample.owner, AgendaSample.beside.owner]
        return TogetherPage(
            whose: .several, board: AgendaSample.board(AgendaSample.days(view)),
            address: AgendaSample.address(view, .several(owners.map(\.agent.id))), date: AgendaSample.monday.adding(days: 3),
            owners: owners,
            choices: AgendaSample.choices, filters: AgendaSample.filters, version: 12)
    }
}

extension ToClosePage {
    static let sample = ToClosePage(
        toClose: ToClose(
            appointments: AgendaSample.week.appointments.filter { $0.isToClose(at: AgendaSample.now) }, count: 3),
        acting: AgendaSample.acting, time: AgendaSample.time)
}

extension OpeningsPage {
    static let sample = OpeningsPage(
        owner: AgendaSample.owner, openings: AgendaSample.listed, acting: AgendaSample.acting, time: AgendaSample.time)
}

extension OpeningFormPage {
    static let sample = OpeningFormPage(
        owner: AgendaSample.owner,
        choices: OpeningChoices(reasons: [AgendaSample.reason], organizations: [AgendaSample.house], sites: [AgendaSample.site]),
        state: FormState(
            Form(AgendaSample.listed[0].opening.fields), errors: ["to": "La fin doit être après le début. Vérifiez les deux heures."],
            summary: "Une réponse est à corriger."), changed: AgendaSample.listed[0],
        upcoming: AgendaSample.week.appointments.filter { $0.status == .upcoming }, time: AgendaSample.time)
}

extension AbsencesPage {
    static let sample = AbsencesPage(
        owner: AgendaSample.owner, absences: AgendaSample.absences, acting: AgendaSample.acting, time: AgendaSample.time)
}

extension AbsenceFormPage {
    static let sample = AbsenceFormPage(
        owner: AgendaSample.owner, state: FormState(Form(AgendaSample.absences[0].fields)), changed: AgendaSample.absences[0],
        covered: Covered(appointments: AgendaSample.week.appointments.filter { $0.status == .upcoming }, hidden: 1),
        time: AgendaSample.time)
}
