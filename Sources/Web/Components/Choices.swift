/// One of the answers to choose from.
struct Choice: Sendable, Equatable {
    var value: String
    var label: String
    /// A second line, softer.
    var detail: String?

    init(_ value: String, _ label: String, detail: String? = nil) { (self.value, self.label, self.detail) = (value, label, detail) }
}

/// One of many answers.
struct Select: View {
    let name: String
    let label: String
    let choices: [Choice]
    let state: FormState
    var hint: String?
    var isOptional = false
    /// What the first, empty line says; without it there is none.
    var empty: String?

    init(
        _ name: String, _ label: String, _ choices: [Choice], _ state: FormState, hint: String? = nil, isOptional: Bool = false,
        empty: String? = nil
    ) {
        (self.name, self.label, self.choices, self.state) = (name, label, choices, state)
        (self.hint, self.isOptional, self.empty) = (hint, isOptional, empty)
    }

    var html: HTML {
        Field(name, label, state, hint: hint, isOptional: isOptional) { attributes in
            "<select\(attributes)>\(empty.map { "<option value=\"\">\($0)</option>" as HTML })\(each: choices, option)</select>"
        }.html
    }

    private func option(_ choice: Choice) -> HTML {
        "<option value=\"\(choice.value)\"\(attribute: "selected", if: choice.value == state.value(name))>\(choice.label)</option>"
    }
}

/// One of a few answers, each on a card that is wholly a target.
struct RadioCards: View {
    let name: String
    let label: String
    let choices: [Choice]
    let state: FormState
    var hint: String?
    var isOptional = false

    init(_ name: String, _ label: String, _ choices: [Choice], _ state: FormState, hint: String? = nil, isOptional: Bool = false) {
        (self.name, self.label, self.choices, self.state) = (name, label, choices, state)
        (self.hint, self.isOptional) = (hint, isOptional)
    }

    var html: HTML {
        ChoiceGroup(name, label, state, hint: hint, isOptional: isOptional, kind: .radio, choices: choices, selected: [state.value(name)])
            .html
    }
}

/// Any number of answers.
struct CheckboxGroup: View {
    let name: String
    let label: String
    let choices: [Choice]
    let state: FormState
    var hint: String?

    init(_ name: String, _ label: String, _ choices: [Choice], _ state: FormState, hint: String? = nil) {
        (self.name, self.label, self.choices, self.state, self.hint) = (name, label, choices, state, hint)
    }

    var html: HTML {
        ChoiceGroup(
            name, label, state, hint: hint, isOptional: false, kind: .checkbox, choices: choices, selected: Set(state.values(name))
        ).html
    }
}

/// Yes or nothing: the value is `on`.
struct Checkbox: View {
    let name: String
    let label: String
    let state: FormState
    var hint: String?

    init(_ name: String, _ label: String, _ state: FormState, hint: String? = nil) {
        (self.name, self.label, self.state, self.hint) = (name, label, state, hint)
    }

    var html: HTML {
        let error = state.error(name)
        return """
            <div class="field\(if: error != nil, " refused")">\(Field.error(name, error))<label class="tick" for="\(Field.id(name))">\
            <input type="checkbox" id="\(Field.id(name))" name="\(name)" value="on"\(attribute: "checked", if: state.form.has(name))\
            \(attribute: "aria-describedby", Field.described(name, hint, error))\(attribute: "aria-invalid", error == nil ? nil : "true")>\
            <span>\(label)</span></label>\(Field.hint(name, hint))</div>
            """
    }
}

/// What radio cards and groups of boxes share: a `fieldset` whose legend is the question.
struct ChoiceGroup: View {
    enum Kind: String { case radio, checkbox }

    let name: String
    let label: String
    let state: FormState
    let hint: String?
    let isOptional: Bool
    let kind: Kind
    let choices: [Choice]
    let selected: Set<String>

    init(
        _ name: String, _ label: String, _ state: FormState, hint: String?, isOptional: Bool, kind: Kind, choices: [Choice],
        selected: Set<String>
    ) {
        (self.name, self.label, self.state, self.hint) = (name, label, state, hint)
        (self.isOptional, self.kind, self.choices, self.selected) = (isOptional, kind, choices, selected)
    }

    var html: HTML {
        let error = state.error(name)
        return """
            <fieldset class="field\(if: error != nil, " refused")"\(attribute: "aria-describedby", Field.described(name, hint, error))>\
            <legend>\(label)\(if: isOptional, Field.optional)</legend>\(Field.hint(name, hint))\(Field.error(name, error))\
            <div class="\(kind == .radio ? "cards" : "ticks")">\(each: choices.enumerated(), { card($0.offset, $0.element) })</div>\
            </fieldset>
            """
    }

    private func card(_ index: Int, _ choice: Choice) -> HTML {
        let id = index == 0 ? Field.id(name) : Field.id(name) + "-\(index)"
        let detail: HTML? = choice.detail.map { "<small>\($0)</small>" }
        return """
            <label class="tick" for="\(id)"><input type="\(kind.rawValue)" id="\(id)" name="\(name)" value="\(choice.value)"\
            \(attribute: "checked", if: selected.contains(choice.value))><span>\(choice.label)\(detail)</span></label>
            """
    }
}
