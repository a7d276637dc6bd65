import Core
import Scheduling

/// « Indisponible aujourd’hui »: what will become of the day's appointments, before it is said.
struct AwayTodayPage: Page {
    let owner: AgendaOwner
    let covered: Covered
    /// Whom a message tells at once.
    let byMessage: Set<ID<Person>>
    /// One of them at least would be told in the morning only.
    var mayHurry = false
    var state: FormState
    let time: LocalTime

    var title: String { "Indisponible aujourd’hui" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: owner.agent.name))
        <p>Plus aucun créneau ne sera proposé, et les rendez-vous seront « non assurés par le service ».</p>\(list)
        \(PostForm(Urls.awayToday(owner.agent.id), state) { form })</div>
        """
    }

    private var form: HTML {
        """
        \(RadioCards("since", "À partir de quand ?", [Choice("day", "Toute la journée"), Choice("now", "À partir de maintenant")], state))\
        \(UrgentFields(isOffered: mayHurry, state: state))\
        \(SubmitRow(label, cancel: Urls.agenda(of: owner.agent.id, .day, nil)))
        """
    }

    private var label: String { covered.isEmpty ? "Déclarer l’indisponibilité" : "Déclarer l’indisponibilité et prévenir" }

    private var list: HTML {
        guard !covered.isEmpty else { return "<p>Aucun rendez-vous aujourd’hui : personne n’est à prévenir.</p>" }
        return """
            <section class="card stack" aria-labelledby="today-title"><h2 id="today-title">\(Format.count(covered.count, "rendez-vous", "rendez-vous"))</h2>\
            <ul class="stack">\(each: covered.appointments, line)</ul>\(hidden)</section>
            """
    }

    private func line(_ one: AgendaAppointment) -> HTML {
        let present = one.people.filter { $0.status == .upcoming }
        return """
            <li><b>\(time.time(one.time.lowerBound))</b> : \(AgendaBoard.who(one)), \(one.reason) \(goesOn(one))\
            \(each: goes(one) ? [] : present, { someone in means(someone, among: present.count) })</li>
            """
    }

    /// A colleague receives without the agent; nobody does where it takes two.
    private func goes(_ one: AgendaAppointment) -> Bool { one.together.count > (one.isForTwo ? 2 : 1) }

    private func goesOn(_ one: AgendaAppointment) -> HTML {
        guard goes(one) else { return .empty }
        return Tag("assuré par \(Format.list(one.others(than: owner.agent.id)))", .good).html
    }

    private func means(_ someone: AgendaAppointment.Someone, among count: Int) -> HTML {
        let whom = count > 1 ? "\(someone.name) : " : ""
        return byMessage.contains(someone.id) ? " \(Tag("\(whom)message tout de suite"))" : " \(Tag("\(whom)à appeler", .warn))"
    }

    private var hidden: HTML? {
        covered.hidden == 0 ? nil : "<p>Dont \(covered.hidden) que vous ne pouvez pas voir : ils sont prévenus aussi.</p>"
    }
}
