import Core
import Scheduling

/// A person's own appointments on their telephone: the addresses they were given.
struct PersonCalendarsPage: Page {
    let person: Person
    let discretion: Discretion
    let given: [CalendarFeed.Given]
    /// The address just made, shown this once.
    var address: String?
    var refused: String?
    let time: LocalTime

    var title: String { "Le calendrier de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Personne", actions: LinkButton("Revenir à la fiche", Urls.person(person.id)).html))\
        <div class="column stack">\(refused.map { Notice(.alert, "<p>\($0)</p>") })\(address.map(NewCalendarAddress.init))\(about)</div>
        """
    }

    private var about: HTML {
        """
        <section class="card stack"><h2>Ses rendez-vous sur son téléphone</h2><p>La personne ajoute une adresse à son calendrier\u{A0}: ses \
        rendez-vous y viennent, se déplacent et s’en vont tout seuls. On y lit «\u{A0}Rendez-vous\u{A0}», l’heure, \
        l’adresse et le numéro à appeler\u{A0}; \
        ni le motif, ni le service, ni l’agent.</p>\(warning)\(list)\(make)</section>
        """
    }

    private var warning: HTML? {
        let words = discretion.warnings
        return words.isEmpty
            ? nil
            : Notice(
                .warn,
                """
                <p><b>\(words.joined(separator: ". ")).</b> Demandez-lui qui d’autre regarde ce téléphone avant de donner une adresse.</p>
                """
            ).html
    }

    private var list: HTML {
        guard !given.isEmpty else { return "<p class=\"soft\">Aucune adresse ne lui a été donnée.</p>" }
        return Table(
            "Adresses données", columns: [.init("Créée"), .init("Par"), .init("Lue pour la dernière fois"), .init("Action")],
            rows: given.map(row)
        ).html
    }

    private func row(_ one: CalendarFeed.Given) -> [HTML] {
        [
            "\(Format.capitalized(time.moment(one.feed.createdAt)))", "\(one.by)",
            "\(one.feed.readAt.map { "vers " + time.moment($0) } ?? "jamais")",
            "\(ActionButton("Supprimer", Urls.personCalendarRevocation(person.id, one.feed.id), style: .alert))",
        ]
    }

    private var make: HTML {
        given.count < CalendarFeed.mostOfPerson ? ActionButton("Créer une adresse", Urls.personCalendars(person.id)).html : .empty
    }

    static var sample: PersonCalendarsPage {
        let person = PersonPage.sample.person
        let feed = CalendarFeed(
            territoryID: 64, holder: .person(person.id), shows: .how, createdAt: Samples.time.now, createdBy: .new())
        return PersonCalendarsPage(
            person: person, discretion: Discretion(neverVoicemail: true), given: [.init(feed: feed, by: "Odile Bordenave")],
            address: "https://rdv.example.org/calendars/exemple.ics", time: Samples.time)
    }
}
