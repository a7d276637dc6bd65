import Core
import HTTPTypes
import Scheduling
import Store

/// « Indisponible aujourd’hui », and those whom someone must tell.
enum TidingsAPI {
    enum Since: String, CaseIterable, Plain { case day, now }

    private static let since = Key<Since>("since", "Toute la journée, ou à partir de maintenant.")
    private static func count(_ name: String, _ note: String) -> Key<Int> { Key(name, .integer(0...Int.max), note) }

    private static let today = Shape<Absence.Today>(
        "AwayToday",
        [
            Key<ID<Absence>>("absence").of(\.absence.id),
            count("appointments", "Rendez-vous qui ne seront pas assurés.").of(\.appointments),
            count("messages", "Personnes prévenues par un message.").of(\.messages),
            count("calls", "Personnes à appeler : « GET /tidings ».").of(\.calls),
        ])

    private static let line = Shape<ToTell.Line>(
        "Tidings",
        [
            Key<ID<Tidings>>("id").of(\.tidings.id), Key<ID<Appointment>>("appointment").of(\.appointment.id),
            Common.person.of(\.tidings.personID), Key("person_name", .line(0...300)).of(\.personName),
            Common.startsAt.of(\.appointment.time.lowerBound), Key<Participation.Status>("status").of(\.appointment.status),
            Key("recipient", Kind<String?>.nullable(.lines(0...1_000)), "Le numéro à appeler, ou l’adresse.").of(\.tidings.recipient),
            Key("unreached", Kind<[Instant]>.list(Instant.kind), "Les appels où la personne n’a pas été jointe.").of(\.unreached),
        ])

    static let endpoints: [Endpoint] = [
        .create(
            "/agendas/{agent}/away-today", "Dit un agent indisponible aujourd’hui et prévient ses rendez-vous",
            body: Fields("AwaySince", needs: [since], takes: [Common.urgent]), answers: today, in: .claim, located: false, declare),
        .list("/tidings", "Les personnes à prévenir", needs: .book, of: line, list),
        .change(.post, "/tidings/{id}/told", "Note que la personne est prévenue", needs: .book, tell),
        .change(.post, "/tidings/{id}/unreached", "Note que la personne n’a pas été jointe", needs: .book, miss),
        .change(
            .post, "/tidings/{id}/rebooking", "Donne un autre rendez-vous à la personne", needs: .book,
            body: Fields("Rebooking", needs: [Common.agent, Common.startsAt]), rebook),
    ]

    private static func declare(_ call: Call, _ db: Writer) throws -> Absence.Today {
        let isWhole = try call.body[since] == .day
        return try Absence.declareToday(
            of: try call.id(Agent.self, "agent"), wholeDay: isWhole, urgent: try call.body.ifAny(Common.urgent), by: call.acting,
            at: call.now, in: db)
    }

    private static func list(_ call: Call) async throws -> ListPage<ToTell.Line> {
        let lines = try await call.store.read { db in try ToTell.read(for: call.acting, in: db).lines }
        let limit = try call.query.ifAny(ListPage<ToTell.Line>.limit) ?? 50
        let cursor = try call.query.ifAny(ListPage<ToTell.Line>.cursor)
        let rest = lines.sorted { $0.tidings.id < $1.tidings.id }.filter { one in cursor.map { one.tidings.id.uuid > $0.uuid } ?? true }
        return ListPage(rest, limit: limit) { $0.tidings.id.description }
    }

    private static func tell(_ call: Call) async throws {
        let id = try call.id(Tidings.self)
        try await call.store.write { db in try Tidings.tell(id, by: call.acting, at: call.now, in: db) }
    }

    private static func miss(_ call: Call) async throws {
        let id = try call.id(Tidings.self)
        try await call.store.write { db in try Tidings.miss(id, by: call.acting, at: call.now, in: db) }
    }

    private static func rebook(_ call: Call) async throws {
        let place = AppointmentFact.Place(agentID: try call.body[Common.agent], startsAt: try call.body[Common.startsAt])
        _ = try await Tidings.rebook(try call.id(Tidings.self), place, by: call.acting, now: call.now, in: call.store)
    }
}
