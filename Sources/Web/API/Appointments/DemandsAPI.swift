import Core
import Scheduling
import Store

extension UnmetDemand.Part: Plain {}

/// What was asked for when no slot was found.
enum DemandsAPI {
    private static let person = Key<ID<Person>?>("person", "Pour qui, quand on le sait : compté une fois par jour et par motif.")
    private static let part = Key<UnmetDemand.Part?>("part", "Matin ou après-midi.")
    private static let from = Key<CivilDate?>("from", "À partir de quel jour.")
    private static let organization = Key<ID<Organization>?>("organization", "Où on le demande, quand aucun lieu ne le dit.")

    private static let shape = Shape<UnmetDemand>(
        "UnmetDemand",
        [
            Key<ID<UnmetDemand>>("id").of(\.id), Common.reason.of(\.reasonID), Common.organization.of(\.organizationID),
            Common.site.of(\.siteID), person.of(\.personID), part.of(\.part), from.of(\.from), Key<CivilDate>("asked_on").of(\.askedOn),
        ])

    private static let count = Shape<UnmetDemand.Count>(
        "UnmetDemandCount",
        [
            Key<CivilDate>("week", "Le lundi de la semaine.").of(\.monday), Common.reason.of(\.reasonID),
            Key("reason_name", .line(0...200)).of(\.reasonName), Common.organization.of(\.organizationID), Common.site.of(\.siteID),
            Key("count", .integer(1...1_000_000)).of(\.count),
        ])

    private static let counts = Shape<[UnmetDemand.Count]>(
        "UnmetDemandCounts", [Key("items", .list(count.kind), "La semaine la plus récente d’abord.").of { $0 }])

    static let endpoints: [Endpoint] = [
        .create(
            "/unmet-demands", "Note ce qui est demandé quand aucun créneau n’est libre", needs: .book,
            body: Fields("NewUnmetDemand", needs: [Common.reason], takes: [Common.site, organization, person, part, from]),
            answers: shape, located: false, record),
        .read(
            "/unmet-demands", "Les demandes sans créneau par semaine, motif et lieu, douze semaines sinon", needs: .fillEveryAgenda,
            query: Fields(takes: [Common.from, Common.to]), answers: counts, list),
    ]

    private static func record(_ call: Call, _ db: Writer) throws -> UnmetDemand {
        var draft = UnmetDemandDraft(reasonID: try call.body[Common.reason])
        draft.siteID = try call.body.ifAny(Common.site)
        draft.organizationID = try call.body.ifAny(organization)
        draft.personID = try call.body.ifAny(person)
        draft.part = try call.body.ifAny(part)
        draft.from = try call.body.ifAny(from)
        return try draft.record(by: call.acting, at: call.now, in: db)
    }

    private static func list(_ call: Call) async throws -> [UnmetDemand.Count] {
        let monday = call.acting.territory.zone.civil(call.now).date.monday
        let days = try call.days(from: monday.adding(days: -11 * 7), most: 3 * 366, usual: 12 * 7)
        return try await call.store.read { db in try UnmetDemand.counts(in: days, seenBy: call.acting, in: db) }
    }
}
