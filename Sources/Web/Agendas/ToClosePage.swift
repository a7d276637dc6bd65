import Core
import Scheduling

/// « À renseigner »: what became of one's past appointments, one press each.
struct ToClosePage: Page {
    let toClose: ToClose
    let acting: Acting
    let time: LocalTime

    var title: String { "À renseigner" }

    var html: HTML {
        """
        \(PageHead(title, above: toClose.count == 0 ? nil : Format.count(toClose.count, "rendez-vous passé", "rendez-vous passés")))
        \(toClose.appointments.isEmpty ? empty : list)
        """
    }

    private var empty: HTML {
        EmptyState(
            "Tout est renseigné", "Vos rendez-vous passés ont tous un statut.", action: LinkButton("Revenir à l’agenda", Urls.agenda)
        ).html
    }

    private var list: HTML {
        """
        <ul class="to-close">\(each: toClose.appointments, one)</ul>\
        \(if: toClose.count > toClose.appointments.count, "<p class=\"soft after\">Les plus anciens d’abord : les suivants viendront ensuite.</p>")
        """
    }

    private func one(_ one: AgendaAppointment) -> HTML {
        """
        <li class="card"><p><a href="\(href: Urls.appointment(one.id))">\(Format.capitalized(time.moment(one.time.lowerBound)))</a></p>\
        <p class="soft">\(Swatch(colour: one.colour))\(one.reason) · \(AgendaBoard.place(one))</p>\(calls(one))\
        \(each: one.people.filter { $0.status == .upcoming }, { answers($0, of: one) })</li>
        """
    }

    private func calls(_ one: AgendaAppointment) -> HTML {
        guard one.how == .phone, acting.can(.closeAppointments, in: one.organizationID) else { return .empty }
        let said: HTML =
            one.unanswered.isEmpty
            ? .empty : "<span class=\"soft\">Pas de réponse \(Format.list(one.unanswered.map(time.moment)))</span>"
        let call: HTML? = one.phone.map {
            "<a class=\"button tel\" href=\"\(href: .tel($0))\"><span class=\"unseen\">Appeler le </span>\(Format.phone($0))</a>"
        }
        return """
            <div class="row">\(call)\(ActionButton("Pas de réponse", Urls.appointmentAttempts(one.id), fields: [back]))\(said)</div>
            """
    }

    private let back = ("back", Urls.toClose.text)

    private func answers(_ person: AgendaAppointment.Someone, of one: AgendaAppointment) -> HTML {
        let answers = acting.can(.closeAppointments, in: one.organizationID) ? statuses(one) : []
        return """
            <div class="answers"><b>\(person.name)</b><div class="row" role="group" aria-label="Ce que ce rendez-vous est devenu : \(person.name)">\
            \(each: answers, { answer($0, person, one) })</div></div>
            """
    }

    /// « Manqué » by phone follows enough calls without an answer.
    private func statuses(_ one: AgendaAppointment) -> [(Participation.Status, String)] {
        let missed = one.how != .phone || CallAttempt.areEnough(one.unanswered, of: acting.territory)
        return [(.attended, "Honoré")] + (missed ? [(.missed, "Manqué")] : [])
            + [(.cancelledByPerson, "Annulé par la personne"), (.notProvided, "Non assuré par le service")]
    }

    private func answer(_ status: (Participation.Status, String), _ person: AgendaAppointment.Someone, _ one: AgendaAppointment) -> HTML {
        ActionButton(
            status.1, Urls.closeAppointment(one.id),
            fields: [("person", person.id.description), ("status", status.0.rawValue), back]
        ).html
    }
}
