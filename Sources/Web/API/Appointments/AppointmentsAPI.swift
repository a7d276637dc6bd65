import Core
import HTTPTypes
import Scheduling
import Store

/// Appointments: reading, moving, cancelling, closing, undoing. Booking is in ``BookingAPI``.
enum AppointmentsAPI {
    private static let agent = Key<ID<Agent>>("agent", "L’agent dont c’est l’agenda.")
    private static let cursor = Key<String>("cursor", .text(.mark), "Le « next » de la page précédente.")

    enum Canceller: String, CaseIterable, Plain {
        case person, service
    }
    private static let cancelledBy = Key<Canceller>("by", "Qui annule.")
    private static let scope = Key<BookingGroup.Scope>("others", "Ceux pris du même geste : « alone », celui-ci seul, sinon.")
    private static let status = Key("status", Kind<Participation.Status>.closing)
    private static let fact = Key<ID<AppointmentFact>>("fact", "Le changement à annuler : « undoable » du rendez-vous.")

    private static let endsAt = Key<Instant>("ends_at", "Sinon, il dure autant qu’avant.")

    static let endpoints: [Endpoint] =
        BookingAPI.endpoints + ReservingAPI.endpoints + TogetherAPI.endpoints + EarlierAPI.endpoints + [
            .list(
                "/appointments", "Les rendez-vous d’un agent, sept jours à partir d’aujourd’hui sinon",
                query: Fields(needs: [agent], takes: [Common.from, Common.to]), of: ShownAppointment.listed, cursor: cursor, list),
            .read("/appointments/{id}", "Un rendez-vous", answers: ShownAppointment.shape, show),
            .change(
                .post, "/appointments/{id}/move", "Donne une autre heure, ou un autre agent", needs: .book,
                body: Fields("Move", needs: [Common.startsAt], takes: [Common.agent, endsAt, Common.why, scope, Common.urgent]),
                answers: ShownAppointment.shape, move
            ).offeringNearest,
            .change(
                .post, "/appointments/{id}/cancellation", "Annule pour toutes les personnes", needs: .book,
                body: Fields("Cancellation", needs: [cancelledBy], takes: [Common.why, scope, Common.urgent]),
                answers: ShownAppointment.shape,
                cancel),
            .change(
                .post, "/appointments/{id}/status", "Dit ce qu’il est devenu pour une personne", needs: .closeAppointments,
                body: Fields("Closing", needs: [Common.person, status], takes: [Common.why]), answers: ShownAppointment.shape, close),
            .change(
                .post, "/appointments/{id}/colleagues", "Ajoute un agent qui reçoit aussi", needs: .book,
                body: Fields("NewColleague", needs: [agent]), answers: ShownAppointment.shape, join),
            .change(
                .post, "/appointments/{id}/colleagues/removal", "Un agent ne reçoit plus ; les autres continuent sans lui", needs: .book,
                body: Fields("ColleagueLeaving", needs: [agent], takes: [Common.why]), answers: ShownAppointment.shape, leave),
            .create(
                "/appointments/{id}/attempts", "Note un appel resté sans réponse", needs: .closeAppointments, body: Fields("Attempt"),
                answers: ShownAppointment.shape, located: false, attempt),
            .change(
                .post, "/appointments/{id}/undoing", "Annule le dernier changement", body: Fields("Undoing", needs: [fact]),
                answers: ShownAppointment.shape, undo),
        ]
}

extension AppointmentsAPI {
    private static func list(_ call: Call) async throws -> ListPage<AppointmentDetails> {
        let (agent, window) = (try call.query[agent], call.window(try call.days(most: 92, usual: 7)))
        let limit = try call.query.ifAny(ListPage<AppointmentDetails>.limit) ?? 50
        let mark = try call.query.ifAny(cursor).flatMap { AppointmentDetails.Mark($0) }
        let found = try await call.store.read { db in
            try AppointmentDetails.of(agent, in: window, after: mark, limit: limit + 1, seenBy: call.acting, in: db)
        }
        return ListPage(found, limit: limit) { AppointmentDetails.Mark($0.appointment).text }
    }

