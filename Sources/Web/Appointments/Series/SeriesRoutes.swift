import Core
import Hummingbird
import Scheduling
import Store

/// A series: its dates are shown first, then those chosen are booked in one act.
struct SeriesRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/appointments/series/dates", use: look)
        router.post("/appointments/series", use: book)
    }

    /// Nothing is written; what is missing is said on the booking screen.
    private func look(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        do {
            return desk.site.page(try await page(FormState(form), context), context)
        } catch let refusal as Refusal where refusal.kind == .invalid {
            let page = try await BookingRoutes(desk: desk).page(FormState(form, refused: refusal), context)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func book(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        do {
            let booked = try await book(form, context.acting)
            let notice = booked.count == 1 ? "Rendez-vous pris." : "\(booked.count)\u{A0}rendez-vous pris."
            return desk.site.redirect(to: Urls.appointment(booked[0].id), notice: notice, context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return desk.site.page(
                try await page(FormState(form, refused: refusal), context), context, status: refusal.kind.status)
        }
    }

    private func book(_ form: Form, _ acting: Acting) async throws -> [Appointment] {
        let chosen = (0..<SeriesPlan.mostTimes).compactMap { SlotKey(form.text("date-\($0)")) }
        guard let first = chosen.first else { throw Refusal.field("date-0", "no-date", "Choisissez au moins une date.") }
        var fields = form.fields
        fields["slot"] = [first.description]
        fields["then_reason"] = nil
        let draft = BookingDraft(form: Form(fields))
        let choices = try await desk.store.read { db in try BookingChoices.of(acting, in: db) }
        let followings = chosen.dropFirst().map { key in
            NextBooking(
                agentID: key.agentID, siteID: key.siteID, startsAt: key.start, resources: key.resourceIDs.map(ResourceWish.this))
        }
        let booking = try draft.booking(by: acting, choices: choices)
        return try await BookingRoutes(desk: desk).book(booking, draft, .series, then: followings, acting)
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> SeriesPage {
        let (acting, now, form) = (context.acting, desk.now(), state.form)
        try acting.require(.book)
        let draft = BookingDraft(form: form)
        let latest = acting.territory.zone.civil(now).date.adding(days: 7 * 26)
        guard let key = draft.slot, let query = draft.query(latest: latest) else {
            throw Refusal.field("slot", "no-slot", "Choisissez le premier créneau de la série.")
        }
        return try await desk.store.read { db in
            let choices = try BookingChoices.of(acting, in: db).withResources(acting, in: db)
            guard let reason = choices.reasons.first(where: { $0.reason.id == query.reasonID })?.reason else { throw Refusal.notFound }
            let first = key.slot(minutes: { _ in reason.minutes }, reason.id)
            let plan = try SeriesPlan(query, first: first, weeks: Int(form.text("weeks")) ?? 1, times: Int(form.text("times")) ?? 0)
            let person = try draft.personID.flatMap { try Person.known($0, to: acting, at: now, in: db) }
            return SeriesPage(
                form: form, dates: try desk.calendars.dates(of: plan, for: acting, now: now, in: db), choices: choices,
                personName: person?.name, state: state, time: context.localTime(now))
        }
    }
}
