import Core
import Scheduling

/// The programs that one organization tells.
struct WebhooksPage: Page {
    let organization: Organization
    /// With how many deliveries each gave up.
    let webhooks: [(webhook: Webhook, givenUp: Int)]
    /// Of the form of a new one.
    let state: FormState
    let time: LocalTime

    var title: String { "Webhooks : \(organization.name)" }

    static let newWebhook = FormState(Form(["events": Webhook.Event.allCases.map(\.rawValue)]))

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))<p>Un webhook prévient un autre logiciel, dès qu’un rendez-vous de l’organisation est pris, \
        changé ou annulé. Il porte des identifiants, jamais de nom.</p>\(list)<section class="card stack column"><h2>Nouveau webhook</h2>\
        \(PostForm(Urls.webhooks(of: organization.id), state) { "\(WebhookFields(state: state))\(SubmitRow("Créer ce webhook"))" })\
        </section><p class="row">\(LinkButton("Affectations", Urls.members(organization.id)))\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private var list: HTML {
        guard !webhooks.isEmpty else { return EmptyState("Aucun webhook", "Rien n’est envoyé à d’autres logiciels.").html }
        return Table(title, columns: [.init("Nom"), .init("Adresse"), .init("État")], rows: webhooks.map(row)).html
    }

    private func row(_ one: (webhook: Webhook, givenUp: Int)) -> [HTML] {
        let link: HTML = "<a href=\"\(href: Urls.webhook(organization.id, one.webhook.id))\">\(one.webhook.name)</a>"
        return [link, "<code>\(one.webhook.url)</code>", "\(WebhookState(webhook: one.webhook, givenUp: one.givenUp))"]
    }

    static var sample: WebhooksPage {
        let refusal = Refusal.field("url", "webhook-address", "L’adresse doit commencer par https://.")
        return WebhooksPage(
            organization: Samples.organization, webhooks: [(WebhookPage.sample.webhook, 2)],
            state: FormState(Form(["url": ["http://exemple.fr"], "events": ["created"]]), refused: refusal), time: Samples.time)
    }
}

/// In two words, how it is.
struct WebhookState: View {
    let webhook: Webhook
    let givenUp: Int

    var html: HTML {
        """
        \(webhook.off == nil ? Tag("en marche", .good) : Tag("arrêté", .warn))\
        \(if: givenUp > 0, " \(Tag(Format.count(givenUp, "remise abandonnée", "remises abandonnées"), .alert))")
        """
    }
}

struct WebhookFields: View {
    let state: FormState

    var html: HTML {
        """
        \(TextField("name", "Nom", state, hint: "Qui écoute\u{A0}: « logiciel métier », « tableau de bord ».", size: .medium, limit: 60))\
        \(TextField("url", "Adresse", state, hint: "En https, sur Internet\u{A0}: https://exemple.fr/rendez-vous.", kind: .url, limit: 500))\
        \(CheckboxGroup("events", "Ce qui est envoyé", Webhook.Event.allCases.map { Choice($0.rawValue, $0.label) }, state))
        """
    }

    static func state(_ webhook: Webhook) -> FormState {
        FormState(Form(["name": [webhook.name], "url": [webhook.url], "events": webhook.events.map(\.rawValue)]))
    }
}

/// One webhook: what it is, and what was sent to it.
struct WebhookPage: Page {
    let organization: Organization
    let webhook: Webhook
    let deliveries: [WebhookDelivery]
    let isFirst: Bool
    let givenUp: Int
    let state: FormState
    /// Just made, shown this once.
    var secret: WebhookSecret?
    var refused: String?
    let time: LocalTime

    var title: String { webhook.name }

    var html: HTML {
        """
        \(PageHead(title, above: "Webhooks : \(organization.name)", actions: actions))\(refused.map { Notice(.alert, "<p>\($0)</p>") })\
        \(secret.map(NewSecretNotice.init))\(trouble)\(sent)<div class="column stack"><section class="card stack"><h2>Réglages</h2>\
        \(PostForm(Urls.webhook(organization.id, webhook.id), state) { "\(WebhookFields(state: state))\(SubmitRow("Enregistrer"))" })</section>\
        \(secretSection)<p class="row">\(LinkButton("Tous les webhooks", Urls.webhooks(of: organization.id)))\
        \(ActionButton("Supprimer ce webhook", Urls.webhook(organization.id, webhook.id, "deletion"), style: .alert))</p></div>
        """
    }

