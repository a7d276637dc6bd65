import Core
import HTTPTypes
import Scheduling
import Store

extension Campaign.Audience.Kind: Plain {}
extension Campaign.State: Plain {}

/// Campaigns: prepared, approved by a second person, launched, held.
enum CampaignsAPI {
    private static let name = Key("name", Kind.line(1...100))
    private static let sms = Key("sms", Kind.lines(0...4_000), "Avec {organisation}, {collectivité} et {numéro}.")
    private static let subject = Key("subject", Kind.line(0...150))
    private static let email = Key("email", Kind.lines(0...4_000))
    private static let audience = Key<Campaign.Audience.Kind>("audience", "Par critères, ou par une liste.")
    private static let commune = Key("commune", Kind.line(0...100))
    private static let tag = Key<ID<PersonTag>?>("tag")
    private static let ageFrom = Key("age_from", Kind<Int?>.nullable(.integer(0...120)), "Années, comprises.")
    private static let ageTo = Key("age_to", Kind<Int?>.nullable(.integer(0...120)), "Années, comprises.")
    private static let cameSince = Key<CivilDate?>("came_since", "A eu un rendez-vous depuis ce jour.")
    private static let awaySince = Key<CivilDate?>("away_since", "En a eu, et plus depuis ce jour.")
    private static let list = Key("list", Kind.lines(0...1_000_000), "Numéros et e-mails, un par ligne.")
    private static let rate = Key("rate", Kind.integer(1...6_000), "Messages par minute.")
    private static let replies = Key("reply_percent", Kind.integer(0...100), "Réponses attendues, sur cent.")
    private static let apart = Key("apart_days", Kind.integer(0...365), "Jours depuis une autre campagne.")

    private static let count = Kind.integer(0...10_000_000)

    private static let shape = Shape<Campaign>(
        "Campaign",
        [
            Key<ID<Campaign>>("id").of(\.id), Common.organization.of(\.organizationID), name.of(\.name), sms.of(\.text.sms),
            subject.of(\.text.subject), email.of(\.text.email), audience.of(\.audience.kind), commune.of(\.audience.commune),
            tag.of(\.audience.tagID), ageFrom.of(\.audience.ageFrom), ageTo.of(\.audience.ageTo), cameSince.of(\.audience.cameSince),
            awaySince.of(\.audience.awaySince), rate.of(\.rate), replies.of(\.replyPercent), apart.of(\.apartDays),
            Key("unmatched", count, "Lignes de la liste qui ne sont à personne d’ici.").of(\.unmatched), Common.version.of(\.version),
            Key<Campaign.State>("state").of(\.state), Key<ID<Agent>>("prepared_by").of(\.preparedBy),
            Key<ID<Agent>?>("approved_by").of(\.approvedBy),
            Key("approved_told", Kind<Int?>.nullable(.integer(0...10_000_000)), "À combien, au plus, qui l’a approuvée a dit oui.").of(
                \.approvedTold), Key<Instant?>("launched_at").of(\.launchedAt),
            Key("told", Kind<Int?>.nullable(count), "À combien elle va, une fois lancée.").of(\.told),
        ])

    private static let preview = Shape<Campaign.Preview>(
        "CampaignAudience",
        [
            Key("audience", count, "Ceux qui la reçoivent et ceux qui ne la reçoivent pas.").of(\.audience),
            Key("sms", count).of { $0.told[.sms] ?? 0 }, Key("email", count).of { $0.told[.email] ?? 0 },
        ]
            + Campaign.Exclusion.allCases.map { cause in
                Key("excluded_\(cause.rawValue)", count, "\(Format.capitalized(cause.label)).").of { $0.excluded[cause] ?? 0 }
            })

    private static let outcome = Shape<Campaign.Outcome>(
        "CampaignOutcome",
        [Key("told", count).of(\.told), Key("settled", count, "Ceux qui ne partiront plus.").of(\.settled)]
            + Message.State.allCases.map { state in
                Key(state.rawValue, count, "\(Format.capitalized(state.label)).").of { $0.states[state] ?? 0 }
            })

    private static let unreached = Shape<Campaign.Unreached>(
        "UnreachedPerson",
        [
            Common.person.of(\.personID), Key("name", Kind.line(0...300)).of(\.name),
            Key("phones", Kind<[String]>.list(Kind.line(0...40))).of(\.phones), Key("because", Kind.line(0...300)).of(\.because),
            Key<Bool>("called").of(\.isCalled),
        ])

    private static let draft = Fields(
        "NewCampaign", needs: [Common.organization, name, audience],
        takes: [sms, subject, email, commune, tag, ageFrom, ageTo, cameSince, awaySince, list, rate, replies, apart])
    private static let changed = Fields(
        "ChangedCampaign", needs: [name, audience, Common.version],
        takes: [sms, subject, email, commune, tag, ageFrom, ageTo, cameSince, awaySince, list, rate, replies, apart])

