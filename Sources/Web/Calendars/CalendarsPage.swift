import Core
import Scheduling

/// « Mes calendriers »: an agent's agenda in their other calendar, and their other calendars in their agenda.
struct CalendarsPage: Page {
    let title = "Mes calendriers"
    let feed: CalendarFeed?
    /// The address just made, shown this once.
    var address: String?
    var state = CalendarsPage.usual
    var foreign: [ForeignCalendar] = []
    /// Of the form of one more.
    var newForeign = FormState.blank
    /// What an action that has no form of its own was refused for.
    var refused: String?
    let time: LocalTime

    static let usual = FormState(["shows": CalendarFeed.Shows.how.rawValue])

    var html: HTML {
        """
        \(PageHead(title, above: "Agenda", actions: LinkButton("Revenir à l’agenda", Urls.agenda).html))\
        <div class="column stack">\(refused.map { Notice(.alert, "<p>\($0)</p>") })\
        \(address.map(NewCalendarAddress.init))\(feedSection)\
        \(ForeignCalendarSection(calendars: foreign, state: newForeign, time: time))</div>
        """
    }

    private var feedSection: HTML {
        """
        <section class="card stack"><h2>Lire mon agenda ailleurs</h2><p>Votre téléphone, ou un autre logiciel, peut lire votre agenda à une \
        adresse secrète, sans rien pouvoir y changer\u{A0}: vos rendez-vous et vos indisponibilités, de \
        \(Format.count(CalendarFeed.daysBehind / 7, "semaine")) en arrière à six mois en avant.</p>\(feed.map(standing))\
        \(PostForm(feed == nil ? Urls.calendarFeed : Urls.calendarFeedShows, state) {
            """
            \(RadioCards("shows", "Ce qu’il dit de vos rendez-vous", Self.choices, state, hint: Self.hint))\
            \(SubmitRow(feed == nil ? "Créer l’adresse" : "Enregistrer"))
            """
        })\(feed == nil ? .empty : endings)</section>
        """
    }

    private func standing(_ feed: CalendarFeed) -> HTML {
        DefinitionList([
            ("Adresse créée", "\(time.moment(feed.createdAt))"),
            ("Lue pour la dernière fois", "\(feed.readAt.map { "vers " + time.moment($0) } ?? "jamais")"),
        ]).html
    }

    private var endings: HTML {
        """
        <p class="soft">L’adresse elle-même n’est pas gardée ici\u{A0}: si vous l’avez perdue, ou si quelqu’un d’autre la connaît, changez-en. \
        L’ancienne ne répond plus.</p><div class="row">\(ActionButton("Changer d’adresse", Urls.calendarFeed, fields: [("shows", shown)]))\
        \(ActionButton("Supprimer l’adresse", Urls.calendarFeedRevocation, style: .alert))</div>
        """
    }

    private var shown: String { (feed?.shows ?? .how).rawValue }

    private static let hint = """
        Le motif n’est jamais dit. Pour un motif discret, un enfant suivi ou un service secret, la personne n’est jamais nommée non plus.
        """

    private static let choices: [Choice] = CalendarFeed.Shows.allCases.map { one in
        switch one {
        case .busy: Choice(one.rawValue, "Occupé", detail: "rien d’autre que l’heure")
        case .how: Choice(one.rawValue, "Rendez-vous par téléphone, sur place…", detail: "et à quel lieu")
        case .names:
            Choice(one.rawValue, "Avec le nom des personnes", detail: "elles seront lues là où votre calendrier est gardé")
        }
    }

    static var sample: CalendarsPage {
        let feed = CalendarFeed(
            territoryID: 64, holder: .agent(.new()), shows: .how, createdAt: Samples.time.now, createdBy: .new(),
            readAt: Samples.time.now)
        return CalendarsPage(
            feed: feed, address: "https://rdv.example.org/calendars/exemple.ics", state: FormState(["shows": "how"]),
            foreign: foreignSamples, newForeign: FormState(Form(["url": ["http://exemple.fr"]]), refused: refusal), time: Samples.time)
    }
}

extension CalendarsPage {
    private static let refusal = Refusal.field("url", "webhook-address", "L’adresse doit commencer par https://.")

    /// Each of the ways in which one may stand.
    private static var foreignSamples: [ForeignCalendar] {
        let now = Samples.time.now
        let ways: [(name: String, good: Instant?, trouble: ForeignCalendar.Trouble?)] = [
            ("Mairie", now, nil), ("Cabinet", now.adding(days: -1), .gone), ("Association", nil, .noCalendar), ("Nouveau", nil, nil),
        ]
        return ways.map { name, good, trouble in
            ForeignCalendar(
                territoryID: 64, agentID: .new(), name: name, url: "https://exemple.fr/agenda.ics", createdAt: now, goodAt: good,
                checkedAt: now, trouble: trouble)
        }
    }
}

/// An address just made: it cannot be shown again.
struct NewCalendarAddress: View {
    let address: String

    var html: HTML {
        Notice(
            .good,
            """
            <p><b>L’adresse est prête.</b> Copiez-la maintenant\u{A0}: elle ne sera plus montrée. Dans le calendrier, \
            choisissez «\u{A0}s’abonner\u{A0}» ou \
            «\u{A0}ajouter par URL\u{A0}». Qui la connaît lit ce calendrier.</p>\(ShownValue("address", "Adresse du calendrier", address))
            """
        ).html
    }
}
