import Core
import Scheduling

/// The form of a campaign: what is typed, and what is known.
enum CampaignFields {
    static let usual = ["audience": "filter", "rate": "60", "reply_percent": "5"]

    static func known(_ campaign: Campaign) -> [String: String] {
        let audience = campaign.audience
        return [
            "name": campaign.name, "sms": campaign.text.sms, "subject": campaign.text.subject, "email": campaign.text.email,
            "audience": audience.kind.rawValue, "commune": audience.commune, "tag": audience.tagID?.description ?? "",
            "age_from": audience.ageFrom.map(String.init) ?? "", "age_to": audience.ageTo.map(String.init) ?? "",
            "came_since": audience.cameSince?.description ?? "", "away_since": audience.awaySince?.description ?? "",
            "rate": "\(campaign.rate)", "reply_percent": "\(campaign.replyPercent)", "apart_days": "\(campaign.apartDays)",
            "version": "\(campaign.version)", "organization": campaign.organizationID.description,
        ]
    }

    /// - Parameter house: of a campaign that exists; else the form says it.
    static func draft(_ form: Form, file: [UInt8]?, house: ID<Organization>?) throws -> Campaign.Draft {
        var complaints = Complaints()
        let number = "Donnez un nombre entier.", day = "Donnez une date."
        let chosen = house ?? form.parse("organization", "Choisissez une organisation.", &complaints) { ID<Organization>($0) }
        let tag = form.parseOptional("tag", "Choisissez une étiquette de la liste.", &complaints) { ID<PersonTag>($0) }
        let ages = ["age_from", "age_to"].map { form.parseOptional($0, number, &complaints) { Int($0) } }
        let days = ["came_since", "away_since"].map { form.parseOptional($0, day, &complaints) { CivilDate($0) } }
        let rate = form.parse("rate", number, &complaints) { Int($0) }
        let replies = form.parse("reply_percent", number, &complaints) { Int($0) }
        let apart = form.parseOptional("apart_days", number, &complaints) { Int($0) }
        let kind = Campaign.Audience.Kind(rawValue: form.text("audience")) ?? .filter
        // A list forgotten under the other choice would go to everybody.
        if kind == .filter, form.optional("list") != nil || file?.isEmpty == false {
            complaints.add("audience", "Vous avez donné une liste : choisissez « Par une liste », ou ôtez-la.")
        }
        try complaints.check()
        guard let chosen, let rate, let replies else { throw Refusal.notFound }
        return Campaign.Draft(
            organization: chosen, name: form.text("name"),
            text: .init(sms: form.text("sms"), subject: form.text("subject"), email: form.text("email")),
            audience: .init(
                kind, commune: form.text("commune"), tag: tag, ageFrom: ages[0], ageTo: ages[1], cameSince: days[0], awaySince: days[1]),
            list: form.text("list"), file: file?.isEmpty == true ? nil : file, apartDays: apart, rate: rate, replyPercent: replies,
            version: form.optional("version").flatMap { Int($0) })
    }
}

/// Preparing a campaign, or changing it before it is launched.
struct CampaignFormPage: Page {
    /// Nothing for a new one.
    let campaign: Campaign?
    let houses: [Choice]
    let tags: [Choice]
    let rule: CampaignRule
    let state: FormState

