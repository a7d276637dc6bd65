import Core
import Hummingbird
import Scheduling
import Store

/// Group appointments: those to come, and writing one.
struct GroupRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/groups", use: list)
        router.get("/groups/new", use: new)
        router.post("/groups", use: open)
    }

    /// How far ahead they are listed.
    private static let weeks = 26

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.book)
        let page = try await desk.store.read { db in
            let groups = try GroupSlot.upcoming(in: now..<now.adding(days: 7 * Self.weeks), for: acting, in: db)
            let choices = try BookingChoices.of(acting, in: db)
            return GroupsPage(groups: groups, choices: choices, time: context.localTime(now))
        }
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(.blank, context), context)
    }

    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let choices = try await desk.store.read { db in try BookingChoices.of(acting, in: db) }
            let booking = try BookingDraft(form: form).group(by: acting, choices: choices)
            let group = try await booking.openGroup(by: acting, at: now, in: desk.store)
            return desk.site.redirect(to: Urls.appointment(group.id), notice: "Rendez-vous collectif écrit.", context)
        }
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> NewGroupPage {
        try context.acting.require(.book)
        let choices = try await desk.store.read { db in try BookingChoices.of(context.acting, in: db) }
        return NewGroupPage(choices: choices, state: state)
    }
}
