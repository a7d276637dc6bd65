import Core
import Scheduling

/// A site's waiting room: who waits and since when, who is expected, who comes without an appointment.
struct WaitingRoomPage: Page {
    let site: Site
    let sites: [Site]
    let room: WaitingRoom
    /// Today's appointments here of people who have not come yet.
    let expected: [AgendaAppointment]
    let services: [Choice]
    /// Whether they record who comes.
    let mayRecord: Bool
    /// Of this site, today.
    var permanences: [Permanence] = []
    /// Who looks.
    var reader: ID<Agent>?
    var state = FormState.blank
    let time: LocalTime

    var title: String { "Salle d’attente" }

    var html: HTML {
        """
        \(PageHead(title, above: "\(site.name) · \(Format.count(room.waiting.count, "personne attend", "personnes attendent"))"))
        \(if: sites.count > 1, Tabs("Lieux", sites.map { .init($0.name, Urls.waitingRoom($0.id), isCurrent: $0.id == site.id) }).html)
        <div class="two"><div class="stack">\(queues)\(waiting)\(gone)</div><div class="stack">\(if: mayRecord, walkIn)\(expectedList)</div></div>
        """
    }

    /// One line for each service: who holds its permanence, until when, and who may call the next.
    private var queues: HTML {
        let services = permanences.reduce(into: [ID<Service>]()) { if !$0.contains($1.serviceID) { $0.append($1.serviceID) } }
        guard !services.isEmpty else { return .empty }
        return """
            <section aria-labelledby="permanences"><h2 id="permanences">Permanences</h2><ul class="memos">\(each: services, queue)</ul></section>
            """
    }

    private func queue(_ service: ID<Service>) -> HTML {
        let held = permanences.filter { $0.serviceID == service }
        let waiting = room.waiting.filter { $0.arrival.appointmentID == nil && $0.arrival.serviceID == service && $0.caller == nil }
        let isHolder = held.contains { $0.agentID == reader }
        let call = ActionButton("Appeler le suivant", Urls.nextArrival(site.id), style: .main, fields: [("service", service.description)])
        return """
            <li class="card memo"><div><p><b>\(held[0].service)</b> \(Tag(Format.count(waiting.count, "attend", "attendent")))</p>\
            \(each: held, { one in "<p class=\"soft\">\(one.agent), \(hours(one))</p>" })</div>\
            \(if: isHolder && !waiting.isEmpty, "<div class=\"row\">\(call)</div>")</li>
            """
    }

    private func hours(_ permanence: Permanence) -> String {
        Format.list(permanence.times.map { "de \(time.time($0.lowerBound)) à \(time.time($0.upperBound))" })
    }

    /// "1er", "2e" of who waits without an appointment for a service.
    private func rank(_ one: WaitingRoom.Present) -> Int? {
        guard one.arrival.appointmentID == nil, one.caller == nil else { return nil }
        let queue = room.waiting.filter {
            $0.arrival.appointmentID == nil && $0.caller == nil && $0.arrival.serviceID == one.arrival.serviceID
        }
        return queue.firstIndex { $0.arrival.id == one.arrival.id }.map { $0 + 1 }
    }

    private var waiting: HTML {
        let list: HTML =
            "<ul class=\"memos\">\(each: room.waiting, { WaitingCard(one: $0, time: time, back: Urls.waitingRoom(site.id), rank: rank($0)).html })</ul>"
        return """
            <section aria-labelledby="waiting"><h2 id="waiting">Attendent</h2>\
            \(room.waiting.isEmpty ? "<p class=\"soft\">Personne n’attend.</p>" : list)</section>
            """
    }

    private var gone: HTML {
        guard !room.gone.isEmpty else { return .empty }
        return """
            <details class="more"><summary>Reçus ou partis aujourd’hui (\(room.gone.count))</summary><ul class="memos">\
            \(each: room.gone, { WaitingCard(one: $0, time: time, back: Urls.waitingRoom(site.id)).html })</ul></details>
            """
    }

    private var walkIn: HTML {
        """
        <section class="card stack" aria-labelledby="walk-in"><h2 id="walk-in">Sans rendez-vous</h2>\
        \(PostForm(Urls.walkIns(site.id), state) { walkInFields })</section>
        """
    }

    private var walkInFields: HTML {
        """
        \(TextField("name", "Nom", state, hint: "Vide\u{A0}: la personne reste anonyme.", isOptional: true, limit: Arrival.longest))
        \(TextField("companion", "Avec qui", state, isOptional: true, limit: Arrival.longest))
        \(Select("service", "Pour quel service ?", services, state))
        \(SubmitRow("Mettre dans la file"))
        """
    }

    private var expectedList: HTML {
        """
        <section aria-labelledby="expected"><h2 id="expected">Attendus aujourd’hui</h2>\
        \(expected.isEmpty ? "<p class=\"soft\">Plus personne n’est attendu.</p>" as HTML : "<ul class=\"memos\">\(each: expected, one)</ul>")</section>
        """
    }

    private func one(_ one: AgendaAppointment) -> HTML {
        """
        <li class="card memo"><div><p><b>\(time.time(one.time.lowerBound))</b> \
        <a href="\(href: Urls.appointment(one.id))">\(AgendaBoard.who(one))</a></p><p class="soft">\(one.reason)\(late(one))</p></div>\
        \(if: mayRecord, "\(each: one.present.filter { $0.status == .upcoming }, { arrived($0, one) })")</li>
        """
    }

