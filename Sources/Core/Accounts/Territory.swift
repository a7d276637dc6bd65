import Scheduling
import Store

/// Une collectivité: one tenant, a département or a commune's CCAS.
public struct Territory: Sendable, Equatable {
    public let id: Int64
    /// The beginning of its public addresses.
    public var slug: String
    public var name: String
    /// INSEE code of the département whose communes come first; `nil` when none does.
    public var departement: String?
    public var zone: Zone
    public var holidayZone: HolidayZone
    /// `#rrggbb`.
    public var colour: String
    /// What an organization is called here: MDS, CCAS, centre social.
    public var organizationLabel: String
    /// The sentence to say to someone whose file is created by phone: who keeps what, how long, which rights (GDPR article 13).
    public var privacyNotice: String
    /// Unanswered calls before « manqué » is offered, and the minutes that must separate them.
    public var attemptsBeforeMissed: Int
    public var minutesBetweenAttempts: Int
    /// The age under which a child without a number is told through a responsible person.
    public var toldAloneFrom = 15
    /// Whether an organization has a webhook that listens: read here, so that a change of an appointment need not ask.
    public var hasWebhooks = false
    /// Managers see the figures of each agent; otherwise those of three agents or more.
    public var agentFigures = false
    /// Statistics without personal data are there for everyone to read.
    public var publicFigures = false
    /// Nothing that can wait leaves from `quietFrom` to `quietUntil` (minutes since midnight), nor on Sundays and holidays.
    public var quietFrom = 1200
    public var quietUntil = 480
    public var sundayMessages = false

    public init(
        id: Int64, slug: String, name: String, departement: String? = nil, zone: Zone, holidayZone: HolidayZone, colour: String,
        organizationLabel: String, privacyNotice: String, attemptsBeforeMissed: Int = 2, minutesBetweenAttempts: Int = 10
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.departement = departement
        self.zone = zone
        self.holidayZone = holidayZone
        self.colour = colour
        self.organizationLabel = organizationLabel
        self.privacyNotice = privacyNotice
        self.attemptsBeforeMissed = attemptsBeforeMissed
        self.minutesBetweenAttempts = minutesBetweenAttempts
    }
}

extension Territory {
    static let columns: SQL = """
        territory.id, territory.slug, territory.name, territory.departement, territory.time_zone, territory.holiday_zone,
        territory.colour, territory.organization_label, territory.privacy_notice, territory.attempts_before_missed,
        territory.minutes_between_attempts, territory.told_alone_from, territory.has_webhooks, territory.agent_figures,
        territory.public_figures, territory.quiet_from, territory.quiet_until, territory.sunday_messages
        """
    static let columnCount = 18

    /// - Parameter offset: where the ``columns`` begin in the row.
    init(_ row: Row, at offset: Int = 0) throws {
        let zoneName: String = try row[offset + 4]
        guard let zone = Zone(zoneName) else { throw StoreError.failed(code: "time-zone", message: "unknown time zone \(zoneName)") }
        self.init(
            id: try row[offset], slug: try row[offset + 1], name: try row[offset + 2], departement: try row[offset + 3], zone: zone,
            holidayZone: try row[offset + 5], colour: try row[offset + 6], organizationLabel: try row[offset + 7],
            privacyNotice: try row[offset + 8], attemptsBeforeMissed: try row[offset + 9], minutesBetweenAttempts: try row[offset + 10])
        toldAloneFrom = try row[offset + 11]
        hasWebhooks = try row[offset + 12]
        agentFigures = try row[offset + 13]
        publicFigures = try row[offset + 14]
        (quietFrom, quietUntil, sundayMessages) = (try row[offset + 15], try row[offset + 16], try row[offset + 17])
    }

    public static func find(_ id: Int64, in db: Reader) throws -> Territory? {
        try db.first("SELECT \(columns) FROM territory WHERE id = \(id)") { try Territory($0) }
    }

    public static func all(in db: Reader) throws -> [Territory] {
        try db.all("SELECT \(columns) FROM territory ORDER BY id") { try Territory($0) }
    }

    public func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO territory (id, slug, name, departement, time_zone, holiday_zone, colour, organization_label, privacy_notice,
              attempts_before_missed, minutes_between_attempts)
            VALUES (\(id), \(slug), \(name), \(departement), \(zone.identifier), \(holidayZone), \(colour), \(organizationLabel),
              \(privacyNotice), \(attemptsBeforeMissed), \(minutesBetweenAttempts))
            """)
    }
}