    static let endpoints: [Endpoint] =
        [
            .list("/campaigns", "Les campagnes de ses organisations", needs: .sendCampaigns, of: shape) { call in
                try ListPage(try await call.store.read { db in try Campaign.all(seenBy: call.acting, in: db) }, call, by: \.id)
            },
            .create(
                "/campaigns", "Prépare une campagne : rien ne part", needs: .sendCampaigns, body: draft, answers: shape, in: .claim
            ) { call, db in
                let house = try call.body[Common.organization]
                return try Campaign.prepare(read(call.body, house, version: nil), by: call.acting, at: call.now, in: db)
            },
            .read("/campaigns/{id}", "Une campagne", needs: .sendCampaigns, answers: shape) { call in
                try await find(call)
            },
            .change(.put, "/campaigns/{id}", "Change une campagne en préparation", needs: .sendCampaigns, body: changed, answers: shape) {
                call in
                let id = try call.id(Campaign.self), before = try await find(call)
                let draft = try read(call.body, before.organizationID, version: try call.body[Common.version])
                return try await call.store.claim { db in try Campaign.change(id, draft, by: call.acting, at: call.now, in: db) }
            },
            .read("/campaigns/{id}/audience", "Combien la reçoivent, et pourquoi les autres non", needs: .sendCampaigns, answers: preview) {
                call in
                let id = try call.id(Campaign.self)
                return try await call.store.read { db in
                    try Campaign.find(id, seenBy: call.acting, in: db).preview(at: call.now, by: call.acting, in: db)
                }
            },
            .read("/campaigns/{id}/outcome", "Ce qu’elle est devenue", needs: .sendCampaigns, answers: outcome) { call in
                let id = try call.id(Campaign.self)
                return try await call.store.read { db in try Campaign.find(id, seenBy: call.acting, in: db).outcome(in: db) }
            },
            .list("/campaigns/{id}/unreached", "Ceux qu’elle n’a pas joints", needs: .sendCampaigns, of: unreached) { call in
                let id = try call.id(Campaign.self)
                let people = try await call.store.record { db in
                    let people = try Campaign.find(id, seenBy: call.acting, in: db).unreached(in: db)
                    try SearchedPeople(people.map(\.personID), by: call.acting, at: call.now).record(in: db)
                    return people
                }
                return try ListPage(people, call, by: { ID($0.personID.uuid) })
            },
            .change(.post, "/campaigns/{id}/unreached/{person}", "Dit que quelqu’un a été appelé", needs: .sendCampaigns) { call in
                let id = try call.id(Campaign.self), person = try call.id(Person.self, "person")
                try await call.store.claim { db in try Campaign.called(person, of: id, by: call.acting, at: call.now, in: db) }
            },
            .change(
                .post, "/campaigns/{id}/trials", "S’envoie un essai à soi-même", needs: .sendCampaigns,
                body: Fields("CampaignTrial", needs: [Key<Template.Channel>("channel")], takes: [recipient])
            ) { call in
                let id = try call.id(Campaign.self), to = try call.body.ifAny(recipient) ?? ""
                let channel: Person.Channel = try call.body[Key<Template.Channel>("channel")] == .sms ? .sms : .email
                try await call.store.claim { db in
                    _ = try CampaignTrial.ask(id, by: channel, to: to, by: call.acting, at: call.now, in: db)
                }
            },
        ] + acts

    private static let recipient = Key("recipient", Kind.line(0...40), "Son mobile, pour un SMS.")

    private static let acts: [Endpoint] = CampaignAct.allCases.map { act in
        .change(.post, "/campaigns/{id}/\(act.rawValue)", act.notice, needs: .sendCampaigns, answers: shape) { call in
            let id = try call.id(Campaign.self)
            return try await call.store.claim { db in
                try act.run(id, version: nil, by: call.acting, at: call.now, in: db)
                return try Campaign.find(id, seenBy: call.acting, in: db)
            }
        }
    }

    private static func find(_ call: Call) async throws -> Campaign {
        let id = try call.id(Campaign.self)
        return try await call.store.read { db in try Campaign.find(id, seenBy: call.acting, in: db) }
    }

    private static func read(_ given: Given, _ house: ID<Organization>, version: Int?) throws -> Campaign.Draft {
        Campaign.Draft(
            organization: house, name: try given[name],
            text: .init(sms: try given.ifAny(sms) ?? "", subject: try given.ifAny(subject) ?? "", email: try given.ifAny(email) ?? ""),
            audience: .init(
                try given[audience], commune: try given.ifAny(commune) ?? "", tag: try given.ifAny(tag), ageFrom: try given.ifAny(ageFrom),
                ageTo: try given.ifAny(ageTo), cameSince: try given.ifAny(cameSince), awaySince: try given.ifAny(awaySince)),
            list: try given.ifAny(list) ?? "", apartDays: try given.ifAny(apart), rate: try given.ifAny(rate) ?? 60,
            replyPercent: try given.ifAny(replies) ?? 5, version: version)
    }
}

/// What a territory asks of every campaign.
enum CampaignRulesAPI {
    private static let above = Key("approval_above", Kind.integer(0...1_000_000), "Au-delà, une autre personne approuve.")
    private static let apart = Key("apart_days", Kind.integer(0...365), "Jours entre deux campagnes à une même personne.")
    private static let calls = Key("calls_per_hour", Kind.integer(1...100_000), "Appels que la ligne prend en une heure.")
    private static let shape = Shape<CampaignRule>(
        "CampaignRule", [above.of(\.approvalAbove), apart.of(\.apartDays), calls.of(\.callsPerHour)])

    static let endpoints: [Endpoint] = [
        .read("/campaign-rule", "Ce que la collectivité demande à une campagne", needs: .setUpTerritory, answers: shape) { call in
            try await call.store.read { db in try CampaignRule.of(call.acting.territoryID, in: db) }
        },
        .change(
            .put, "/campaign-rule", "Change ce qu’elle demande", needs: .setUpTerritory,
            body: Fields("NewCampaignRule", needs: [above, apart, calls]), answers: shape
        ) { call in
            let rule = CampaignRule(
                approvalAbove: try call.body[above], apartDays: try call.body[apart], callsPerHour: try call.body[calls])
            try await call.store.write { db in try rule.save(by: call.acting, at: call.now, in: db) }
            return rule
        },
    ]
}
