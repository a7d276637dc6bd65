import Core
import Hummingbird
import Scheduling
import Store

/// Finding a slot and booking it, in one screen.
struct BookingRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/appointments/new", use: open)
        router.post("/appointments/new", use: refresh)
        router.post("/appointments", use: book)
    }

    /// `?person=…&reason=…&site=…&agent=…&mode=direct&date=…&at=HH:MM&replaces=…`: identifiers and dates only, nothing personal.
    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        var fields: [String: [String]] = [:]
        for name in ["person", "reason", "site", "agent", "from", "part", "mode", "date", "replaces", "slot"] {
            if let value = try query.optional(name) { fields[name] = [value] }
        }
        if let at = try query.optional("at") { (fields["time"], fields["mode"]) = ([at], ["direct"]) }
        return desk.site.page(try await page(FormState(Form(fields)), context), context)
    }

    /// Whoever sees a file here has opened it: the journal says so once, and the form carries the proof that it did.
    private func opened(_ draft: BookingDraft, _ acting: Acting) async throws -> String {
        guard let chosen = draft.personID else { return "" }
        let person = try await desk.store.read { db in try Person.successor(of: chosen, of: acting.territoryID, in: db) } ?? chosen
        let proof = desk.site.signature(of: "\(person)/\(acting.agent.id)", purpose: "opened")
        if draft.form.text("opened") != proof { _ = try await Person.open(person, by: acting, at: desk.now(), in: desk.store) }
        return proof
    }

    /// The same screen with what was typed, and the slots and people that it asks for. Nothing is written.
    private func refresh(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        let held = try await hold(BookingDraft(form: form), context.acting)
        return desk.site.page(try await page(FormState(form), held: held, context), context)
    }

    /// A slot that is chosen is kept for whoever chose it; one that was lost meanwhile is told when it is booked.
    private func hold(_ draft: BookingDraft, _ acting: Acting) async throws -> Hold? {
        guard !draft.isDirect, let booking = draft.held, acting.can(.book) else { return nil }
        do {
            return try await booking.hold(then: try draft.followings(), by: acting, at: desk.now(), in: desk.store)
        } catch is Refusal {
            return nil
        }
    }

    private func book(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        do {
            let draft = BookingDraft(form: form), appointment = try await book(draft, context.acting)
            let notice = try await "Rendez-vous pris." + (draft.isDirect ? warning(over: appointment) : "")
            return desk.site.redirect(to: Urls.appointment(appointment.id), notice: notice, context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let obstacle = BookingObstacle(code: refusal.code)
            let page = try await page(FormState(form, refused: refusal), obstacle: obstacle, context)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    /// Who writes straight into an agenda does as they mean to: they are told, and not stopped.
    private func warning(over appointment: Appointment) async throws -> String {
        let isTaken = try await desk.store.read { db in
            try ForeignCalendar.takes(appointment.time, of: appointment.agentID, of: appointment.territoryID, in: db)
        }
        return isTaken ? " L’agent est pris à cette heure dans un autre agenda : vérifiez avec lui." : ""
    }

    private func book(_ draft: BookingDraft, _ acting: Acting) async throws -> Appointment {
        let choices = try await desk.store.read { db in try BookingChoices.of(acting, in: db) }
        let booking = try draft.booking(by: acting, choices: choices)
        return try await book(booking, draft, .inARow, then: try draft.followings(), acting)[0]
    }

    /// For someone who has a file, or whose file is made with it.
    func book(
        _ booking: Booking, _ draft: BookingDraft, _ kind: BookingGroup.Kind, then followings: [NextBooking], _ acting: Acting
    ) async throws -> [Appointment] {
        let now = desk.now()
        guard let person = draft.newPerson(in: booking.organizationID) else {
            return try await booking.book(kind, then: followings, by: acting, at: now, in: desk.store)
        }
        if !draft.form.has("create_anyway") { try await refuseLookalikes(of: person, acting, now) }
        return try await booking.book(creating: person, kind, then: followings, by: acting, at: now, in: desk.store)
    }

    private func refuseLookalikes(of person: NewPerson, _ acting: Acting, _ now: Instant) async throws {
        let found = try await desk.store.read { db in try person.lookalikes(by: acting, at: now, in: db) }
        guard found.isEmpty else { throw Refusal.lookalikes }
    }
}

extension Refusal {
    static let lookalikes = Refusal(
        .conflict, "lookalikes", "Cette personne existe peut-être déjà. Choisissez sa fiche, ou confirmez que c’est quelqu’un d’autre.")
}

extension BookingRoutes {
    func page(_ state: FormState, obstacle: BookingObstacle? = nil, held: Hold? = nil, _ context: AgentContext) async throws
        -> BookingPage
    {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.book)
        let proof = try await opened(BookingDraft(form: state.form), acting)
        var screen = BookingScreen(state: state, obstacle: obstacle, acting: acting, now: now, opened: proof, calendars: desk.calendars)
        screen.held = held
        let reading = screen
        let page = try await desk.store.read { db in try reading.page(in: db) }
        let shown = (page.person == nil ? page.candidates : []) + page.alsoCandidates
        if !shown.isEmpty { try await desk.searches.type(SearchedPeople(shown.map(\.id), by: acting, at: now)) }
        return page
    }
}

/// Reads all that the booking screen shows.
struct BookingScreen: Sendable {
    let state: FormState
    let obstacle: BookingObstacle?
    let acting: Acting
    let now: Instant
    /// Proof that the journal knows of the file shown.
    let opened: String
    let calendars: Calendars
    /// What was held just now for the slot chosen.
    var held: Hold?

    func page(in db: Reader) throws -> BookingPage {
        let draft = BookingDraft(form: state.form)
        let time = LocalTime(zone: acting.territory.zone, now: now)
        var page = BookingPage(
            draft: draft, state: state, choices: try BookingChoices.of(acting, in: db).withResources(acting, in: db), obstacle: obstacle,
            opened: opened, mayOverbook: acting.can(.overbook), privacyNotice: acting.territory.privacyNotice, time: time)
        page.seesDemands = acting.can(.fillEveryAgenda)
        page.person = try draft.personID.flatMap { try Person.known($0, to: acting, at: now, in: db) }
        if let person = page.person {
            page.discretion = try Discretion.of([person.id], of: person.territoryID, in: db)[person.id] ?? .none
            page.siblings = try Relative.siblings(of: person.id, seenBy: acting, at: now, in: db)
            page.adults = try Relative.of(person.id, seenBy: acting, at: now, in: db).filter { !$0.isReverse }
            try addOthers(to: &page, in: db)
            page.isArchived = try Archiving.of(person.id, of: person.territoryID, in: db) != nil
        }
        if page.person?.phones.isEmpty ?? true { page.state.moveError(from: "phone", to: "phone_other") }
        page.candidates = try candidates(draft, in: db)
        if !draft.isDirect { try addSlots(to: &page, in: db) }
        if obstacle == .alreadyUpcoming, let person = draft.personID, let reason = draft.reasonID {
            page.upcoming = try AppointmentDetails.upcoming(for: person, reason, seenBy: acting, now: now, in: db)
        }
        return page
    }

    /// Relatives who may know come first; then whoever was chosen or is looked for.
    private func addOthers(to page: inout BookingPage, in db: Reader) throws {
        let relatives = page.adults.filter { $0.relation.unaware == nil }
        page.also = relatives.map { AlsoPicker.Someone(id: $0.personID, name: $0.name, detail: $0.label) }
        for id in page.draft.also where !page.also.contains(where: { $0.id == id }) {
            guard let someone = try Person.known(id, to: acting, at: now, in: db) else { continue }
            page.also.append(AlsoPicker.Someone(id: id, name: someone.name))
        }
        let typed = page.draft.form.text("also_q")
        page.alsoCandidates = typed.isEmpty ? [] : try Person.search(typed, by: acting, limit: 8, in: db)
    }

    private func addSlots(to page: inout BookingPage, in db: Reader) throws {
        let latest = acting.territory.zone.civil(now).date.adding(days: 7 * 26)
        guard var query = page.draft.query(latest: latest), page.reason != nil else { return }
        if page.mustBeTwo, query.colleagueIDs.isEmpty { query.forTwo = true }
        if let kind = page.resourceAskedFor { query.resources = [.any(kind)] }
        let finder = try calendars.finder(query, for: acting, now: now, in: db)
        page.found = try calendars.consecutive(finder.run(), query, for: acting, now: now, in: db)
        try addHolds(to: &page, query, finder, in: db)
        guard obstacle == .slotTaken, let lost = page.draft.slot else { return }
        page.nearest = try calendars.nearest(to: lost.start, query, for: acting, now: now, in: db)
    }

    private func addHolds(to page: inout BookingPage, _ query: SlotQuery, _ finder: SlotFinder, in db: Reader) throws {
        let standing = try Hold.standing(of: acting.territoryID, now: now, in: db)
        guard !standing.isEmpty else { return }
        if let chosen = page.draft.slot, chosen.answers(query),
            let mine = ([held].compactMap { $0 } + standing).first(where: { $0.heldBy == acting.agent.id && chosen.isHeld($0) })
        {
            let slot = chosen.slot(
                minutes: { id in page.choices.reasons.first { $0.reason.id == id }?.reason.minutes ?? 0 }, query.reasonID)
            page.holds.mine = (slot, mine)
        }
        let others = finder.concerned(standing.filter { $0.heldBy != acting.agent.id })
        let names = others.isEmpty ? [:] : try Agent.names(of: acting.territoryID, in: db)
        let choices = page.choices
        // Of another house one knows the free hours, not who works there.
        page.holds.others = others.filter { !choices.name(of: $0.agentID).isEmpty }.map {
            HoldsShown.Line(start: $0.time.lowerBound, agent: choices.name(of: $0.agentID), by: names[$0.heldBy] ?? "un collègue")
        }
    }

    private func candidates(_ draft: BookingDraft, in db: Reader) throws -> [FoundPerson] {
        if obstacle == .lookalikes, let house = draft.slot?.organizationID ?? acting.organizations(with: .editPeople).first,
            let person = draft.newPerson(in: house)
        {
            return try person.lookalikes(by: acting, at: now, in: db)
        }
        let typed = draft.form.text("q")
        return typed.isEmpty ? [] : try Person.search(typed, by: acting, limit: 8, in: db)
    }
}
