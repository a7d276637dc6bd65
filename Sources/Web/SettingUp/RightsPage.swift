import Core

/// The table of rights as it stands: role × permission.
struct RightsPage: Page {
    let title = "Rôles et droits"

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))\
        <p>Ce que chacun peut faire tient dans ce tableau, le même pour tous. Un rôle se donne dans une organisation : il ne vaut que là. \
        Un administrateur règle tout et ne lit rien : ni fiches, ni rendez-vous, ni notes. Personne ne voit une autre collectivité.</p>\
        <h2>Dans une organisation</h2>\
        \(Table("Droits des rôles d’une organisation", columns: Self.columns(Role.allCases.map(\.label)), rows: inOrganization))\
        <h2>Dans toute la collectivité</h2>\
        \(Table("Droits des rôles de la collectivité", columns: Self.columns(TerritoryRole.allCases.map(\.label)), rows: overTerritory))
        """
    }

    private static func columns(_ roles: [String]) -> [Table.Column] { [.init("Droit")] + roles.map { .init(Format.capitalized($0)) } }

    private var inOrganization: [[HTML]] {
        rows(Role.allCases.map { Rights.ofRole[$0, default: []] })
    }

    private var overTerritory: [[HTML]] {
        rows(TerritoryRole.allCases.map { Rights.ofTerritoryRole[$0, default: []] })
    }

    /// The permissions that one of these roles has at least.
    private func rows(_ roles: [Set<Permission>]) -> [[HTML]] {
        Permission.allCases.filter { permission in roles.contains { $0.contains(permission) } }.map { permission in
            ["\(Format.capitalized(permission.label))"] + roles.map { $0.contains(permission) ? "\(Tag("oui", .good))" : "—" }
        }
    }

    static let sample = RightsPage()
}
