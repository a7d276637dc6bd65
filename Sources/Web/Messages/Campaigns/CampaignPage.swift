import Core
import Scheduling

/// One campaign: what it says, to whom, what may be done with it now, and what became of it.
struct CampaignPage: Page {
    let campaign: Campaign
    let house: String
    let preview: Campaign.Preview
    /// Once launched.
    let outcome: Campaign.Outcome?
    let unreached: Int
    let look: Campaign.Look
    let price: SMSPrice?
    let rule: CampaignRule
    let trials: [CampaignTrial]
    let names: [ID<Agent>: String]
    /// Whoever looks prepared it.
    let isPreparer: Bool
    let ownEmail: String?
    let state: FormState
    let time: LocalTime

    var title: String { campaign.name }
    /// While something is still to leave.
    var refreshed: Int? { campaign.state == .running && outcome?.isOver == false ? 3 : nil }

    var html: HTML {
        """
        \(PageHead(title, above: "Campagnes · \(house)", actions: changing))\
        \(state.summary.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        \(outcome.map(progress))\(if: isOpen, next)\
        <div class="two"><section class="card stack"><h2>À qui</h2>\(counts)\(unmatched)</section>\
        <section class="card stack"><h2>Ce qu’elle dit</h2>\(texts)\(cost)</section></div>\(if: isOpen, trying)\(history)
        """
    }

    private var changing: HTML { isOpen ? LinkButton("Changer", Urls.campaign(campaign.id, "edit")).html : .empty }

    /// Neither launched nor stopped.
    private var isOpen: Bool { campaign.launchedAt == nil && campaign.endedAt == nil }
    private var needsApproval: Bool { preview.toldCount > rule.approvalAbove && !campaign.isApproved(for: preview.toldCount) }

    private var counts: HTML {
        let told: [(String, HTML)] = [Person.Channel.sms, .email].compactMap { channel in
            preview.told[channel].map { ("Par \(channel.label)", "<b>\(Format.number($0))</b>") }
        }
        let excluded: [(String, HTML)] = Campaign.Exclusion.allCases.compactMap { cause in
            preview.excluded[cause].map { (Format.capitalized(cause.label), "\(Format.number($0))") }
        }
        return """
            <p class="big">\(Format.count(preview.toldCount, "message"))</p>\(DefinitionList(told))\
            \(if: !excluded.isEmpty, "<h3>N’en recevront pas</h3>\(DefinitionList(excluded))")\
            <p class="soft">\(Format.count(preview.audience, "personne")) en tout.</p>
            """
    }

    private var unmatched: HTML {
        guard campaign.unmatched > 0 else { return .empty }
        let lines = Format.count(campaign.unmatched, "ligne de la liste n’est", "lignes de la liste ne sont")
        return Notice(.warn, "<p>\(lines) d’aucune personne suivie ici : rien ne leur est envoyé.</p>").html
    }

    private var texts: HTML {
        """
        \(look.sms.map { TemplateLookView(look: $0, faults: [:], price: price, isFrench: true).said("SMS") })\
        \(look.email.map { TemplateLookView(look: $0, faults: [:], price: nil, isFrench: true).said("E-mail") })
        """
    }

    private var cost: HTML {
        guard let parts = look.sms?.sms?.parts.count, let price, let told = preview.told[.sms] else { return .empty }
        return "<p>En tout, \(Format.count(parts * told, "SMS", "SMS")) : <b>\(price.inWords(parts: parts * told))</b>.</p>"
    }
}

extension CampaignPage {
    /// Before it is launched: who approves, then the one button.
    private var next: HTML {
        """
        <section class="card stack"><h2>Lancer</h2><p>\(Format.number(campaign.rate)) par minute : \(lasting).</p>\(warning)\
        \(if: campaign.approvedAt != nil, approved)\
        <div class="row">\(needsApproval ? approval : launching)\(button("Abandonner", .stop))</div></section>
        """
    }

