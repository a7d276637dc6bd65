import Core

/// What each kind of thing looks like; pressing one takes it out of sight, or brings it back.
struct AgendaLegend: View {
    let address: AgendaAddress
    let preference: AgendaPreference

    var html: HTML {
        guard preference.legend || !address.hidden.isEmpty else { return .empty }
        return """
            <nav class="legend" aria-label="Légende"><ul>\(each: AgendaLayer.allCases, layer)</ul>\
            \(if: preference.colours == .status && preference.legend, states)</nav>
            """
    }

    private func layer(_ layer: AgendaLayer) -> HTML {
        let isHidden = address.hidden.contains(layer)
        let url = address.with { if isHidden { $0.hidden.remove(layer) } else { $0.hidden.insert(layer) } }.url
        return """
            <li><a href="\(href: url)"\(attribute: "class", isHidden ? "off" : nil)><span class="key \(layer.rawValue)" aria-hidden="true"></span>\
            \(layer.label)<span class="unseen"> : \(isHidden ? "afficher" : "masquer")</span>\(if: isHidden, "<small> masqué</small>")</a></li>
            """
    }

    private var states: HTML {
        let states: [(String, String)] = [
            ("planned", "à venir"), ("open", "à renseigner"), ("attended", "honoré"), ("missed", "manqué ou non assuré"),
        ]
        return """
            <ul>\(each: states, { "<li><span class=\"key rdv \($0.0)\" aria-hidden=\"true\"></span>\(Format.capitalized($0.1))</li>" })</ul>
            """
    }
}

extension AgendaLayer {
    var label: String {
        switch self {
        case .appointments: "Rendez-vous"
        case .openings: "Plages d’ouverture"
        case .absences: "Indisponibilités et fermetures"
        case .holds: "En cours de réservation"
        }
    }
}
