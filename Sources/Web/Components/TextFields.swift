/// One line of text.
struct TextField: View {
    let name: String
    let label: String
    let state: FormState
    var hint: String?
    var kind = Kind.text
    /// The purpose for the browser's own memory (WCAG 1.3.5); `off` for what is someone else's.
    var autocomplete = "off"
    var isOptional = false
    var size = Size.wide
    var limit: Int?
    /// Where candidates are looked for while one types (see `search.js`).
    var live: URLPath?
    /// The hidden field that takes the value of the candidate chosen.
    var liveInto: String?

    enum Kind: String, Sendable { case text, email, tel, url, number, search, password }
    /// How much is expected to be written.
    enum Size: String, Sendable { case short, medium, wide }

    init(
        _ name: String, _ label: String, _ state: FormState, hint: String? = nil, kind: Kind = .text, autocomplete: String = "off",
        isOptional: Bool = false, size: Size = .wide, limit: Int? = nil, live: URLPath? = nil,
        liveInto: String? = nil
    ) {
        (self.name, self.label, self.state, self.hint, self.kind) = (name, label, state, hint, kind)
        (self.autocomplete, self.isOptional, self.size) = (autocomplete, isOptional, size)
        (self.limit, self.live, self.liveInto) = (limit, live, liveInto)
    }

    var html: HTML {
        Field(name, label, state, hint: hint, isOptional: isOptional) { attributes in
            """
            <input type="\(kind.rawValue)" class="\(size.rawValue)"\(attributes)\(attribute: "value", shown)\
             autocomplete="\(autocomplete)"\(attribute: "maxlength", limit.map(String.init))\(attribute: "data-live", live?.text)\
            \(attribute: "data-live-into", liveInto)>
            """
        }.html
    }

    /// A password is never sent back.
    private var shown: String? {
        let value = state.value(name)
        return kind == .password || value.isEmpty ? nil : value
    }
}

/// Several lines of text.
struct TextArea: View {
    let name: String
    let label: String
    let state: FormState
    var hint: String?
    var isOptional = false
    var rows = 4
    var limit: Int?

    init(
        _ name: String, _ label: String, _ state: FormState, hint: String? = nil, isOptional: Bool = false, rows: Int = 4, limit: Int? = nil
    ) {
        (self.name, self.label, self.state, self.hint) = (name, label, state, hint)
        (self.isOptional, self.rows, self.limit) = (isOptional, rows, limit)
    }

    // A line end after <textarea> is dropped by browsers: one is written so that one of the text's own is not.
    var html: HTML {
        Field(name, label, state, hint: hint, isOptional: isOptional) { attributes in
            "<textarea rows=\"\(rows)\"\(attributes)\(attribute: "maxlength", limit.map(String.init))>\n\(state.value(name))</textarea>"
        }.html
    }
}

/// A date, as `YYYY-MM-DD`.
struct DateField: View {
    let name: String
    let label: String
    let state: FormState
    var hint: String?
    var autocomplete = "off"
    var isOptional = false
    var earliest: String?
    var latest: String?

    init(
        _ name: String, _ label: String, _ state: FormState, hint: String? = nil, autocomplete: String = "off", isOptional: Bool = false,
        earliest: String? = nil, latest: String? = nil
    ) {
        (self.name, self.label, self.state, self.hint, self.autocomplete) = (name, label, state, hint, autocomplete)
        (self.isOptional, self.earliest, self.latest) = (isOptional, earliest, latest)
    }

    var html: HTML {
        Field(name, label, state, hint: hint, isOptional: isOptional) { attributes in
            """
            <input type="date" class="short"\(attributes) value="\(state.value(name))" autocomplete="\(autocomplete)"\
            \(attribute: "min", earliest)\(attribute: "max", latest)>
            """
        }.html
    }
}

/// An hour of the day, as `HH:MM`.
struct TimeField: View {
    let name: String
    let label: String
    let state: FormState
    var hint: String?
    var isOptional = false

    init(_ name: String, _ label: String, _ state: FormState, hint: String? = nil, isOptional: Bool = false) {
        (self.name, self.label, self.state, self.hint, self.isOptional) = (name, label, state, hint, isOptional)
    }

    var html: HTML {
        Field(name, label, state, hint: hint, isOptional: isOptional) { attributes in
            "<input type=\"time\" class=\"short\" step=\"300\"\(attributes) value=\"\(state.value(name))\">"
        }.html
    }
}

/// What travels with a form unseen.
struct HiddenField: View {
    let name: String
    let value: String

    init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

    var html: HTML { "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" }
}
