import Core
import Scheduling

/// Those who may already be the person whose file is being filled: shown while one types, and again when the form comes back.
struct Lookalikes: View {
    let people: [FoundPerson]
    let state: FormState
    let today: CivilDate

    // Always there, so that `refresh.js` finds what to put in its place.
    var html: HTML { "<div id=\"lookalikes\">\(if: !people.isEmpty, notice)</div>" }

    private var notice: HTML {
        Notice(
            .warn,
            """
            <h2>Cette personne existe peut-être déjà</h2><ul class="stack">\
            \(each: people, { FoundPersonCard(person: $0, today: today, opensTab: true).html })</ul>\
            \(Checkbox("create_anyway", "C’est quelqu’un d’autre : créer la fiche", state))
            """
        ).html
    }
}
