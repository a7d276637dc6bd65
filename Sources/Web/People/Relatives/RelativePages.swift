import Core
import Scheduling

/// Choosing who the relative is: people of their own, with a file of their own.
struct FindRelativePage: Page {
    let person: Person
    var state = FormState.blank
    /// `nil` before any search.
    var found: [FoundPerson]?
    let today: CivilDate

    var title: String { "Ajouter un proche de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title))<div class="stack column"><p>Un proche a sa propre fiche : cherchez-la, ou \
        <a href="\(href: Urls.newPerson)">créez-la</a> puis revenez ici.</p>\(PostForm(Urls.findRelative(person.id), state) {
            """
            \(TextField("q", "Chercher le proche", state, hint: "Nom, téléphone, date de naissance…", kind: .search))\
            \(SubmitRow("Chercher", cancel: Urls.person(person.id)))
            """
        })\(found.map(results))</div>
        """
    }

    private func results(_ found: [FoundPerson]) -> HTML {
        let others = found.filter { !$0.elsewhere && $0.id != person.id }
        guard !others.isEmpty else {
            return EmptyState(
                "Personne ne correspond", "Créez la fiche du proche, puis revenez ici.",
                action: LinkButton("Créer une fiche", Urls.newPerson)
            ).html
        }
        return "<ul class=\"stack\">\(each: others, card)</ul>"
    }

    private func card(_ one: FoundPerson) -> HTML {
        """
        <li class="card"><p><a class="big" href="\(href: Urls.newRelative(person.id).query("other", one.id.description))">\(one.name)</a></p>\
        <p class="soft">\(FoundPersonCard(person: one, today: today).facts)</p></li>
        """
    }

    static var sample: FindRelativePage {
        FindRelativePage(person: Samples.someone, state: FormState(["q": "etchev"]), found: [Samples.found], today: Samples.time.today)
    }
}

/// What someone is to the person, and what goes through them.
struct RelativePage: Page {
    let person: Person
    let otherID: ID<Person>
    let otherName: String
    /// Nothing for a new link.
    var relation: ID<Relation>?
    var state: FormState

    var title: String { "\(otherName), proche de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title))<div class="stack column">\(PostForm(relation.map { Urls.relative(person.id, $0) } ?? Urls.relatives(person.id), state) {
            """
            \(HiddenField("other", otherID.description))\(kind)\(through)\(unaware)\(consent)\
            \(SubmitRow("Enregistrer", cancel: Urls.person(person.id)))
            """
        })\(relation.map(deletion))</div>
        """
    }

    private var kind: HTML {
        Select(
            "kind", "\(otherName) est, pour \(person.name)",
            Relation.Kind.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state, empty: "Choisir…"
        ).html
    }

    private var through: HTML {
        """
        <section class="card stack" aria-labelledby="through-title"><h2 id="through-title">Ce qui passe par \(otherName)</h2>\
        \(Checkbox(
            "receives", "Reçoit les messages", state,
            hint: "À la place d’un enfant sans numéro, ou d’un adulte qui l’a demandé. Jamais pour un motif discret."))\
        \(TextField(
            "asked_on", "Demandé par la personne le", state, hint: "Pour un adulte\u{A0}: sans cette date, il reçoit lui-même.",
            isOptional: true, size: .short))\
        \(Checkbox("books", "Peut réserver", state))</section>
        """
    }

    private var unaware: HTML {
        """
        <section class="card stack" aria-labelledby="unaware-title"><h2 id="unaware-title">Ne doit pas savoir</h2>\
        \(Checkbox("is_unaware", "\(otherName) ne doit pas savoir", state, hint: "Ni message, ni réservation, ni mot au téléphone."))\
        <div class="three">\(TextField("unaware_since", "Depuis le", state, isOptional: true, size: .short))\
        \(TextField("unaware_source", "D’après", state, hint: "La personne, un jugement du…", isOptional: true, limit: 200))</div></section>
        """
    }

    private var consent: HTML {
        """
        <section class="card stack" aria-labelledby="consent-title"><h2 id="consent-title">Accord de l’aidant</h2>\
        <p class="soft">Un aidant est inscrit avec son accord.</p><div class="three">\
        \(TextField("consent_on", "Donné le", state, isOptional: true, size: .short))\
        \(TextField("consent_how", "Comment", state, hint: "De vive voix, par écrit…", isOptional: true, limit: 200))</div></section>
        """
    }

    private func deletion(_ id: ID<Relation>) -> HTML {
        ActionButton("Supprimer ce lien", Urls.relativeDeletion(person.id, id), style: .alert).html
    }

    static var sample: RelativePage {
        RelativePage(
            person: Samples.someone, otherID: .new(), otherName: "Marie Lacoste", relation: .new(),
            state: FormState(["kind": "parent", "receives": "on"]))
    }
}

/// A measure that protects an adult.
struct ProtectionPage: Page {
    let person: Person
    var protection: ID<Protection>?
    /// The person's relatives who may know.
    let relatives: [Choice]
    var state: FormState

    var title: String { "Protection juridique de \(person.name)" }

    var html: HTML {
        let action = protection.map { Urls.protection(person.id, $0) } ?? Urls.protections(person.id)
        return """
            \(PageHead(title))<div class="stack column"><p>La personne reçoit toujours ses propres messages.</p>\(PostForm(action, state) {
                """
                \(Select("measure", "Mesure", Protection.Measure.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state,
                    empty: "Choisir…"))<div class="three">\(TextField("starts_on", "Du", state, hint: "03/12/2026", size: .short))\
                \(TextField("ends_on", "Au", state, isOptional: true, size: .short))</div>\
                \(Select("representative", "Représentant", relatives, state, hint: "Parmi les proches de la personne.", isOptional: true,
                    empty: "Aucun"))\
                \(Checkbox("copies", "Lui envoyer une copie des messages", state, hint: "La copie ne dit pas le motif du rendez-vous."))\
                \(SubmitRow("Enregistrer", cancel: Urls.person(person.id)))
                """
            })</div>
            """
    }

    static var sample: ProtectionPage {
        ProtectionPage(
            person: Samples.someone, relatives: [Choice(ID<Person>.new().description, "UDAF d’essai")],
            state: FormState(["measure": "curatelle", "starts_on": "03/12/2025"]))
    }
}
