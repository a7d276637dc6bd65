import Core
import Scheduling
import Store

/// Two reasons one after the other, and series.
enum TogetherAPI {
    private static let thenReason = Key<ID<Reason>>("then_reason", "Le second motif.")
    private static let thenAgent = Key<ID<Agent>?>("then_agent", "Qui le reçoit ensuite ; le même sinon.")
    private static let thenStartsAt = Key<Instant?>("then_starts_at", "Juste après le premier, sinon.")
    private static let starts = Key(
        "starts", Kind<[Instant]>.list(Instant.kind, 1...Booking.mostTogether - 1), "Les dates qui suivent la première, avec le même agent."
    )

    static let endpoints: [Endpoint] = [
        Endpoint.create(
            "/appointments/consecutive", "Prend deux rendez-vous à la suite, pour deux motifs, du même geste", needs: .book,
            body: Fields(
                "ConsecutiveAppointments", needs: BookingAPI.inARow.needed.filter { $0.name != "then" } + [thenReason],
                takes: BookingAPI.inARow.taken + [thenAgent, thenStartsAt]),
            answers: BookingAPI.booked, in: .claim, located: false
        ) { call, db in
            let next = NextBooking(
                reasonID: try call.body[thenReason], agentID: try call.body.ifAny(thenAgent) ?? nil,
                startsAt: try call.body.ifAny(thenStartsAt) ?? nil)
            return try shown(BookingAPI.booking(call).book(.inARow, then: [next], by: call.acting, at: call.now, in: db), call, db)
        },
        Endpoint.create(
            "/appointments/series", "Prend une série de rendez-vous, du même geste", needs: .book,
            body: Fields(
                "AppointmentSeries", needs: BookingAPI.inARow.needed.filter { $0.name != "then" } + [starts],
                takes: BookingAPI.inARow.taken),
            answers: BookingAPI.booked, in: .claim, located: false
        ) { call, db in
            let followings = try call.body[starts].map { NextBooking(startsAt: $0) }
            return try shown(BookingAPI.booking(call).book(.series, then: followings, by: call.acting, at: call.now, in: db), call, db)
        },
    ]

    private static func shown(_ booked: [Appointment], _ call: Call, _ db: Reader) throws -> [ShownAppointment] {
        try booked.map { try ShownAppointment.find($0.id, seenBy: call.acting, in: db) }
    }
}

extension BookingGroup.Scope: Plain {}
