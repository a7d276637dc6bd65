import Core
import HTTPTypes
import Scheduling
import Store

/// When agents can be booked.
enum OpeningsAPI {
    private static let agent = Key<ID<Agent>>("agent", "Soi-même sinon.")
    private static let place = Key("place", Kind.line(0...200), "Un endroit convenu, quand ce n’est pas un lieu.")
    private static let reasons = Key("reasons", Kind<[ID<Reason>]>.list(ID.kind, 0...100), "Les motifs que l’on peut y prendre.")

    private static let permanence = Key<ID<Service>?>(
        "permanence", "Le service d’une permanence : sans rendez-vous ni motif. « reasons » est alors vide.")

    private static let shape = Shape<Opening>(
        "Opening",
        [
            Key<ID<Opening>>("id").of(\.id), Common.agent.of(\.agentID), Common.organization.of(\.organizationID), Common.site.of(\.siteID),
            place.of(\.place), reasons.of { $0.reasonIDs.sorted() }, permanence.of(\.permanenceOf), Common.version.of { Int($0.version) },
            ShownException.key.of { ShownException.all($0.stretch) },
        ] + Hours.members.map { $0.within(\.stretch) })

    private static let new = Fields(
        "NewOpening", needs: [Common.organization, reasons] + Hours.needed, takes: [agent, permanence, Common.site, place] + Hours.taken)
    private static let changed = Fields(
        "ChangedOpening",
        takes: [Common.organization, reasons, permanence, Common.site, place, Common.version] + Hours.needed + Hours.taken)

    static let endpoints: [Endpoint] =
        [
            .list("/openings", "Les plages d’un agent", query: Fields(takes: [agent]), of: shape, list),
            .create("/openings", "Ouvre une plage", body: new, answers: shape, in: .claim, create),
            .read("/openings/{id}", "Une plage", answers: shape, show),
            .change(.patch, "/openings/{id}", "Change une plage : ce qui n’est pas envoyé reste", body: changed, answers: shape, change),
            .change(.delete, "/openings/{id}", "Ferme une plage : les rendez-vous pris restent", delete),
        ] + days.endpoints

    private static let days = DaysAPI<Opening>(word: "plage", shape: shape) { id, acting, db in
        try Opening.find(id, seenBy: acting, in: db).opening.opening
    }

    private static func list(_ call: Call) async throws -> ListPage<Opening> {
        let agent = try call.query.ifAny(agent) ?? call.acting.agent.id
        let openings = try await call.store.read { db in
            _ = try AgendaOwner.find([agent], seenBy: call.acting, in: db)
            return try AgendaOpening.read(of: [agent], from: .distantPast, seenBy: call.acting, in: db)
        }
        return try ListPage(openings.map(\.opening), call, by: \.id)
    }

    private static func show(_ call: Call) async throws -> Opening {
        let id = try call.id(Opening.self)
        return try await call.store.read { db in try Opening.find(id, seenBy: call.acting, in: db).opening.opening }
    }

    private static func create(_ call: Call, _ db: Writer) throws -> Opening {
        let body = call.body
        let draft = OpeningDraft(
            agentID: try body.ifAny(agent) ?? call.acting.agent.id, organizationID: try body[Common.organization],
            siteID: try body.ifAny(Common.site), place: try body.ifAny(place) ?? "", reasonIDs: Set(try body[reasons]),
            permanenceOf: try body.ifAny(permanence), stretch: try Hours.draft(body))
        return try Opening.create(draft, by: call.acting, at: call.now, in: db)
    }

    private static func change(_ call: Call) async throws -> Opening {
        let (old, body) = (try await show(call), call.body)
        let draft = OpeningDraft(
            agentID: old.agentID, organizationID: try body.changing(Common.organization, from: old.organizationID),
            siteID: try body.changing(Common.site, from: old.siteID), place: try body.changing(place, from: old.place),
            reasonIDs: Set(try body.changing(reasons, from: Array(old.reasonIDs))),
            permanenceOf: try body.changing(permanence, from: old.permanenceOf), stretch: try Hours.draft(body, changing: old.stretch),
            version: try body.ifAny(Common.version).map(Int64.init))
        return try await Opening.update(old.id, draft, by: call.acting, at: call.now, in: call.store)
    }

    private static func delete(_ call: Call) async throws {
        try await Opening.delete(try call.id(Opening.self), by: call.acting, at: call.now, in: call.store)
    }
}
