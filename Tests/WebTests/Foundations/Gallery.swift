import Core

@testable import Web

/// Every component on a few pages, to look at and to run axe over: `LIEN_GALLERY=folder swift test --filter Gallery` writes them there.
enum Gallery {
    static let pages: [(String, any Page)] = [
        ("agenda", AgendaGallery.sample), ("day", AgendaGallery.day), ("blocks", BlocksGallery.sample), ("form", FormGallery.sample),
        ("refused", FormGallery.refused), ("sign-in", SignInGallery.sample), ("not-found", RefusalPage.sample),
        ("people", PeoplePage.sample), ("person", PersonPage.sample), ("new-person", NewPersonPage.sample),
        ("edit-person", EditPersonPage.sample), ("disclosure", DisclosurePage.sample),
        ("imports", ImportsPage.sample), ("import-preview", ImportPreviewPage.sample), ("import-report", ImportReportPage.sample),
        ("merge-choice", MergeChoicePage.sample), ("merge", MergePage.sample), ("merge-overlap", MergePage.overlapping),
        ("unmet-demands", DemandsPage.sample), ("groups", GroupsPage.sample), ("new-group", NewGroupPage.sample),
        ("memos", MemosPage.sample), ("new-memo", NewMemoPage.sample),
        ("waiting-room", WaitingRoomPage.sample),
        ("day-list", DayListPage.sample),
        ("letters", LettersPage.sample), ("letter-batch", LetterBatchPage.sample), ("code", CodePage.sample), ("coded", CodedPage.sample),
        ("coded-refusal", CodedRefusalPage.sample), ("calendars", CalendarsPage.sample), ("person-calendars", PersonCalendarsPage.sample),
        ("webhooks", WebhooksPage.sample), ("webhook", WebhookPage.sample), ("webhook-delivery", WebhookDeliveryPage.sample),
    ]

    static var frame: Frame {
        Frame(
            brand: .init(name: "Département des Pyrénées-Atlantiques"),
            navigation: [
                .init(label: "Agenda", url: "/agenda"),
                .init(label: "À renseigner", url: "/to-complete", count: 4, countLabel: "rendez-vous"),
                .init(label: "Appels", url: "/calls"), .init(label: "Demandes", url: "/demands"),
            ],
            account: .init(
                name: "Maïté Ithurralde", detail: "Service social, MDS d’Orthez",
                links: [.init(label: "Mon compte", url: "/account"), .init(label: "Réglages", url: "/settings")]),
            search: .init(), newAppointment: Urls.newAppointment
        ).marked(path: "/agenda")
    }
}

struct AgendaGallery: Page {
    var title = "Semaine du 30 novembre"
    var columns: [AgendaGrid.Column]

    var html: HTML {
        """
        \(PageHead(title, above: "Maïté Ithurralde · Service social · MDS d’Orthez", actions: actions))
        \(AgendaGrid(hours: 8..<18, columns: columns))
        """
    }

    private var actions: HTML {
        """
        \(steps)\(LinkButton("Jour", "/agenda/day"))\(LinkButton("Semaine", "/agenda/week", isCurrent: true))\
        \(LinkButton("Plusieurs agents", "/agenda/site"))\
        \(LinkButton("Nouveau rendez-vous", Urls.newAppointment, style: .main, key: "n"))
        """
    }

    private var steps: Steps {
        Steps(
            previous: "/agenda?w=-1", today: "/agenda", next: "/agenda?w=1", spokenPrevious: "Semaine précédente",
            spokenNext: "Semaine suivante")
    }

    private static func at(
        _ minutes: Range<Int>, _ who: String, _ what: String, _ kind: AgendaGrid.Kind, _ standing: AgendaGrid.Standing = .planned
    ) -> AgendaGrid.Appointment {
        .init(
            minutes: minutes, url: Urls.appointment(minutes.lowerBound), title: "\(Format.time(minutes.lowerBound)) · \(who)", detail: what,
            kind: kind, standing: standing)
    }

    private static let open = [540..<720, 840..<1_020]

