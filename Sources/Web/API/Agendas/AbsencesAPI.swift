import Core
import HTTPTypes
import Scheduling
import Store

/// When agents cannot be booked.
enum AbsencesAPI {
    private static let agent = Key<ID<Agent>>("agent", "Soi-même sinon.")
    private static let title = Key("title", Kind.line(0...100), "Vide pour qui n’a pas à le savoir.")

    private static let members: [Shape<Absence>.Member] =
        [
            Key<ID<Absence>>("id").of(\.id), Common.agent.of(\.agentID), title.of(\.title), Common.version.of { Int($0.version) },
            ShownException.key.of { ShownException.all($0.stretch) },
        ] + Hours.members.map { $0.within(\.stretch) }
    private static let shape = Shape("Absence", members)

    /// An absence, and the upcoming appointments that it covers: they stay, and someone has to move them.
    private struct Made: Sendable {
        let absence: Absence
        let covered: Covered
    }

    private static let covers = Shape<Covered>(
        "Covered",
        [
            Key("appointments", Kind<[ID<Appointment>]>.list(ID.kind)).of { $0.appointments.map(\.id) },
            Key("hidden", .integer(0...Int.max), "Combien d’autres, que l’on n’a pas à voir.").of(\.hidden),
        ])
    private static let made = Shape<Made>(
        "NewlyMadeAbsence",
        members.map { $0.within(\.absence) } + [
            Key("covers", covers.kind, "Les rendez-vous à venir qu’elle touche : ils restent, il faut les déplacer.").of(\.covered)
        ])

    private static let new = Fields("NewAbsence", needs: Hours.needed, takes: [agent, title, RemediesAPI.key] + Hours.taken)
    private static let changed = Fields("ChangedAbsence", takes: [title, Common.version] + Hours.needed + Hours.taken)

    static let endpoints: [Endpoint] =
        [
            .list("/absences", "Les indisponibilités d’un agent", query: Fields(takes: [agent]), of: shape, list),
            .create("/absences", "Pose une indisponibilité", body: new, answers: made, in: .claim, create),
            .read("/absences/{id}", "Une indisponibilité", answers: shape, show),
            .change(
                .patch, "/absences/{id}", "Change une indisponibilité : ce qui n’est pas envoyé reste", body: changed, answers: shape,
                change),
            .change(.delete, "/absences/{id}", "Retire une indisponibilité", delete),
        ] + days.endpoints

    private static let days = DaysAPI<Absence>(word: "indisponibilité", shape: shape) { id, acting, db in
        try Absence.find(id, seenBy: acting, in: db).absence
    }

    private static func list(_ call: Call) async throws -> ListPage<Absence> {
        let agent = try call.query.ifAny(agent) ?? call.acting.agent.id
        let absences = try await call.store.read { db in
            try AgendaOwner.find([agent], seenBy: call.acting, in: db).flatMap { try Absence.of($0, seenBy: call.acting, in: db) }
        }
        return try ListPage(absences, call, by: \.id)
    }

    private static func show(_ call: Call) async throws -> Absence {
        let id = try call.id(Absence.self)
        return try await call.store.read { db in try Absence.find(id, seenBy: call.acting, in: db).absence }
    }

    private static func create(_ call: Call, _ db: Writer) throws -> Made {
        let draft = AbsenceDraft(
            agentID: try call.body.ifAny(agent) ?? call.acting.agent.id, title: try call.body.ifAny(title) ?? "",
            stretch: try Hours.draft(call.body))
        let absence = try Absence.create(
            draft, remedies: try RemediesAPI.read(call.body), by: call.acting, at: call.now, in: db)
        return Made(absence: absence, covered: try absence.covered(seenBy: call.acting, now: call.now, in: db))
    }

    private static func change(_ call: Call) async throws -> Absence {
        let old = try await show(call)
        let draft = AbsenceDraft(
            agentID: old.agentID, title: try call.body.changing(title, from: old.title),
            stretch: try Hours.draft(call.body, changing: old.stretch), version: try call.body.ifAny(Common.version).map(Int64.init))
        return try await Absence.update(old.id, draft, by: call.acting, at: call.now, in: call.store)
    }

    private static func delete(_ call: Call) async throws {
        try await Absence.delete(try call.id(Absence.self), by: call.acting, at: call.now, in: call.store)
    }
}
