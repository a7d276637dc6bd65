import Core

extension Frame {
    /// What waits for someone, in numbers.
    struct Waiting: Sendable {
        /// Their appointments that are « à renseigner ».
        var toClose = 0
        /// People who are « à prévenir ».
        var toTell = 0
        /// People who are « à rappeler ».
        var toCall = 0
        /// What people answered and nobody has read.
        var replies = 0
        /// Messages that no gateway takes, for who can see to it.
        var stuck = 0
        /// What others changed in their agenda since they last looked.
        var changes = 0
    }

    /// What stands around the pages of someone signed in: only where their rights let them go.
    ///
    init(_ acting: Acting, _ waiting: Waiting = Waiting()) {
        let territory = acting.territory
        self.init(
            brand: Brand(name: territory.name, accent: Accent(territory.colour) ?? .standard),
            navigation: Self.navigation(acting, waiting),
            account: Account(name: acting.agent.name, detail: acting.rolesInWords, links: Self.links(acting)),
            search: acting.can(.findPeople) ? Search() : nil,
            newAppointment: acting.can(.book) ? Urls.newAppointment : nil)
    }

    private static func links(_ acting: Acting) -> [Link] {
        [Link(label: "Mon compte", url: Urls.account), Link(label: "Mes préférences", url: Urls.preferences)]
            + (acting.can(.fillOwnAgenda)
                ? [Link(label: "Mes calendriers", url: Urls.calendars), Link(label: "Mes chiffres", url: Urls.ownFigures)] : [])
    }

    private static func navigation(_ acting: Acting, _ waiting: Waiting) -> [NavigationItem] {
        var items: [NavigationItem] = []
        if acting.can(.seeServiceAppointments) { items.append(NavigationItem(label: "Agenda", url: Urls.agenda)) }
        if acting.hasOwnAppointments {
            items.append(NavigationItem(label: "À renseigner", url: Urls.toClose, count: waiting.toClose, countLabel: "rendez-vous"))
        }
        if waiting.changes > 0 {
            items.append(NavigationItem(label: "Changements", url: Urls.changes, count: waiting.changes, countLabel: "nouveaux"))
        }
        if waiting.toTell > 0 {
            items.append(
                NavigationItem(label: "À prévenir", url: Urls.toTell, count: waiting.toTell, countLabel: "personnes", isUrgent: true))
        }
        if waiting.toCall > 0 {
            items.append(NavigationItem(label: "À rappeler", url: Urls.toCall, count: waiting.toCall, countLabel: "personnes"))
        }
        if waiting.replies > 0 {
            items.append(NavigationItem(label: "Réponses", url: Urls.replies, count: waiting.replies, countLabel: "à lire"))
        }
        if waiting.stuck > 0 {
            items.append(
                NavigationItem(
                    label: "Passerelles", url: Urls.setupGateways, count: waiting.stuck, countLabel: "messages bloqués", isUrgent: true))
        }
        if acting.can(.findPeople) {
            items.append(NavigationItem(label: "Personnes", url: Urls.people))
            items.append(NavigationItem(label: "Mots", url: Urls.memos))
        }
        if acting.can(.seeServiceAppointments) { items.append(NavigationItem(label: "Salle d’attente", url: Urls.waitingRoom)) }
        if acting.can(.book) {
            items.append(NavigationItem(label: "Envois", url: Urls.messages))
        } else if acting.can(.sendCampaigns) {
            items.append(NavigationItem(label: "Campagnes", url: Urls.campaigns))
        }
        if acting.can(.seeFigures) { items.append(NavigationItem(label: "Pilotage", url: Urls.steering)) }
        if acting.can(.readJournal) { items.append(NavigationItem(label: "Journal", url: Urls.journal)) }
        if acting.can(.setUpOrganization) { items.append(NavigationItem(label: "Réglages", url: Urls.setup)) }
        return items
    }
}

extension Acting {
    /// Those who have an agenda of their own, and say what their appointments became.
    var hasOwnAppointments: Bool { can(.fillOwnAgenda) && can(.closeAppointments) }

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
