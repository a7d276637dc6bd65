import Core
import HTTPTypes
import Scheduling
import Store

/// Handing over what an agent has, and the teams of organizations.
enum HandoverAPI {
    enum OpeningsBecome: String, CaseIterable, Plain { case leave, end, give }

    private static let to = Key<ID<Agent>>("to", "Le collègue.")
    private static let date = Key<CivilDate>("date", "Le premier jour.")
    private static let people = Key<Bool>("people", "Les personnes suivies aussi ; oui sinon.")
    private static let openings = Key<OpeningsBecome>("openings", "Les plages restent, s’arrêtent la veille, ou passent au collègue.")
    private static func count(_ name: String) -> Key<Int> { Key(name, .integer(0...Int.max)) }

    private static let shape = Shape<Handover.Done>(
        "Handover",
        [
            Key<ID<Handover>>("id").of(\.id), count("appointments").of(\.appointments), count("people").of(\.people),
            count("openings").of(\.openings), count("appointments_left").of(\.left.appointments), count("people_left").of(\.left.people),
        ])

    static let endpoints: [Endpoint] =
        [
            .create(
                "/agents/{id}/handovers", "Confie à un collègue ce qu’a un agent", needs: .fillEveryAgenda,
                body: Fields(
                    "NewHandover", needs: [to, Common.organization, date], takes: [people, openings, RemediesAPI.key]),
                answers: shape, in: .claim, located: false
            ) { call, db in
                let body = call.body
                let handover = Handover(
                    from: try call.id(Agent.self), to: try body[to], organizationID: try body[Common.organization], date: try body[date],
                    remedies: try RemediesAPI.read(body), people: try body.ifAny(people) ?? true,
                    openings: Handover.OpeningChoice(rawValue: (try body.ifAny(openings) ?? .leave).rawValue) ?? .leave)
                return try handover.give(by: call.acting, at: call.now, in: db)
            }
        ] + TeamsAPI.endpoints
}

enum TeamsAPI {
    private static let agents = Key("agents", Kind<[ID<Agent>]>.list(ID.kind, 1...500))
    private static let shape = Shape<Team>(
        "Team",
        [
            Key<ID<Team>>("id").of(\.id), Common.organization.of(\.organizationID), Common.name.of(\.name),
            agents.of { $0.agentIDs.sorted() },
        ])

    static let endpoints: [Endpoint] = [
        .list("/teams", "Les équipes de ses organisations", of: shape, list),
        .create(
            "/teams", "Crée une équipe", needs: .setUpOrganization,
            body: Fields("NewTeam", needs: [Common.organization, Common.name, agents]), answers: shape
        ) { call, db in
            let team = Team(
                organizationID: try call.body[Common.organization], name: try call.body[Common.name], agentIDs: Set(try call.body[agents]))
            try team.save(by: call.acting, at: call.now, in: db)
            return team
        },
        .change(
            .patch, "/teams/{id}", "Change une équipe", needs: .setUpOrganization,
            body: Fields("ChangedTeam", takes: [Common.name, agents]), answers: shape, change),
        .change(.delete, "/teams/{id}", "Supprime une équipe", needs: .setUpOrganization) { call in
            let id = try call.id(Team.self)
            try await call.store.write { db in try Team.delete(id, by: call.acting, at: call.now, in: db) }
        },
    ]

    /// Those of the houses where one works, or of all that one sets up.
    private static func list(_ call: Call) async throws -> ListPage<Team> {
        let teams = try await call.store.read { db in
            let houses = try Organization.all(of: call.acting.territoryID, in: db).map(\.id)
                .filter { call.acting.roles[$0] != nil || call.acting.can(.setUpOrganization, in: $0) }
            return try Team.of(houses, of: call.acting.territoryID, in: db)
        }
        return try ListPage(teams, call, by: \.id)
    }

    private static func change(_ call: Call) async throws -> Team {
        let (id, body) = (try call.id(Team.self), call.body)
        return try await call.store.write { db in
            guard var team = try Team.find(id, of: call.acting.territoryID, in: db) else { throw Refusal.notFound }
            team.name = try body.changing(Common.name, from: team.name)
            team.agentIDs = Set(try body.changing(agents, from: Array(team.agentIDs)))
            try team.save(by: call.acting, at: call.now, in: db)
            return team
        }
    }
}