    private func late(_ one: AgendaAppointment) -> HTML {
        guard let minutes = one.late(at: time.now) else { return .empty }
        return " \(Tag("en retard de \(Format.duration(minutes: max(minutes, 1)))", .warn))"
    }

    private func arrived(_ person: AgendaAppointment.Someone, _ one: AgendaAppointment) -> HTML {
        let label = one.present.count > 1 ? "\(person.name) est là" : "Est là"
        return ActionButton(
            label, Urls.arrivals(one.id), fields: [("person", person.id.description), ("back", Urls.waitingRoom(site.id).text)]
        ).html
    }
}

/// Someone in the waiting room.
struct WaitingCard: View {
    let one: WaitingRoom.Present
    let time: LocalTime
    let back: URLPath
    /// In the queue of those who come without an appointment.
    var rank: Int?
    /// May call them out of turn.
    var mayCall = false

    private var arrival: Arrival { one.arrival }

    var html: HTML {
        """
        <li class="card memo"><div><p><b>\(who)</b>\(tags)</p><p class="soft">\(detail)</p></div><div class="row">\(actions)</div></li>
        """
    }

    private var who: HTML {
        let name: HTML = one.name.isEmpty ? "Personne anonyme" : "\(one.name)"
        return arrival.appointmentID.map { "<a href=\"\(href: Urls.appointment($0))\">\(name)</a>" } ?? name
    }

    private var tags: HTML {
        if let received = arrival.receivedAt { return " \(Tag("reçu à \(time.time(received))", .good))" }
        if let left = arrival.leftAt { return " \(Tag("parti à \(time.time(left))", .warn))" }
        if let caller = one.caller {
            return " \(Tag("arrivé à \(time.time(arrival.at))")) \(Tag("appelé par \(caller.name) à \(time.time(caller.at))", .good))"
        }
        let place: HTML = rank.map { $0 == 1 ? " \(Tag("1er de la file"))" : " \(Tag("\($0)e de la file"))" } ?? .empty
        return "\(place) \(Tag("arrivé à \(time.time(arrival.at))"))\(if: isLate, " \(Tag("après l’heure", .warn))")"
    }

    private var isLate: Bool { one.startsAt.map { arrival.at > $0 } ?? false }

    private var detail: String {
        let companion = arrival.companion.isEmpty ? nil : "avec \(arrival.companion)"
        let meeting = one.agent.map { agent in "\(agent), \(one.startsAt.map { time.time($0) } ?? "")" }
        return [meeting ?? "sans rendez-vous", one.service, companion].compactMap { $0 }.joined(separator: " · ")
    }

    private var actions: HTML {
        guard arrival.isWaiting else { return step(.undone, "Attend encore") }
        let uncall: HTML = one.caller == nil ? .empty : step(.undone, "Ne s’est pas présenté : remettre dans la file")
        return "\(if: mayCall && one.caller == nil, step(.called, "Appeler"))\(step(.received, "Reçu"))\(step(.left, "Parti"))\(uncall)"
    }

    private func step(_ step: Arrival.Step, _ label: String) -> HTML {
        ActionButton(label, Urls.arrivalSteps(arrival.id), fields: [("step", step.rawValue), ("back", back.text)]).html
    }
}

/// Who waits for an agent, on top of their day.
struct WaitingForOneself: View {
    let room: WaitingRoom
    let time: LocalTime
    let back: URLPath

    var html: HTML {
        guard !room.present.isEmpty else { return .empty }
        let title = Format.count(room.present.count, "personne vous attend", "personnes vous attendent")
        return """
            <section class="waiting-memos" aria-labelledby="waiting"><h2 id="waiting">\(title)</h2><ul class="memos">\
            \(each: room.present, { WaitingCard(one: $0, time: time, back: back, mayCall: $0.arrival.appointmentID == nil).html })</ul></section>
            """
    }
}

extension WaitingRoomPage {
    static var sample: WaitingRoomPage {
        let at = Samples.time.now
        func arrival(_ name: String, companion: String = "", received: Bool = false) -> WaitingRoom.Present {
            let arrival = Arrival(
                organizationID: Samples.organization.id, siteID: Samples.place.id, serviceID: Samples.reason.serviceID, name: name,
                companion: companion, at: at.adding(minutes: -12), receivedAt: received ? at : nil)
            return WaitingRoom.Present(arrival: arrival, name: name, service: "Service social")
        }
        return WaitingRoomPage(
            site: Samples.place, sites: [Samples.place, Site(organizationID: Samples.organization.id, name: "Artix")],
            room: WaitingRoom(present: [
                arrival("Jeanne Lacoste", companion: "sa fille"), arrival(""), arrival("Paul Idiart", received: true),
            ]),
            expected: AgendaSample.week.appointments.filter { $0.how == .site && $0.status == .upcoming },
            services: [Choice(Samples.reason.serviceID.description, "Service social")], mayRecord: true,
            permanences: [
                Permanence(
                    agentID: AgendaSample.worker.id, agent: AgendaSample.worker.name, siteID: Samples.place.id,
                    serviceID: Samples.reason.serviceID, service: "Service social",
                    times: [at.adding(minutes: -60)..<at.adding(minutes: 120)])
            ], reader: AgendaSample.worker.id, time: Samples.time)
    }
}
