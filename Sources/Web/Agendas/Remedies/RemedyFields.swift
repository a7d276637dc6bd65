import Core
import Scheduling

/// What becomes of each appointment that an absence or a closure covers: one choice each, and one for all.
struct RemedyFields: View {
    let covered: Covered
    let offers: [ID<Appointment>: Remedy.Ways]
    let state: FormState
    /// "cette absence", "cette fermeture".
    let during: String
    let time: LocalTime

    var html: HTML {
        """
        <fieldset class="remedies stack"><legend><b>\(some)</b></legend>\
        <p class="soft">Dites ce que devient chacun. Tout est enregistré d’un coup, messages compris, ou rien ne l’est.</p>\
        \(if: covered.appointments.count > 1, bulk)\(each: covered.appointments, one)\(hidden)</fieldset>\
        \(HiddenField("covers", String(covered.count)))
        """
    }

    private var some: String {
        covered.count == 1
            ? "1\u{A0}rendez-vous à venir tombe pendant \(during)" : "\(covered.count)\u{A0}rendez-vous à venir tombent pendant \(during)"
    }

    private var hidden: HTML? {
        covered.hidden == 0 ? nil : "<p>Dont \(covered.hidden) que vous ne pouvez pas voir : ils restent à l’agenda.</p>"
    }

    private var bulk: HTML {
        """
        <div class="row bulk">\(Select("remedy_all", "Pour tous", RemedyPlan.allCases.map { Choice($0.rawValue, $0.label) }, state))\
        <button type="submit" name="apply" value="on">Remplir pour tous</button></div>
        """
    }

    private func one(_ one: AgendaAppointment) -> HTML {
        let label = "\(Format.capitalized(time.moment(one.time.lowerBound))) : \(AgendaBoard.who(one)), \(one.reason)"
        return Select(Remedies.field(one.id), label, choices(one), state).html
    }

    private func choices(_ one: AgendaAppointment) -> [Choice] {
        let offer = offers[one.id] ?? .none
        let colleagues = offer.colleagues.prefix(8).map { colleague in
            Choice(Remedy.move(.init(agentID: colleague.id, startsAt: one.time.lowerBound)).text, "Même heure, avec \(colleague.name)")
        }
        let next = offer.next.map { slot in
            Choice(
                Remedy.move(.init(agentID: slot.agent.id, startsAt: slot.start)).text,
                "Proposer \(time.moment(slot.start)), avec \(slot.agent.name)")
        }
        let names = Format.list(one.together.map(\.name))
        let goOn = offer.canGoOn ? [Choice(Remedy.goOn.text, "Même heure, l’un sans l’autre (\(names))")] : []
        return [Choice(Remedy.keep.text, "Laisser à l’agenda")] + goOn + colleagues + (next.map { [$0] } ?? [])
            + [Choice(Remedy.cancel.text, "Annuler, avec un message")]
    }
}

/// One choice for all the appointments of a list.
enum RemedyPlan: String, CaseIterable {
    case keep, colleague, next, cancel

    var label: String {
        switch self {
        case .keep: "laisser à l’agenda"
        case .colleague: "même heure, avec un collègue libre ; sinon le prochain créneau"
        case .next: "proposer le prochain créneau"
        case .cancel: "annuler, avec un message"
        }
    }

    func remedy(_ one: AgendaAppointment, _ offer: Remedy.Ways) -> Remedy {
        let colleague = offer.colleagues.first.map { Remedy.move(.init(agentID: $0.id, startsAt: one.time.lowerBound)) }
        let next = offer.next.map { Remedy.move(.init(agentID: $0.agent.id, startsAt: $0.start)) }
        switch self {
        case .keep: return .keep
        case .colleague where offer.canGoOn: return .goOn
        case .colleague: return colleague ?? next ?? .keep
        case .next: return next ?? .keep
        case .cancel: return .cancel
        }
    }
}

extension FormState {
    /// The same, every choice made as « pour tous » says.
    func filled(_ covered: Covered, _ offers: [ID<Appointment>: Remedy.Ways]) -> FormState {
        var fields = form.fields
        let plan = RemedyPlan(rawValue: form.text("remedy_all")) ?? .keep
        for one in covered.appointments {
            fields[Remedies.field(one.id)] = [plan.remedy(one, offers[one.id] ?? .none).text]
        }
        return FormState(Form(fields))
    }
}

extension Remedy {
    /// As a form's value: `keep`, `cancel`, or when and with whom.
    var text: String {
        switch self {
        case .keep: "keep"
        case .cancel: "cancel"
        case .goOn: "go-on"
        case .move(let place): "\(place.startsAt.rawValue)_\(place.agentID)"
        }
    }

    init?(_ text: String) {
        switch text {
        case "keep": self = .keep
        case "cancel": self = .cancel
        case "go-on": self = .goOn
        default:
            let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let seconds = Int64(parts[0]), let agent = ID<Agent>(parts[1]) else { return nil }
            self = .move(.init(agentID: agent, startsAt: Instant(seconds)))
        }
    }
}

extension Covered {
    /// Nothing of it is left in the agenda.
    func isSettled(by remedies: Remedies?) -> Bool { hidden == 0 && remedies.map { !$0.chosen.values.contains(.keep) } ?? false }
}

extension Remedies {
    /// Nothing when nothing was asked: all stays as it is.
    var ifAny: Remedies? { chosen.isEmpty ? nil : self }

    /// What a form chose for the appointments that it showed.
    /// - Throws: a ``Core/Refusal`` beside a choice that cannot be read.
    init(_ form: Form) throws {
        var chosen: [ID<Appointment>: Remedy] = [:]
        let prefix = "remedy-"
        for name in form.fields.keys where name.hasPrefix(prefix) {
            guard let id = ID<Appointment>(String(name.dropFirst(prefix.count))) else { throw Refusal.notFound }
            guard let remedy = Remedy(form.text(name)) else {
                throw Refusal.field(name, "unknown-remedy", "Choisissez ce que devient ce rendez-vous.")
            }
            chosen[id] = remedy
        }
        self.init(chosen)
    }
}
