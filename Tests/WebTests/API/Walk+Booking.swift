import Core
import HTTPTypes
import Scheduling
import Store
import TestKit

@testable import Web

/// More things to ask about when booking: a collective reason.
struct ThingsToBook: Sendable {
    let group: Reason

    static func make(_ world: World, _ mark: String, in store: Store) async throws -> ThingsToBook {
        var group = Reason(serviceID: world.social.id, name: "Atelier collectif\(mark)", minutes: 60, how: .site, bookableBy: .service)
        group.seats = 12
        try await store.write { [group] db in try group.insert(of: world.territory.id, in: db) }
        return ThingsToBook(group: group)
    }

    var ids: [String] { ["\(group.id)"] }
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
        return [
            (.get, "/unmet-demands", nil), (.post, "/unmet-demands", demand), (.get, "/groups?from=2026-12-04", nil),
            (.post, "/groups", group),
        ]
    }
}
