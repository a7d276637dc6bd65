import Core

extension RelationDraft {
    init(_ form: Form) {
        self.init()
        kind = form.text("kind")
        (receives, books) = (form.has("receives"), form.has("books"))
        askedOn = form.text("asked_on")
        isUnaware = form.has("is_unaware")
        (unawareSince, unawareSource) = (form.text("unaware_since"), form.text("unaware_source"))
        (consentOn, consentHow) = (form.text("consent_on"), form.text("consent_how"))
    }

    var state: FormState {
        FormState(
            Form(filled: [
                "kind": kind, "receives": receives ? "on" : nil, "books": books ? "on" : nil, "asked_on": askedOn,
                "is_unaware": isUnaware ? "on" : nil, "unaware_since": unawareSince, "unaware_source": unawareSource,
                "consent_on": consentOn, "consent_how": consentHow,
            ]))
    }
}

extension ProtectionDraft {
    init(_ form: Form) {
        self.init()
        measure = form.text("measure")
        (startsOn, endsOn) = (form.text("starts_on"), form.text("ends_on"))
        representative = form.text("representative")
        copies = form.has("copies")
    }

    var state: FormState {
        FormState(
            Form(filled: [
                "measure": measure, "starts_on": startsOn, "ends_on": endsOn, "representative": representative,
                "copies": copies ? "on" : nil,
            ]))
    }
}
