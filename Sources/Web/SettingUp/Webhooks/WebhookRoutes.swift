import Core
import Hummingbird
import Scheduling
import Store

/// The webhooks of an organization: for its own administrator too.
struct WebhookRoutes: Sendable {
    let desk: Desk
    static let most = 50

    func add(to router: some RouterMethods<AgentContext>) {
        let list = "/setup/organizations/{id}/webhooks", one = list + "/{webhook}"
        router.get(RouterPath(list), use: showList)
        router.post(RouterPath(list), use: create)
        router.get(RouterPath(one), use: show)
        router.post(RouterPath(one), use: save)
        router.post(RouterPath(one + "/switch"), use: turn)
        router.post(RouterPath(one + "/secret"), use: changeSecret)
        router.post(RouterPath(one + "/pings"), use: ping)
        router.post(RouterPath(one + "/deletion"), use: delete)
        router.get(RouterPath(one + "/deliveries/{delivery}"), use: showDelivery)
        router.post(RouterPath(one + "/deliveries/{delivery}/replay"), use: replay)
    }

    private func showList(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await listPage(WebhooksPage.newWebhook, context), context)
    }

    /// The page itself shows the secret: it goes into no cookie and no address.
    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await listPage(state, context)
        } action: { form in
            let (acting, id, now, toLoopback) = (context.acting, try context.house(), desk.now(), desk.site.options.webhooksToLoopback)
            let made = try await desk.store.write { db in
                try Webhook.create(.init(form), for: id, toLoopback: toLoopback, by: acting, at: now, in: db)
            }
            let page = try await page(of: made.webhook.id, secret: made.secret, request, context)
            return desk.site.page(page, context, status: .created)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(of: try context.webhook(), request, context), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.webhook(), toLoopback = desk.site.options.webhooksToLoopback
        return try await desk.site.submit(request, context) { state in
            try await page(of: id, typed: state, request, context)
        } action: { form in
            try await change(id, "Le webhook est enregistré.", context) { webhook, acting, now, db in
                try webhook.save(.init(form), toLoopback: toLoopback, by: acting, at: now, in: db)
            }
        }
    }

    private func turn(_ request: Request, _ context: AgentContext) async throws -> Response {
        let isOn = try await request.form().text("on") == "yes"
        let said = isOn ? "Le webhook est en marche." : "Le webhook est arrêté : rien n’est plus envoyé."
        return try await change(try context.webhook(), said, context) { webhook, acting, now, db in
            try webhook.turn(on: isOn, by: acting, at: now, in: db)
        }
    }

    private func changeSecret(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, id, house, now) = (context.acting, try context.webhook(), try context.house(), desk.now())
        let secret = try await desk.store.write { db in
            try Webhook.find(id, in: house, for: acting, in: db).changeSecret(by: acting, at: now, in: db)
        }
        return desk.site.page(try await page(of: id, secret: secret, request, context), context, status: .created)
    }

    private func ping(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.webhook()
        return try await desk.site.submit(request, context) { state in
            try await page(of: id, refused: state.summary, request, context)
        } action: { _ in
            try await change(id, "L’essai part dans la seconde : rechargez la page.", context) { webhook, acting, now, db in
                try WebhookDelivery.ping(webhook, by: acting, at: now, in: db)
            }
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, id, house, now) = (context.acting, try context.webhook(), try context.house(), desk.now())
        try await desk.store.write { db in
            try Webhook.find(id, in: house, for: acting, in: db).delete(by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.webhooks(of: house), notice: "Le webhook est supprimé.", context)
    }

    private func showDelivery(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await deliveryPage(nil, context), context)
    }

    private func replay(_ request: Request, _ context: AgentContext) async throws -> Response {
        let delivery = try context.delivery()
        return try await desk.site.submit(request, context) { state in
            try await deliveryPage(state.summary, context)
        } action: { _ in
            try await change(try context.webhook(), "La remise repart dans la seconde.", context) { webhook, acting, now, db in
                try WebhookDelivery.replay(delivery, of: webhook, by: acting, at: now, in: db)
            }
        }
    }
}

