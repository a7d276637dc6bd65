import Core
import Hummingbird
import Scheduling
import Store

/// One appointment: reading it back, cancelling it, saying what became of it, undoing.
struct AppointmentRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/appointments/{id}", use: show)
        router.post("/appointments/{id}/cancellation", use: cancel)
        router.post("/appointments/{id}/status", use: close)
        router.post("/appointments/{id}/attempts", use: attempt)
        router.post("/appointments/{id}/undoing", use: undo)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.appointmentID(), .blank, context), context)
    }

    private func cancel(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "Rendez-vous annulé. L’heure est de nouveau libre.") { form, appointment, now in
            guard let status = Participation.Status(rawValue: form.text("status")), status.isCancelled else {
                throw Refusal.field("status", "who-cancels", "Dites qui annule : la personne ou le service.")
            }
            let together = try await desk.store.read { db in try TakenTogether.with(appointment, seenBy: context.acting, at: now, in: db) }
            try await appointment.cancel(
                status, try form.scope(together), why: form.text("why"), urgent: form.urgentBecause, by: context.acting, at: now,
                in: desk.store)
        }
    }

    private func close(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "C’est noté.") { form, appointment, now in
            guard let person = ID<Person>(form.text("person")) else { throw Refusal.notFound }
            guard let status = Participation.Status(rawValue: form.text("status")) else {
                throw Refusal.field("status", "unknown-status", "Dites ce que le rendez-vous est devenu.")
            }
            try await appointment.close(status, for: person, why: form.text("why"), by: context.acting, at: now, in: desk.store)
        }
    }

    private func attempt(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "Appel sans réponse noté.") { _, appointment, now in
            try await desk.store.write { db in try CallAttempt.record(for: appointment, by: context.acting, at: now, in: db) }
        }
    }

    private func undo(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "Le rendez-vous est de nouveau comme avant.") { form, appointment, now in
            guard let fact = ID<AppointmentFact>(form.text("fact")) else { throw Refusal.notFound }
            try await appointment.undo(fact, by: context.acting, at: now, in: desk.store)
        }
    }

    /// Acts on the appointment and shows it again; a refusal stands on its page.
    func change(
        _ request: Request, _ context: AgentContext, _ notice: String, _ act: (Form, Appointment, Instant) async throws -> Void
    ) async throws -> Response {
        let id = try context.appointmentID()
        let appointment = try await desk.store.read { db in try Appointment.find(id, seenBy: context.acting, in: db) }
        return try await desk.site.submit(request, context) { state in
            try await page(id, state, context)
        } action: { form in
            try await act(form, appointment, desk.now())
            return desk.site.redirect(to: URLPath.local(form.text("back")) ?? Urls.appointment(id), notice: notice, context)
        }
    }
}

extension AgentContext {
    /// The `{id}` of an appointment.
    /// - Throws: ``Core/Refusal/notFound`` for what is no identifier.
    func appointmentID() throws -> ID<Appointment> {
        guard let id = ID<Appointment>(parameters.get("id") ?? "") else { throw Refusal.notFound }
        return id
    }
}

extension AppointmentRoutes {
    private func page(_ id: ID<Appointment>, _ state: FormState, _ context: AgentContext) async throws -> AppointmentPage {
        let (acting, now) = (context.acting, desk.now())
        let page = try await desk.store.read { db in
            try AppointmentPage.load(id, state, acting: acting, now: now, in: db)
        }
        try await desk.store.write { db in
            for one in page.details.participants {
                try Journal.record(.read, about: one.personID.uuid, ["appointment": id.description], by: acting, at: now, in: db)
            }
        }
        return page
    }
}