    private var approved: HTML {
        guard !campaign.isApproved(for: preview.toldCount), let known = campaign.approvedTold else {
            return "<p>\(Tag("approuvée", .good)) par \(name(campaign.approvedBy))</p>"
        }
        return """
            <p>\(Tag("à approuver de nouveau", .warn)) \(name(campaign.approvedBy)) l’a approuvée pour \
            \(Format.count(known, "message")) ; il y en aurait maintenant \(Format.number(preview.toldCount)).</p>
            """
    }

    private var lasting: String {
        let minutes = (preview.toldCount + campaign.rate - 1) / campaign.rate
        return "les derniers partent au bout de \(Format.duration(minutes: max(minutes, 1))), la nuit non comptée"
    }

    private var warning: HTML {
        guard let calls = campaign.overload(of: rule, told: preview.toldCount) else { return .empty }
        return Notice(
            .warn,
            """
            <p>À ce rythme, on peut attendre \(Format.number(calls)) appels en une heure, et la ligne en prend \
            \(Format.number(rule.callsPerHour)). Envoyez moins vite.</p>
            """
        ).html
    }

    private var approval: HTML {
        if isPreparer {
            return """
                <p>Au-delà de \(Format.count(rule.approvalAbove, "message")), une autre personne doit l’approuver. Dites-le à un collègue \
                responsable : il la trouvera dans ses campagnes.</p>
                """
        }
        return button("Approuver", .approval, .main)
    }

    private var launching: HTML {
        preview.toldCount > 0
            ? button("Lancer la campagne", .launch, .main) : "<p>Personne ne la recevrait : changez à qui elle s’adresse.</p>"
    }

    private func button(_ label: String, _ act: CampaignAct, _ style: ButtonStyle = .plain) -> HTML {
        ActionButton(label, Urls.campaign(campaign.id, act.rawValue), style: style, fields: [("version", "\(campaign.version)")]).html
    }

    private func name(_ agent: ID<Agent>?) -> String { agent.flatMap { names[$0] } ?? "un agent" }

    /// How far it is, and how to hold it.
    private func progress(_ outcome: Campaign.Outcome) -> HTML {
        """
        <section class="card stack" aria-labelledby="progress"><h2 id="progress">Où elle en est</h2><p>\(CampaignTag(campaign: campaign)) \
        \(Format.number(outcome.settled)) sur \(Format.number(outcome.told))</p>\
        <progress class="wide" value="\(outcome.settled)" max="\(max(outcome.told, 1))" \
        aria-labelledby="progress">\(outcome.percent)\u{A0}%</progress>\
        \(DefinitionList(states(outcome)))<div class="row">\(holding(outcome))\
        \(if: unreached > 0, LinkButton("À appeler : \(Format.number(unreached))", Urls.campaign(campaign.id, "unreached")).html)\
        \(if: unreached > 0, ActionButton("Liste de courriers", Urls.campaign(campaign.id, "letters")).html)\
        \(if: !outcome.isOver, LinkButton("Actualiser", Urls.campaign(campaign.id)).html)</div></section>
        """
    }

    private func states(_ outcome: Campaign.Outcome) -> [(String, HTML)] {
        Message.State.allCases.compactMap { state in
            outcome.states[state].map { (Format.capitalized(state.label), "\(Format.number($0))") }
        }
    }

    private func holding(_ outcome: Campaign.Outcome) -> HTML {
        guard campaign.endedAt == nil, !outcome.isOver else { return .empty }
        let first = campaign.pausedAt == nil ? button("Mettre en pause", .pause) : button("Reprendre", .resumption, .main)
        return "\(first)\(button("Arrêter", .stop, .alert))"
    }

    private var trying: HTML {
        """
        <section class="card stack"><h2>L’essayer sur vous</h2>\(PostForm(Urls.campaign(campaign.id, "trials"), trial) {
            """
            \(if: channels.count > 1, RadioCards("channel", "Par", channels, trial).html)\
            \(if: channels.count == 1, HiddenField("channel", channels[0].value).html)\
            \(if: look.sms != nil, mobile)\
            <div class="row"><button type="submit">M’envoyer l’essai</button></div>
            """
        })\(if: !trials.isEmpty, "<ul class=\"soft\">\(each: trials, tried)</ul>")</section>
        """
    }

