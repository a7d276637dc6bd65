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
        <p class="soft after-head">Au clavier : chaque réponse du premier de la liste a sa touche.</p>\
        <ul class="to-close">\(each: toClose.appointments, one)</ul>\
        \(if: toClose.count > toClose.appointments.count, "<p class=\"soft after\">Les plus anciens d’abord : les suivants viendront ensuite.</p>")
        """
    }

    private func one(_ one: AgendaAppointment) -> HTML {
        """
        <li class="card"><div><h2><a href="\(href: Urls.appointment(one.id))">\(AgendaBoard.who(one))</a></h2>\
        <p>\(Format.capitalized(time.moment(one.time.lowerBound)))<span class="soft"> · \(Swatch(colour: one.colour))\(one.reason) · \
        \(AgendaBoard.place(one))</span></p>\(unanswered(one))</div>\
        \(each: one.people.filter { $0.status == .upcoming }, { answers($0, of: one) })\(calls(one))</li>
        """
    }

    private func unanswered(_ one: AgendaAppointment) -> HTML {
        guard !one.unanswered.isEmpty else { return .empty }
        return "<p class=\"soft\">Pas de réponse : \(Format.list(one.unanswered.map(time.moment))).</p>"
    }

    private func calls(_ one: AgendaAppointment) -> HTML {
        guard one.how == .phone, let number = one.phone, acting.can(.closeAppointments, in: one.organizationID) else { return .empty }
        return """
            <div class="row"><a class="button tel" href="\(href: .tel(number))"><span class="unseen">Appeler le </span>\
            \(Format.phone(number))</a>\(ActionButton("Pas de réponse", Urls.appointmentAttempts(one.id), fields: [back]))</div>
            """
    }

    private let back = ("back", Urls.toClose.text)

    private func answers(_ person: AgendaAppointment.Someone, of one: AgendaAppointment) -> HTML {
        let answers = acting.can(.closeAppointments, in: one.organizationID) ? statuses(one) : []
        let isFirst = one.id == toClose.appointments.first?.id && person.id == one.people.first { $0.status == .upcoming }?.id
        return """
            <div class="answers">\(if: one.present.count > 1, "<p><b>\(person.name)</b></p>")\
            <div class="row" role="group" aria-label="Ce que ce rendez-vous est devenu pour \(person.name)">\
            \(each: answers.enumerated(), { answer($0.element, person, one, key: isFirst ? String($0.offset + 1) : nil) })</div></div>
            """
    }

    /// « Manqué » by phone follows enough calls without an answer.
    private func statuses(_ one: AgendaAppointment) -> [(Participation.Status, String)] {
        let missed = one.how != .phone || CallAttempt.areEnough(one.unanswered, of: acting.territory)
        return [(.attended, "Honoré")] + (missed ? [(.missed, "Manqué")] : [])
            + [(.cancelledByPerson, "Annulé par la personne"), (.notProvided, "Non assuré par le service")]
    }

    private func answer(
        _ status: (Participation.Status, String), _ person: AgendaAppointment.Someone, _ one: AgendaAppointment, key: String?
    ) -> HTML {
        ActionButton(
            status.1, Urls.closeAppointment(one.id),
            fields: [("person", person.id.description), ("status", status.0.rawValue), back], key: key
        ).html
    }
}
