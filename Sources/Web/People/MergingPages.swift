import Core
import Scheduling

/// Looking for the other file of someone, to make one of the two.
struct MergeChoicePage: Page {
    let person: Person
    /// What was typed, `nil` before any search.
    var typed: String?
    /// Those found; before any search, those who look like this person.
    let found: [FoundPerson]
    let today: CivilDate

    var title: String { "Réunir la fiche de \(person.name) avec une autre" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Revenir à la fiche", Urls.person(person.id)).html))
        <div class="stack column"><p>Quand une même personne a deux fiches, leurs rendez-vous, messages et notes se réunissent sur \
        celle-ci. L’adresse de l’autre y mènera.</p>\(form)\(results)</div>
        """
    }

    private var form: HTML {
        let state = FormState(["q": typed ?? ""])
        return PostForm(Urls.personMergingSearch(person.id)) {
            """
            \(TextField("q", "Chercher l’autre fiche", state, hint: PeoplePage.examples, kind: .search))\(SubmitRow("Chercher"))
            """
        }.html
    }

    private var results: HTML {
        guard !found.isEmpty else { return typed == nil ? "<p class=\"soft\">Aucune fiche ne ressemble à celle-ci.</p>" : nobody }
        return """
            <section class="stack" aria-labelledby="found-title"><h2 id="found-title">\(typed == nil ? "Fiches qui lui ressemblent" : count)</h2>\
            <ul class="stack">\(each: found, card)</ul></section>
            """
    }

    private var count: String { Format.count(found.count, "personne trouvée", "personnes trouvées") }

    private var nobody: HTML {
        EmptyState("Aucune autre fiche ne correspond", "Essayez le numéro, ou le nom avec l’année de naissance.").html
    }

    private func card(_ other: FoundPerson) -> HTML {
        """
        <li class="card row spread"><p><b class="big">\(other.name)</b><br>\
        <span class="soft">\(FoundPersonCard(person: other, today: today).facts)</span></p>\(other.elsewhere ? elsewhere : compare(other))</li>
        """
    }

    private var elsewhere: HTML { "<p>\(Tag("Suivie par une autre organisation : demandez-lui de la partager", .warn))</p>" }

    private func compare(_ other: FoundPerson) -> HTML {
        LinkButton("Comparer", Urls.personMerging(person.id, other.id), spoken: "Comparer avec la fiche de \(other.name)").html
    }
}

/// Two files side by side: what each says, and whose word counts.
struct MergePage: Page {
    let kept: Person
    let other: Person
    var state: FormState
    /// Appointments to come at one hour, on both files: these stand in the way.
    var overlapping: [AppointmentOfPerson] = []
    let time: LocalTime

    var title: String { "Réunir deux fiches de \(kept.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: above))\(overlapping.isEmpty ? form : obstacle)
        """
    }

    private var above: String { "Tout ira sur la fiche de gauche ; l’adresse de celle de droite y mènera." }

    private var form: HTML {
        PostForm(Urls.personMerging(kept.id, other.id), state) {
            """
            \(HiddenField("version", String(kept.version)))\(HiddenField("other_version", String(other.version)))
            <section class="card stack" aria-labelledby="differ-title"><h2 id="differ-title">Ce qui diffère</h2>\(choices)</section>
            <section class="card stack" aria-labelledby="united-title"><h2 id="united-title">Ce qui se réunit</h2>\(united)</section>
            <p>Cela ne se défait pas. L’historique garde ce que chaque fiche disait, qui les a réunies et quand.</p>
            \(SubmitRow("Réunir les deux fiches", cancel: Urls.personMerging(kept.id)))
            """
        }.html
    }

    private var differing: [PersonMerge.Field] { PersonMerge.Field.allCases.filter { $0.differs(kept, other) } }

    private var choices: HTML {
        guard !differing.isEmpty else { return "<p class=\"soft\">Les deux fiches disent la même chose.</p>" }
        return "\(each: differing, choice)"
    }

    /// This file's word unless it says nothing.
    private func choice(_ field: PersonMerge.Field) -> HTML {
        let usual = field.isEmpty(in: kept) ? "other" : "kept"
        let chosen = state.value(field.rawValue).isEmpty ? usual : state.value(field.rawValue)
        return RadioCards(
            field.rawValue, field.label,
            [
                Choice("kept", field.shown(of: kept), detail: "Cette fiche"),
                Choice("other", field.shown(of: other), detail: "L’autre fiche"),
            ], FormState([field.rawValue: chosen])
        ).html
    }

    private var united: HTML {
        let result = PersonMerge.preview(kept, other)
        return DefinitionList([
            ("Téléphones", lines(result.phones.map { Self.line(Format.phone($0.number), $0.label) })),
            ("E-mails", lines(result.emails.map { Self.line($0.address, $0.label) })),
            ("Besoins", result.needs.isEmpty ? "<i>rien</i>" : "\(result.needs)"),
            ("Et aussi", "rendez-vous, messages, notes, référents, organisations, proches, étiquettes, contact discret et historique"),
        ]).html
    }

    private static func line(_ text: String, _ label: String) -> String { label.isEmpty ? text : "\(text) (\(label))" }

    private func lines(_ lines: [String]) -> HTML {
        lines.isEmpty ? "<i>rien</i>" : "\(each: lines.enumerated(), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
    }

    private var obstacle: HTML {
        """
        <div class="stack column">\(Notice(
            .alert,
            """
            <p><b>\(Refusal.appointmentsOverlap.sentence)</b></p><ul class="stack">\(each: overlapping, line)</ul>
            """))<p class="row">\(LinkButton("Revenir à la fiche", Urls.person(kept.id)))</p></div>
        """
    }

    private func line(_ one: AppointmentOfPerson) -> HTML {
        let moment = Format.capitalized(time.moment(one.startsAt))
        guard let full = one.full else { return "<li>\(moment) <span class=\"soft\">rendez-vous d’un autre service</span></li>" }
        return """
            <li><a href="\(href: Urls.appointment(full.appointment.id))">\(moment)</a> \
            <span class="soft">\(full.reasonName), avec \(full.agentName)</span></li>
            """
    }
}

extension PersonMerge.Field {
    var label: String {
        switch self {
        case .lastName: "Nom"
        case .firstName: "Prénom"
        case .birthName: "Nom de naissance"
        case .birthDate: "Date de naissance"
        case .address: "Adresse"
        case .channel: "Comment la prévenir"
        case .language: "Langue"
        }
    }

    /// What a file says, for someone to read.
    func shown(of person: Person) -> String {
        let said: String =
            switch self {
            case .lastName: person.lastName
            case .firstName: person.firstName
            case .birthName: person.birthName
            case .birthDate: person.birthDate.map { Format.date($0) } ?? ""
            case .address:
                [person.address, "\(person.postalCode) \(person.commune)".trimmed].filter { !$0.isEmpty }.joined(separator: ", ")
            case .channel: person.channel.label
            case .language: PersonForm.languageName(person.language)
            }
        return said.isEmpty ? "rien" : said
    }
}
