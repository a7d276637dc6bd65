import Core
import Scheduling

/// Through time, and from one view to another.
struct AgendaControls: View {
    let address: AgendaAddress
    let date: CivilDate

    var html: HTML { "<div class=\"row\">\(steps)</div><div class=\"row together\">\(each: AgendaView.allCases, tab)</div>" }

    private var steps: Steps {
        let view = address.view
        return Steps(
            previous: url { $0.date = view.stepped(date, -1) }, today: url { $0.date = nil }, next: url { $0.date = view.stepped(date, 1) },
            spokenPrevious: view.spokenSteps.previous, spokenNext: view.spokenSteps.next)
    }

    private func tab(_ view: AgendaView) -> HTML {
        LinkButton(view.label, url { ($0.view, $0.date) = (view, date) }, isCurrent: view == address.view).html
    }

    private func url(_ change: (inout AgendaAddress) -> Void) -> URLPath { address.with(change).url }
}

/// What can be looked for in what is on the page: only what is there, so that nothing has to be asked of the database.
struct AgendaFilterForm: View {
    let address: AgendaAddress
    let choices: AgendaFilterChoices

    var html: HTML {
        let isOn = address.filter != .none
        guard isOn || !choices.reasons.isEmpty else { return .empty }
        return """
            <details class="more agenda-filter"\(attribute: "open", if: isOn)><summary>Filtrer\(if: isOn, " (filtre actif)")</summary>\
            \(GetForm(address.base) { fields })\(if: isOn, all)</details>
            """
    }

    private var all: HTML { "<p class=\"after\">\(LinkButton("Tout afficher", address.with { $0.filter = .none }.url))</p>" }

    private var fields: HTML {
        """
        \(each: address.unfiltered, { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" })\
        \(if: choices.services.count > 1, Select("service", "Service", choices.services, state, isOptional: true, empty: "Tous").html)\
        \(Select("reason", "Motif", choices.reasons, state, isOptional: true, empty: "Tous"))\
        \(Select("how", "Comment", Self.hows, state, isOptional: true, empty: "Tous"))\
        \(Select("state", "Statut", Self.states, state, isOptional: true, empty: "Tous"))\
        <button type="submit">Filtrer</button>
        """
    }

    private var state: FormState {
        let filter = address.filter
        return FormState([
            "service": filter.serviceID?.description ?? "", "reason": filter.reasonID?.description ?? "", "how": filter.how?.rawValue ?? "",
            "state": filter.state?.rawValue ?? "",
        ])
    }

    static let hows = How.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }
    static let states = AgendaFilter.State.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }
}

/// The services and reasons of what is shown, and of what is looked for although nothing is found.
struct AgendaFilterChoices: Sendable {
    var services: [Choice] = []
    var reasons: [Choice] = []

    init() {}

    /// - Parameter sought: the reason that is looked for, by name.
    init(_ agents: [Agenda.OfAgent], sought: Choice?) {
        var reasons: [ID<Reason>: String] = [:]
        var services: [ID<Service>: String] = [:]
        for agent in agents {
            for one in agent.appointments { reasons[one.reasonID] = one.reason }
            for opened in agent.openings {
                for (purpose, name) in zip(opened.opening.purposes, opened.opening.reasons) { reasons[purpose.reasonID] = name }
            }
            for service in agent.owner.services { services[service.id] = service.name }
        }
        self.reasons = Self.sorted(reasons.map { Choice($0.key.description, $0.value) } + [sought].compactMap { $0 })
        self.services = Self.sorted(services.map { Choice($0.key.description, $0.value) })
    }

    private static func sorted(_ choices: [Choice]) -> [Choice] {
        choices.sorted { ($0.label, $0.value) < ($1.label, $1.value) }.reduce(into: []) { kept, next in
            if !kept.contains(where: { $0.value == next.value }) { kept.append(next) }
        }
    }
}

extension AgendaFilter.State {
    var label: String {
        switch self {
        case .upcoming: "à venir"
        case .toClose: "à renseigner"
        case .attended: "honoré"
        case .missed: "manqué"
        case .cancelled: "annulé"
        case .notProvided: "non assuré par le service"
        }
    }
}
