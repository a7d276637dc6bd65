import Core
import Hummingbird
import Scheduling
import Store

/// Noting what no slot was found for, and counting it.
struct DemandRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/unmet-demands", use: show)
        router.post("/unmet-demands", use: record)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let weeks = try Query(request).int("weeks", in: 1...104) ?? 12
        let (acting, now) = (context.acting, desk.now())
        let next = acting.territory.zone.civil(now).date.monday.adding(days: 7)
        let counts = try await desk.store.read { db in
            try UnmetDemand.counts(in: next.adding(days: -7 * weeks)..<next, seenBy: acting, in: db)
        }
        return desk.site.page(DemandsPage(counts: counts, weeks: weeks, time: context.localTime(now)), context)
    }

    /// What the booking screen was looking for, as it stands; the screen comes back as it was.
    private func record(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form(), draft = BookingDraft(form: form)
        guard let reason = draft.reasonID else { throw Refusal.field("reason", "no-reason", "Choisissez le motif.") }
        var demand = UnmetDemandDraft(reasonID: reason)
        demand.personID = draft.personID
        demand.siteID = draft.siteID
        demand.part = UnmetDemand.Part(rawValue: form.text("part"))
        demand.from = draft.from
        let (acting, now) = (context.acting, desk.now())
        _ = try await desk.store.write { [demand] db in try demand.record(by: acting, at: now, in: db) }
        let back = Urls.newAppointment.query("person", draft.personID?.description).query("reason", reason.description)
            .query("site", draft.siteID?.description)
        return desk.site.redirect(to: back, notice: "Demande notée : les responsables la verront.", context)
    }
}
