import Core

/// What a form shows: what was typed (or is known), and the sentence beside each field that was refused.
struct FormState: Sendable, Equatable {
    var form: Form
    var errors: [String: String]
    /// What is wrong with the whole, said at the top.
    var summary: String?

    init(_ form: Form = Form(), errors: [String: String] = [:], summary: String? = nil) {
        self.form = form
        self.errors = errors
        self.summary = summary
    }

    /// A form filled with what is known.
    init(_ values: [String: String]) {
        self.init(Form(values.mapValues { [$0] }))
    }

    /// A refused form, with all that was typed.
    init(_ form: Form, refused refusal: Refusal) {
        self.init(form, errors: refusal.fields, summary: refusal.sentence)
    }

    static let blank = FormState()

    /// As it was typed, spaces included.
    func value(_ name: String) -> String { form.fields[name]?.first ?? "" }
    func values(_ name: String) -> [String] { form.fields[name] ?? [] }
    func error(_ name: String) -> String? { errors[name] }

    func pointing(from name: String, to other: String) -> FormState {
        var state = self
        state.moveError(from: name, to: other)
        return state
    }

    /// Where a form asks one thing in another field, the sentence stands beside the field that is shown.
    mutating func moveError(from name: String, to other: String) {
        guard let sentence = errors.removeValue(forKey: name) else { return }
        errors[other] = sentence
    }
}