    var title: String { campaign == nil ? "Préparer une campagne" : "Changer la campagne" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Campagnes"))\(PostForm(action, state, isUpload: true) { fields })</div>
        """
    }

    private var action: URLPath { campaign.map { Urls.campaign($0.id) } ?? Urls.campaigns }

    private var fields: HTML {
        """
        \(if: campaign != nil, HiddenField("version", state.value("version")).html)\
        \(TextField("name", "Nom de la campagne", state, hint: "Pour vous et vos collègues\u{A0}: personne d’autre ne le lit.", limit: 100))\
        \(if: campaign == nil, house)\(texts)\(audience)\(pace)\
        \(SubmitRow("Enregistrer et voir à qui elle va", cancel: campaign.map { Urls.campaign($0.id) } ?? Urls.campaigns))
        """
    }

    private var house: HTML {
        houses.count == 1
            ? HiddenField("organization", houses[0].value).html
            : Select("organization", "Aux personnes suivies par", houses, state, empty: "Choisissez une organisation").html
    }

    private var texts: HTML {
        """
        <section class="card stack"><h2>Ce qu’elle dit</h2><p class="soft">Un texte suffit. Avec les deux, chacun le reçoit comme il \
        préfère.</p>\(TextArea("sms", "SMS", state, hint: Self.variables, isOptional: true, rows: 4, limit: 4000))\
        \(TextField("subject", "Objet de l’e-mail", state, isOptional: true, limit: 150))\
        \(TextArea("email", "E-mail", state, hint: Self.variables, isOptional: true, rows: 8, limit: 4000))</section>
        """
    }

    private static let variables = """
        {organisation}, {collectivité} et {numéro} sont remplacés. Faites des phrases courtes : un texte difficile est refusé.
        """

    private var audience: HTML {
        """
        <section class="card stack"><h2>À qui elle va</h2>\(RadioCards("audience", "Comment les choisir", Self.kinds, state))\
        <h3>Par critères</h3><div class="row">\(TextField("commune", "Commune", state, isOptional: true, size: .medium))\
        \(if: !tags.isEmpty, Select("tag", "Étiquette", tags, state, isOptional: true, empty: "Toutes").html)</div>\
        <div class="row">\(TextField("age_from", "Âge, de", state, kind: .number, isOptional: true, size: .short))\
        \(TextField("age_to", "à", state, kind: .number, isOptional: true, size: .short))</div>\
        <div class="row">\(DateField("came_since", "Rendez-vous depuis le", state, isOptional: true))\
        \(DateField("away_since", "Plus aucun depuis le", state, isOptional: true))</div>\
        <h3>Par une liste</h3>\(TextArea("list", "Numéros ou e-mails", state, hint: listed, isOptional: true, rows: 4))\
        \(file)</section>
        """
    }

    private static let kinds = [
        Choice("filter", "Par critères", detail: "Parmi les personnes suivies."),
        Choice("list", "Par une liste", detail: "Collée, ou d’un fichier."),
    ]

    private var listed: String {
        let hint = "Un par ligne. Seules les personnes déjà suivies recevront le message."
        guard let campaign, campaign.audience.kind == .list else { return hint }
        return hint + " Laissez vide pour garder la liste donnée."
    }

    private var file: HTML {
        Field("file", "Fichier CSV", state, hint: "Des noms comme pour un import, ou des numéros.", isOptional: true) { attributes in
            "<input type=\"file\" accept=\".csv,text/csv\"\(attributes)>"
        }.html
    }

    private var pace: HTML {
        """
        <section class="card stack"><h2>À quel rythme</h2><div class="row">\
        \(TextField("rate", "Messages par minute", state, kind: .number, size: .short))\
        \(TextField("reply_percent", "Réponses attendues, sur cent", state, kind: .number, size: .short))\
        \(TextField("apart_days", "Jours depuis une autre campagne", state, hint: apart, kind: .number, isOptional: true, size: .short))\
        </div></section>
        """
    }

    private var apart: String { "\(Format.count(rule.apartDays, "jour")) si vous ne dites rien." }

    static var sample: CampaignFormPage {
        let refusal = Refusal.field("sms", "invalid-fields", "La lisibilité est de 48,0, sous 70.")
        return CampaignFormPage(
            campaign: nil, houses: [Choice("1", "MDS d’Orthez"), Choice("2", "MDS de Pau")], tags: [Choice("3", "Seul")],
            rule: CampaignRule(),
            state: FormState(Form(["audience": ["list"], "rate": ["60"], "sms": ["L’administration notifie."]]), refused: refusal))
    }
}
