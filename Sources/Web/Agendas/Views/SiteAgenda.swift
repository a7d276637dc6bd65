import Core
import Store

/// A site, and the agents of its house whose agendas one may open.
struct SiteAgenda: Sendable {
    let site: Site
    let organization: String
    let owners: [AgendaOwner]

    /// - Throws: ``Core/Refusal/notFound`` for a site of a house whose agendas are not theirs to see.
    static func find(_ id: ID<Site>, seenBy acting: Acting, in db: Reader) throws -> SiteAgenda {
        guard let site = try AgendaChoices.sites(for: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        let owners = try AgendaOwner.of(site.organizationID, seenBy: acting, in: db)
        let name = owners.lazy.flatMap(\.organizations).first { $0.id == site.organizationID }?.name
        return SiteAgenda(site: site, organization: name ?? site.name, owners: owners)
    }

    /// Something of this house that day, at this site or nowhere in particular.
    func isBusy(_ day: AgendaDay) -> Bool {
        let isHere: (ID<Site>?) -> Bool = { $0 == nil || $0 == site.id }
        return !day.busy.isEmpty
            || day.openings.contains { $0.item.opening.organizationID == site.organizationID && isHere($0.item.opening.siteID) }
            || day.appointments.contains { $0.item.organizationID == site.organizationID && isHere($0.item.siteID) }
    }
}
