import Core
import Scheduling

/// « Envois »: what waits, what left, what did not, and why.
struct EnvoisPage: Page {
    let envois: Envois
    let tray: Envois.Tray
    var state: Message.State?
    /// Not the first page.
    var isNarrowed = false
    var sendsCampaigns = false
    var problem: String?
    let time: LocalTime

    var title: String { "Envois" }

    var html: HTML {
        """
        \(PageHead(title, actions: ways))\
        \(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\(trays)\(states)\
        \(envois.lines.isEmpty ? empty : list)\(Pagination(first: isNarrowed ? Urls.messages(tray, state) : nil, next: next))
        """
    }

    private var ways: HTML {
        """
        \(if: sendsCampaigns, LinkButton("Campagnes", Urls.campaigns).html)\(LinkButton("Courriers", Urls.letters))\
        \(LinkButton("Réponses", Urls.replies))\(LinkButton("À rappeler", Urls.toCall))
        """
    }

    private var trays: HTML {
        Tabs("Ce que l’on regarde", Envois.Tray.allCases.map { Tabs.Item($0.label, Urls.messages($0), isCurrent: $0 == tray) }).html
    }

    private var states: HTML {
        let all = Tabs.Item("Tous", Urls.messages(tray), isCurrent: state == nil)
        let each = tray.states.map { Tabs.Item(Format.capitalized($0.label), Urls.messages(tray, $0), isCurrent: $0 == state) }
        return Tabs("Leur état", [all] + each).html
    }

    private var next: URLPath? { envois.next.map { Urls.messages(tray, state, after: $0) } }

    private var empty: HTML {
        let words =
            switch tray {
            case .waiting: "Les confirmations partent aussitôt ; un rappel attend son jour."
            case .sent: "Ce qui est remis à une passerelle se lit ici, avec ce qu’il en advient."
            case .kept: "Un message retiré, refusé ou abandonné se lit ici, avec sa cause."
            }
        return EmptyState("Aucun message", words).html
    }

    private var list: HTML { "<ul class=\"to-close\">\(each: envois.lines, line)</ul>" }

    private func line(_ line: Envois.Line) -> HTML {
        let message = line.message
        return """
            <li class="card"><div><h2><a href="\(href: Urls.person(message.personID))">\(line.personName)</a></h2>\
            <p>\(Format.capitalized(time.moment(line.at))) : \(MessageLine(message: message))</p><p>\(MessageTag(message: message))\
            \(appointment(message))</p></div>\(DeliveryLines(deliveries: line.deliveries, time: time))\(again(message))</li>
            """
    }

    /// Nothing that may have arrived is sent again by itself.
    private func again(_ message: Message) -> HTML? {
        message.mayBeSentAgain ? "<div class=\"row\">\(ActionButton("Renvoyer", Urls.messageAgain(message.id)))</div>" : nil
    }

    private func appointment(_ message: Message) -> HTML? {
        message.appointmentID.map { " <a href=\"\(href: Urls.appointment($0))\">Voir le rendez-vous</a>" }
    }
}

/// « À rappeler »: whom no message reaches, when their reminder is due or when they did not come.
struct ToCallPage: Page {
    let toCall: ToCall
    let acting: Acting
    var problem: String?
    let time: LocalTime

    var title: String { "À rappeler" }

    var html: HTML {
        """
        \(PageHead(title, above: above))\(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        \(toCall.lines.isEmpty ? empty : list)
        """
    }

    private var above: String? {
        toCall.count == 0 ? nil : Format.count(toCall.count, "personne qu’aucun message n’atteint", "personnes qu’aucun message n’atteint")
    }

    private var empty: HTML {
        EmptyState(
            "Personne à rappeler",
            "Quand le rappel d’un rendez-vous est dû, ou que la personne n’est pas venue, et qu’aucun message ne peut le lui dire, elle "
                + "est ici.",
            action: LinkButton("Voir les envois", Urls.messages)
        ).html
    }

    private var list: HTML {
        """
        <ul class="to-close">\(each: toCall.lines, one)</ul>\
        \(if: toCall.count > toCall.lines.count, "<p class=\"soft after\">Les plus proches d’abord : les suivants viendront ensuite.</p>")
        """
    }

    private func one(_ line: ToCall.Line) -> HTML {
        let one = line.appointment
        return """
            <li class="card"><div><h2><a href="\(href: Urls.person(line.personID))">\(line.personName)</a></h2>\
            <p>Rendez-vous <a href="\(href: Urls.appointment(one.id))">\(time.moment(one.time.lowerBound))</a><span class="soft"> · \
            \(Swatch(colour: one.colour))\(one.reason) · \(AgendaBoard.place(one))</span></p>\(missed(line))\(trouble(line))</div>\
            \(phones(line))\(answer(line))</li>
            """
    }

    private func missed(_ line: ToCall.Line) -> HTML? {
        guard line.purpose == .missed else { return nil }
        return """
            <p>\(Tag("manqué", .warn)) Proposez-lui un autre rendez-vous : \
            <a href="\(href: Urls.newAppointment(for: line.personID))">prendre rendez-vous</a></p>
            """
    }

    private func trouble(_ line: ToCall.Line) -> HTML? {
        line.because.map { "<p>\(Tag("message \($0.label)", .warn))</p>" }
    }

    private func phones(_ line: ToCall.Line) -> HTML {
        guard !line.phones.isEmpty else { return "<p>Aucun numéro : écrivez-lui, ou dites-le à qui l’accompagne.</p>" }
        return "<div class=\"row\">\(each: line.phones, { phone($0, line) })</div>"
    }

    private func phone(_ number: String, _ line: ToCall.Line) -> HTML {
        """
        <a class="button tel" href="\(href: .tel(number))"><span class="unseen">Appeler \(line.personName) au </span>\
        \(Format.phone(number))</a>
        """
    }

    private func answer(_ line: ToCall.Line) -> HTML {
        guard acting.can(.book, in: line.appointment.organizationID) else { return .empty }
        return """
            <div class="row" role="group" aria-label="\(line.personName)">\
            \(ActionButton("Rappelé", Urls.called(line.appointment.id, line.personID)))</div>
            """
    }
}
