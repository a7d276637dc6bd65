import Core
import Hummingbird
import Scheduling
import Store

/// Moving an appointment to another free slot of its reason.
struct MoveRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/appointments/{id}/move", use: open)
        router.post("/appointments/{id}/move/slots", use: refresh)
        router.post("/appointments/{id}/move", use: move)
    }

    /// `?agent=…&from=…&slot=…`: a place that is chosen already.
    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        var fields: [String: [String]] = [:]
        for name in ["agent", "from", "slot"] {
            if let value = try query.optional(name) { fields[name] = [value] }
        }
        return desk.site.page(try await page(FormState(Form(fields)), lost: false, context), context)
    }

    private func refresh(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(FormState(try await request.form()), lost: false, context), context)
    }

    private func move(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        do {
            let id = try await move(form, context)
            return desk.site.redirect(to: Urls.appointment(id), notice: "Rendez-vous déplacé.", context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let page = try await page(FormState(form, refused: refusal), lost: refusal.code == "slot-taken", context)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func move(_ form: Form, _ context: AgentContext) async throws -> ID<Appointment> {
        let id = try context.appointmentID()
        guard let slot = SlotKey(form.text("slot")) else { throw Refusal.field("slot", "no-slot", "Choisissez un créneau.") }
        let appointment = try await desk.store.read { db in try Appointment.find(id, seenBy: context.acting, in: db) }
        let place = AppointmentFact.Place(agentID: slot.agentID, startsAt: slot.start)
        let now = desk.now()
        let together = try await desk.store.read { db in try TakenTogether.with(appointment, seenBy: context.acting, at: now, in: db) }
        try await appointment.move(
            to: place, try form.scope(together), why: form.text("why"), urgent: form.urgentBecause, by: context.acting, at: now,
            in: desk.store)
        return id
    }

    private func page(_ state: FormState, lost: Bool, _ context: AgentContext) async throws -> MovePage {
        let (id, acting, now) = (try context.appointmentID(), context.acting, desk.now())
        try acting.require(.book)
        return try await desk.store.read { db in
            let details = try AppointmentDetails.find(id, seenBy: acting, in: db)
            let query = Self.query(details, BookingDraft(form: state.form), acting, now)
            let slot = SlotKey(state.form.text("slot"))
            return MovePage(
                details: details, found: try desk.calendars.find(query, for: acting, now: now, in: db),
                nearest: try lost && slot != nil ? desk.calendars.nearest(to: slot!.start, query, for: acting, now: now, in: db) : [],
                choices: try BookingChoices.of(acting, in: db).withResources(acting, in: db),
                together: try TakenTogether.with(details.appointment, seenBy: acting, at: now, in: db),
                mayHurry: Message.wouldWait(about: [now.adding(days: 1)], of: acting.territory, at: now), state: state,
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }

    /// The same reason in the same organization; at the same site, unless another agent is asked for.
    private static func query(_ details: AppointmentDetails, _ draft: BookingDraft, _ acting: Acting, _ now: Instant) -> SlotQuery {
        var query = SlotQuery(reasonID: details.reason.id)
        query.organizationIDs = [details.appointment.organizationID]
        query.siteIDs = details.appointment.siteID.map { [$0] } ?? []
        query.agentIDs = draft.agentID.map { [$0] } ?? []
        query.personID = details.participants.first?.personID
        query.colleagueIDs = details.colleagues.map(\.id)
        query.resources = details.resources.filter(\.standing.keepsTime).map { .this($0.resource.id) }
        let latest = acting.territory.zone.civil(now).date.adding(days: 7 * 26)
        query.dates = draft.from.flatMap { $0 < latest ? $0..<latest : nil }
        return query
    }
}
