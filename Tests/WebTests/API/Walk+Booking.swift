import Core
import HTTPTypes
import Scheduling
import Store
import TestKit

@testable import Web

/// More things to ask about when booking: a collective reason.
struct ThingsToBook: Sendable {
    let group: Reason
    /// Open to other organizations, with the worker's own hours.
    let prescribable: Reason
    /// By the reception, of the colleague's time.
    let hold: ID<Hold>

    static func make(_ world: World, _ mark: String, in store: Store) async throws -> ThingsToBook {
        var group = Reason(serviceID: world.social.id, name: "Atelier collectif\(mark)", minutes: 60, how: .site, bookableBy: .service)
        group.seats = 12
        try await store.write { [group] db in try group.insert(of: world.territory.id, in: db) }
        let reception = try await world.acting(world.reception, in: store)
        let held = try await store.claim { db in
            try world.openAfterLunch(on: World.monday.adding(days: 17), in: db)
            var booking = world.booking(at: World.at(17, 13), of: world.colleague)
            booking.personIDs = []
            return try booking.hold(by: reception, at: World.now, in: db)
        }
        guard let held else { throw Refusal.notFound }
        return ThingsToBook(group: group, prescribable: try await prescribable(world, mark, in: store), hold: held.id)
    }

    private static func prescribable(_ world: World, _ mark: String, in store: Store) async throws -> Reason {
        var reason = Reason(
            serviceID: world.social.id, name: "Prescrit\(mark)", minutes: 30, how: .site, bookableBy: .service, instructions: "")
        reason.isPrescribable = true
        guard
            let stretch = try? Stretch(
                recurrence: Recurrence(first: World.monday.adding(days: 18), pattern: .once), from: 15 * 60, to: 16 * 60)
        else { throw Refusal.notFound }
        let opening = Opening(
            agentID: world.worker.id, organizationID: world.organization.id, siteID: world.site.id, stretch: stretch,
            reasonIDs: [reason.id])
        try await store.write { [reason] db in
            try reason.insert(of: world.territory.id, in: db)
            try opening.insert(of: world.territory.id, in: db)
        }
        return reason
    }

    var ids: [String] { ["\(group.id)", "\(hold)", "\(prescribable.id)"] }
}

extension World {
    /// The colleague opens an hour of a day, for the world's reason at its site.
    fileprivate func openAfterLunch(on date: CivilDate, in db: Writer) throws {
        guard let stretch = try? Stretch(recurrence: Recurrence(first: date, pattern: .once), from: 13 * 60, to: 14 * 60) else { return }
        try Opening(
            agentID: colleague.id, organizationID: organization.id, siteID: site.id, stretch: stretch, reasonIDs: [reason.id]
        ).insert(of: territory.id, in: db)
    }
}

extension Walk {
    /// What booking asks for.
    static func booking(_ things: Things) -> [(HTTPRequest.Method, String, JSONValue?)] {
        let world = things.world
        let group: JSONValue = [
            "reason": .text("\(things.booking.group.id)"), "agent": .text("\(world.worker.id)"),
            "organization": .text("\(world.organization.id)"), "site": .text("\(world.site.id)"), "starts_at": "2026-12-04T17:00:00Z",
        ]
        let demand: JSONValue = [
            "reason": .text("\(world.reason.id)"), "site": .text("\(world.site.id)"), "person": .text("\(world.person.id)"),
            "part": "morning",
        ]
        let hold: JSONValue = [
            "reason": .text("\(world.reason.id)"), "agent": .text("\(world.colleague.id)"), "site": .text("\(world.site.id)"),
            "organization": .text("\(world.organization.id)"), "starts_at": "2026-12-17T12:30:00Z",
        ]
        return [
            (.delete, "/holds/\(things.booking.hold)", nil), (.post, "/holds", hold),
            (.get, "/unmet-demands", nil), (.post, "/unmet-demands", demand), (.get, "/groups?from=2026-12-04", nil),
            (.post, "/groups", group),
        ]
    }
}
