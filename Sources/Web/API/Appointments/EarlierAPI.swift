import Core
import HTTPTypes
import Store

/// Who is to be told of a place that is free sooner.
enum EarlierAPI {
    static let endpoints: [Endpoint] = [
        .change(
            .post, "/appointments/{id}/earlier-wishes", "Prévenir cette personne si une place se libère plus tôt", needs: .book,
            body: Fields("EarlierWish", needs: [Common.person]), answers: ShownAppointment.shape, wish),
        .change(
            .post, "/appointments/{id}/earlier-wishes/removal", "Ne plus la prévenir ; ce qui n’est pas parti ne part pas", needs: .book,
            body: Fields("EarlierWishRemoval", needs: [Common.person]), answers: ShownAppointment.shape, wishNoMore),
    ]

    private static func wish(_ call: Call) async throws -> ShownAppointment {
        let person = try call.body[Common.person]
        return try await AppointmentsAPI.change(call) { appointment in
            try await call.store.write { db in try appointment.wishEarlier(for: person, by: call.acting, at: call.now, in: db) }
        }
    }

    private static func wishNoMore(_ call: Call) async throws -> ShownAppointment {
        let person = try call.body[Common.person]
        return try await AppointmentsAPI.change(call) { appointment in
            try await call.store.write { db in try appointment.wishEarlierNoMore(for: person, by: call.acting, at: call.now, in: db) }
        }
    }
}
