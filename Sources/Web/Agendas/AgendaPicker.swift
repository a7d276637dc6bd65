import Core

/// Whose agenda, or which site: one list and one button, so that a keyboard goes through it without moving the page.
struct AgendaPicker: View {
    let choices: AgendaChoices
    /// `agent:ID`, `site:ID` or `group:ID`; nothing for agents chosen for now.
    let current: String
    let date: String
    let view: AgendaView
    /// Other pages about the same agent.
    var links: HTML = .empty

    var html: HTML {
        let isChoice = choices.agents.count + choices.sites.count > 1
        guard isChoice || !links.isEmpty else { return .empty }
        return """
            <div class="picker row">\(if: isChoice, form)\(if: isChoice, LinkButton("Plusieurs agents", Urls.agendaGroups).html)\(links)</div>
            """
    }

    private var form: HTML {
        """
        <form class="row" method="get" action="\(href: Urls.agenda)"><input type="hidden" name="date" value="\(date)">\
        <input type="hidden" name="view" value="\(view.rawValue)">\
        <label for="of">Agenda</label><select id="of" name="of">\(if: current.isEmpty, option("", "Choisir…"))\(each: organizations, agents)\
        \(if: !choices.groups.isEmpty, groups)\
        \(if: !choices.sites.isEmpty, sites)</select><button type="submit">Afficher</button></form>
        """
    }

    private var organizations: [String] {
        choices.agents.reduce(into: []) { if $0.last != $1.organization { $0.append($1.organization) } }
    }

    private func agents(of organization: String) -> HTML {
        let agents = choices.agents.filter { $0.organization == organization }
        return "<optgroup label=\"\(organization)\">\(each: agents, { option("agent:\($0.id)", $0.name) })</optgroup>"
    }

    private var sites: HTML {
        "<optgroup label=\"Plusieurs agents\">\(each: choices.sites, { option("site:\($0.id)", $0.name) })</optgroup>"
    }

    private var groups: HTML {
        "<optgroup label=\"Mes groupes\">\(each: choices.groups, { option("group:\($0.id)", $0.name) })</optgroup>"
    }

    private func option(_ value: String, _ label: String) -> HTML {
        "<option value=\"\(value)\"\(attribute: "selected", if: value == current)>\(label)</option>"
    }
}
