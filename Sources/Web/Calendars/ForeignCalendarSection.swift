import Core
import Scheduling

/// The other calendars of an agent: which are read, how that goes, and one more.
struct ForeignCalendarSection: View {
    let calendars: [ForeignCalendar]
    let state: FormState
    let time: LocalTime

    var html: HTML {
        """
        <section class="card stack"><h2>Mes agendas extérieurs</h2><p>Si vous tenez aussi un autre agenda, donnez son adresse\u{A0}: quand vous y \
        êtes pris, aucun créneau n’est proposé ici. Seules les heures sont gardées, jamais les titres\u{A0}; vos collègues lisent \
        «\u{A0}Occupé\u{A0}».</p>\(list)\(form)</section>
        """
    }

    private var list: HTML {
        guard !calendars.isEmpty else { return "<p class=\"soft\">Aucun agenda extérieur n’est lu.</p>" }
        return "<ul class=\"stack\">\(each: calendars, line)</ul>"
    }

    private func line(_ calendar: ForeignCalendar) -> HTML {
        let standing = calendar.standing(at: time.now)
        return """
            <li class="stack"><p><b>\(calendar.name)</b> <span class="soft">\(calendar.host)</span> \(standing.tag)</p>\
            \(standing.sentences(time).map { "<p>\($0)</p>" as HTML })<div class="row">\
            \(ActionButton("Relire maintenant", Urls.foreignCalendar(calendar.id, "reading")))\
            \(ActionButton("Retirer", Urls.foreignCalendar(calendar.id, "deletion"), style: .alert))</div></li>
            """
    }

    private var form: HTML {
        guard calendars.count < ForeignCalendar.most else { return .empty }
        return PostForm(Urls.foreignCalendars, state) {
            """
            \(TextField("name", "Nom de cet agenda", state, hint: "Pour vous y retrouver\u{A0}: « mairie », « bureau ».", size: .medium, limit: 60))\
            \(TextField("url", "Adresse du calendrier", state, hint: Self.hint, kind: .url, limit: 500))\(SubmitRow("Lire cet agenda"))
            """
        }.html
    }

    private static let hint =
        "En https, elle finit souvent par «\u{A0}.ics\u{A0}». L’autre logiciel la donne sous «\u{A0}partager\u{A0}» ou «\u{A0}publier\u{A0}»."
}

extension ForeignCalendar.Standing {
    var tag: Tag {
        switch self {
        case .new: Tag("pas encore lu")
        case .good: Tag("lu", .good)
        case .stale: Tag("n’est plus lu", .warn)
        case .lost: Tag("ne compte pas", .alert)
        }
    }

    /// What it means, and what to do.
    func sentences(_ time: LocalTime) -> String? {
        switch self {
        case .new: "Il sera lu dans la minute."
        case .good(let at): "Lu \(time.moment(at)). Il est relu tous les quarts d’heure."
        case .stale(let trouble, let since, let until):
            "\(trouble.sentence) Ce qui a été lu \(time.moment(since)) compte jusqu’au \(time.day(until)). \(trouble.next)"
        case .lost(let trouble):
            "\(trouble.sentence) Rien n’en est retenu\u{A0}: des créneaux peuvent être proposés quand vous êtes pris. \(trouble.next)"
        }
    }
}

extension ForeignCalendar.Trouble {
    var sentence: String {
        switch self {
        case .unresolvable: "Le nom de cette adresse n’existe pas, ou plus."
        case .forbidden: "Cette adresse mène à un réseau privé, que nous ne lisons pas."
        case .connection: "L’autre serveur ne répond pas."
        case .timeout: "L’autre serveur est trop lent."
        case .tls: "Le certificat de l’autre serveur n’est pas valable."
        case .gone: "Il n’y a plus rien à cette adresse."
        case .refused: "L’autre logiciel refuse de montrer ce calendrier."
        case .answer: "L’autre serveur a répondu par une erreur."
        case .noCalendar: "Ce qui est à cette adresse n’est pas un calendrier."
        case .tooBig: "Ce calendrier est trop gros pour être lu."
        }
    }

    var next: String {
        switch self {
        case .connection, .timeout, .tls, .answer: "Nous réessayons\u{A0}; si cela dure, signalez-le à qui tient l’autre logiciel."
        case .unresolvable, .gone: "Redemandez l’adresse à l’autre logiciel, retirez celle-ci et ajoutez la nouvelle."
        case .refused: "Dans l’autre logiciel, publiez le calendrier par une adresse secrète, puis donnez cette adresse."
        case .forbidden, .noCalendar:
            "Vérifiez l’adresse\u{A0}: l’autre logiciel la donne sous «\u{A0}partager\u{A0}» ou «\u{A0}publier\u{A0}»."
        case .tooBig: "Dans l’autre logiciel, publiez moins d’années, ou seulement vos disponibilités."
        }
    }
}
