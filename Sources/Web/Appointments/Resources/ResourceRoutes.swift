import Core
import Hummingbird
import Scheduling
import Store

/// Rooms, cars and interpreters: their days, when they cannot be had, and what they answered.
struct ResourceRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/resources", use: list)
        router.get("/resources/to-confirm", use: toConfirm)
        router.get("/resources/{id}", use: show)
        router.post("/resources/{id}/pauses", use: pause)
        router.post("/resources/{id}/pauses/{pause}/deletion", use: resume)
        router.post("/appointments/{id}/resources", use: reserve)
        router.post("/appointments/{id}/resources/removal", use: release)
        router.post("/appointments/{id}/resources/answers", use: answer)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.book)
        let page = try await desk.store.read { db in
            let houses = try Organization.all(of: acting.territoryID, in: db).filter { acting.can(.book, in: $0.id) }
            return ResourceListPage(
                resources: try Resource.of(houses.map(\.id), of: acting.territoryID, in: db),
                organizations: Dictionary(uniqueKeysWithValues: houses.map { ($0.id, $0.name) }),
                toConfirm: try ToConfirm.read(for: acting, now: now, in: db).count, maySetUp: acting.can(.setUpOrganization))
        }
        return desk.site.page(page, context)
    }

    private func toConfirm(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.book)
        let lines = try await desk.store.read { db in try ToConfirm.read(for: acting, now: now, in: db) }
        return desk.site.page(ToConfirmPage(lines: lines, time: context.localTime(now)), context)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let date = try Query(request).parse("date", "une date (AAAA-MM-JJ)") { CivilDate($0) }
        return desk.site.page(try await page(try context.id(), date, .blank, context), context)
    }

    private func page(_ id: ID<Resource>, _ date: CivilDate?, _ state: FormState, _ context: AgentContext) async throws -> ResourcePage {
        let (acting, now) = (context.acting, desk.now())
        let monday = (date ?? acting.territory.zone.civil(now).date).monday
        let found = try await desk.store.read { db in
            try ResourceDays.read(of: id, monday..<monday.adding(days: 7), seenBy: acting, now: now, in: db)
        }
        return ResourcePage(found: found, state: state, time: context.localTime(now))
    }

    private func pause(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting): (ID<Resource>, _) = (try context.id(), context.acting)
        return try await desk.site.submit(request, context) { state in
            try await page(id, CivilDate(state.form.text("from")), state, context)
        } action: { form in
            let pause = ResourcePause(
                resourceID: id, time: try time(form, acting.territory.zone), why: form.text("why"))
            try await pause.begin(by: acting, at: desk.now(), in: desk.store)
            let day = acting.territory.zone.civil(pause.time.lowerBound).date
            return desk.site.redirect(
                to: Urls.resource(id).query("date", day.description), notice: "C’est noté : elle ne sera pas proposée.", context)
        }
    }

    private func time(_ form: Form, _ zone: Zone) throws -> Range<Instant> {
        var complaints = Complaints()
        let instant = { (name: String, complaints: inout Complaints) -> Instant? in
            let date = form.parse(name, "Donnez le jour.", &complaints) { CivilDate($0) }
            let minute = form.parse(name + "_time", "Donnez l’heure : 09:30.", &complaints) { BookingDraft.minute($0) }
            return date.flatMap { date in minute.map { zone.instant(date, minute: $0 / 5 * 5) } }
        }
        let (from, until) = (instant("from", &complaints), instant("until", &complaints))
        if let from, let until, from >= until { complaints.add("until", "La fin vient après le début.") }
        try complaints.check()
        guard let from, let until else { throw Refusal.notFound }
        return from..<until
    }

    private func resume(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Resource> = try context.id()
        guard let pause = ID<ResourcePause>(context.parameters.get("pause") ?? "") else { throw Refusal.notFound }
        try await ResourcePause.end(pause, of: id, by: context.acting, at: desk.now(), in: desk.store)
        return desk.site.redirect(to: Urls.resource(id), notice: "Elle est de nouveau proposée.", context)
    }
}

extension ResourceRoutes {
    private func reserve(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "Réservé.") { resource, _, appointment, now in
            try await appointment.reserve(resource, by: context.acting, at: now, in: desk.store)
        }
    }

    private func release(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "C’est rendu.") { resource, _, appointment, now in
            try await appointment.release(resource, by: context.acting, at: now, in: desk.store)
        }
    }

    private func answer(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "La réponse est notée.") { resource, form, appointment, now in
            guard ["yes", "no"].contains(form.text("accepted")) else { throw Refusal.notFound }
            try await appointment.answer(
                resource, accepted: form.text("accepted") == "yes", why: form.text("why"), by: context.acting, at: now, in: desk.store)
        }
    }

    private func change(
        _ request: Request, _ context: AgentContext, _ notice: String,
        _ act: (ID<Resource>, Form, Appointment, Instant) async throws -> Void
    ) async throws -> Response {
        try await AppointmentRoutes(desk: desk).change(request, context, notice) { form, appointment, now in
            guard let resource = ID<Resource>(form.text("resource")) else {
                throw Refusal.field("resource", "no-resource", "Choisissez ce qu’il faut réserver.")
            }
            try await act(resource, form, appointment, now)
        }
    }
}
