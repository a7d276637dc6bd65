import Core
import Scheduling

/// Creating someone's file.
struct NewPersonPage: Page {
    var state: FormState
    var shown = ShownFields()
    /// Where this agent may create people, by name.
    let organizations: [Choice]
    let privacyNotice: String
    /// Those who may already be this person.
    var lookalikes: [FoundPerson] = []
    let today: CivilDate

    var title: String { "Créer une fiche" }

    var html: HTML {
        """
        \(PageHead(title))\(PostForm(Urls.people, state) {
            """
            <div data-refresh="\(href: Urls.personLookalikes)" data-refreshes="lookalikes" \
            data-refresh-typing="last_name first_name birth_date phone_">\(PersonFields(state: state, shown: shown))</div>\
            <div class="announced" aria-live="polite">\(Lookalikes(people: lookalikes, state: state, today: today))</div>\(organization)\(sentence)\
            \(SubmitRow("Créer la fiche", cancel: Urls.people))
            """
        })
        """
    }

    private var organization: HTML {
        if organizations.count == 1 { return HiddenField("organization", organizations[0].value).html }
        return """
            <section class="card">\(RadioCards("organization", "Qui suivra la personne ?", organizations, state))</section>
            """
    }

    private var sentence: HTML {
        """
        <section class="card stack" aria-labelledby="sentence-title"><h2 id="sentence-title">À dire</h2>\
        <p>« \(privacyNotice) »</p>\(Checkbox("informed", "La phrase a été dite", state))</section>
        """
    }
}

/// Changing someone's file.
struct EditPersonPage: Page {
    /// As it is now: its version is the one that the next sending answers.
    let person: Person
    var state: FormState
    var shown = ShownFields()
    /// After someone else changed it meanwhile: what the file says where it is not what was typed.
    var differences: [(field: String, now: String)] = []

    var title: String { "Modifier la fiche de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title))\(PostForm(Urls.person(person.id), state) {
            """
            \(HiddenField("version", String(person.version)))\(if: !differences.isEmpty, changed)\(PersonFields(state: state, shown: shown))\
            \(SubmitRow("Enregistrer", cancel: Urls.person(person.id)))
            """
        })
        """
    }

    private var changed: HTML {
        Notice(
            .warn,
            """
            <h2>Ce que dit la fiche maintenant</h2>\
            \(DefinitionList(differences.map { ($0.field, $0.now.isEmpty ? "<i>rien</i>" as HTML : "\($0.now)") }))
            """
        ).html
    }
}

extension EditPersonPage {
    /// Where what was typed is not what the file says.
    static func differences(typed: PersonDraft, now: PersonDraft) -> [(field: String, now: String)] {
        let fields: [(String, KeyPath<PersonDraft, String>)] = [
            ("Nom", \.lastName), ("Prénom", \.firstName), ("Nom de naissance", \.birthName), ("Date de naissance", \.birthDate),
            ("Adresse", \.address),
            ("Code postal", \.postalCode), ("Commune", \.commune), ("Besoins", \.needs),
        ]
        let texts = fields.filter { typed[keyPath: $0.1] != now[keyPath: $0.1] }.map { (field: $0.0, now: now[keyPath: $0.1]) }
        let lists = [("Téléphones", typed.phones, now.phones), ("E-mails", typed.emails, now.emails)]
            .filter { said($0.1) != said($0.2) }.map { (field: $0.0, now: said($0.2)) }
        return texts + lists
    }

    private static func said(_ lines: [PersonDraft.Line]) -> String {
        lines.filter { !$0.text.isEmpty }.map { $0.label.isEmpty ? $0.text : "\($0.text) (\($0.label))" }.joined(separator: ", ")
    }
}

/// Before the file of someone whom another organization follows: why it is opened. It says nothing of them.
struct DisclosurePage: Page {
    let action: URLPath
    var state = FormState.blank

    var title: String { "Ouvrir une fiche d’une autre organisation" }

    var html: HTML {
        """
        \(PageHead(title))<div class="stack column"><p>Cette personne est suivie par une autre organisation. Vous pouvez ouvrir sa fiche \
        pendant \(Disclosure.minutes) minutes si vous en avez besoin pour elle. Le motif est conservé, et la personne peut savoir qui a \
        consulté sa fiche.</p>\(PostForm(action, state) {
            """
            \(TextField(
                "reason", "Pourquoi ouvrez-vous cette fiche ?", state, hint: "Par exemple\u{A0}: « elle appelle Orthez, elle déménage ».",
                limit: Disclosure.longestReason))\(SubmitRow("Ouvrir la fiche", cancel: Urls.people))
            """
        })</div>
        """
    }
}
