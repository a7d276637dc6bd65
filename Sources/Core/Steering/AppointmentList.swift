import Scheduling
import Store

/// The appointments behind figures, day by day: for exports, which hold one day at a time however long they are.
///
/// Who sees the appointments sees the list, without names, numbers or addresses: its last column leads to each appointment for who may.
/// A discreet reason is named there as in every list; asked for by name, it lists nothing to who may not read it.
public struct AppointmentList: Sendable {
    public let query: FigureQuery
    private let acting: Acting
    private let names: FigureNames
    private let sites: [ID<Site>: String]
    /// Whether the agent of each appointment is said.
    public let namesAgents: Bool

    /// One person's part in an appointment.
    public struct Line: Sendable, Equatable {
        public let appointment: ID<Appointment>
        public let startsAt: Instant
        public let minutes: Int
        public let organization: String
        public let service: String
        public let reason: String
        public let how: How
        /// Nothing at home, where the place is the person's own.
        public let site: String?
        public let status: Participation.Status
        public let createdAt: Instant
        public let origin: Origin
        public let agent: String?
    }

    /// - Throws: ``Refusal/forbidden`` for who sees no figures, or not every appointment of an organization; ``Refusal/notFound`` and
    ///   ``Refusal/tooFewAgents`` as ``Figures/read(_:for:now:in:)``.
    public init(_ query: FigureQuery, for acting: Acting, now: Instant, in db: Reader) throws {
        try acting.require(.seeEveryAppointment)
        _ = try Figures.read(query, for: acting, now: now, in: db)
        let scope = try FigureScope(query, for: acting, in: db)
        self.query = query
        self.acting = acting
        names = try FigureNames(scope, in: db)
        sites = try Site.names(of: acting.territoryID, in: db)
        namesAgents = acting.territory.agentFigures
    }

    /// The civil days of the period, in order.
    public var days: [CivilDate] { Array(query.dates) }

    /// What begins on a day, in order of time.
    public func lines(of day: CivilDate, in db: Reader) throws -> [Line] {
        let span = acting.territory.zone.day(day)
        return try db.all(
            """
            SELECT appointment.id, appointment.starts_at, appointment.ends_at, appointment.organization_id, appointment.service_id,
              appointment.reason_id, appointment.how, appointment.site_id, participation.status, appointment.created_at,
              appointment.origin, appointment.agent_id, \(Reason.isUnnamed(to: acting))
            FROM agent CROSS JOIN appointment
            JOIN participation ON participation.territory_id = appointment.territory_id AND participation.appointment_id = appointment.id
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            WHERE agent.territory_id = \(acting.territoryID) AND appointment.territory_id = agent.territory_id
              AND appointment.agent_id = agent.id AND appointment.starts_at >= \(span.lowerBound)
              AND appointment.starts_at < \(span.upperBound) AND \(Appointment.visible(to: acting)) \(filters)
            ORDER BY appointment.starts_at, appointment.id, participation.person_id
            """, line)
    }

    private var filters: SQL {
        let scope = acting.organizations(with: .seeFigures)
        let over: SQL = acting.canOverTerritory(.seeFigures) ? "" : "AND appointment.organization_id IN \(list: scope)"
        let organization: SQL = query.organization.map { "AND appointment.organization_id = \($0)" } ?? ""
        let service: SQL = query.service.map { "AND appointment.service_id = \($0)" } ?? ""
        let reason: SQL = query.reason.map { "AND appointment.reason_id = \($0) AND NOT \(Reason.isUnnamed(to: acting))" } ?? ""
        return "\(over) \(organization) \(service) \(reason)"
    }

    private func line(_ row: Row) throws -> Line {
        let (starts, ends): (Instant, Instant) = (try row[1], try row[2])
        let site: ID<Site>? = try row[7], isUnnamed: Bool = try row[12]
        return Line(
            appointment: try row[0], startsAt: starts, minutes: Int(ends - starts) / 60, organization: names[.organization(try row[3])],
            service: names[.service(try row[4])], reason: isUnnamed ? Reason.unnamed : names[.reason(try row[5])], how: try row[6],
            site: site.flatMap { sites[$0] },
            status: try row[8], createdAt: try row[9], origin: try row[10], agent: namesAgents ? names[.agent(try row[11])] : nil)
    }
}

extension Site {
    static func names(of territory: Int64, in db: Reader) throws -> [ID<Site>: String] {
        let pairs = try db.all("SELECT id, name FROM site WHERE territory_id = \(territory)") {
            (try $0[0] as ID<Site>, try $0[1] as String)
        }
        return Dictionary(pairs) { $1 }
    }
}

/// What leaves in a file is journalled before its first byte.
public enum FigureExport: String, Sendable {
    case tables, appointments

    public func record(_ query: FigureQuery, as format: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        var facts = [
            "what": "figures", "content": rawValue, "format": format, "by": query.grain.rawValue,
            "from": query.dates.lowerBound.description,
            "to": query.dates.upperBound.adding(days: -1).description,
        ]
        facts["organization"] = query.organization?.description
        facts["service"] = query.service?.description
        facts["reason"] = query.reason?.description
        try Journal.record(.exported, about: nil, facts, by: acting, at: now, in: db)
    }
}
