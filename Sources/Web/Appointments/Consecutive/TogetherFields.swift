import Core

/// A second reason right after, and the same again every few weeks.
struct TogetherFields: View {
    let page: BookingPage

    private var state: FormState { page.state }

    var html: HTML {
        guard !page.draft.isDirect else { return .empty }
        let reasons = page.choices.reasons.filter { $0.reason.id != page.draft.reasonID }.map {
            Choice($0.reason.id.description, "\($0.reason.name) · \(Format.duration(minutes: $0.reason.minutes))")
        }
        return """
            \(Select("then_reason", "Puis, à la suite", reasons, state, isOptional: true, empty: "Rien"))\
            <details class="more" id="series"\(attribute: "open", if: isOpen)><summary>Plusieurs fois, en série</summary>\(series)</details>
            """
    }

    var isOpen: Bool { !state.value("times").isEmpty || state.error("times") != nil || state.error("weeks") != nil }

    private var series: HTML {
        """
        <div class="pairs">\(TextField(
            "times", "Combien de rendez-vous", state, hint: "De 2 à \(SeriesPlan.mostTimes).", kind: .number, isOptional: true, size: .short))\
        \(TextField(
            "weeks", "Toutes les … semaines", state, hint: "1\u{A0}: chaque semaine.", kind: .number, isOptional: true, size: .short))</div>\
        <p><button type="submit" formaction="\(href: Urls.seriesDates)">Voir les dates</button></p>
        """
    }
}

/// The others taken in the same act, each with its link.
struct TogetherList: View {
    let together: TakenTogether
    let time: LocalTime

    var title: String { together.kind == .series ? "De la même série" : "Pris à la suite" }

    var html: HTML {
        "<ul class=\"stack\">\(each: together.others, line)</ul>"
    }

    private func line(_ one: AppointmentDetails) -> HTML {
        """
        <li><a href="\(href: Urls.appointment(one.appointment.id))">\(Format.capitalized(time.moment(one.appointment.startsAt)))</a> : \
        \(one.reason.name), \(Format.list(one.participants.map(\.name))), avec \(one.agentName)</li>
        """
    }
}

/// « Et les autres ? »: what becomes of what was taken in the same act.
struct ScopeField: View {
    let together: TakenTogether?
    let appointment: Appointment
    let state: FormState

    var html: HTML {
        guard let together else { return .empty }
        let scopes: [BookingGroup.Scope] =
            together.kind == .inARow
            ? [.alone, .all] : together.following(appointment).isEmpty ? [.alone, .all] : [.alone, .following, .all]
        return RadioCards("scope", "Et les autres rendez-vous pris du même geste ?", scopes.map { Choice($0.rawValue, $0.label) }, state)
            .html
    }
}

extension Form {
    /// What was said of the others.
    /// - Throws: a ``Core/Refusal`` beside `scope` when there are others and nothing was said.
    func scope(_ together: TakenTogether?) throws -> BookingGroup.Scope {
        guard together != nil else { return .alone }
        guard let scope = BookingGroup.Scope(rawValue: text("scope")) else { throw Refusal.othersUnsaid }
        return scope
    }
}
