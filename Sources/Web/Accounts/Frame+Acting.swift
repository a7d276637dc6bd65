import Core

extension Frame {
    /// What stands around the pages of someone signed in: only where their rights let them go.
    init(_ acting: Acting) {
        let territory = acting.territory
        self.init(
            brand: Brand(name: territory.name, accent: Accent(territory.colour) ?? .standard),
            navigation: Self.navigation(acting),
            account: Account(name: acting.agent.name, detail: acting.rolesInWords, links: [Link(label: "Mon compte", url: Urls.account)]),
            search: acting.can(.findPeople) ? Search() : nil,
            newAppointment: acting.can(.book) ? Urls.newAppointment : nil)
    }

    private static func navigation(_ acting: Acting) -> [NavigationItem] {
        var items: [NavigationItem] = []
        if acting.can(.seeServiceAppointments) { items.append(NavigationItem(label: "Agenda", url: Urls.agenda)) }
        if acting.can(.findPeople) { items.append(NavigationItem(label: "Personnes", url: Urls.people)) }
        if acting.can(.readJournal) { items.append(NavigationItem(label: "Journal", url: Urls.journal)) }
        if acting.can(.setUpOrganization) { items.append(NavigationItem(label: "Réglages", url: Urls.setup)) }
        return items
    }
}

extension Acting {
    /// "responsable, accueil": each role once, wherever it is held.
    var rolesInWords: String {
        let held = roles.values.reduce(into: Set()) { $0.formUnion($1) }
        let labels = TerritoryRole.allCases.filter(territoryRoles.contains).map(\.label) + Role.allCases.filter(held.contains).map(\.label)
        return labels.isEmpty ? "sans affectation" : labels.joined(separator: ", ")
    }

    /// The first page after signing in.
    var firstPage: URLPath {
        if can(.seeServiceAppointments) { return Urls.agenda }
        if can(.findPeople) { return Urls.people }
        if can(.readJournal) { return Urls.journal }
        return can(.setUpOrganization) ? Urls.setup : Urls.account
    }
}
