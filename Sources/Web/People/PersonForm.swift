import Core

/// The form of a person's file: `first_name`, `phone_1`, `phone_label_1`…
enum PersonForm {
    /// Lines shown for numbers and addresses: those known, and one more.
    static let leastLines = 2

    static func draft(_ form: Form) -> PersonDraft {
        var draft = PersonDraft()
        draft.firstName = form.text("first_name")
        draft.lastName = form.text("last_name")
        draft.birthName = form.text("birth_name")
        draft.detail = detail(form)
        draft.birthDate = form.text("birth_date")
        draft.phones = lines("phone", form)
        draft.emails = lines("email", form)
        draft.address = form.text("address")
        draft.postalCode = form.text("postal_code")
        draft.commune = form.text("commune")
        draft.channel = form.optional("channel") ?? draft.channel
        draft.language = form.optional("language") ?? draft.language
        draft.needs = form.text("needs")
        return draft
    }

    /// Up to one more than Core accepts, so that it says so.
    private static func lines(_ name: String, _ form: Form) -> [PersonDraft.Line] {
        let ranks = 1...PersonDraft.mostLines + 1
        let last = ranks.last { form.has("\(name)_\($0)") } ?? 0
        return (1..<last + 1).map { .init(form.text("\(name)_\($0)"), label: form.text("\(name)_label_\($0)")) }
    }

    static func state(_ draft: PersonDraft) -> FormState {
        var fields = [
            "first_name": draft.firstName, "last_name": draft.lastName, "birth_name": draft.birthName,
            "birth_date": draft.birthDate, "address": draft.address,
            "postal_code": draft.postalCode, "commune": draft.commune, "channel": draft.channel, "language": draft.language,
            "needs": draft.needs,
        ]
        for (name, lines) in [("phone", draft.phones), ("email", draft.emails)] {
            for (index, line) in lines.enumerated() {
                fields["\(name)_\(index + 1)"] = line.text
                fields["\(name)_label_\(index + 1)"] = line.label
            }
        }
        let all = fields.mapValues { [$0] }.merging(draft.detail.map(Self.fields) ?? [:]) { $1 }
        return FormState(Form(all))
    }

    static let languages = [
        ("fr", "français"), ("ar", "arabe"), ("en", "anglais"), ("es", "espagnol"), ("eu", "basque"), ("pt", "portugais"),
        ("uk", "ukrainien"),
        ("ru", "russe"), ("ro", "roumain"), ("tr", "turc"), ("sq", "albanais"), ("ka", "géorgien"), ("hy", "arménien"), ("so", "somali"),
        ("ti", "tigrigna"), ("ps", "pachto"), ("fa", "persan, dari"), ("bn", "bengali"), ("ff", "peul"), ("bm", "bambara"),
        ("ln", "lingala"),
        ("zh", "chinois"), ("vi", "vietnamien"), ("fsl", "langue des signes française"),
    ]

    static func languageName(_ code: String) -> String { languages.first { $0.0 == code }?.1 ?? code }
}
