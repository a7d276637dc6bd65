import Core
import Hummingbird
import Scheduling
import Store

/// Giving an appointment or an opening other hours straight from an agenda: what `agenda-move.js` asks for. Whoever does without it has
/// the pages « Déplacer » and « Ce jour seulement ».
struct MovingRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/appointments/{id}/time", use: appointment)
        router.post("/agenda/openings/{id}/time", use: opening)
    }

    private func appointment(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, form, acting) = (try context.id(Appointment.self), try await request.form(), context.acting)
        let appointment = try await desk.store.read { db in try Appointment.find(id, seenBy: acting, in: db) }
        guard let agent = ID<Agent>(form.text("agent")) else { throw Refusal.notFound }
        let (date, minutes) = try Self.place(form, in: acting.territory.zone)
        let zone = acting.territory.zone
        let place = AppointmentFact.Place(
            agentID: agent, startsAt: zone.instant(date, minute: minutes.lowerBound), endsAt: zone.instant(date, minute: minutes.upperBound)
        )
        _ = try await appointment.move(to: place, by: acting, at: desk.now(), in: desk.store)
        return answer("Rendez-vous déplacé", date, minutes, form, context)
    }

    private func opening(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, form, acting) = (try context.id(Opening.self), try await request.form(), context.acting)
        let (found, owner) = try await desk.store.read { db in try Opening.find(id, seenBy: acting, in: db) }
        guard acting.canFill(owner, in: found.opening.organizationID) else { throw Refusal.forbidden }
        let (date, minutes) = try Self.place(form, in: acting.territory.zone)
        guard let shown = CivilDate(form.text("day")), let from = ClockTime.minutes(form.text("was_from")),
            let to = ClockTime.minutes(form.text("was_to"))
        else { throw Refusal.notFound }
        try await Opening.reschedule(
            id, shownOn: shown, at: from..<(to == 0 ? 1440 : max(to, from)), to: date, minutes: minutes,
            version: Int64(form.text("version")), by: acting, at: desk.now(), in: desk.store)
        return answer("Plage déplacée, ce jour seulement", date, minutes, form, context)
    }

    private func answer(_ what: String, _ date: CivilDate, _ minutes: Range<Int>, _ form: Form, _ context: AgentContext) -> Response {
        let day = Format.near(date, today: context.localTime(desk.now()).today)
        let back = URLPath.local(form.text("back")) ?? Urls.agenda
        return desk.site.redirect(to: back, notice: "\(what) : \(day), \(Format.span(minutes)).", context)
    }

    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    private static func place(_ form: Form, in zone: Zone) throws -> (CivilDate, Range<Int>) {
        var complaints = Complaints()
        let date = form.parse("date", "Donnez le jour.", &complaints) { CivilDate($0) }
        let from = form.parse("from", "Donnez l’heure de début.", &complaints, ClockTime.minutes)
        let to = form.parse("to", "Donnez l’heure de fin.", &complaints, ClockTime.minutes).map { $0 == 0 ? 1440 : $0 }
        if let from, let to, from >= to { complaints.add("to", "La fin doit être après le début. Vérifiez les deux heures.") }
        if let date, let from, !zone.exists(date, minute: from) {
            complaints.add("from", "Cette nuit-là, l’heure d’été commence et cette heure n’existe pas. Choisissez-en une autre.")
        }
        try complaints.check()
        guard let date, let from, let to else { throw Refusal.notFound }
        return (date, from..<to)
    }
}
