import Scheduling
import Store

/// An address that is told, as it happens, what becomes of the appointments of an organization (table `webhook`).
public struct Webhook: Sendable, Equatable {
    public let id: ID<Webhook>
    public let territoryID: Int64
    public let organizationID: ID<Organization>
    public var name: String
    public var url: String
    public var events: Set<Event>
    public let createdAt: Instant
    /// What signs: the newest secret, then the one it replaces for a while.
    let secrets: [WebhookSecret]
    /// Until when the replaced secret signs too.
    public let oldSecretUntil: Instant?
    public let off: Off?

    /// What it may be told. Raw values are stored.
    public enum Event: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case created, changed, cancelled

        public var label: String {
            switch self {
            case .created: "rendez-vous pris"
            case .changed: "rendez-vous changé"
            case .cancelled: "rendez-vous annulé"
            }
        }

        /// In the body of what is sent.
        public var type: String { "appointment.\(rawValue)" }
    }

    /// Since when, and why, nothing is sent.
    public struct Off: Sendable, Equatable {
        public let at: Instant
        public let because: Cause

        public enum Cause: String, Sendable, SQLBindable, SQLReadable {
            /// Someone turned it off.
            case agent
            /// The address answered 410: it is there no more.
            case gone
        }

        public init(at: Instant, because: Cause) { (self.at, self.because) = (at, because) }
    }

    public init(
        id: ID<Webhook> = .new(), territoryID: Int64, organizationID: ID<Organization>, name: String, url: String, events: Set<Event>,
        createdAt: Instant, secrets: [WebhookSecret] = [], oldSecretUntil: Instant? = nil, off: Off? = nil
    ) {
        (self.id, self.territoryID, self.organizationID, self.name, self.url) = (id, territoryID, organizationID, name, url)
        (self.events, self.createdAt, self.secrets) = (events, createdAt, secrets)
        (self.oldSecretUntil, self.off) = (oldSecretUntil, off)
    }

    /// Those that sign at an instant, the newest first.
    func secrets(at now: Instant) -> [WebhookSecret] {
        guard let until = oldSecretUntil, until > now else { return Array(secrets.prefix(1)) }
        return secrets
    }
}

extension Webhook {
    static let columns: SQL = """
        webhook.id, webhook.territory_id, webhook.organization_id, webhook.name, webhook.url, webhook.on_created, webhook.on_changed,
        webhook.on_cancelled, webhook.created_at, webhook.secret, webhook.old_secret, webhook.old_secret_until, webhook.turned_off_at,
        webhook.turned_off_because
        """

    init(_ row: Row) throws {
        let told = [(Event.created, try row[5] as Bool), (.changed, try row[6]), (.cancelled, try row[7])]
        let old: [UInt8]? = try row[10]
        let offAt: Instant? = try row[12]
        self.init(
            id: try row[0], territoryID: try row[1], organizationID: try row[2], name: try row[3], url: try row[4],
            events: Set(told.filter(\.1).map(\.0)), createdAt: try row[8],
            secrets: ([try row[9]] + [old].compactMap(\.self)).map(WebhookSecret.init(bytes:)), oldSecretUntil: try row[11],
            off: try offAt.map { Off(at: $0, because: try row[13]) })
    }

    /// Those of an organization, by name.
    /// - Throws: ``Refusal/notFound`` for one of elsewhere, ``Refusal/forbidden`` for who does not set it up.
    public static func all(of organization: ID<Organization>, for acting: Acting, in db: Reader) throws -> [Webhook] {
        try requireHouse(organization, by: acting, in: db)
        return try db.all(
            """
            SELECT \(columns) FROM webhook WHERE territory_id = \(acting.territoryID) AND organization_id = \(organization)
            ORDER BY name, id
            """
        ) { try Webhook($0) }
    }

    /// - Throws: ``Refusal/notFound``, ``Refusal/forbidden`` for who does not set up its organization.
    public static func find(_ id: ID<Webhook>, for acting: Acting, in db: Reader) throws -> Webhook {
        let found = try db.first("SELECT \(columns) FROM webhook WHERE territory_id = \(acting.territoryID) AND id = \(id)") {
            try Webhook($0)
        }
        guard let found else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: found.organizationID)
        return found
    }

    static func requireHouse(_ organization: ID<Organization>, by acting: Acting, in db: Reader) throws {
        guard try Organization.find(organization, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: organization)
    }
}
