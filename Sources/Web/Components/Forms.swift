import Foundation

/// A form that changes something. It carries the form token, and when it comes back refused it begins with what is to be corrected.
struct PostForm: View {
    let action: URLPath
    let state: FormState
    let content: HTML
    let id: String?
    /// It sends a file (``Multipart``).
    let isUpload: Bool

    init(_ action: URLPath, _ state: FormState = .blank, id: String? = nil, isUpload: Bool = false, content: () -> HTML) {
        (self.action, self.state, self.id, self.isUpload, self.content) = (action, state, id, isUpload, content())
    }

    // The browser's own messages speak its language and stop at the first: ours speak French and say all, so `novalidate`.
    var html: HTML {
        """
        \(ErrorSummary(state, over: content))<form class="stack" method="post" action="\(href: action)"\(attribute: "id", id)\
        \(attribute: "enctype", isUpload ? "multipart/form-data" : nil) novalidate><input type="hidden" name="csrf" value="\(HTML.token)">\(content)</form>
        """
    }
}

/// A form that only looks: filters and searches.
struct GetForm: View {
    let action: URLPath
    let content: HTML

    init(_ action: URLPath, content: () -> HTML) { (self.action, self.content) = (action, content()) }

    var html: HTML { "<form class=\"filters\" method=\"get\" action=\"\(href: action)\" novalidate>\(content)</form>" }
}

/// One button that does one thing.
struct ActionButton: View {
    let label: String
    let action: URLPath
    var style = ButtonStyle.plain
    var fields: [(String, String)] = []
    /// The key that presses it (see `lien.js`).
    var key: String?

    init(_ label: String, _ action: URLPath, style: ButtonStyle = .plain, fields: [(String, String)] = [], key: String? = nil) {
        (self.label, self.action, self.style, self.fields, self.key) = (label, action, style, fields, key)
    }

    var html: HTML {
        """
        <form class="one" method="post" action="\(href: action)"><input type="hidden" name="csrf" value="\(HTML.token)">\
        \(each: fields, { HiddenField($0.0, $0.1).html })\
        <button type="submit" class="\(style.rawValue)"\(attribute: "data-key", key)>\
        \(label)\(key.map { " <kbd aria-hidden=\"true\">\($0)</kbd>" as HTML })</button></form>
        """
    }
}

/// The end of a form: its one primary button, and the way back.
struct SubmitRow: View {
    let label: String
    var cancel: URLPath?
    /// « Annuler » would be read as cancelling the appointment itself.
    let back: String

    init(_ label: String, cancel: URLPath? = nil, back: String = "Annuler") { (self.label, self.cancel, self.back) = (label, cancel, back) }

    var html: HTML {
        """
        <div class="row submit"><button type="submit" class="main">\(label)</button>\
        \(cancel.map { LinkButton(back, $0) })</div>
        """
    }
}

/// At the top of a refused form: how much is wrong, and a link to each field, in the order of the form.
struct ErrorSummary: View {
    let state: FormState
    let names: [String]

    init(_ state: FormState, over content: HTML) {
        self.state = state
        let text = content.text
        let places = state.errors.keys.map { name in (name, text.range(of: "id=\"\(Field.id(name))\"")?.lowerBound) }
        names = places.sorted { ($0.1 ?? text.endIndex, $0.0) < ($1.1 ?? text.endIndex, $1.0) }.map(\.0)
    }

    var html: HTML {
        guard state.summary != nil || !names.isEmpty else { return .empty }
        return """
            <div class="notice alert summary" role="alert" tabindex="-1" autofocus><p><b>\(state.summary ?? "À corriger")</b></p>\
            \(if: !lines.isEmpty, "<ul class=\"bullets\">\(each: lines, line)</ul>")</div>
            """
    }

    /// A refusal of one field says the same above and beside: it is not said twice above.
    private var lines: [String] {
        names.filter { state.errors.count > 1 || state.errors[$0] != state.summary }
    }

    private func line(_ name: String) -> HTML {
        "<li><a href=\"#\(Field.id(name))\">\(state.errors[name])</a></li>"
    }
}
