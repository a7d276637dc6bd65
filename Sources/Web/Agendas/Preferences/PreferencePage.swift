import Core

/// « Mes préférences »: how agendas look to one agent, and what is said on them.
struct PreferencePage: Page {
    let state: FormState

    let title = "Mes préférences"

    var html: HTML {
        """
        \(PageHead(title, above: "Agenda", actions: LinkButton("Revenir à l’agenda", Urls.agenda).html))\
        <div class="column">\(PostForm(Urls.preferences, state) { fields })</div>
        """
    }

    private var fields: HTML {
        """
        <div class="hours-fields pairs">\(Select("first_hour", "Afficher à partir de", Self.hours(0...23), state))\
        \(Select("last_hour", "Jusqu’à", Self.hours(1...24), state))</div>\
        <p class="soft">Un rendez-vous plus tôt ou plus tard reste toujours affiché.</p>\
        \(Checkbox("weekend", "Toujours afficher le samedi et le dimanche", state, hint: "Sinon, seulement quand il s’y passe quelque chose."))\
        \(RadioCards("colours", "Ce que disent les couleurs", Self.colours, state))\
        \(Checkbox("legend", "Afficher la légende sous l’agenda", state))\
        \(Checkbox("arrivals", "Me dire sur mon agenda qui m’attend", state))\
        \(RadioCards("changes", "Me signaler ce que d’autres changent à mon agenda", Self.changes, state))\
        \(RadioCards("emails", "M’écrire un e-mail quand d’autres changent mes rendez-vous", Self.changes, state))\
        <p class="soft">Pris, déplacé ou annulé : le jour, l’heure et le lieu, sans le nom de la personne ni le motif. Ce qui change dans \
        les mêmes minutes tient en un seul e-mail.</p>\
        \(SubmitRow("Enregistrer", cancel: Urls.agenda))
        """
    }

    private static func hours(_ range: ClosedRange<Int>) -> [Choice] { range.map { Choice(String($0), Format.time($0 * 60)) } }

    private static let colours: [Choice] = AgendaPreference.Colours.allCases.map { one in
        switch one {
        case .reason: Choice(one.rawValue, "Le motif", detail: "la couleur choisie pour chaque motif")
        case .status: Choice(one.rawValue, "Le statut", detail: "honoré, manqué, à renseigner…")
        case .none: Choice(one.rawValue, "Rien", detail: "tout est de la même couleur")
        }
    }

    private static let changes: [Choice] = AgendaPreference.Changes.allCases.map { one in
        switch one {
        case .all: Choice(one.rawValue, "Tout")
        case .soon: Choice(one.rawValue, "Seulement pour aujourd’hui et demain")
        case .none: Choice(one.rawValue, "Rien")
        }
    }

    static var sample: PreferencePage {
        PreferencePage(
            state: FormState(
                Form(AgendaPreference.usual.fields), errors: ["last_hour": "La fin doit être après le début. Vérifiez les deux heures."],
                summary: "Une réponse est à corriger."))
    }
}

extension AgendaPreference {
    /// As the form shows it.
    var fields: [String: [String]] {
        let boxes = [("weekend", weekend), ("legend", legend), ("arrivals", arrivals)].filter(\.1).map { ($0.0, ["on"]) }
        return [
            "first_hour": [String(hours.lowerBound)], "last_hour": [String(hours.upperBound)], "colours": [colours.rawValue],
            "changes": [changes.rawValue], "emails": [emails.rawValue],
        ].merging(boxes) { $1 }
    }

    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form) throws {
        var complaints = Complaints()
        let colours = form.parse("colours", "Choisissez ce que disent les couleurs.", &complaints) { Colours(rawValue: $0) }
        let changes = form.parse("changes", "Choisissez ce qui vous est signalé.", &complaints) { Changes(rawValue: $0) }
        let emails = form.parse("emails", "Choisissez ce qui vous est écrit.", &complaints) { Changes(rawValue: $0) }
        try complaints.check()
        guard let colours, let changes, let emails else { throw Refusal.notFound }
        self.init(
            hours: try AgendaPreference.hours(Int(form.text("first_hour")), Int(form.text("last_hour"))), weekend: form.has("weekend"),
            colours: colours, legend: form.has("legend"), arrivals: form.has("arrivals"), changes: changes,
            emails: emails)
    }
}
