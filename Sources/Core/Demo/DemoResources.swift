import Store

/// A room, a car and interpreters in every house, so that there is something to reserve.
extension Demo {
    func insertResources(in db: Writer) throws {
        for (index, organization) in organizations.enumerated() {
            let site = sites.first { $0.organization == index }?.site.id
            for (rank, one) in resources(of: organization, at: site).enumerated() {
                let resource = Resource(
                    id: ids.make(.resource, index * 10 + rank), organizationID: organization.id, kind: one.kind, name: one.name,
                    siteID: one.site, languages: one.languages, contact: one.contact, needsAcceptance: one.kind == .interpreter)
                try resource.insert(of: territoryID, in: db)
            }
        }
    }

    private func resources(
        of organization: Organization, at site: ID<Site>?
    ) -> [(kind: Resource.Kind, name: String, site: ID<Site>?, languages: [String], contact: String)] {
        [
            (.room, "Salle des Gaves", site, [], ""), (.room, "Salle du Pont", site, [], ""),
            (.car, "Voiture de service", nil, [], "Clés à l’accueil"),
            (.interpreter, "Interprète arabe", nil, ["ar"], "05 36 49 90 10"),
            (.interpreter, "Interprète ukrainien et russe", nil, ["ru", "uk"], "05 36 49 90 11"),
        ]
    }
}
