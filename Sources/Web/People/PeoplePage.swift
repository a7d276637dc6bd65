import Core
import Scheduling

/// Searching people: the field, and whom it finds.
struct PeoplePage: Page {
    /// What was typed, `nil` before any search.
    var typed: String?
    var found: [FoundPerson] = []
    /// More people may match than are shown.
    var isCut = false
    /// The archives were searched too.
    var archives = false
    var mayCreate = false
    let today: CivilDate

    var title: String { "Personnes" }

    var html: HTML {
        """
        \(PageHead(title, actions: mayCreate ? LinkButton("Créer une fiche", Urls.newPerson).html : .empty))
        <div class="stack column">\(form)\(typed == nil ? hint : results)</div>
        """
    }

    // What is typed is personal: it is sent in the body, never in an address, which histories and logs keep.
    private var form: HTML {
        let state = FormState(archives ? ["q": typed ?? "", "archives": "on"] : ["q": typed ?? ""])
        return PostForm(Urls.peopleSearch) {
            """
            \(Field("q", "Chercher une personne", state, hint: Self.examples, isOptional: false) { attributes in
                """
                <input type="search" value="\(typed ?? "")" autocomplete="off" spellcheck="false" enterkeyhint="search"\(attributes)\
                \(attribute: "autofocus", if: typed == nil)>
                """
            })\(Checkbox("archives", "Chercher aussi dans les archives", state))\(SubmitRow("Chercher"))
            """
        }.html
    }

    static let examples =
        "Un bout du nom, dans n’importe quel ordre, l’année ou la date de naissance, le début du numéro ; le numéro CAF ou de dossier, entier."

    private var hint: HTML {
        """
        <p class="soft">Par exemple : « etchev 1950 », « 06 39 98 », « jeanne lacoste 3/12/1950 ». Quelqu’un que suit une autre organisation \
        se trouve par son numéro entier, ou par ses nom, prénom et date de naissance.</p>
        """
    }

    private var results: HTML {
        guard !found.isEmpty else { return nobody }
        return """
            <section class="stack" aria-labelledby="found-title"><h2 id="found-title">\(count)</h2>\
            <ul class="stack">\(each: found, { FoundPersonCard(person: $0, today: today).html })</ul>\
            \(if: isCut, "<p class=\"soft\">Seules les \(found.count) premières sont montrées : ajoutez le prénom ou l’année de naissance.</p>")
            </section>
            """
    }

    private var count: String { Format.count(found.count, "personne trouvée", "personnes trouvées") }

    private var nobody: HTML {
        EmptyState(
            "Personne ne correspond",
            "Essayez le numéro, ou le nom avec l’année de naissance. Le nom s’écrit peut-être autrement.",
            action: mayCreate ? LinkButton("Créer une fiche", Urls.newPerson) : nil
        ).html
    }
}
