import Core
import Scheduling
import Store

/// Looking for a free time.
enum SlotsAPI {
    enum DayPart: String, CaseIterable, Plain {
        case morning, afternoon

        var minutes: Range<Int> { self == .morning ? 0..<12 * 60 : 12 * 60..<24 * 60 }
    }

    private static let sites = Key("site", Kind<[ID<Site>]>.list(ID.kind, 0...20), "L’un de ces lieux.")
    private static let agents = Key("agent", Kind<[ID<Agent>]>.list(ID.kind, 0...20), "L’un de ces agents.")
    private static let organizations = Key("organization", Kind<[ID<Organization>]>.list(ID.kind, 0...20), "L’une de ces organisations.")
    private static let part = Key<DayPart>("part", "Matin ou après-midi.")
    private static let person = Key<ID<Person>>("person", "Pour qui : décide de l’agent proposé.")
    private static let colleagues = Key(
        "colleague", Kind<[ID<Agent>]>.list(ID.kind, 0...Booking.mostColleagues), "Ces agents doivent être libres en même temps.")
    private static let forTwo = Key<Bool>("for_two", "Un second agent doit être libre en même temps, quel qu’il soit.")
    private static let otherAgents = Key<Bool>("other_agents", "Pour un motif de suivi : d’autres agents que le référent aussi.")
    private static let kinds = Key(
        "resource", Kind<[Resource.Kind]>.list(Resource.Kind.kind, 0...3), "Une ressource de chaque sorte doit être libre aussi.")
    private static let language = Key<String>("language", .text(.language), "La langue de l’interprète.")
    private static let limit = Key("limit", Kind.integer(1...2_000), "Combien de créneaux au plus, 200 sinon.")

    static let endpoints: [Endpoint] = [
        .read(
            "/slots", "Cherche les créneaux libres d’un motif", needs: .book,
            query: Fields(
                needs: [Common.reason],
                takes: [
                    sites, agents, organizations, Common.from, Common.to, part, person, otherAgents, colleagues, forTwo, kinds, language,
                    limit,
                ]),
            answers: shape, find)
    ]

    private static func find(_ call: Call) async throws -> Found {
        let query = try query(call), limit = try call.query.ifAny(limit) ?? 200
        let found = try await call.store.read { db in
            if let person = query.personID {
                guard try Person.isKnown(person, to: call.acting, at: call.now, in: db) else { throw Refusal.notFound }
            }
            let finder = try call.desk.calendars.finder(query, for: call.acting, now: call.now, in: db)
            let holds = try Hold.standing(of: call.acting.territoryID, now: call.now, in: db)
            return Found(found: finder.run(), holds: finder.concerned(holds), limit: limit)
        }
        return found
    }

    private static func query(_ call: Call) throws -> SlotQuery {
        var query = SlotQuery(reasonID: try call.query[Common.reason])
        query.siteIDs = Set(try call.query.ifAny(sites) ?? [])
        query.agentIDs = Set(try call.query.ifAny(agents) ?? [])
        query.organizationIDs = Set(try call.query.ifAny(organizations) ?? [])
        query.dayPart = try call.query.ifAny(part)?.minutes
        query.personID = try call.query.ifAny(person)
        query.colleagueIDs = try call.query.ifAny(colleagues) ?? []
        query.forTwo = try call.query.ifAny(forTwo) ?? false
        query.otherAgents = try call.query.ifAny(otherAgents) ?? false
        let language = try call.query.ifAny(language)
        query.resources = try (call.query.ifAny(kinds) ?? []).map { .any($0, language: $0 == .interpreter ? language : nil) }
        if try call.query.ifAny(Common.from) != nil || call.query.ifAny(Common.to) != nil {
            query.dates = try call.days(most: 3_660, usual: 7 * 26)
        }
        return query
    }
}

extension SlotsAPI {
    /// What is found, and how much of it is shown.
    struct Found: Sendable {
        let found: FoundSlots
        let holds: [Hold]
        let limit: Int
    }

    static let slot = Shape<Slot>(
        "Slot",
        [
            Key<Instant>("start").of(\.start), Key("minutes", .integer(5...600)).of(\.minutes),
            Common.organization.of(\.organizationID), Common.site.of(\.siteID), Common.agent.of(\.agentID),
            Key<Proposal>("because", "Pourquoi cet agent.").of(\.because),
            Key("count", .integer(1...100_000), "Combien d’agents sont libres à cette heure et à cet endroit.").of(\.count),
            Key("colleagues", Kind<[ID<Agent>]>.list(ID.kind), "Qui reçoit avec lui, si on l’a demandé.").of(\.colleagueIDs),
            Key("resources", Kind<[ID<Resource>]>.list(ID.kind), "Ce qui est réservé avec, si on l’a demandé.").of(\.resourceIDs),
        ])

    private static let shape = Shape<Found>(
        "FoundSlots",
        [
            Common.reason.of(\.found.reason.id),
            Key("first_of_places", .list(slot.kind), "Le prochain créneau de chaque lieu, le plus tôt d’abord.").of(\.found.firstOfPlaces),
            Key("slots", .list(slot.kind), "Par heure, puis par lieu.").of { Array($0.found.slots.prefix($0.limit)) },
            Key("groups", .list(GroupsAPI.shape.kind), "D’un motif collectif, les rendez-vous où s’inscrire, complets ou non.")
                .of(\.found.groups),
            Key("holds", .list(HoldsAPI.shape.kind), "Ce que quelqu’un est en train de réserver.").of(\.holds),
            Key("total", .integer(0...Int.max), "Combien il y en a, montrés ou non.").of(\.found.slots.count),
        ])
}
