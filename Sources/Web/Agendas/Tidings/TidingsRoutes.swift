import Core
import Hummingbird
import Scheduling
import Store

/// « Indisponible aujourd’hui », and the list of those to tell.
struct TidingsRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/agents/{id}/away-today", use: ask)
        router.post("/agenda/agents/{id}/away-today", use: declare)
        router.get("/agenda/to-tell", use: list)
        router.post("/agenda/to-tell/{id}/told", use: tell)
        router.post("/agenda/to-tell/{id}/unreached", use: miss)
        router.post("/agenda/to-tell/{id}/rebooking", use: rebook)
    }

    private func ask(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(FormState(["since": "day"]), context), context)
    }

    private func declare(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Agent> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            guard ["day", "now"].contains(form.text("since")) else {
                throw Refusal.field("since", "since", "Dites à partir de quand.")
            }
            let today = try await Absence.declareToday(
                of: id, wholeDay: form.text("since") == "day", urgent: form.urgentBecause, by: context.acting, at: desk.now(),
                in: desk.store)
            let url = today.calls > 0 ? Urls.toTell : Urls.agenda(of: id, .day, nil)
            return desk.site.redirect(to: url, notice: today.sentence, context)
        }
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> AwayTodayPage {
        let (id, acting, now): (ID<Agent>, _, _) = (try context.id(), context.acting, desk.now())
        let (owner, covered, byMessage) = try await desk.store.read { db in
            try Absence.todaysAppointments(of: id, seenBy: acting, now: now, in: db)
        }
        let starts = covered.appointments.map(\.time.lowerBound)
        return AwayTodayPage(
            owner: owner, covered: covered, byMessage: byMessage,
            mayHurry: Message.wouldWait(about: starts, of: acting.territory, at: now), state: state, time: context.localTime(now))
    }
}

extension TidingsRoutes {
    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let site = try Query(request).parse("site", "un identifiant") { ID<Site>($0) }
        return desk.site.page(try await page(at: site, nil, context), context)
    }

    private func page(at site: ID<Site>?, _ problem: String?, _ context: AgentContext) async throws -> ToTellPage {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.book)
        return try await desk.store.read { db in
            let toTell = try ToTell.read(for: acting, at: site, in: db)
            let place = try site.flatMap { id in try AgendaChoices.sites(for: acting, in: db).first { $0.id == id } }
            let lost = toTell.lines.filter { $0.appointment.status != .upcoming }.map(\.appointment.id)
            let slots = try desk.calendars.nextSlots(for: lost, by: acting, now: now, in: db)
            return ToTellPage(
                toTell: toTell, slots: slots, acting: acting, place: place, problem: problem, time: context.localTime(now))
        }
    }

    private func tell(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, "C’est noté : prévenu.") { id, _, now in
            try await desk.store.write { db in try Tidings.tell(id, by: context.acting, at: now, in: db) }
        }
    }

    private func miss(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, "Pas joint : la personne reste dans la liste.") { id, _, now in
            try await desk.store.write { db in try Tidings.miss(id, by: context.acting, at: now, in: db) }
        }
    }

    private func rebook(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, "Nouveau rendez-vous pris, la personne est prévenue.") { id, form, now in
            guard case .move(let place) = Remedy(form.text("slot")) else { throw Refusal.notFound }
            _ = try await Tidings.rebook(id, place, by: context.acting, now: now, in: desk.store)
        }
    }

    /// Acts and shows the list again; a refusal stands above it.
    private func act(
        _ request: Request, _ context: AgentContext, _ notice: String, _ act: (ID<Tidings>, Form, Instant) async throws -> Void
    ) async throws -> Response {
        let (id, form): (ID<Tidings>, _) = (try context.id(), try await request.form())
        let site = ID<Site>(form.text("site"))
        do {
            try await act(id, form, desk.now())
            return desk.site.redirect(to: site.map { Urls.toTell(at: $0) } ?? Urls.toTell, notice: notice, context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return desk.site.page(try await page(at: site, refusal.sentence, context), context, status: refusal.kind.status)
        }
    }
}

extension Absence.Today {
    /// "3 rendez-vous ne seront pas assurés : 2 personnes prévenues par message, 1 à appeler."
    fileprivate var sentence: String {
        guard appointments > 0 else { return "L’indisponibilité est enregistrée. Personne n’est à prévenir." }
        let some = appointments == 1 ? "1\u{A0}rendez-vous ne sera pas assuré" : "\(appointments)\u{A0}rendez-vous ne seront pas assurés"
        let told = Format.count(messages, "personne prévenue par message", "personnes prévenues par message")
        return "\(some) : \(told), \(calls)\u{A0}à appeler."
    }
}
