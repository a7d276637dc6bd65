import Core
import HTTPTypes
import Scheduling
import Store

/// How someone looks at agendas: the groups of agents they keep, and what they prefer.
enum AgendaViewsAPI {
    private static let groupName = Key<String>("name", .line(1...60))
    private static let agents = Key("agents", Kind<[ID<Agent>]>.list(ID<Agent>.kind, 1...AgendaGroup.mostAgents), "Dans cet ordre.")

    private static let group = Shape<AgendaGroup>(
        "AgendaGroup", [Key<ID<AgendaGroup>>("id").of(\.id), groupName.of(\.name), agents.of(\.agentIDs)])

    private static let firstHour = Key("first_hour", Kind.integer(0...23), "La première heure affichée.")
    private static let lastHour = Key("last_hour", Kind.integer(1...24), "L’heure où l’affichage s’arrête.")
    private static let weekend = Key<Bool>("weekend", "Toujours afficher le week-end.")
    private static let colours = Key<AgendaPreference.Colours>("colours", "Ce que disent les couleurs.")
    private static let legend = Key<Bool>("legend", "Afficher la légende.")
    private static let arrivals = Key<Bool>("arrivals", "Dire sur son agenda qui attend.")
    private static let changes = Key<AgendaPreference.Changes>("changes", "Les changements faits par d’autres qui sont signalés.")

    private static let emails = Key<AgendaPreference.Changes>("emails", "Ceux qui sont écrits par e-mail.")

    private static let preference = Shape<AgendaPreference>(
        "AgendaPreference",
        [
            firstHour.of(\.hours.lowerBound), lastHour.of(\.hours.upperBound), weekend.of(\.weekend), colours.of(\.colours),
            legend.of(\.legend), arrivals.of(\.arrivals), changes.of(\.changes), emails.of(\.emails),
        ])

    private static let all: [any AnyKey] = [firstHour, lastHour, weekend, colours, legend, arrivals, changes]

    static let endpoints: [Endpoint] = [
        .list("/agenda-groups", "Ses groupes d’agents", of: group) { call in
            try ListPage(try await call.store.read { db in try AgendaGroup.all(of: call.acting, in: db) }, call, by: \.id)
        },
        .create(
            "/agenda-groups", "Garde un groupe d’agents", body: Fields("NewAgendaGroup", needs: [groupName, agents]), answers: group,
            in: .write
        ) { call, db in
            let made = AgendaGroup(name: try call.body[groupName], agentIDs: try call.body[agents])
            try made.save(by: call.acting, at: call.now, in: db)
            return try AgendaGroup.find(made.id, of: call.acting, in: db)
        },
        .read("/agenda-groups/{id}", "Un groupe d’agents", answers: group) { call in
            let id = try call.id(AgendaGroup.self)
            return try await call.store.read { db in try AgendaGroup.find(id, of: call.acting, in: db) }
        },
        .change(.delete, "/agenda-groups/{id}", "Supprime un groupe d’agents") { call in
            let id = try call.id(AgendaGroup.self)
            try await call.store.write { db in try AgendaGroup.delete(id, by: call.acting, at: call.now, in: db) }
        },
        .read("/preferences", "Ses préférences d’affichage", answers: preference) { call in
            try await call.store.read { db in try AgendaPreference.of(call.acting, in: db) }
        },
        .change(
            .put, "/preferences", "Change ses préférences", body: Fields("NewAgendaPreference", needs: all, takes: [emails]),
            answers: preference, set),
    ]

    private static func set(_ call: Call) async throws -> AgendaPreference {
        let before = try await call.store.read { db in try AgendaPreference.of(call.acting, in: db) }
        let wanted = AgendaPreference(
            hours: try AgendaPreference.hours(try call.body[firstHour], try call.body[lastHour]), weekend: try call.body[weekend],
            colours: try call.body[colours], legend: try call.body[legend], arrivals: try call.body[arrivals],
            changes: try call.body[changes], emails: try call.body.ifAny(emails) ?? before.emails)
        try await call.store.write { db in try wanted.save(by: call.acting, at: call.now, in: db) }
        return wanted
    }
}

extension AgendaPreference.Colours: Plain {}
extension AgendaPreference.Changes: Plain {}
