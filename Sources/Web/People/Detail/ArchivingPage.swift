import Core

/// Putting someone's file away, with the reason.
struct ArchivingPage: Page {
    let person: Person
    var state = FormState.blank

    var title: String { "Archiver la fiche de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title))<div class="stack column"><p>Une fiche archivée sort de la recherche, sauf si l’on cherche dans les archives, \
        et l’on ne prend plus de rendez-vous pour la personne. Rien n’est effacé : elle peut en sortir à tout moment.</p>\
        \(PostForm(Urls.personArchiving(person.id), state) {
            """
            \(RadioCards("reason", "Pourquoi ?", Archiving.Reason.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state))\
            \(TextField("why", "Précision", state, hint: "Nécessaire pour une autre raison.", isOptional: true, limit: 200))\
            \(SubmitRow("Archiver la fiche", cancel: Urls.person(person.id)))
            """
        })</div>
        """
    }

    static var sample: ArchivingPage { ArchivingPage(person: Samples.someone) }
}
