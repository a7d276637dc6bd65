import Foundation
import Scheduling
import Store

/// The territory of the demo, its areas, organizations, services and sites.
extension Demo {
    var territory: Territory {
        Territory(
            id: territoryID, slug: Demo.slug, name: "Département du Béarn et du Pays basque", departement: Demo.departement, zone: zone,
            holidayZone: .metropole, colour: "#0a6b5d", organizationLabel: "MDS",
            privacyNotice: """
                Le Département note vos coordonnées et vos rendez-vous pour vous accompagner. Il les garde deux ans après le dernier \
                contact. Vous pouvez demander à les voir, à les corriger ou à les effacer, à l’accueil ou à donnees@example.org.
                """)
    }

    static let areaNames = ["Pays basque", "Béarn des gaves", "Pau et Est Béarn"]

    var areas: [Area] {
        Demo.areaNames.enumerated().map { Area(id: ids.make(.area, $0.offset), name: $0.element) }
    }

    /// West of the Saison it is the Basque country.
    private func area(of town: Commune) -> Int {
        guard let longitude = town.longitude else { return 1 }
        return longitude < -1.2 ? 0 : longitude < -0.45 ? 1 : 2
    }

    var organizations: [Organization] {
        places.towns.enumerated().map { index, town in
            Organization(
                id: ids.make(.organization, index), areaID: areas[area(of: town)].id, name: "MDS " + French.of(town.name),
                phone: "+3353649\(French.padded(1_000 + index * 10, 4))")
        }
    }

    /// One where people are received, and a second one for every other organization.
    var sites: [DemoSite] {
        places.towns.enumerated().flatMap { index, town in
            let main = site(index, 0, "MDS " + French.of(town.name), "\(3 + index) avenue des Gaves", town.name)
            guard index % 2 == 0, let other = places.otherTown(of: index) else { return [main] }
            return [main, site(index, 1, "Permanence " + French.of(other.name), "Mairie, place de la République", other.name)]
        }
    }

    private func site(_ organization: Int, _ rank: Int, _ name: String, _ address: String, _ commune: String) -> DemoSite {
        DemoSite(
            organization: organization,
            site: Site(
                id: ids.make(.site, organization * 2 + rank), organizationID: ids.make(.organization, organization), name: name,
                address: address, commune: commune, phone: "+3353649\(French.padded(1_001 + organization * 10 + rank, 4))"))
    }
}

/// A site, and the number of its organization.
struct DemoSite: Sendable {
    let organization: Int
    let site: Site
}

extension DemoPlaces {
    /// The most peopled commune that an organization covers, beside its own town.
    func otherTown(of organization: Int) -> Commune? { others(of: organization).max { ($0.population ?? 0) < ($1.population ?? 0) } }
}

/// How French joins words.
enum French {
    /// « d’Orthez », « de Pau ».
    static func of(_ name: String) -> String {
        let first = name.folding(options: .diacriticInsensitive, locale: nil).lowercased().first ?? "x"
        return "aeiouyh".contains(first) ? "d’\(name)" : "de \(name)"
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(width - text.count, 0)) + text
    }
}
