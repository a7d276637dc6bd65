import Core
import Scheduling

/// One thing sent to a webhook: what it says, and each attempt.
struct WebhookDeliveryPage: Page {
    let webhook: Webhook
    let delivery: WebhookDelivery
    let attempts: [WebhookDelivery.Attempt]
    var refused: String?
    let time: LocalTime

    var title: String { "Remise : \(delivery.what.label)" }
    private var own: URLPath { Urls.webhookReplay(webhook.organizationID, webhook.id, delivery.id) }

    var html: HTML {
        """
        \(PageHead(title, above: "Webhook : \(webhook.name)", actions: "\(ActionButton("Renvoyer", own))"))\
        \(refused.map { Notice(.alert, "<p>\($0)</p>") })<section class="card stack">\(DefinitionList([
            ("Événement", "\(time.moment(delivery.createdAt))"), ("Identifiant", "<code>\(delivery.id.description)</code>"),
            ("Suite", DeliveryStanding(standing: delivery.standing, time: time).html), ("Contenu", "<code>\(delivery.body)</code>"),
        ]))</section>\(list)<p>\(LinkButton("Toutes les remises", Urls.webhook(webhook.organizationID, webhook.id)))</p>
        """
    }

    private var list: HTML {
        guard !attempts.isEmpty else { return EmptyState("Aucune tentative encore", "La première part dans la seconde.").html }
        return """
            <h2>Tentatives</h2>\(Table(
                "Tentatives", columns: [.init("Quand"), .init("Réponse"), .init("Durée")],
                rows: attempts.map {
                    ["\(Format.capitalized(time.moment($0.at)))", "\($0.outcome.inWords)", "\(Format.number($0.milliseconds))\u{A0}ms"]
                }))
            """
    }

    static var sample: WebhookDeliveryPage {
        WebhookDeliveryPage(
            webhook: WebhookPage.sample.webhook, delivery: samples[0], attempts: samples.compactMap(\.last), time: Samples.time)
    }

    static var samples: [WebhookDelivery] {
        let now = Samples.time.now
        let made = { (outcome: WebhookDelivery.Outcome, standing: WebhookDelivery.Standing) in
            WebhookDelivery(
                id: .new(), what: .event(.created), appointmentID: .new(), body: #"{"type":"appointment.created"}"#, createdAt: now,
                since: now, attempts: 1, standing: standing, last: .init(at: now, outcome: outcome, milliseconds: 128))
        }
        return [
            made(.failed(.timeout), .waiting(until: now.adding(seconds: 15))), made(.answered(status: 204), .delivered(now)),
            made(.answered(status: 500), .givenUp(now)),
        ]
    }
}

/// What becomes of a delivery.
struct DeliveryStanding: View {
    let standing: WebhookDelivery.Standing
    let time: LocalTime

    var html: HTML {
        switch standing {
        case .delivered: Tag("remise", .good).html
        case .givenUp(let at): "\(Tag("abandonnée", .alert)) \(time.moment(at))"
        case .waiting(let until) where until <= time.now: Tag("part maintenant").html
        case .waiting(let until): "\(Tag("à réessayer", .warn)) \(time.moment(until))"
        }
    }
}

extension WebhookDelivery.Outcome {
    /// « 204 », « pas de réponse à temps ».
    var inWords: String {
        switch self {
        case .answered(let status): String(status)
        case .failed(let trouble): trouble.label
        }
    }
}
