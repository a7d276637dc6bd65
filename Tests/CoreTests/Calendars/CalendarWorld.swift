import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// A worker with an address of their own, and appointments of several kinds.
struct CalendarWorld: Sendable {
    let world: World
    let store: Store
    let worker: Acting
    let reception: Acting

    static func with(_ engine: Engine, _ test: (CalendarWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            try await test(
                CalendarWorld(
                    world: world, store: store, worker: try await world.acting(world.worker, in: store),
                    reception: try await world.acting(world.reception, in: store)))
        }
    }

    func renew(_ shows: CalendarFeed.Shows = .how, by acting: Acting? = nil) async throws -> String {
        let acting = acting ?? worker
        return try await store.write { db in try CalendarFeed.renew(showing: shows, by: acting, at: World.now, in: db) }.text
    }

    func read(_ secret: String, at now: Instant = World.now) async throws -> ICalendar? {
        try await CalendarFeed.read(secret: secret, at: now, in: store)
    }

    func book(_ day: Int, _ hour: Int, _ change: (inout Booking) -> Void = { _ in }) async throws -> Appointment {
        var booking = world.booking(at: World.at(day, hour))
        change(&booking)
        return try await booking.booked(again: true, by: reception, at: World.now, in: store)
    }

    /// Another reason of the worker's service.
    func reason(_ name: String, how: How, _ change: (inout Reason) -> Void = { _ in }) async throws -> Reason {
        var reason = Reason(serviceID: world.social.id, name: name, minutes: 30, how: how)
        change(&reason)
        let made = reason
        try await store.write { db in try made.insert(of: world.territory.id, in: db) }
        return made
    }
}
