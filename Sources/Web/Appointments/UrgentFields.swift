import Core

/// « Prévenir tout de suite »: only where what is said would otherwise wait for the morning.
struct UrgentFields: View {
    let isOffered: Bool
    let state: FormState

    var html: HTML {
        guard isOffered else { return .empty }
        return """
            <fieldset class="stack"><legend>À cette heure, un SMS attend le matin</legend>\
            \(Checkbox("urgent", "Prévenir tout de suite, même la nuit ou le dimanche", state))\
            \(TextField(
                "urgent_because", "Pourquoi prévenir sans attendre", state, hint: "Gardé au journal, avec votre nom.", isOptional: true,
                limit: 200))</fieldset>
            """
    }
}

extension Form {
    /// The why of what must not wait; nothing when the box is not ticked.
    var urgentBecause: String? { has("urgent") ? text("urgent_because") : nil }
}
