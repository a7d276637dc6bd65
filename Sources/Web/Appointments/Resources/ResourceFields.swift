import Core

/// What is reserved with a slot: a room, a car, an interpreter.
struct ResourceFields: View {
    let page: BookingPage

    private var kinds: [Resource.Kind] { Resource.Kind.allCases.filter { kind in page.choices.resources.contains { $0.kind == kind } } }

    var html: HTML {
        guard !kinds.isEmpty else { return .empty }
        return """
            \(if: !things.isEmpty, CheckboxGroup("resource", "Réserver aussi", things, state).html)\
            \(if: kinds.contains(.interpreter), interpreter)\(HiddenField("resources_for", page.reason?.id.description ?? ""))
            """
    }

    private var things: [Choice] {
        kinds.filter { $0 != .interpreter }.map { Choice($0.rawValue, "Une \($0.label)") }
    }

    /// A reason's own is ticked when the reason is chosen, and may be unticked.
    private var state: FormState {
        guard let kind = page.resourceAskedFor else { return page.state }
        return FormState(Form(page.state.form.fields.merging(["resource": [kind.rawValue]]) { $1 }), errors: page.state.errors)
    }

    private var interpreter: HTML {
        let spoken = Set(page.choices.resources.flatMap(\.languages))
        let known =
            PersonForm.languages.filter { spoken.contains($0.0) }
            + spoken.filter { code in
                !PersonForm.languages.contains { $0.0 == code }
            }.sorted().map { ($0, $0) }
        let hint = page.person.flatMap {
            spoken.contains($0.language) ? "Cette personne parle \(PersonForm.languageName($0.language))." : nil
        }
        return Select(
            "interpreter", "Interprète", known.map { Choice($0.0, Format.capitalized($0.1)) }, page.state, hint: hint, isOptional: true,
            empty: "Sans"
        ).html
    }
}

extension BookingPage {
    /// What the reason just chosen asks for; nothing once the form has been shown for it.
    var resourceAskedFor: Resource.Kind? {
        guard let reason, state.form.text("resources_for") != reason.id.description, let kind = reason.resourceKind,
            choices.resources.contains(where: { $0.kind == kind }), kind != .interpreter
        else { return nil }
        return kind
    }
}

extension BookingDraft {
    /// What is wished for with the slot.
    var resources: [ResourceWish] {
        let things = form.values("resource").compactMap { Resource.Kind(rawValue: $0) }.filter { $0 != .interpreter }
        let language = form.optional("interpreter")
        return things.map { .any($0) } + (language.map { [.any(.interpreter, language: $0)] } ?? [])
    }
}