    private var mobile: HTML {
        TextField(
            "recipient", "Votre mobile", trial, hint: "Pour un SMS. Il n’est gardé que pour cet essai.", kind: .tel,
            isOptional: channels.count > 1, size: .medium
        ).html
    }

    /// A refusal of another button says nothing about this form.
    private var trial: FormState {
        var shown = state
        shown.summary = nil
        if !shown.form.has("channel") { shown.form = Form(["channel": [look.sms == nil ? "email" : "sms"]]) }
        return shown
    }

    private var channels: [Choice] {
        [
            look.sms.map { _ in Choice("sms", "SMS") }, look.email.map { _ in Choice("email", "E-mail", detail: ownEmail ?? "") },
        ].compactMap(\.self)
    }

    private func tried(_ one: CampaignTrial) -> HTML {
        "<li>\(Format.capitalized(time.moment(one.askedAt))), \(one.channel.label) à \(name(one.agentID)) : \(one.label)</li>"
    }

    private var history: HTML {
        let lines: [String?] = [
            "Préparée par \(name(campaign.preparedBy)), \(time.moment(campaign.preparedAt))",
            campaign.approvedAt.map { "Approuvée par \(name(campaign.approvedBy)), \(time.moment($0))" },
            campaign.launchedAt.map { "Lancée, \(time.moment($0))" }, campaign.pausedAt.map { "En pause, \(time.moment($0))" },
            campaign.endedAt.map { "Arrêtée, \(time.moment($0))" },
        ]
        return
            "<section><h2>Ce qui a été fait</h2><ul class=\"soft\">\(each: lines.compactMap(\.self), { "<li>\($0)</li>" })</ul></section>"
    }

    static var sample: CampaignPage {
        let now = Samples.time.now, author = ID<Agent>.new()
        var campaign = Campaign(
            territoryID: 64, organization: .new(), name: "Salle fraîche", text: .init(sms: "Venez boire un verre d’eau."), rate: 600,
            preparedAt: now, preparedBy: author)
        (campaign.launchedAt, campaign.told, campaign.unmatched) = (now, 900, 3)
        return CampaignPage(
            campaign: campaign, house: "MDS d’Orthez",
            preview: .init(told: [.sms: 900], excluded: [.deceased: 2, .prefers: 40, .shared: 12]),
            outcome: .init(states: [.waiting: 300, .arrived: 580, .undelivered: 20], told: 900), unreached: 60,
            look: .init(sms: TemplateLook(subject: "", body: campaign.text.sms, for: .init(.reminder, .sms)), email: nil),
            price: SMSPrice(tenths: 45), rule: CampaignRule(), trials: [], names: [author: "Paul Barrère"], isPreparer: true,
            ownEmail: nil, state: .blank, time: Samples.time)
    }

    /// Not launched, and much to say.
    static var prepared: CampaignPage {
        let launched = sample
        var campaign = launched.campaign
        (campaign.launchedAt, campaign.told) = (nil, nil)
        let trial = CampaignTrial(
            id: .new(), agentID: campaign.preparedBy, channel: .sms, recipient: "", askedAt: Samples.time.now, takenAt: nil, outcome: nil,
            because: nil)
        return CampaignPage(
            campaign: campaign, house: launched.house, preview: launched.preview, outcome: nil, unreached: 0,
            look: .init(
                sms: launched.look.sms,
                email: TemplateLook(subject: "Une salle fraîche", body: "Venez boire un verre d’eau.", for: .init(.reminder, .email))),
            price: launched.price, rule: launched.rule, trials: [trial], names: launched.names, isPreparer: false,
            ownEmail: "paul@example.org", state: .blank, time: launched.time)
    }
}
