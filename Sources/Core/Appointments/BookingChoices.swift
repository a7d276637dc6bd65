import Store

/// What whoever books can choose from: their reasons, by service, and the sites and agents of the organizations where they may book.
public struct BookingChoices: Sendable, Equatable {
    public struct ReasonOfService: Sendable, Equatable {
        public let reason: Reason
        public let serviceName: String
        public init(reason: Reason, serviceName: String) {
            self.reason = reason
            self.serviceName = serviceName
        }
    }
    public struct Colleague: Sendable, Equatable {
        public let id: ID<Agent>
        public let name: String
        public let organizationIDs: [ID<Organization>]
        public init(id: ID<Agent>, name: String, organizationIDs: [ID<Organization>]) {
            self.id = id
            self.name = name
            self.organizationIDs = organizationIDs
        }
    }

    public let reasons: [ReasonOfService]
    public let sites: [Site]
    /// Who has an agenda: workers and managers, by last name.
    public let agents: [Colleague]
    public let organizations: [Organization]
    /// Of the territory's other houses, when a reason is prescribable: where its slots are, and not who keeps them.
    public var sitesBeyond: [Site] = []
    public var organizationsBeyond: [Organization] = []
    /// Rooms, cars, interpreters, by name; those retired left out.
    public var resources: [Resource] = []

    public init(reasons: [ReasonOfService], sites: [Site], agents: [Colleague], organizations: [Organization]) {
        self.reasons = reasons
        self.sites = sites
        self.agents = agents
        self.organizations = organizations
    }
}

extension BookingChoices {
    public static func of(_ acting: Acting, in db: Reader) throws -> BookingChoices {
        let allowed = acting.organizations(with: .book)
        var choices = BookingChoices(
            reasons: try reasons(acting, db), sites: try AgendaChoices.sites(of: allowed, of: acting.territoryID, in: db),
            agents: try agents(allowed, acting, db),
            organizations: try Organization.named(allowed, of: acting.territoryID, in: db))
        if choices.reasons.contains(where: \.reason.isPrescribable) {
            let beyond = try Organization.beyond(acting, in: db)
            choices.sitesBeyond = try AgendaChoices.sites(of: beyond, of: acting.territoryID, in: db)
            choices.organizationsBeyond = try Organization.named(beyond, of: acting.territoryID, in: db)
        }
        return choices
    }

    /// Who has an agenda in an organization where one may book.
    public static func colleagues(in organization: ID<Organization>, _ acting: Acting, in db: Reader) throws -> [Colleague] {
        acting.can(.book, in: organization) ? try agents([organization], acting, db) : []
    }

    /// The same, with what can be reserved: for pages that show it.
    public func withResources(_ acting: Acting, in db: Reader) throws -> BookingChoices {
        var all = self
        all.resources = try Resource.of(organizations.map(\.id), of: acting.territoryID, in: db).filter { !$0.isRetired }
        return all
    }

    private static func reasons(_ acting: Acting, _ db: Reader) throws -> [ReasonOfService] {
        let names = try db.all("SELECT id, name FROM service WHERE territory_id = \(acting.territoryID)") { row in
            (try row[0] as ID<Service>, try row[1] as String)
        }
        let nameOf = Dictionary(names, uniquingKeysWith: { first, _ in first })
        return try Reason.bookable(by: acting, in: db).map { ReasonOfService(reason: $0, serviceName: nameOf[$0.serviceID] ?? "") }
    }

    private static func agents(_ allowed: [ID<Organization>], _ acting: Acting, _ db: Reader) throws -> [Colleague] {
        let rows = try db.all(
            """
            SELECT DISTINCT agent.last_name, agent.first_name, agent.id, membership.organization_id FROM membership
            JOIN agent ON agent.territory_id = membership.territory_id AND agent.id = membership.agent_id
            WHERE membership.territory_id = \(acting.territoryID) AND membership.organization_id IN \(list: allowed)
              AND membership.role IN \(list: [Role.worker, .manager]) AND agent.disabled_at IS NULL
            ORDER BY agent.last_name, agent.first_name, agent.id, membership.organization_id
            """
        ) {
            (name: "\(try $0[1] as String) \(try $0[0] as String)", id: try $0[2] as ID<Agent>, organization: try $0[3] as ID<Organization>)
        }
        var order: [ID<Agent>] = []
        let byAgent = Dictionary(grouping: rows, by: \.id)
        for row in rows where order.last != row.id { order.append(row.id) }
        return order.compactMap { id in
            byAgent[id].map { Colleague(id: id, name: $0[0].name, organizationIDs: $0.map(\.organization)) }
        }
    }
}
