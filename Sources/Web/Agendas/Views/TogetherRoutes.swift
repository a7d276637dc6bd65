import Core
import Hummingbird
import Scheduling
import Store

/// Agendas side by side: those of a site, those chosen now, those of a group.
struct TogetherRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/together", use: several)
        router.get("/agenda/groups/{id}", use: group)
    }

    private func several(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try AgendaQuery(request, context.acting, now: desk.now())
        guard !query.agents.isEmpty else { return .redirect(to: Urls.agendaGroups.text) }
        return try await page(of: query.agents, query, .blank, context)
    }

    private func group(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(AgendaGroup.self), context.acting, desk.now())
        let query = try AgendaQuery(request, acting, now: now)
        return try await show(query.address(.group(id), usual: .day), query, context) { db in
            let group = try AgendaGroup.find(id, of: acting, in: db)
            return (.group(group), try AgendaOwner.among(group.agentIDs, seenBy: acting, in: db))
        }
    }

    /// - Parameter state: of the form that keeps them as a group.
    func page(of agents: [ID<Agent>], _ query: AgendaQuery, _ state: FormState, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        let chosen = agents.reduce(into: [ID<Agent>]()) { if !$0.contains($1) { $0.append($1) } }
        guard chosen.count <= AgendaGroup.mostAgents else {
            throw Refusal.field("agents", "too-many", "\(AgendaGroup.mostAgents) agents au plus côte à côte. Choisissez-en moins.")
        }
        return try await show(query.address(.several(chosen), usual: .day), query, context, state) { db in
            (.several, try AgendaOwner.find(chosen, seenBy: acting, in: db))
        }
    }

    private func show(
        _ address: AgendaAddress, _ query: AgendaQuery, _ context: AgentContext, _ state: FormState = .blank,
        whose: @escaping @Sendable (Reader) throws -> (TogetherPage.Whose, [AgendaOwner])
    ) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let page = try await desk.store.read { db in
            let (whose, owners) = try whose(db)
            let read = try Read(owners, address, query, acting, now, in: db)
            let days = address.shown(read.days, read.preference, at: now)
            var page = TogetherPage(
                whose: whose, board: read.board(days, address, context.localTime(now)), address: address, date: query.date, owners: owners,
                choices: read.choices, version: read.agenda.version)
            (page.filters, page.state) = (read.filters, state)
            return page
        }
        return desk.site.page(page, context, status: state.summary == nil ? .ok : .unprocessableContent)
    }

    /// Only those who have something there, unless everyone is asked for.
    func page(ofSite id: ID<Site>, _ query: AgendaQuery, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let address = query.address(.site(id), usual: .day)
        let page = try await desk.store.read { db in
            let site = try SiteAgenda.find(id, seenBy: acting, in: db)
            let read = try Read(site.owners, address, query, acting, now, in: db)
            let here = Set(read.days.lazy.filter(site.isBusy).map(\.owner.agent.id))
            let present = query.everyone ? read.days : read.days.filter { here.contains($0.owner.agent.id) }
            let days = address.shown(present, read.preference, at: now)
            var page = TogetherPage(
                whose: .site(site.site, organization: site.organization), board: read.board(days, address, context.localTime(now)),
                address: address, date: query.date, owners: site.owners, choices: read.choices, version: read.agenda.version)
            page.filters = read.filters
            page.others = query.everyone ? 0 : site.owners.count - here.count
            page.toTell = try ToTell.count(for: acting, at: id, in: db)
            if here.isEmpty {
                page.nextDay = try site.nextDay(from: address.view.days(query.date).upperBound, seenBy: acting, now: now, in: db)
            }
            return page
        }
        return desk.site.page(page, context)
    }
}

extension TogetherRoutes {
    /// What such a page is made of: a few queries, however many agents and days there are.
    private struct Read {
        let agenda: Agenda
        let days: [AgendaDay]
        let choices: AgendaChoices
        let filters: AgendaFilterChoices
        let preference: AgendaPreference
        let acting: Acting

        init(_ owners: [AgendaOwner], _ address: AgendaAddress, _ query: AgendaQuery, _ acting: Acting, _ now: Instant, in db: Reader)
            throws
        {
            agenda = try Agenda.read(of: owners, address.view.days(query.date), seenBy: acting, now: now, in: db)
            days = agenda.byDay(of: acting.territory, now: now).flatMap { $0 }
            choices = try AgendaChoices.read(for: acting, in: db)
            filters = try AgendaFilterChoices.read(agenda, query.filter, for: acting, in: db)
            preference = try AgendaPreference.of(acting, in: db)
            self.acting = acting
        }

        func board(_ days: [AgendaDay], _ address: AgendaAddress, _ time: LocalTime) -> AgendaBoard {
            AgendaBoard(days: days, acting: acting, time: time, here: address.url, preference: preference)
        }
    }
}
