import Core
import Scheduling

/// The settings of the territory.
struct TerritoryPage: Page {
    let title = "La collectivité"
    let state: FormState

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))<div class="column stack">\(PostForm(Urls.setupTerritory, state) { form })</div>
        """
    }

    private var form: HTML {
        """
        \(TextField("name", "Nom", state, hint: "C’est ce que le public lit partout.", limit: 100))\
        \(TextField(
            "departement", "Département", state, hint: "Son numéro\u{A0}: ses communes viennent en premier.", isOptional: true, size: .short))\
        \(TextField(
            "organization_label", "Comment s’appelle ici une organisation", state, hint: "MDS, CCAS, centre social…", size: .medium,
            limit: 40))\
        \(TextField(
            "colour", "Couleur", state, hint: "Sous la forme #rrvvbb. Elle est adaptée pour rester lisible.", size: .short, limit: 7))\
        \(Select("zone", "Fuseau horaire", Territory.zones.map { Choice($0, Self.zoneName($0)) }, state))\
        \(Select("holiday_zone", "Jours fériés", HolidayZone.allCases.map { Choice($0.rawValue, $0.label) }, state))\
        \(TextArea(
            "privacy_notice", "Phrase à dire aux personnes", state,
            hint: "Qui garde quoi, combien de temps, quels droits\u{A0}: elle s’affiche quand on crée une fiche par téléphone.", rows: 5,
            limit: 1000))\
        <h2>Rendez-vous par téléphone</h2>\
        \(TextField("attempts_before_missed", "Appels sans réponse avant de proposer « manqué »", state, kind: .number, size: .short))\
        \(TextField("minutes_between_attempts", "Minutes entre deux appels", state, kind: .number, size: .short))\
        <h2>Mineurs</h2>\
        \(TextField(
            "told_alone_from", "Âge à partir duquel un mineur est prévenu lui-même", state,
            hint: "Plus jeune et sans numéro, ses messages vont à une personne responsable.", kind: .number, size: .short))\
        <h2>Messages</h2>\
        \(TimeField("quiet_until", "Rien avant", state, hint: "Un rappel, ou un changement qui peut attendre le matin."))\
        \(TimeField("quiet_from", "Ni après", state))\
        \(Checkbox("sunday_messages", "Aussi les dimanches et jours fériés", state, hint: "Sinon, ce qui tombe un dimanche part le samedi."))\
        <h2>Chiffres</h2>\
        \(Checkbox(
            "agent_figures", "Montrer aux responsables les chiffres de chaque agent", state,
            hint: "Sans cela, ils voient ceux de trois agents ou plus ensemble. Chaque agent voit toujours les siens, et lit qui les voit."))\
        \(Checkbox(
            "public_figures", "Publier des statistiques", state,
            hint: "Sans aucune donnée personnelle, lues par tous sans se connecter. Les nombres de moins de 11 ne se montrent pas."))\
        \(SubmitRow("Enregistrer", cancel: Urls.setup))
        """
    }

    /// "Pacific/Noumea" → "Nouméa".
    static func zoneName(_ zone: String) -> String {
        let names = [
            "Europe/Paris": "Métropole (Paris)", "America/Guadeloupe": "Guadeloupe, Saint-Martin, Saint-Barthélemy",
            "America/Martinique": "Martinique", "America/Cayenne": "Guyane", "America/Miquelon": "Saint-Pierre-et-Miquelon",
            "Indian/Reunion": "La Réunion", "Indian/Mayotte": "Mayotte", "Pacific/Noumea": "Nouvelle-Calédonie", "Pacific/Tahiti": "Tahiti",
            "Pacific/Marquesas": "Marquises", "Pacific/Gambier": "Gambier", "Pacific/Wallis": "Wallis-et-Futuna",
        ]
        return names[zone] ?? zone
    }

    static let sample = TerritoryPage(state: FormState(["name": "Département d’essai", "colour": "#0a6b5d"]))
}

extension Territory.Settings {
    var form: Form {
        Form(filled: [
            "name": name, "departement": departement, "organization_label": organizationLabel, "colour": colour, "zone": zone,
            "holiday_zone": holidayZone.rawValue, "privacy_notice": privacyNotice,
            "attempts_before_missed": String(attemptsBeforeMissed), "minutes_between_attempts": String(minutesBetweenAttempts),
            "told_alone_from": String(toldAloneFrom), "agent_figures": agentFigures ? "on" : nil,
            "public_figures": publicFigures ? "on" : nil, "quiet_until": ClockTime.text(quietUntil),
            "quiet_from": quietFrom == 1440 ? "23:59" : ClockTime.text(quietFrom), "sunday_messages": sundayMessages ? "on" : nil,
        ])
    }

    /// - Throws: a ``Core/Refusal`` for holidays that no list offers.
    init(_ form: Form) throws(Refusal) {
        guard let holidays = HolidayZone(rawValue: form.text("holiday_zone")) else {
            throw .field("holiday_zone", "unknown-holidays", "Choisissez des jours fériés de la liste.")
        }
        self.init(
            name: form.text("name"), departement: form.optional("departement"), zone: form.text("zone"), holidayZone: holidays,
            colour: form.text("colour"), organizationLabel: form.text("organization_label"), privacyNotice: form.text("privacy_notice"),
            attemptsBeforeMissed: Int(form.text("attempts_before_missed")) ?? -1,
            minutesBetweenAttempts: Int(form.text("minutes_between_attempts")) ?? -1,
            toldAloneFrom: form.optional("told_alone_from").map { Int($0) ?? -1 } ?? 15)
        (agentFigures, publicFigures) = (form.has("agent_figures"), form.has("public_figures"))
        quietUntil = form.optional("quiet_until").map { ClockTime.minutes($0) ?? -1 } ?? quietUntil
        quietFrom = form.optional("quiet_from").map { ClockTime.minutes($0) ?? -1 } ?? quietFrom
        sundayMessages = form.has("sunday_messages")
    }
}
