/// One question of a form: its label, its hint, what is wrong beside it, and the control.
struct Field: View {
    let name: String
    let label: String
    let hint: String?
    let error: String?
    let isOptional: Bool
    let control: HTML

    init(_ name: String, _ label: String, _ state: FormState, hint: String?, isOptional: Bool, control: (Attributes) -> HTML) {
        self.name = name
        self.label = label
        self.hint = hint
        self.isOptional = isOptional
        error = state.error(name)
        self.control = control(Attributes(name: name, hint: hint, error: error, isOptional: isOptional))
    }

    var html: HTML {
        """
        <div class="field\(if: error != nil, " refused")"><label for="\(Self.id(name))">\(label)\(if: isOptional, Self.optional)</label>\
        \(Self.hint(name, hint))\(Self.error(name, error))\(control)</div>
        """
    }

    /// What every control carries, so that a screen reader says the hint and the error with the field.
    struct Attributes: View {
        let name: String
        let hint: String?
        let error: String?
        let isOptional: Bool

        var html: HTML {
            """
             id="\(Field.id(name))" name="\(name)"\(attribute: "aria-describedby", Field.described(name, hint, error))\
            \(attribute: "aria-invalid", error == nil ? nil : "true")\(attribute: "required", if: !isOptional)
            """
        }
    }
}

extension Field {
    /// The id of the control; the error summary leads there.
    static func id(_ name: String) -> String { "f-" + name }

    static let optional: HTML = " <span class=\"optional\">(facultatif)</span>"

    static func hint(_ name: String, _ hint: String?) -> HTML? {
        hint.map { "<p class=\"hint\" id=\"\(id(name))-hint\">\($0)</p>" }
    }

    static func error(_ name: String, _ error: String?) -> HTML? {
        error.map { "<p class=\"error\" id=\"\(id(name))-error\"><span class=\"unseen\">Erreur : </span>\($0)</p>" }
    }

    /// The ids of what describes a control, or nothing.
    static func described(_ name: String, _ hint: String?, _ error: String?) -> String? {
        let parts = (hint == nil ? [] : [id(name) + "-hint"]) + (error == nil ? [] : [id(name) + "-error"])
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
