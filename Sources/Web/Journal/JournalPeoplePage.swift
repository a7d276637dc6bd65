import Core
import Scheduling

/// Finding the person whose journal is asked for.
struct JournalPeoplePage: Page {
    let state: FormState
    /// `nil` before any search.
    var found: [FoundPerson]?
    let today: CivilDate

    var title: String { "Qui a consulté un dossier" }

    var html: HTML {
        """
        \(PageHead(title, above: "Journal", actions: LinkButton("Toutes les entrées", Urls.journal).html))
        <div class="stack column">\(form)\(found.map(results))</div>
        """
    }

    // What is typed is personal: it is sent in the body, never in an address.
    private var form: HTML {
        PostForm(Urls.journalPeople, state) {
            """
            \(TextField("q", "La personne", state, hint: Self.hint))\(SubmitRow("Chercher"))
            """
        }.html
    }

    private static let hint = "Son numéro de téléphone entier, ou ses nom, prénom et date de naissance, ou l’identifiant de son dossier."

    private func results(_ people: [FoundPerson]) -> HTML {
        guard !people.isEmpty else {
            return EmptyState(
                "Personne ne correspond", "Il faut le numéro entier, ou le nom, le prénom et la date de naissance comme « 3/12/1950 »."
            ).html
        }
        return """
            <section class="stack" aria-labelledby="found-title"><h2 id="found-title">\(Format.count(people.count, "personne", "personnes"))</h2>
            <ul class="stack">\(each: people, card)</ul></section>
            """
    }

    private func card(_ person: FoundPerson) -> HTML {
        let born = person.birthDate.map { "\(Format.date($0)) (\(Format.age(born: $0, today: today)))" }
        return """
            <li class="card"><p><a class="big" href="\(href: Urls.journal(of: person.id))">\(person.name)</a></p>\
            <p class="soft">\(born ?? "date de naissance inconnue")</p></li>
            """
    }

    static var sample: JournalPeoplePage {
        JournalPeoplePage(
            state: FormState(["q": "06 39 98 12 34"]),
            found: [
                FoundPerson(
                    id: .new(), firstName: "Jeanne", lastName: "Lacoste", birthDate: .init(year: 1950, month: 12, day: 3), commune: "",
                    phones: [], elsewhere: true)
            ], today: Samples.time.today)
    }
}
