import Core
import Hummingbird
import NIOCore
import Scheduling
import Store

/// Campagnes: prepared, tried, approved by a second person, launched, held, and what became of them.
struct CampaignRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/messages/campaigns", use: list)
        router.post("/messages/campaigns", use: create)
        router.get("/messages/campaigns/new", use: new)
        router.get("/messages/campaigns/{id}", use: show)
        router.post("/messages/campaigns/{id}", use: change)
        router.get("/messages/campaigns/{id}/edit", use: edit)
        router.post("/messages/campaigns/{id}/trials", use: tryOut)
        for act in CampaignAct.allCases {
            router.post("/messages/campaigns/{id}/\(act.rawValue)") { request, context in try await run(act, request, context) }
        }
        router.get("/messages/campaigns/{id}/unreached", use: showUnreached)
        router.post("/messages/campaigns/{id}/unreached/{person}", use: called)
        router.post("/messages/campaigns/{id}/letters", use: letters)
        router.post("/messages/campaigns/{id}/writing", use: write)
        CampaignRuleRoutes(desk: desk).add(to: router)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let page = try await desk.store.read { db in
            CampaignsPage(
                campaigns: try Campaign.all(seenBy: acting, in: db), authors: try Agent.names(of: acting.territoryID, in: db),
                time: context.localTime(now))
        }
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await form(FormState(CampaignFields.usual), nil, context), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        return try await save(request, context, nil) { draft in
            try await desk.store.claim { db in try Campaign.prepare(draft, by: acting, at: now, in: db) }
        }
    }

    private func edit(_ request: Request, _ context: AgentContext) async throws -> Response {
        let campaign = try await campaign(context)
        return desk.site.page(try await form(FormState(CampaignFields.known(campaign)), campaign, context), context)
    }

    private func change(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, before) = (context.acting, desk.now(), try await campaign(context))
        return try await save(request, context, before) { draft in
            try await desk.store.claim { db in try Campaign.change(before.id, draft, by: acting, at: now, in: db) }
        }
    }

    /// The form may bring a file.
    private func save(
        _ request: Request, _ context: AgentContext, _ before: Campaign?, _ keep: (Campaign.Draft) async throws -> Campaign
    ) async throws -> Response {
        try context.acting.require(.sendCampaigns)
        let sent = request.isMultipart ? try await request.multipart() : nil, typed: Form
        if let sent { typed = try sent.form } else { typed = try await request.form() }
        do {
            let draft = try CampaignFields.draft(typed, file: sent?.file("file")?.bytes, house: before?.organizationID)
            let kept = try await keep(draft)
            return desk.site.redirect(to: Urls.campaign(kept.id), notice: "La campagne est enregistrée.", context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let page = try await form(FormState(typed, refused: refusal), before, context)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func form(_ state: FormState, _ campaign: Campaign?, _ context: AgentContext) async throws -> CampaignFormPage {
        let acting = context.acting
        try acting.require(.sendCampaigns)
        return try await desk.store.read { db in
            let houses = Set(acting.organizations(with: .sendCampaigns))
            return CampaignFormPage(
                campaign: campaign,
                houses: try Organization.all(of: acting.territoryID, in: db).filter { houses.contains($0.id) }.map {
                    Choice($0.id.description, $0.name)
                }, tags: try PersonTag.all(of: acting.territoryID, in: db).map { Choice($0.id.description, $0.name) },
                rule: try CampaignRule.of(acting.territoryID, in: db), state: state)
        }
    }

    private func campaign(_ context: AgentContext) async throws -> Campaign {
        let (id, acting): (ID<Campaign>, _) = (try context.id(), context.acting)
        return try await desk.store.read { db in try Campaign.find(id, seenBy: acting, in: db) }
    }
}

/// What one button does to a campaign.
enum CampaignAct: String, CaseIterable, Sendable {
    case approval, launch, pause, resumption, stop

    var notice: String {
        switch self {
        case .approval: "La campagne est approuvée."
        case .launch: "La campagne est lancée."
        case .pause: "La campagne est en pause : rien ne part plus."
        case .resumption: "La campagne reprend."
        case .stop: "La campagne est arrêtée."
        }
    }

    func run(_ id: ID<Campaign>, version: Int?, by acting: Acting, at now: Instant, in db: Writer) throws {
        switch self {
        case .approval: try Campaign.approve(id, version: version, by: acting, at: now, in: db)
        case .launch: _ = try Campaign.launch(id, version: version, by: acting, at: now, in: db)
        case .pause: try Campaign.pause(id, by: acting, at: now, in: db)
        case .resumption: try Campaign.resume(id, by: acting, at: now, in: db)
        case .stop: try Campaign.stop(id, by: acting, at: now, in: db)
        }
    }
}

extension CampaignRoutes {
    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.id(), .blank, context), context)
    }

    private func page(_ id: ID<Campaign>, _ state: FormState, _ context: AgentContext) async throws -> CampaignPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let campaign = try Campaign.find(id, seenBy: acting, in: db)
            return CampaignPage(
                campaign: campaign, house: try Organization.find(campaign.organizationID, of: acting.territoryID, in: db)?.name ?? "",
                preview: try campaign.preview(at: now, by: acting, in: db),
                outcome: campaign.launchedAt == nil ? nil : try campaign.outcome(in: db),
                unreached: campaign.launchedAt == nil ? 0 : try campaign.unreachedCount(in: db), look: try campaign.look(in: db),
                price: try SMSPrice.of(acting.territoryID, in: db), rule: try CampaignRule.of(acting.territoryID, in: db),
                trials: try CampaignTrial.all(of: campaign, in: db), names: try Agent.names(of: acting.territoryID, in: db),
                isPreparer: campaign.preparedBy == acting.agent.id, ownEmail: acting.agent.email, state: state,
                time: context.localTime(now))
        }
    }

    private func run(_ act: CampaignAct, _ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(id, state, context)
        } action: { form in
            let version = form.optional("version").flatMap { Int($0) }
            try await desk.store.claim { db in try act.run(id, version: version, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.campaign(id), notice: act.notice, context)
        }
    }

    private func tryOut(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(id, state, context)
        } action: { form in
            let channel = form.text("channel") == "email" ? Person.Channel.email : .sms, typed = form.text("recipient")
            try await desk.store.claim { db in
                _ = try CampaignTrial.ask(id, by: channel, to: typed, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.campaign(id), notice: "L’essai part vers vous.", context)
        }
    }

    private func showUnreached(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await unreached(nil, context), context)
    }

    /// Whose names are read is kept in the journal.
    private func unreached(_ problem: String?, _ context: AgentContext) async throws -> CampaignUnreachedPage {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        return try await desk.store.record { db in
            let campaign = try Campaign.find(id, seenBy: acting, in: db)
            let people = try campaign.unreached(limit: Campaign.unreachedLimit, in: db)
            try SearchedPeople(people.map(\.personID), by: acting, at: now).record(in: db)
            return CampaignUnreachedPage(campaign: campaign, people: people, count: try campaign.unreachedCount(in: db), problem: problem)
        }
    }

    private func called(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        guard let person = ID<Person>(try context.parameters.require("person")) else { throw Refusal.notFound }
        do {
            try await desk.store.claim { db in try Campaign.called(person, of: id, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.campaign(id, "unreached"), notice: "C’est noté : appelé.", context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return desk.site.page(try await unreached(refusal.sentence, context), context, status: refusal.kind.status)
        }
    }

    /// Letters of the page « Courriers ».
    private func write(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        let written = try await desk.store.claim { db in try Campaign.write(id, by: acting, at: now, in: db) }
        let notice =
            written == 0
            ? "Chacune de ces personnes a déjà sa lettre, ou n’a pas d’adresse."
            : "\(Format.count(written, "lettre est prête", "lettres sont prêtes")) à imprimer."
        return desk.site.redirect(to: Urls.letters, notice: notice, context)
    }

    /// A file to print envelopes from.
    private func letters(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now): (ID<Campaign>, _, _) = (try context.id(), context.acting, desk.now())
        let people = try await desk.store.write { db in try Campaign.letters(id, by: acting, at: now, in: db) }
        let rows = people.map { one in
            let lines = one.address.split(separator: "\n").map(String.init)
            return [FigureSheet.Cell.text(one.name), .text(lines.first ?? ""), .text(lines.last ?? "")]
        }
        let head: [FigureSheet.Cell] = [.text("Nom"), .text("Adresse"), .text("Commune")]
        let text = SheetText.mark + ([head] + rows).map(SheetText.line).joined()
        return FileAnswer.response("courriers", .csv, ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
