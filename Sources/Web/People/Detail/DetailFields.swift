import Core

/// What is seldom filled in of a file, in the form's fields: `expected_birth`, `number_caf`, `never_post`, `tags`…
struct DetailFields: View {
    let state: FormState
    let shown: ShownFields

    var html: HTML {
        """
        \(if: shown.has(.discretion), discretion)\(if: !numbers.isEmpty || hasTags, known)
        """
    }

    private var discretion: HTML {
        """
        <section class="card stack" aria-labelledby="discretion-title"><h2 id="discretion-title">Contact discret</h2>\
        \(Checkbox("never_voicemail", "Ne jamais laisser de message", state, hint: "Ni sur le répondeur, ni à quelqu’un d’autre."))\
        \(Checkbox("never_post", "Ne jamais écrire à cette adresse", state))\
        \(Checkbox("never_email", "Ne jamais envoyer d’e-mail", state))\
        \(Checkbox("never_sms", "Ne jamais envoyer de SMS pour un rendez-vous", state, hint: "Coché quand la personne a répondu STOP."))\
        \(Checkbox("never_campaign", "Ne plus envoyer d’informations générales", state))\
        \(Checkbox("address_hidden", "Adresse confidentielle", state, hint: "Vue de ceux qui peuvent modifier la fiche, et d’eux seuls."))\
        \(Checkbox("visits_for_two", "Visite à deux", state, hint: "Personne ne va chez elle seul. Sans dire pourquoi."))\
        \(TextField(
            "caution", "À savoir avant d’appeler ou d’écrire", state, hint: "« Appeler avant 16 h ». Sans dire pourquoi.",
            isOptional: true, limit: Discretion.longestCaution))</section>
        """
    }

    private var numbers: [ExternalNumber.Kind] { ExternalNumber.Kind.allCases.filter { shown.has($0.field) } }
    private var hasTags: Bool { shown.has(.tags) && !shown.tags.isEmpty }

    private var known: HTML {
        """
        <section class="card stack" aria-labelledby="known-title"><h2 id="known-title">Numéros et étiquettes</h2><div class="three">\
        \(each: numbers, number)</div>\(if: hasTags, CheckboxGroup("tags", "Étiquettes", shown.tags, state).html)</section>
        """
    }

    private func number(_ kind: ExternalNumber.Kind) -> HTML {
        TextField(
            "number_\(kind.rawValue)", kind.label, state, isOptional: true, size: .medium, limit: ExternalNumber.longest
        ).html
    }
}

/// The fields that the territory uses, and its tags.
struct ShownFields: Sendable {
    var off: Set<PersonField> = []
    var tags: [Choice] = []

    func has(_ field: PersonField) -> Bool { !off.contains(field) }
}

extension PersonForm {
    static func detail(_ form: Form) -> PersonDetailDraft {
        var draft = PersonDetailDraft()
        draft.expectedBirth = form.text("expected_birth")
        for kind in ExternalNumber.Kind.allCases { draft.numbers[kind] = form.text("number_\(kind.rawValue)") }
        draft.discretion = Discretion(
            neverPost: form.has("never_post"), neverEmail: form.has("never_email"), neverSMS: form.has("never_sms"),
            neverCampaign: form.has("never_campaign"), neverVoicemail: form.has("never_voicemail"),
            addressHidden: form.has("address_hidden"), visitsForTwo: form.has("visits_for_two"), caution: form.text("caution"))
        draft.tags = Set(form.values("tags").map { ID<PersonTag>($0) ?? .new() })
        return draft
    }

    static func fields(_ detail: PersonDetailDraft) -> [String: [String]] {
        var fields = ["expected_birth": [detail.expectedBirth], "caution": [detail.discretion.caution]]
        for (kind, number) in detail.numbers { fields["number_\(kind.rawValue)"] = [number] }
        let ticked = [
            ("never_post", detail.discretion.neverPost), ("never_email", detail.discretion.neverEmail),
            ("never_voicemail", detail.discretion.neverVoicemail), ("address_hidden", detail.discretion.addressHidden),
            ("visits_for_two", detail.discretion.visitsForTwo), ("never_sms", detail.discretion.neverSMS),
            ("never_campaign", detail.discretion.neverCampaign),
        ]
        for (name, isOn) in ticked where isOn { fields[name] = ["on"] }
        if !detail.tags.isEmpty { fields["tags"] = detail.tags.sorted().map(\.description) }
        return fields
    }
}

/// What must be minded before calling or writing: said wherever one is about to.
struct Cautions: View {
    let discretion: Discretion
    var name: String?

    var html: HTML {
        guard !discretion.warnings.isEmpty else { return .empty }
        return """
            <p class="row cautions"><span class="unseen">Contact discret\(name.map { " (\($0))" } ?? "") : </span>\
            \(each: discretion.warnings, { Tag($0, .alert).html })</p>
            """
    }
}