    private static func show(_ call: Call) async throws -> ShownAppointment {
        let shown = try await read(call)
        try await Journal.beforeAnswering {
            try await call.store.record { db in
                for someone in shown.details.participants {
                    let facts = ["appointment": shown.details.appointment.id.description]
                    try Journal.record(.read, about: someone.personID.uuid, facts, by: call.acting, at: call.now, in: db)
                }
            }
        }
        return shown
    }

    private static func read(_ call: Call) async throws -> ShownAppointment {
        let id = try call.id(Appointment.self)
        return try await call.store.read { db in try ShownAppointment.find(id, seenBy: call.acting, in: db) }
    }

    /// Acts on the appointment, and shows it again.
    static func change(_ call: Call, _ act: (Appointment) async throws -> Void) async throws -> ShownAppointment {
        let id = try call.id(Appointment.self)
        try await act(try await call.store.read { db in try Appointment.find(id, seenBy: call.acting, in: db) })
        return try await read(call)
    }

    private static func move(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { appointment in
            let place = AppointmentFact.Place(
                agentID: try call.body.changing(Common.agent, from: appointment.agentID), startsAt: try call.body[Common.startsAt],
                endsAt: try call.body.ifAny(endsAt))
            let why = try call.body.ifAny(Common.why) ?? ""
            try await appointment.move(
                to: place, try call.body.ifAny(scope) ?? .alone, why: why, urgent: try call.body.ifAny(Common.urgent), by: call.acting,
                at: call.now, in: call.store)
        }
    }

    private static func join(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { try await $0.join(try call.body[agent], by: call.acting, at: call.now, in: call.store) }
    }

    private static func leave(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { appointment in
            let (agent, why) = (try call.body[agent], try call.body.ifAny(Common.why) ?? "")
            try await appointment.leave(agent, why: why, by: call.acting, at: call.now, in: call.store)
        }
    }

    private static func cancel(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { appointment in
            let status: Participation.Status = try call.body[cancelledBy] == .person ? .cancelledByPerson : .cancelledByService
            let why = try call.body.ifAny(Common.why) ?? ""
            try await appointment.cancel(
                status, try call.body.ifAny(scope) ?? .alone, why: why, urgent: try call.body.ifAny(Common.urgent), by: call.acting,
                at: call.now,
                in: call.store)
        }
    }

    private static func close(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { appointment in
            let (person, why) = (try call.body[Common.person], try call.body.ifAny(Common.why) ?? "")
            try await appointment.close(
                try call.body[status], for: person, why: why, by: call.acting, at: call.now, in: call.store)
        }
    }

    private static func attempt(_ call: Call, _ db: Writer) throws -> ShownAppointment {
        let appointment = try Appointment.find(try call.id(Appointment.self), seenBy: call.acting, in: db)
        try CallAttempt.record(for: appointment, by: call.acting, at: call.now, in: db)
        return try ShownAppointment.find(appointment.id, seenBy: call.acting, in: db)
    }

    private static func undo(_ call: Call) async throws -> ShownAppointment {
        try await change(call) { appointment in
            try await appointment.undo(try call.body[fact], by: call.acting, at: call.now, in: call.store)
        }
    }
}

extension Kind where Value == Participation.Status {
    /// All but « à venir »: for that, the change is undone.
    fileprivate static var closing: Kind {
        let closing = Participation.Status.allCases.filter { $0 != .upcoming }
        return Kind(schema: .choice(closing.map(\.rawValue)), read: Value.kind.read, write: Value.kind.write)
    }
}

extension AppointmentDetails.Mark {
    init(_ appointment: Appointment) { self.init(startsAt: appointment.startsAt, id: appointment.id) }

    /// A cursor: seconds since 1970, then the id.
    init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, (1...11).contains(parts[0].utf8.count), let seconds = Int64(parts[0]), seconds >= 0,
            let id = ID<Appointment>(parts[1]), id.description == parts[1]
        else { return nil }
        self.init(startsAt: Instant(seconds), id: id)
    }

    var text: String { "\(startsAt.rawValue)_\(id)" }
}

extension TextRule {
    fileprivate static let mark = signs(
        "[0-9]{1,11}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "le « next » d’une page"
    ) { AppointmentDetails.Mark($0) != nil }
}
