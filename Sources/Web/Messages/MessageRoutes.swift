import Core
import Hummingbird
import Scheduling
import Store

/// Envois, those to call back, what they answer, and what each gateway carried.
struct MessageRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/messages", use: list)
        router.get("/messages/to-call", use: toCall)
        router.post("/messages/to-call/{appointment}/{person}", use: called)
        router.post("/messages/{id}/again", use: again)
        router.get("/messages/replies", use: replies)
        router.post("/messages/replies/{id}/settled", use: settled)
        router.get("/setup/gateways", use: gateways)
        router.get("/setup/gateways/costs", use: costs)
    }

    /// `?tray=sent&state=unknown&after=SECONDS_ID`: nothing personal.
    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, query) = (context.acting, try Query(request))
        let tray = try query.parse("tray", "un des trois casiers") { Envois.Tray(rawValue: $0) } ?? .waiting
        let state = try query.parse("state", "l’état d’un message") { Message.State(rawValue: $0) }
        let mark = try query.parse("after", "la fin d’une page") { Story.Mark($0) }
        let envois = try await desk.store.read { db in try Envois.read(tray, state, after: mark, seenBy: acting, in: db) }
        let page = EnvoisPage(
            envois: envois, tray: tray, state: state, isNarrowed: mark != nil, sendsCampaigns: acting.can(.sendCampaigns),
            time: context.localTime(desk.now()))
        return desk.site.page(page, context)
    }

    private func again(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(Message.self), context.acting, desk.now())
        do {
            try await desk.store.write { db in try Message.sendAgain(id, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.messages, notice: "Le message va partir de nouveau.", context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            let envois = try await desk.store.read { db in try Envois.read(.waiting, seenBy: acting, in: db) }
            let page = EnvoisPage(
                envois: envois, tray: .waiting, sendsCampaigns: acting.can(.sendCampaigns), problem: refusal.sentence,
                time: context.localTime(now))
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func toCall(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, context), context)
    }

    private func page(_ problem: String?, _ context: AgentContext) async throws -> ToCallPage {
        let (acting, now) = (context.acting, desk.now())
        let toCall = try await desk.store.read { db in try ToCall.read(for: acting, at: now, in: db) }
        return ToCallPage(toCall: toCall, acting: acting, problem: problem, time: context.localTime(now))
    }

    private func called(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        guard let appointment = ID<Appointment>(try context.parameters.require("appointment")),
            let person = ID<Person>(try context.parameters.require("person"))
        else { throw Refusal.notFound }
        do {
            try await desk.store.write { db in try ToCall.called(person, about: appointment, by: acting, at: now, in: db) }
            desk.toCall.forget(acting.agent.id)
            return desk.site.redirect(to: Urls.toCall, notice: "C’est noté : rappelé.", context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return desk.site.page(try await page(refusal.sentence, context), context, status: refusal.kind.status)
        }
    }

    private func replies(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await repliesPage(nil, context), context)
    }

    private func repliesPage(_ problem: String?, _ context: AgentContext) async throws -> RepliesPage {
        let (acting, now) = (context.acting, desk.now())
        let replies = try await desk.store.read { db in
            try ReplyDetails.all(seenBy: acting, settledSince: now.adding(days: -1), in: db)
        }
        return RepliesPage(replies: replies, problem: problem, time: context.localTime(now))
    }

    private func settled(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(Reply.self), context.acting, desk.now())
        do {
            try await desk.store.write { db in try Reply.settle(id, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.replies, notice: "C’est noté : fait.", context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return desk.site.page(try await repliesPage(refusal.sentence, context), context, status: refusal.kind.status)
        }
    }

    private func gateways(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let page = try await desk.store.read { db in
            GatewaysPage(
                figures: try GatewayFigures.read(since: now.adding(days: -7), for: acting, in: db),
                texts: try TextFigures.read(since: now.adding(days: -30), for: acting, in: db),
                troubles: try GatewayTrouble.read(for: acting, in: db),
                returns: try ReturnFigures.read(since: now.adding(days: -7), for: acting, in: db), time: context.localTime(now))
        }
        return desk.site.page(page, context)
    }

    /// `?month=2026-11-01`: any day of it.
    private func costs(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting, today = acting.territory.zone.civil(desk.now()).date
        let month = try Query(request).parse("month", "un jour du mois, comme 2026-11-01") { CivilDate($0) } ?? today
        let cost = try await desk.store.read { db in try MonthlyCost.read(month, for: acting, in: db) }
        return desk.site.page(MessageCostsPage(cost: cost, today: today), context)
    }
}