extension AppointmentPage {
    static func load(_ id: ID<Appointment>, _ state: FormState, acting: Acting, now: Instant, in db: Reader) throws -> AppointmentPage {
        let details = try AppointmentDetails.find(id, seenBy: acting, in: db)
        let appointment = details.appointment
        let attempts = try CallAttempt.of(appointment, in: db)
        let time = LocalTime(zone: acting.territory.zone, now: now)
        let names = try Agent.names(of: acting.territoryID, in: db)
        return AppointmentPage(
            details: details, messages: try Message.hidingAddresses(Message.standing(about: appointment, in: db), from: acting, in: db),
            facts: try Fact.all(of: details, names, time, in: db), attempts: attempts,
            undoable: try appointment.lastFact(in: db)?.id, accompanying: try AppointmentDetails.accompanying(appointment, in: db),
            colleagues: try BookingChoices.colleagues(in: appointment.organizationID, acting, in: db),
            together: try TakenTogether.with(appointment, seenBy: acting, at: now, in: db),
            asking: try AppointmentDetails.asking(appointment, in: db), prescription: try Prescription.of(appointment, in: db),
            reservable: try appointment.reservable(by: acting, at: now, in: db),
            mayHurry: Message.wouldWait(about: [appointment.startsAt], of: acting.territory, at: now),
            proof: try SummonsProof.of(details, seenBy: acting, in: db),
            earlier: try EarlierOffer.of(appointment, in: acting.territory, at: now, db: db), names: names,
            actions: Actions(details, attempts: attempts, acting: acting, now: now), state: state, time: time)
    }
}

extension AppointmentPage.Actions {
    init(_ details: AppointmentDetails, attempts: [CallAttempt], acting: Acting, now: Instant) {
        let appointment = details.appointment
        let upcoming = details.status == .upcoming
        let begun = appointment.startsAt.adding(minutes: -30) <= now
        let mayClose = acting.can(.closeAppointments, in: appointment.organizationID)
        move = upcoming && acting.can(.book, in: appointment.organizationID)
        cancel = move
        close = upcoming && begun && mayClose
        attempt = close && appointment.how == .phone
        missed = appointment.how != .phone || CallAttempt.areEnough(attempts, of: acting.territory)
        openPeople = acting.can(.findPeople)
    }
}

extension AppointmentPage.Fact {
    init(_ fact: AppointmentFact, _ details: AppointmentDetails, _ names: [ID<Agent>: String], _ time: LocalTime) {
        moment = Format.capitalized(time.moment(fact.at))
        why = fact.why
        let who = fact.by.flatMap { names[$0] }.map { ", par \($0)" } ?? ""
        let undone = fact.undoes == nil ? "" : " (retour en arrière)"
        switch fact.change {
        case .status(_, let after):
            let person = details.participants.count > 1 ? details.participants.first { $0.personID == fact.personID }?.name : nil
            sentence = "\(person.map { $0 + " : " } ?? "")\(after.label)\(undone)\(who)."
        case .moved(let before, let after):
            let agent = before.agentID == after.agentID ? "" : ", de \(names[before.agentID] ?? "") à \(names[after.agentID] ?? "")"
            let length = after.change(ofLengthFrom: before)
            guard before.startsAt != after.startsAt || before.agentID != after.agentID else {
                sentence = "même heure\(length)\(undone)\(who)."
                return
            }
            sentence = "déplacé de \(time.moment(before.startsAt)) à \(time.moment(after.startsAt))\(agent)\(length)\(undone)\(who)."
        }
    }
}

extension AppointmentFact.Place {
    /// In minutes; not known of what moved before it was kept.
    private var length: Int? { endsAt.map { Int($0 - startsAt) / 60 } }

    /// ", durée portée de 30 minutes à 1 heure"; empty when it did not change.
    func change(ofLengthFrom before: AppointmentFact.Place) -> String {
        guard let was = before.length, let now = length, was != now else { return "" }
        return ", durée portée de \(Format.duration(minutes: was)) à \(Format.duration(minutes: now))"
    }
}

extension AppointmentPage.Fact {
    /// Every change, oldest first: of the appointment and of who receives.
    static func all(
        of details: AppointmentDetails, _ names: [ID<Agent>: String], _ time: LocalTime, in db: Reader
    ) throws -> [AppointmentPage.Fact] {
        let changes = try AppointmentFact.of(details.appointment, in: db).map { ($0.at, Self($0, details, names, time)) }
        let colleagues = try ColleagueFact.of(details.appointment, in: db).map { ($0.at, Self($0, names, time)) }
        return (changes + colleagues).sorted { $0.0 < $1.0 }.map(\.1)
    }

    private init(_ fact: ColleagueFact, _ names: [ID<Agent>: String], _ time: LocalTime) {
        let what = fact.act == .joined ? "reçoit aussi" : "ne reçoit plus"
        self.init(
            moment: Format.capitalized(time.moment(fact.at)),
            sentence: "\(names[fact.agentID] ?? "") \(what), par \(names[fact.by] ?? "").", why: fact.why)
    }
}
