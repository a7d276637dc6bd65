import Core

/// Whose agenda, or which site: one list and one button, so that a keyboard goes through it without moving the page.
struct AgendaPicker: View {
    let choices: AgendaChoices
    /// `agent:ID` or `site:ID`.
    let current: String
    let date: String
    /// Other pages about the same agent.
    var links: HTML = .empty

    var html: HTML {
        guard choices.agents.count + choices.sites.count > 1 || !links.isEmpty else { return .empty }
        return """
            <div class="picker row">\(if: choices.agents.count + choices.sites.count > 1, form)\(links)</div>
            """
    }

    private var form: HTML {
        """
        <form class="row" method="get" action="\(href: Urls.agenda)"><input type="hidden" name="date" value="\(date)">\
        <label for="of">Agenda</label><select id="of" name="of">\(each: organizations, agents)\
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

    private func option(_ value: String, _ label: String) -> HTML {
        "<option value=\"\(value)\"\(attribute: "selected", if: value == current)>\(label)</option>"
    }
}
