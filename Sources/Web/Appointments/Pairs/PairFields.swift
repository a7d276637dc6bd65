import Core

/// À deux: whether a second agent receives too, and who.
struct PairFields: View {
    let page: BookingPage

    private var state: FormState { page.state }
    private var colleagues: [Choice] { page.choices.agents.map { Choice($0.id.description, $0.name) } }

    var html: HTML {
        """
        \(select.html)\(Checkbox("for_two", "Visite à deux", state, hint: "Personne n’y va seul. Sans dire pourquoi."))
        """
    }

    private var select: Select {
        let anybody = page.draft.isDirect ? [] : [Choice("any", "Un collègue libre")]
        return Select(
            "colleague", "Avec un second agent", anybody + colleagues, state, isOptional: true, empty: "Non")
    }
}

/// The agents of an appointment: who receives, and a colleague who joins or leaves.
struct PairSteps: View {
    let page: AppointmentPage

    private var appointment: Appointment { page.details.appointment }

    var html: HTML {
        guard page.actions.move else { return .empty }
        return """
            <details class="more"\(attribute: "open", if: page.state.error("colleague") != nil)><summary>Second agent</summary>\
            \(each: page.details.colleagues, leaving)\(joining)</details>
            """
    }

    private func leaving(_ one: AppointmentDetails.Colleague) -> HTML {
        """
        <div class="row">\(ActionButton("Continuer sans \(one.name)", Urls.colleagueLeaves(appointment.id), fields: [("agent", one.id.description)]))</div>
        """
    }

    private var joining: HTML {
        let known = Set([appointment.agentID] + page.details.colleagues.map(\.id))
        let free = page.colleagues.filter { !known.contains($0.id) }.map { Choice($0.id.description, $0.name) }
        guard !free.isEmpty else { return .empty }
        return PostForm(Urls.colleagues(of: appointment.id), page.state) {
            "\(Select("colleague", "Qui vient aussi ?", free, page.state, empty: "Choisir"))\(SubmitRow("Ajouter ce collègue"))"
        }.html
    }
}

extension BookingPage {
    /// One goes to the home of someone whose file says that it takes two.
    var mustBeTwo: Bool { discretion.visitsForTwo && reason?.how == .home }
}
