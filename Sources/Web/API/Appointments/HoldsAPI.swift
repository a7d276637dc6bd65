import Core
import HTTPTypes
import Scheduling
import Store

/// Holding a slot while a booking is written down.
enum HoldsAPI {
    static let shape = Shape<Hold>(
        "Hold",
        [
            Key<ID<Hold>>("id").of(\.id), Common.agent.of(\.agentID), Common.startsAt.of(\.time.lowerBound),
            Key<Instant>("ends_at", "Le temps gardé libre après compris.").of(\.time.upperBound),
            Key<ID<Agent>>("held_by").of(\.heldBy), Key<Instant>("expires_at").of(\.expiresAt),
        ])

    static let endpoints: [Endpoint] = [
        .create(
            "/holds", "Garde un créneau \(Hold.minutes) minutes, le temps d’écrire le rendez-vous ; l’ancien est rendu", needs: .book,
            body: Fields(
                "NewHold", needs: [Common.reason, Common.agent, Common.organization, Common.startsAt],
                takes: [Common.site, BookingAPI.colleagues, BookingAPI.resources]),
            answers: shape, in: .claim, hold
        ).offeringNearest,
        .change(.delete, "/holds/{id}", "Rend le créneau gardé", needs: .book) { call in
            let id = try call.id(Hold.self)
            try await call.store.claim { db in
                guard try Hold.standing(of: call.acting.territoryID, now: call.now, in: db).contains(where: { $0.isMine(id, call.acting) })
                else { throw Refusal.notFound }
                try Hold.release(id, by: call.acting, in: db)
            }
        },
    ]

    private static func hold(_ call: Call, _ db: Writer) throws -> Hold {
        let body = call.body
        var booking = Booking(
            reasonID: try body[Common.reason], agentID: try body[Common.agent], personIDs: [], startsAt: try body[Common.startsAt],
            organizationID: try body[Common.organization], siteID: try body.ifAny(Common.site))
        booking.colleagueIDs = try body.ifAny(BookingAPI.colleagues) ?? []
        booking.resources = try (body.ifAny(BookingAPI.resources) ?? []).map(ResourceWish.this)
        guard let hold = try booking.hold(by: call.acting, at: call.now, in: db) else { throw Refusal.seatNeedsNoHold }
        return hold
    }
}

extension Hold {
    fileprivate func isMine(_ id: ID<Hold>, _ acting: Acting) -> Bool { self.id == id && heldBy == acting.agent.id }
}

extension Refusal {
    static let seatNeedsNoHold = Refusal(
        .conflict, "seat-needs-no-hold", "Une place d’un rendez-vous collectif ne se garde pas : inscrivez directement la personne.")
}
