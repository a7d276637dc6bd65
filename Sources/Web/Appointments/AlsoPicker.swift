import Core

/// Several people in one appointment: a couple, a parent and a grown child. Each gets their own messages and their own status.
struct AlsoPicker: View {
    struct Someone: Sendable, Equatable {
        let id: ID<Person>
        let name: String
        var detail: String?
    }

    let page: BookingPage

    var html: HTML {
        """
        <details class="more"\(attribute: "open", if: isOpen)><summary>À plusieurs, dans le même rendez-vous</summary>\
        <div class="stack" id="who-also">\(offered)\
        \(Field("also_q", "Chercher une autre personne", page.state, hint: nil, isOptional: true) { attributes in
            "<input type=\"search\" value=\"\(page.state.value("also_q"))\" autocomplete=\"off\" data-refreshes=\"who-also\"\(attributes)>"
        })<p class="unscripted"><button type="submit" formaction="\(href: Urls.newAppointment)">Chercher</button></p></div></details>
        """
    }

    private var isOpen: Bool { !page.draft.also.isEmpty || !page.state.value("also_q").isEmpty }

    private var offered: HTML {
        let known = Set(page.also.map(\.id))
        let found = page.alsoCandidates.filter { !$0.elsewhere && !known.contains($0.id) && $0.id != page.person?.id }
        let choices =
            page.also.map { Choice($0.id.description, $0.name, detail: $0.detail) }
            + found.map { Choice($0.id.description, $0.name, detail: $0.birthDate.map { Format.date($0) }) }
        guard !choices.isEmpty else {
            return page.state.value("also_q").isEmpty ? .empty : "<p class=\"soft\">Personne ne correspond.</p>"
        }
        return CheckboxGroup("also", "Avec", choices, page.state).html
    }
}
