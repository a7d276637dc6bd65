import Core
import Hummingbird
import Scheduling
import Store

/// One day of an opening or of an absence that recurs.
struct OccurrenceRoutes<Thing: DayByDay>: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        let days = "/agenda/\(Thing.things)/{id}/days"
        router.get(RouterPath(days), use: ask)
        router.post(RouterPath(days), use: add)
        router.get(RouterPath(days + "/{date}"), use: show)
        router.post(RouterPath(days + "/{date}"), use: change)
        router.post(RouterPath(days + "/{date}/deletion"), use: delete)
    }

    private func ask(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, nil, context), context)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.date(), nil, context), context)
    }

    private func add(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Thing> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(nil, state, context)
        } action: { form in
            let (day, minutes) = try Self.day(form)
            try await Thing.add(day, minutes: minutes, to: id, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: here(id), notice: "Jour ajouté.", context)
        }
    }

    private func change(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, date): (ID<Thing>, _) = (try context.id(), try context.date())
        return try await desk.site.submit(request, context) { state in
            try await page(date, state, context)
        } action: { form in
            let (day, minutes) = try Self.day(form)
            guard let scope = OccurrenceChange.Scope(rawValue: form.text("scope")) else {
                throw Refusal.field("scope", "scope", "Dites pour quelles fois.")
            }
            try await Thing.change(
                id, on: date, .move(to: day, minutes: minutes), scope, version: Int64(form.text("version")), by: context.acting,
                at: desk.now(), in: desk.store)
            return desk.site.redirect(to: here(id), notice: "C’est changé.", context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, date): (ID<Thing>, _) = (try context.id(), try context.date())
        let agent = try await find(id, context).owner.agent.id
        return try await desk.site.submit(request, context) { state in
            try await page(date, FormState(Form(), errors: state.errors, summary: state.summary), context)
        } action: { form in
            let isRestored = form.text("act") == "restore"
            let scope = OccurrenceChange.Scope(rawValue: form.text("scope")) ?? .one
            try await Thing.change(
                id, on: date, isRestored ? .restore : .delete, isRestored ? .one : scope, version: Int64(form.text("version")),
                by: context.acting, at: desk.now(), in: desk.store)
            let notice = isRestored ? "Ce jour est de nouveau comme les autres." : "Supprimé."
            let stays = (try? await find(id, context)) != nil
            let list = Thing.isAbsence ? Urls.absences(of: agent) : Urls.openings(of: agent)
            return desk.site.redirect(to: stays ? here(id) : list, notice: notice, context)
        }
    }
}

extension OccurrenceRoutes {
    private func here(_ id: ID<Thing>) -> URLPath { Thing.isAbsence ? Urls.absence(id) : Urls.opening(id) }

    private func find(_ id: ID<Thing>, _ context: AgentContext) async throws -> (thing: Thing, owner: AgendaOwner) {
        try await desk.store.read { db in
            let (thing, owner) = try Thing.found(id, seenBy: context.acting, in: db)
            guard context.acting.canFill(owner) else { throw Refusal.forbidden }
            return (thing, owner)
        }
    }

    /// - Throws: ``Core/Refusal/notFound`` for a day on which it does not recur.
    private func page(_ date: CivilDate?, _ typed: FormState?, _ context: AgentContext) async throws -> OccurrencePage<Thing> {
        let (thing, owner) = try await find(try context.id(), context)
        let isOne = date.map { thing.stretch.isOccurrence($0) || thing.stretch.recurrence.exceptions[$0]?.isAdded == true } ?? true
        guard isOne, thing.stretch.recurrence.pattern != .once else { throw Refusal.notFound }
        var state = typed ?? FormState()
        if state.form.fields.isEmpty { state.form = Self.form(thing.stretch, date) }
        return OccurrencePage(thing: thing, owner: owner, date: date, state: state, time: context.localTime(desk.now()))
    }

    /// As that day is now.
    private static func form(_ stretch: Stretch, _ date: CivilDate?) -> Form {
        var (day, minutes) = (date, stretch.usualMinutes)
        switch date.flatMap({ stretch.recurrence.exceptions[$0] }) {
        case .moved(let other, let hours): (day, minutes) = (other, hours)
        case .cut(let hours), .added(let hours): minutes = hours
        case .deleted, nil: break
        }
        let nights = (minutes.upperBound - 1) / 1440
        return Form(filled: [
            "date": day?.description, "from": ClockTime.text(minutes.lowerBound),
            "end_date": nights == 0 ? nil : day?.adding(days: nights).description,
            "to": minutes.upperBound % 1440 == 0 ? "00:00" : ClockTime.text(minutes.upperBound - nights * 1440), "scope": "one",
        ])
    }

    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    private static func day(_ form: Form) throws -> (CivilDate, Range<Int>) {
        var complaints = Complaints()
        let draft = StretchDraft(form, isAbsence: Thing.isAbsence, &complaints)
        try complaints.check()
        guard let draft else { throw Refusal.notFound }
        let nights = draft.endDate.map { $0.dayNumber - draft.date.dayNumber } ?? 0
        guard nights >= 0, nights > 0 || draft.from < draft.to else {
            throw Refusal.field("to", "order", "La fin doit être après le début. Vérifiez les deux heures.")
        }
        return (draft.date, draft.from..<nights * 1440 + draft.to)
    }
}

extension AgentContext {
    /// The `{date}` of the address.
    fileprivate func date() throws -> CivilDate {
        guard let date = CivilDate(parameters.get("date") ?? "") else { throw Refusal.notFound }
        return date
    }
}
