import Core
import Scheduling

/// « À prévenir »: whom to call, with their next free slots beside; it stays red until all have been told.
struct ToTellPage: Page {
    let toTell: ToTell
    let slots: [ID<Appointment>: [Remedy.Ways.Slot]]
    let acting: Acting
    /// Only those of this site.
    var place: Site?
    var problem: String?
    let time: LocalTime

    var title: String { "À prévenir" }

    private var above: String? {
        let count = toTell.count == 0 ? nil : Format.count(toTell.count, "personne reste à prévenir", "personnes restent à prévenir")
        let parts = [place?.name, count].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    var html: HTML {
        """
        \(PageHead(title, above: above))\(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        \(toTell.lines.isEmpty ? empty : list)
        """
    }

    private var empty: HTML {
        EmptyState(
            "Tout le monde est prévenu", "Quand un rendez-vous change et qu’aucun message ne peut partir, la personne est listée ici.",
            action: LinkButton("Revenir à l’agenda", Urls.agenda)
        ).html
    }

    private var list: HTML {
        """
        <ul class="to-close">\(each: toTell.lines, one)</ul>\
        \(if: toTell.count > toTell.lines.count, "<p class=\"soft after\">Les plus proches d’abord : les suivants viendront ensuite.</p>")
        """
    }

    private func one(_ line: ToTell.Line) -> HTML {
        """
        <li class="card"><div><h2><a href="\(href: Urls.appointment(line.appointment.id))">\(line.personName)</a></h2>\
        <p>\(Self.sentence(line, time))</p>\(unreached(line))</div>\(means(line))\(answers(line))\(rebooking(line))</li>
        """
    }

    static func sentence(_ line: ToTell.Line, _ time: LocalTime) -> HTML {
        let one = line.appointment
        let change = one.people.first { $0.id == line.tidings.personID }?.status ?? one.status
        let stays = line.tidings.cause == .bascule && one.how != .phone && change == .upcoming
        let what = stays ? "pas encore par téléphone : " : change == .upcoming ? "rendez-vous changé, maintenant " : "\(change.label) : "
        return """
            \(Format.capitalized(what))\(time.moment(one.time.lowerBound))<span class="soft"> · \(Swatch(colour: one.colour))\(one.reason) · \
            \(line.agentName) · \(AgendaBoard.place(one))</span>
            """
    }

    private func unreached(_ line: ToTell.Line) -> HTML {
        guard !line.unreached.isEmpty else { return .empty }
        return "<p class=\"soft\">Pas joint : \(Format.list(line.unreached.map(time.moment))).</p>"
    }

    private func means(_ line: ToTell.Line) -> HTML {
        let asked: HTML? = line.tidings.channel == .none ? " \(Tag("ne souhaite aucun message", .warn))" : nil
        guard let recipient = line.tidings.recipient else {
            return "<p>Aucun numéro ni adresse : dites-le de vive voix, à l’accueil.\(asked)</p>"
        }
        guard recipient.hasPrefix("+") else { return "<p>\(recipient)\(asked)</p>" }
        return """
            <p><a class="button tel" href="\(href: .tel(recipient))"><span class="unseen">Appeler \(line.personName) au </span>\
            \(Format.phone(recipient))</a>\(asked)</p>
            """
    }

    private func answers(_ line: ToTell.Line) -> HTML {
        guard acting.can(.book, in: line.appointment.organizationID) else { return .empty }
        return """
            <div class="row" role="group" aria-label="\(line.personName)">\
            \(ActionButton("Prévenu", Urls.tidings(line.tidings.id, "told"), fields: back))\
            \(ActionButton("Pas joint", Urls.tidings(line.tidings.id, "unreached"), fields: back))</div>
            """
    }

    private var back: [(String, String)] { place.map { [("site", $0.id.description)] } ?? [] }

    /// Only of what will not take place.
    private func rebooking(_ line: ToTell.Line) -> HTML {
        let slots = slots[line.appointment.id, default: []]
        let status = line.appointment.people.first { $0.id == line.tidings.personID }?.status ?? .upcoming
        guard status != .upcoming, acting.can(.book, in: line.appointment.organizationID), !slots.isEmpty else { return .empty }
        return """
            <div class="answers"><p class="soft">Les prochains créneaux libres :</p><div class="row" role="group" \
            aria-label="Créneaux pour \(line.personName)">\(each: slots, { slot($0, line) })</div></div>
            """
    }

    private func slot(_ slot: Remedy.Ways.Slot, _ line: ToTell.Line) -> HTML {
        ActionButton(
            "\(Format.capitalized(time.moment(slot.start))), \(slot.agent.name)", Urls.tidings(line.tidings.id, "rebooking"),
            fields: back + [("slot", Remedy.move(.init(agentID: slot.agent.id, startsAt: slot.start)).text)]
        ).html
    }
}

/// How many are still to be told, on the pages of a site and of its agents.
struct ToTellNotice: View {
    let count: Int
    let url: URLPath

    var html: HTML {
        guard count > 0 else { return .empty }
        let some = count == 1 ? "1\u{A0}personne reste à prévenir" : "\(count)\u{A0}personnes restent à prévenir"
        return Notice(.alert, "<p><b>\(some)</b> d’un rendez-vous qui a changé. <a href=\"\(href: url)\">Voir qui appeler</a></p>").html
    }
}
