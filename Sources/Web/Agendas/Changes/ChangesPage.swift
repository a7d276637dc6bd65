import Core
import Scheduling

/// « Changements récents »: what was done to one's agenda, by whom, and what can be undone.
struct ChangesPage: Page {
    let changes: RecentChanges
    let names: [ID<Agent>: String]
    let acting: Acting
    let time: LocalTime

    let title = "Changements récents"

    private var isNew: (RecentChanges.Line) -> Bool {
        { line in line.by != acting.agent.id && line.at > RecentChanges.newSince(changes.seenAt, now: time.now) }
    }

    var html: HTML {
        let count = changes.lines.count(where: isNew)
        let above = count == 0 ? "Mon agenda" : "Mon agenda · \(Format.count(count, "nouveau", "nouveaux"))"
        return """
            \(PageHead(title, above: above, actions: LinkButton("Revenir à l’agenda", Urls.agenda).html))\
            \(changes.lines.isEmpty ? empty : list)<p class="soft after">Les \(RecentChanges.days)\u{A0}derniers jours. \
            <a href="\(href: Urls.preferences)">Choisir ce qui m’est signalé</a></p>
            """
    }

    private var empty: HTML {
        EmptyState("Rien n’a changé", "Ce qui est pris, déplacé ou annulé dans votre agenda est dit ici.").html
    }

    private var list: HTML { "<ul class=\"memos\">\(each: changes.lines, one)</ul>" }

    private func one(_ line: RecentChanges.Line) -> HTML {
        let who = line.by.map { $0 == acting.agent.id ? "vous" : names[$0] ?? "un collègue" } ?? "la personne"
        return """
            <li class="card memo"><div><p><b>\(heading(line))</b>\(if: isNew(line), " \(Tag("nouveau", .good))")</p>\
            <p>\(appointment(line))\(detail(line))</p><p class="soft">\(Format.capitalized(time.moment(line.at))), par \(who)</p></div>\
            \(line.undo.map(undo))</li>
            """
    }

    private func heading(_ line: RecentChanges.Line) -> String {
        switch line.what {
        case .booked: "Rendez-vous pris"
        case .moved(let before, let after, let isUndoing): moved(before, after, isUndoing)
        case .status(let status, _, let isUndoing):
            status.isCancelled ? "Rendez-vous annulé" : isUndoing ? "Annulation annulée" : "Rendez-vous \(status.label)"
        case .thing(let change): thing(change)
        }
    }

    private func moved(_ before: AppointmentFact.Place, _ after: AppointmentFact.Place, _ isUndoing: Bool) -> String {
        if after.agentID != acting.agent.id { return "Rendez-vous donné à \(names[after.agentID] ?? "un collègue")" }
        if before.agentID != acting.agent.id { return "Rendez-vous reçu de \(names[before.agentID] ?? "un collègue")" }
        if before.startsAt == after.startsAt { return "Durée du rendez-vous changée" }
        return isUndoing ? "Déplacement annulé" : "Rendez-vous déplacé"
    }

    private func thing(_ change: AgendaChange) -> String {
        let what = change.what == .opening ? "Plage d’ouverture" : "Indisponibilité"
        let done =
            switch (change.before, change.after) {
            case (nil, _): "posée"
            case (_, nil): "supprimée"
            default: "modifiée"
            }
        return "\(what) \(done)\(change.undoes == nil ? "" : " (retour en arrière)")"
    }

    private func appointment(_ line: RecentChanges.Line) -> HTML {
        guard let one = line.appointment else { return .empty }
        return "<a href=\"\(href: Urls.appointment(one.id))\">\(AgendaBoard.who(one))</a>, \(one.reason) · "
    }

    private func detail(_ line: RecentChanges.Line) -> String {
        switch line.what {
        case .booked(let span): Format.capitalized(time.moment(span.lowerBound))
        case .moved(let before, let after, _):
            before.startsAt == after.startsAt
                ? Format.capitalized(time.moment(after.startsAt)) + after.change(ofLengthFrom: before)
                : "De \(time.moment(before.startsAt)) à \(time.moment(after.startsAt))\(after.change(ofLengthFrom: before))"
        case .status(_, let starts, _): Format.capitalized(time.moment(starts))
        case .thing(let change): sentences(change)
        }
    }

    private func sentences(_ change: AgendaChange) -> String {
        let texts = [change.before, change.after].map { $0.map { StretchSentence(stretch: $0.stretch, today: time.today).text } }
        guard let before = texts[0], let after = texts[1] else { return texts.compactMap { $0 }.first ?? "" }
        return before == after ? after : "\(before) → \(after)"
    }

    private func undo(_ undo: RecentChanges.Undo) -> HTML {
        let back = ("back", Urls.changes.text)
        let button =
            switch undo {
            case .fact(let fact, let appointment):
                ActionButton("Revenir en arrière", Urls.undoAppointment(appointment), fields: [("fact", fact.description), back])
            case .change(let change): ActionButton("Revenir en arrière", Urls.undoChange(change), fields: [back])
            }
        return "<div class=\"row\">\(button)</div>"
    }
}

extension ChangesPage {
    static var sample: ChangesPage {
        let (now, one) = (AgendaSample.now, AgendaSample.week.appointments[6])
        let (me, other) = (AgendaSample.worker.id, AgendaSample.colleague.id)
        let before = AppointmentFact.Place(agentID: me, startsAt: one.time.lowerBound.adding(minutes: -60))
        let here = AppointmentFact.Place(agentID: me, startsAt: one.time.lowerBound)
        let opening = AgendaSample.listed[0].opening
        func line(_ minutes: Int, _ by: ID<Agent>?, _ what: RecentChanges.What, undo: RecentChanges.Undo? = nil) -> RecentChanges.Line {
            RecentChanges.Line(at: now.adding(minutes: -minutes), by: by, what: what, appointment: one, undo: undo)
        }
        let thing = AgendaChange(
            agentID: me, what: .opening, thingID: opening.id.uuid, before: nil, after: AgendaContent(opening), at: now, by: other)
        return ChangesPage(
            changes: RecentChanges(
                lines: [
                    line(2, other, .moved(from: before, to: here, isUndoing: false), undo: .fact(.new(), of: one.id)),
                    line(5, nil, .booked(one.time)), line(9, me, .status(.cancelledByPerson, at: one.time.lowerBound, isUndoing: false)),
                    RecentChanges.Line(at: now.adding(minutes: -60), by: other, what: .thing(thing), undo: .change(thing.id)),
                ], seenAt: now.adding(minutes: -10)), names: [other: AgendaSample.colleague.name], acting: AgendaSample.acting,
            time: AgendaSample.time)
    }
}
