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
    var state = FormState.blank
    let time: LocalTime

    var title: String { "Salle d’attente" }

    var html: HTML {
        """
        \(PageHead(title, above: "\(site.name) · \(Format.count(room.waiting.count, "personne attend", "personnes attendent"))"))
        \(if: sites.count > 1, Tabs("Lieux", sites.map { .init($0.name, Urls.waitingRoom($0.id), isCurrent: $0.id == site.id) }).html)
        <div class="two"><div class="stack">\(waiting)\(gone)</div><div class="stack">\(if: mayRecord, walkIn)\(expectedList)</div></div>
        """
    }

    private var waiting: HTML {
        let list: HTML =
            "<ul class=\"memos\">\(each: room.waiting, { WaitingCard(one: $0, time: time, back: Urls.waitingRoom(site.id)).html })</ul>"
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
        \(TextField("name", "Nom", state, hint: "Vide : la personne reste anonyme.", isOptional: true, limit: Arrival.longest))
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
        <a href="\(href: Urls.appointment(one.id))">\(AgendaBoard.who(one))</a></p><p class="soft">\(one.reason)</p></div>\
        \(if: mayRecord, "\(each: one.present.filter { $0.status == .upcoming }, { arrived($0, one) })")</li>
        """
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
        return " \(Tag("arrivé à \(time.time(arrival.at))"))\(if: isLate, " \(Tag("après l’heure", .warn))")"
    }

    private var isLate: Bool { one.startsAt.map { arrival.at > $0 } ?? false }

    private var detail: String {
        let companion = arrival.companion.isEmpty ? nil : "avec \(arrival.companion)"
        let meeting = one.agent.map { agent in "\(agent), \(one.startsAt.map { time.time($0) } ?? "")" }
        return [meeting ?? "sans rendez-vous", one.service, companion].compactMap { $0 }.joined(separator: " · ")
    }

    private var actions: HTML {
        guard arrival.isWaiting else { return step(.undone, "Attend encore") }
        return "\(step(.received, "Reçu"))\(step(.left, "Parti"))"
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
            \(each: room.present, { WaitingCard(one: $0, time: time, back: back).html })</ul></section>
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
            expected: [], services: [Choice(Samples.reason.serviceID.description, "Service social")], mayRecord: true, time: Samples.time)
    }
}
