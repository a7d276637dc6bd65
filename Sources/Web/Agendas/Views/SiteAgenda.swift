import Core
import Scheduling
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

    /// The first day from a date on that somebody receives here, within four weeks.
    func nextDay(from date: CivilDate, seenBy acting: Acting, now: Instant, in db: Reader) throws -> CivilDate? {
        let coming = try Agenda.read(of: owners, date..<date.adding(days: 28), seenBy: acting, now: now, in: db)
        return coming.byDay(of: acting.territory, now: now).joined().lazy.filter(isBusy).map(\.date).min()
    }
}
