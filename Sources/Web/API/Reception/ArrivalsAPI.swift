import Core
import HTTPTypes
import Scheduling
import Store

/// Waiting rooms.
enum ArrivalsAPI {
    enum Followed: String, CaseIterable, Plain { case called, received, left, undone }

    private static let site = Key<ID<Site>>("site", "Le lieu.")
    private static let service = Key<ID<Service>>("service", "Le service attendu.")
    private static let name = Key("name", Kind.line(0...Arrival.longest), "Vide pour qui reste anonyme.")
    private static let companion = Key("companion", Kind.line(0...Arrival.longest), "Avec qui.")
    private static let step = Key<Followed>("step", "Appelé, reçu, parti, ou attend encore.")

    private static let shape = Shape<Arrival>(
        "Arrival",
        [
            Key<ID<Arrival>>("id").of(\.id), site.of(\.siteID), service.of(\.serviceID),
            Key<ID<Appointment>?>("appointment").of(\.appointmentID), Key<ID<Person>?>("person").of(\.personID), name.of(\.name),
            companion.of(\.companion), Key<Instant>("at").of(\.at), Key<Instant?>("received_at").of(\.receivedAt),
            Key<Instant?>("left_at").of(\.leftAt),
        ])

    static let endpoints: [Endpoint] = [
        .list("/arrivals", "Qui est venu aujourd’hui dans un lieu", query: Fields(needs: [site]), of: shape, list),
        .create(
            "/arrivals", "Met dans la file quelqu’un qui vient sans rendez-vous", needs: .closeAppointments,
            body: Fields("NewArrival", needs: [site, service], takes: [name, companion]), answers: shape, in: .claim, located: false, walkIn
        ),
        .create(
            "/appointments/{id}/arrivals", "Dit que la personne est là pour son rendez-vous", needs: .closeAppointments,
            body: Fields("AppointmentArrival", needs: [Common.person], takes: [companion]), answers: shape, in: .claim, located: false,
            arrive),
        .change(
            .post, "/arrivals/{id}/steps", "Dit ce que devient qui attend", body: Fields("ArrivalStep", needs: [step]), answers: shape,
            follow),
    ]

    private static func list(_ call: Call) async throws -> ListPage<Arrival> {
        let site = try call.query[site], today = call.acting.territory.zone.civil(call.now).date
        let room = try await call.store.read { db in
            _ = try SiteAgenda.find(site, seenBy: call.acting, in: db)
            return try WaitingRoom.read(at: site, on: today, seenBy: call.acting, in: db)
        }
        return try ListPage(room.present.map(\.arrival), call, by: \.id)
    }

    private static func walkIn(_ call: Call, _ db: Writer) throws -> Arrival {
        try Arrival.walkIn(
            at: try call.body[site], for: try call.body[service], name: try call.body.ifAny(name) ?? "",
            companion: try call.body.ifAny(companion) ?? "", by: call.acting, at: call.now, in: db)
    }

    private static func arrive(_ call: Call, _ db: Writer) throws -> Arrival {
        let appointment = try Appointment.find(try call.id(Appointment.self), seenBy: call.acting, in: db)
        return try Arrival.record(
            try call.body[Common.person], for: appointment, companion: try call.body.ifAny(companion) ?? "", by: call.acting, at: call.now,
            in: db)
    }

    private static func follow(_ call: Call) async throws -> Arrival {
        let id = try call.id(Arrival.self), followed = try call.body[step]
        return try await call.store.claim { db in
            if let step = Arrival.Step(rawValue: followed.rawValue) {
                try Arrival.follow(id, step, by: call.acting, at: call.now, in: db)
            }
            return try Arrival.find(id, seenBy: call.acting, in: db)
        }
    }
}