    static let sample = AgendaGallery(columns: [
        .init(
            title: "lundi", detail: "30 novembre", url: "/agenda/1", openings: open.map { .init(minutes: $0) },
            appointments: [
                at(540..<570, "Peio Etcheto", "Téléphone · premier contact RSA", .phone),
                at(570..<600, "Anne Lassalle", "Orthez · suivi", .site),
                at(600..<630, "Jean Dupouy", "Manqué · à rappeler", .site, .missed),
                at(870..<930, "Lucie Cazenave", "Domicile · suivi", .home),
            ]),
        .init(
            title: "mardi", detail: "1er décembre", url: "/agenda/2", openings: open.map { .init(minutes: $0) },
            appointments: [
                at(540..<570, "Odile Bordenave", "Téléphone · budget", .phone),
                at(600..<660, "Rima et Sami Haïdar", "Orthez · logement · interprète", .site),
                at(615..<645, "Xan Larralde", "Téléphone · en plus", .phone),
                at(900..<915, "Ximun Sallaberry", "Téléphone · suivi", .phone),
            ]),
        .init(
            title: "mercredi", detail: "2 décembre", url: "/agenda/3",
            absences: [.init(minutes: 0..<1_440, label: "Formation : indisponible")]),
        today,
        .init(
            title: "vendredi", detail: "4 décembre", url: "/agenda/5", openings: [.init(minutes: 540..<720)],
            appointments: [
                at(570..<600, "Inès Pomès", "Orthez · suivi", .site), at(660..<690, "Beñat Idiart", "Visio · suivi", .video),
                at(690..<720, "Luc Berdou", "Annulé par la personne", .phone, .cancelled),
            ]),
        .init(title: "samedi", detail: "5 décembre", url: "/agenda/6"),
    ])

    static let day = AgendaGallery(title: "Jeudi 3 décembre", columns: [today])

    private static let today = AgendaGrid.Column(
        title: "jeudi", detail: "3 décembre", url: "/agenda/4", isToday: true, openings: open.map { .init(minutes: $0) },
        appointments: [
            at(540..<570, "Maite Etcheverry", "Arrivée à 8 h 52", .site, .here),
            at(570..<600, "Luc Lartigue", "Téléphone · premier contact RSA", .phone),
            at(630..<660, "Lan Nguyen", "Téléphone · suivi", .phone),
            at(840..<900, "Atelier budget", "Orthez · 6 inscrits sur 8", .site),
            at(930..<960, "Paul Barrère", "Téléphone · courrier", .phone),
        ], now: 564)
}

struct BlocksGallery: Page {
    let title = "Jeanne Lacoste"
    static let sample = BlocksGallery()

    var html: HTML {
        """
        \(PageHead(title, above: "84 ans · Orthez", actions: actions))\(tabs)
        <p class="row">\(Tag("Parler fort"))\(Tag("Vigilance orange : chaleur", .warn))\(Tag("Situation inquiétante", .alert))</p>
        <div class="two"><section class="card stack"><h2>Coordonnées</h2>\(facts)</section>\(next)</div>
        \(Notice(.warn, "<p>Elle a déjà un rendez-vous pour ce motif. <a href=\"/a/1/move\">Déplacer plutôt</a></p>"))
        <h2>Rendez-vous passés</h2>\(table)\(Pagination(first: "/people/1", next: "/people/1?after=2"))
        <h2>Demandes</h2>\(empty)
        <h2>Choisir un horaire</h2><div class="slots">\(each: ["9 h", "9 h 30", "11 h", "14 h 30"], slot)</div>
        """
    }

    private var actions: HTML {
        "\(LinkButton("Modifier", "/people/1/edit"))\(LinkButton("Prendre rendez-vous", Urls.newAppointment, style: .main))"
    }

    private var tabs: Tabs {
        Tabs(
            "Jeanne Lacoste",
            [
                .init("Fiche", "/people/1", isCurrent: true), .init("Rendez-vous", "/people/1/a", count: 2),
                .init("Messages", "/people/1/m"),
            ])
    }

    private var facts: DefinitionList {
        DefinitionList([
            ("Téléphone", "<a href=\"\(href: .tel("+33536490012"))\">\(Format.phone("+33536490012"))</a> (fixe)"),
            ("Adresse", "12 rue des Jacobins, 64300 Orthez"), ("Langue", "français"), ("Référente", "Maïté Ithurralde, service social"),
        ])
    }

    private var next: HTML {
        """
        <section class="card stack"><h2>Prochain rendez-vous</h2><p class="big">Jeudi 10 décembre à 9 h 30</p>\
        <p>Par téléphone, avec Maïté Ithurralde</p><div class="row">\(LinkButton("Déplacer", "/a/1/move"))\
        \(ActionButton("Annuler le rendez-vous", "/a/1/cancellation", style: .alert))</div></section>
        """
    }

