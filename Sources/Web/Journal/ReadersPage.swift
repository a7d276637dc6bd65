import Core
import Scheduling

/// Who looked at someone's file: once a reason has been given, for half an hour.
struct ReadersPage: Page {
    let personID: ID<Person>
    /// `nil` when the file was deleted and the journal stays.
    let name: String?
    /// `nil` until a reason has been given.
    var readings: [Journal.Reading]?
    var state = FormState.blank
    var mayErase = false
    let time: LocalTime

    var title: String { name.map { "Qui a consulté le dossier de \($0)" } ?? "Qui a consulté ce dossier" }

    var html: HTML {
        """
        \(PageHead(title, above: "Journal · dossier \(personID)", actions: actions))
        <div class="stack">\(readings.map(table) ?? reason)\(if: mayErase && readings?.isEmpty == false, erasure)</div>
        """
    }

    private var actions: HTML {
        let another = LinkButton("Une autre personne", Urls.journalPeople)
        return readings == nil
            ? another.html
            : """
            \(LinkButton("Version à remettre à la personne", Urls.journalPrint(of: personID)))\
            \(ActionButton("Tout ce que l’on garde d’elle", Urls.journalAccess(of: personID)))\(another)
            """
    }

    private var reason: HTML {
        """
        <div class="column">\(PostForm(Urls.journal(of: personID), state) {
            """
            \(TextField(
                "reason", "Pourquoi consultez-vous ce journal ?", state, hint: "Le motif est gardé avec votre nom. Sans nom de personne.", limit: 300))\
            \(SubmitRow("Voir qui a consulté", cancel: Urls.journalPeople))
            """
        })</div>
        """
    }

    private func table(_ readings: [Journal.Reading]) -> HTML {
        guard !readings.isEmpty else { return EmptyState("Personne n’a consulté ce dossier", "Le journal ne contient rien sur lui.").html }
        return Table(
            "Consultations et changements, du plus récent au plus ancien",
            columns: [.init("Quand"), .init("Service"), .init("Agent"), .init("Acte"), .init("Motif donné")],
            rows: readings.map { reading in
                [
                    "\(time.moment(reading.at))", "\(Self.service(reading))", "\(reading.agentName ?? "le système")",
                    "\(reading.act.label)", "\(reading.reason ?? "")",
                ]
            }
        ).html
    }

    static func service(_ reading: Journal.Reading) -> String {
        reading.services.isEmpty ? "—" : Format.capitalized(Format.list(reading.services))
    }

    private var erasure: HTML {
        """
        <details class="card"><summary>Effacer légalement ce que le journal dit de cette personne</summary>
        <p>Les entrées restent, sans ce qu’elles contiennent : on saura encore que le dossier a été consulté, et quand. Un certificat le dit \
        dans la chaîne. C’est sans retour.</p>
        \(PostForm(Urls.journalErasure(of: personID), state) {
            """
            \(TextField("erasure", "Motif de l’effacement", state, hint: "Par exemple\u{A0}: « demande de la personne ». Sans nom.", limit: 500))\
            <div class="row submit"><button type="submit" class="alert">Effacer</button></div>
            """
        })</details>
        """
    }

    static var sample: ReadersPage {
        ReadersPage(
            personID: .new(), name: "Jeanne Lacoste", readings: ReadersPrint.sample.readings, mayErase: true, time: Samples.time)
    }
}

/// The same for the person: date, service and purpose, no agent's name.
struct ReadersPrint: Page {
    let territory: String
    let name: String?
    let readings: [Journal.Reading]
    let time: LocalTime

    var title: String { "Consultations de votre dossier" }
    var layout: Layout.Kind { .bare }

    var html: HTML {
        """
        \(PageHead(title, above: name))
        <div class="stack"><p>\(territory) a noté ces consultations et ces changements de votre dossier, jusqu’au \
        \(Format.date(time.today)).</p>\(table)</div>
        """
    }

    private var table: HTML {
        guard !readings.isEmpty else { return EmptyState("Aucune consultation", "Personne n’a ouvert votre dossier.").html }
        return Table(
            "Consultations", columns: [.init("Date"), .init("Service"), .init("But")],
            rows: readings.map { reading in
                ["\(time.moment(reading.at))", "\(ReadersPage.service(reading))", "\(Format.capitalized(reading.act.label))"]
            }
        ).html
    }

    static var sample: ReadersPrint {
        let readings = [
            Journal.Reading(
                at: Samples.time.now, act: .disclosed, agentID: .new(), agentName: "Beñat Idiart", services: ["PMI"],
                reason: "appel de la maternité"),
            Journal.Reading(
                at: Samples.time.now.adding(days: -3), act: .read, agentID: .new(), agentName: "Odile Bordenave", services: ["accueil"],
                reason: nil),
        ]
        return ReadersPrint(territory: "Le Département", name: "Jeanne Lacoste", readings: readings, time: Samples.time)
    }
}