    private var actions: HTML {
        let turn = Urls.webhook(organization.id, webhook.id, "switch")
        guard webhook.off == nil else { return ActionButton("Remettre en marche", turn, fields: [("on", "yes")]).html }
        return """
            \(ActionButton("Envoyer un essai", Urls.webhook(organization.id, webhook.id, "pings")))\
            \(ActionButton("Arrêter", turn, fields: [("on", "no")]))
            """
    }

    private var trouble: HTML {
        let gone: HTML? = webhook.off.flatMap { off in
            off.because == .gone
                ? "<p>\(Format.capitalized(time.moment(off.at))), l’adresse a répondu qu’elle n’existe plus (410) : le webhook s’est arrêté.</p>"
                : nil
        }
        let lost: HTML? =
            givenUp == 0
            ? nil
            : """
            <p>\(Format.count(givenUp, "remise a été abandonnée", "remises ont été abandonnées")) : après \
            \(Format.count(Patience.webhooks.days, "jour")) sans réponse, ou à l’arrêt. Ouvrez-les pour les renvoyer.</p>
            """
        return gone == nil && lost == nil ? .empty : Notice(.alert, "\(gone)\(lost)").html
    }

    private var sent: HTML {
        guard !deliveries.isEmpty else {
            return EmptyState("Rien n’a encore été envoyé", "Chaque événement apparaîtra ici trente jours.").html
        }
        let columns = [Table.Column("Quand"), .init("Quoi"), .init("Réponse"), .init("Durée"), .init("Suite")]
        let own = Urls.webhook(organization.id, webhook.id)
        let next = deliveries.count < WebhookRoutes.most ? nil : deliveries.last.map { own.query("before", $0.id.description) }
        return """
            <h2>Remises</h2>\(Table("Remises", columns: columns, rows: deliveries.map(row)))\
            \(Pagination(first: isFirst ? nil : own, next: next))
            """
    }

    private func row(_ delivery: WebhookDelivery) -> [HTML] {
        let url = Urls.webhookDelivery(organization.id, webhook.id, delivery.id)
        return [
            "<a href=\"\(href: url)\">\(Format.capitalized(time.moment(delivery.createdAt)))</a>", "\(delivery.what.label)",
            "\(delivery.last.map(\.outcome.inWords) ?? "—")", "\(delivery.last.map { "\(Format.number($0.milliseconds))\u{A0}ms" } ?? "—")",
            DeliveryStanding(standing: delivery.standing, time: time).html,
        ]
    }

    private var secretSection: HTML {
        let both: HTML? = webhook.oldSecretUntil.flatMap { until in
            until > time.now ? "<p>Jusqu’au \(time.day(until)), l’ancien secret signe aussi.</p>" : nil
        }
        return """
            <section class="card stack"><h2>Secret</h2><p>Chaque remise est signée avec un secret, pour que celui qui la reçoit sache \
            qu’elle vient d’ici. Si vous en changez, l’ancien signe encore \(Format.count(Webhook.secretOverlap, "jour")).</p>\(both)\
            \(ActionButton("Changer de secret", Urls.webhook(organization.id, webhook.id, "secret")))</section>
            """
    }

    static var sample: WebhookPage {
        let webhook = Webhook(
            territoryID: 64, organizationID: Samples.organization.id, name: "Logiciel métier", url: "https://exemple.fr/rendez-vous",
            events: [.created, .cancelled], createdAt: Samples.time.now, off: .init(at: Samples.time.now, because: .gone))
        return WebhookPage(
            organization: Samples.organization, webhook: webhook, deliveries: WebhookDeliveryPage.samples, isFirst: true, givenUp: 1,
            state: WebhookFields.state(webhook), time: Samples.time)
    }
}

/// A secret just made: it cannot be shown again.
struct NewSecretNotice: View {
    let secret: WebhookSecret

    var html: HTML {
        Notice(
            .good,
            """
            <p><b>Le secret est prêt.</b> Donnez-le maintenant à celui qui reçoit : il ne sera plus montré.</p>\
            \(ShownValue("secret", "Secret", secret.text))
            """
        ).html
    }
}