    private var table: Table {
        Table(
            "Rendez-vous passés",
            columns: [.init("Quand"), .init("Motif"), .init("Agent"), .init("Statut"), .init("Minutes", isNumber: true)],
            rows: [
                ["jeudi 3 septembre à 9 h", "Premier contact RSA", "Maïté Ithurralde", "\(Tag("Honoré", .good))", "30"],
                ["mardi 13 octobre à 14 h 30", "Suivi", "Maïté Ithurralde", "\(Tag("Manqué", .warn))", "45"],
            ])
    }

    private var empty: EmptyState {
        EmptyState(
            "Aucune demande en cours", "Ce qu’elle demandera sera suivi ici, jusqu’à la réponse.",
            action: LinkButton("Noter une demande", "/d/new"))
    }

    private func slot(_ time: String) -> HTML {
        "<button type=\"button\" aria-pressed=\"\(time == "11 h" ? "true" : "false")\">\(time)</button>"
    }
}

struct FormGallery: Page {
    let title = "Nouvelle personne"
    var state: FormState
    static let sample = FormGallery(state: FormState(["language": "fr", "kind": "phone"]))
    static let refused = FormGallery(
        state: FormState(
            Form([
                "name": ["Lacoste"], "phone": ["05 36"], "kind": ["home"], "needs": ["loud", "chair"], "said": ["Elle préfère le matin."],
            ]),
            refused: Refusal(
                .invalid, "invalid-fields", "3 réponses sont à corriger.",
                fields: [
                    "phone": "Ce numéro est trop court : il lui manque des chiffres.", "kind": "Choisissez comment.",
                    "consent": "Dites-lui la phrase d’information, puis cochez.",
                ])))

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Le nom suffit ; le reste peut attendre."))\
        \(PostForm("/people", state) { fields })</div>
        """
    }

    private var fields: HTML {
        """
        \(TextField("name", "Nom de famille", state))\(TextField("first", "Prénom", state, isOptional: true, size: .medium))\
        \(DateField("birth", "Date de naissance", state, isOptional: true))\
        \(TextField("phone", "Téléphone", state, hint: "Fixe ou mobile, écrit comme vous voulez.", kind: .tel, size: .short))\
        \(language)\(TimeField("hour", "Heure préférée", state, isOptional: true))\(kind)\(needs)\
        \(TextArea("said", "Ce qu’elle dit", state, hint: "200 caractères au plus, effacés après 30 jours.", isOptional: true, limit: 200))\
        \(Checkbox("consent", "La phrase d’information a été dite", state, hint: "« Nous gardons votre nom et votre numéro… »"))\
        \(SubmitRow("Enregistrer", cancel: "/people"))
        """
    }

    private var language: Select {
        let choices = [Choice("fr", "français"), Choice("ar", "arabe"), Choice("eu", "basque")]
        return Select("language", "Langue", choices, state, empty: "Choisir…")
    }

    private var kind: RadioCards {
        let choices = [
            Choice("phone", "Par téléphone", detail: "On l’appelle au 05 36 49 00 12"), Choice("site", "Sur place", detail: "MDS d’Orthez"),
            Choice("home", "À domicile"),
        ]
        return RadioCards("kind", "Comment voulez-vous le rendez-vous ?", choices, state)
    }

    private var needs: CheckboxGroup {
        let choices = [
            Choice("loud", "parler fort"), Choice("chair", "fauteuil"), Choice("interpreter", "interprète"),
            Choice("sign", "langue des signes"),
        ]
        return CheckboxGroup("needs", "Ce dont elle a besoin", choices, state, hint: "Dans ses mots à elle.")
    }
}

struct SignInGallery: Page {
    let title = "Connexion"
    let layout = Layout.Kind.bare
    static let sample = SignInGallery()

    var html: HTML {
        """
        <div class="card stack"><h1>Connexion</h1>\(PostForm("/sign-in") {
            """
            \(TextField("email", "Adresse électronique", .blank, kind: .email, autocomplete: "username"))\
            \(TextField("password", "Mot de passe", .blank, kind: .password, autocomplete: "current-password"))\
            <button type="submit" class="main wide">Se connecter</button>
            """
        })</div>
        """
    }
}
