import Core
import Hummingbird
import Scheduling
import Store

/// Waiting rooms: who is there, who arrives, who is received.
struct WaitingRoomRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/waiting-room", use: first)
        router.get("/waiting-room/{id}", use: show)
        router.post("/waiting-room/{id}/walk-ins", use: walkIn)
        router.post("/waiting-room/{id}/next", use: callNext)
        router.post("/appointments/{id}/arrivals", use: arrive)
        router.post("/arrivals/{id}/steps", use: follow)
    }

    /// The site where one is received most often is not known: the first by name.
    private func first(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        let site = try await desk.store.read { db in try AgendaChoices.sites(for: acting, in: db).first }
        guard let site else { throw Refusal.forbidden }
        return .redirect(to: Urls.waitingRoom(site.id).text)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.id(), .blank, context), context)
    }

    private func page(_ id: ID<Site>, _ state: FormState, _ context: AgentContext) async throws -> WaitingRoomPage {
        let (acting, now) = (context.acting, desk.now())
        let today = acting.territory.zone.civil(now).date
        return try await desk.store.read { db in
            let site = try SiteAgenda.find(id, seenBy: acting, in: db)
            let room = try WaitingRoom.read(at: id, on: today, seenBy: acting, in: db)
            let agenda = try Agenda.read(of: site.owners, today..<today.adding(days: 1), seenBy: acting, now: now, in: db)
            let there = Set(room.present.compactMap(\.arrival.appointmentID))
            let expected = agenda.byDay(of: acting.territory, now: now).flatMap { $0 }.flatMap(\.appointments).map(\.item)
                .filter { $0.siteID == id && $0.status == .upcoming && !there.contains($0.id) }
                .sorted { ($0.time.lowerBound, $0.id) < ($1.time.lowerBound, $1.id) }
            let services = try Service.receiving(in: site.site.organizationID, knownTo: acting, db: db)
            let permanences = try Permanence.on(today, in: [site.site.organizationID], knownTo: acting, db: db).filter { $0.siteID == id }
            return WaitingRoomPage(
                site: site.site, sites: try AgendaChoices.sites(for: acting, in: db), room: room, expected: expected,
                services: services.map { Choice($0.id.description, $0.name) },
                mayRecord: acting.can(.closeAppointments, in: site.site.organizationID), permanences: permanences, reader: acting.agent.id,
                state: state, time: context.localTime(now))
        }
    }

    private func walkIn(_ request: Request, _ context: AgentContext) async throws -> Response {
        let site: ID<Site> = try context.id(), (acting, now) = (context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(site, state, context)
        } action: { form in
            guard let service = ID<Service>(form.text("service")) else {
                throw Refusal.field("service", "no-service", "Choisissez un service qui reçoit ici.")
            }
            try await desk.store.claim { db in
                _ = try Arrival.walkIn(
                    at: site, for: service, name: form.text("name"), companion: form.text("companion"), by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.waitingRoom(site), notice: "Dans la file.", context)
        }
    }

    private func callNext(_ request: Request, _ context: AgentContext) async throws -> Response {
        let site: ID<Site> = try context.id(), form = try await request.form(), (acting, now) = (context.acting, desk.now())
        guard let service = ID<Service>(form.text("service")) else { throw Refusal.notFound }
        let called = try await desk.store.claim { db in
            _ = try SiteAgenda.find(site, seenBy: acting, in: db)
            return try Arrival.callNext(for: service, at: site, by: acting, at: now, in: db)
        }
        let who = called.name.isEmpty ? "la personne suivante" : called.name
        return desk.site.redirect(to: Urls.waitingRoom(site), notice: "Vous appelez \(who).", context)
    }

    private func arrive(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.appointmentID(), form = try await request.form(), (acting, now) = (context.acting, desk.now())
        guard let person = ID<Person>(form.text("person")) else { throw Refusal.notFound }
        try await desk.store.claim { db in
            let appointment = try Appointment.find(id, seenBy: acting, in: db)
            _ = try Arrival.record(person, for: appointment, companion: form.text("companion"), by: acting, at: now, in: db)
        }
        let back = URLPath.local(form.text("back")) ?? Urls.appointment(id)
        return desk.site.redirect(to: back, notice: "Arrivée notée : son agent le voit.", context)
    }

    private func follow(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Arrival> = try context.id(), form = try await request.form(), (acting, now) = (context.acting, desk.now())
        guard let step = Arrival.Step(rawValue: form.text("step")) else { throw Refusal.notFound }
        try await desk.store.claim { db in try Arrival.follow(id, step, by: acting, at: now, in: db) }
        return desk.site.redirect(to: URLPath.local(form.text("back")) ?? Urls.waitingRoom, notice: "C’est noté.", context)
    }
}