extension WebhookRoutes {
    private func change(
        _ id: ID<Webhook>, _ notice: String, _ context: AgentContext,
        _ act: @escaping @Sendable (Webhook, Acting, Instant, Writer) throws -> Void
    ) async throws -> Response {
        let (acting, house, now) = (context.acting, try context.house(), desk.now())
        try await desk.store.write { db in try act(Webhook.find(id, in: house, for: acting, in: db), acting, now, db) }
        return desk.site.redirect(to: Urls.webhook(house, id), notice: notice, context)
    }

    private func listPage(_ state: FormState, _ context: AgentContext) async throws -> WebhooksPage {
        let (acting, id, now) = (context.acting, try context.house(), desk.now())
        return try await desk.store.read { db in
            let webhooks = try Webhook.all(of: id, for: acting, in: db)
            guard let organization = try Organization.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
            let givenUp = try webhooks.map { try WebhookDelivery.givenUp(of: $0, in: db) }
            return WebhooksPage(
                organization: organization, webhooks: Array(zip(webhooks, givenUp)), state: state,
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }

    private func page(
        of id: ID<Webhook>, typed: FormState? = nil, secret: WebhookSecret? = nil, refused: String? = nil, _ request: Request,
        _ context: AgentContext
    ) async throws -> WebhookPage {
        let (acting, house, now) = (context.acting, try context.house(), desk.now())
        let mark = try Query(request).parse("before", "la fin d’une page") { ID<WebhookDelivery>($0) }
        return try await desk.store.read { db in
            let webhook = try Webhook.find(id, in: house, for: acting, in: db)
            guard let organization = try Organization.find(house, of: acting.territoryID, in: db) else { throw Refusal.notFound }
            return WebhookPage(
                organization: organization, webhook: webhook,
                deliveries: try WebhookDelivery.all(of: webhook, before: mark, limit: Self.most, in: db), isFirst: mark == nil,
                givenUp: try WebhookDelivery.givenUp(of: webhook, in: db), state: typed ?? WebhookFields.state(webhook), secret: secret,
                refused: refused, time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }

    private func deliveryPage(_ refused: String?, _ context: AgentContext) async throws -> WebhookDeliveryPage {
        let (acting, now) = (context.acting, desk.now())
        let (id, house, delivery) = (try context.webhook(), try context.house(), try context.delivery())
        return try await desk.store.read { db in
            let webhook = try Webhook.find(id, in: house, for: acting, in: db)
            let found = try WebhookDelivery.find(delivery, of: webhook, in: db)
            return WebhookDeliveryPage(
                webhook: webhook, delivery: found.delivery, attempts: found.attempts, refused: refused,
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}

extension Webhook {
    /// - Throws: ``Core/Refusal/notFound`` when it is not of this organization.
    fileprivate static func find(_ id: ID<Webhook>, in house: ID<Organization>, for acting: Acting, in db: Reader) throws -> Webhook {
        let webhook = try find(id, for: acting, in: db)
        guard webhook.organizationID == house else { throw Refusal.notFound }
        return webhook
    }
}

extension Webhook.Draft {
    init(_ form: Form) {
        self.init(
            name: form.text("name"), url: form.text("url"),
            events: Set(form.values("events").compactMap(Webhook.Event.init(rawValue:))))
    }
}

extension AgentContext {
    fileprivate func house() throws -> ID<Organization> { try id(of: Organization.self) }
    fileprivate func webhook() throws -> ID<Webhook> { try named("webhook") }
    fileprivate func delivery() throws -> ID<WebhookDelivery> { try named("delivery") }

    private func named<Thing>(_ name: String) throws -> ID<Thing> {
        guard let id = ID<Thing>(parameters.get(name) ?? "") else { throw Refusal.notFound }
        return id
    }
}
