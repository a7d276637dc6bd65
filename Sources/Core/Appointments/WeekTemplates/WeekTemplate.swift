import Scheduling
import Store

/// Une semaine type: openings kept under a name, to be laid in another agenda or in another week.
public struct WeekTemplate: Sendable, Equatable {
    public let id: ID<WeekTemplate>
    public let organizationID: ID<Organization>
    public let name: String
    public let lines: [Line]

    /// One opening of the week.
    public struct Line: Sendable, Equatable {
        public let weekday: Weekday
        public let minutes: Range<Int>
        public let siteID: ID<Site>?
        public let place: String
        public let reasonIDs: Set<ID<Reason>>

        public init(weekday: Weekday, minutes: Range<Int>, siteID: ID<Site>?, place: String, reasonIDs: Set<ID<Reason>>) {
            self.weekday = weekday
            self.minutes = minutes
            self.siteID = siteID
            self.place = place
            self.reasonIDs = reasonIDs
        }
    }

    public init(id: ID<WeekTemplate> = .new(), organizationID: ID<Organization>, name: String, lines: [Line]) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.lines = lines
    }
}

extension WeekTemplate {
    /// Those of the organizations where one fills agendas, by name.
    public static func all(for acting: Acting, in db: Reader) throws -> [WeekTemplate] {
        let houses = Set(acting.organizations(with: .fillOwnAgenda) + acting.organizations(with: .fillEveryAgenda)).sorted()
        let lines = try lines(of: acting.territoryID, in: db)
        return try db.all(
            """
            SELECT id, organization_id, name FROM week_template
            WHERE territory_id = \(acting.territoryID) AND organization_id IN \(list: houses) ORDER BY name, id
            """
        ) { row in
            let id: ID<WeekTemplate> = try row[0]
            return WeekTemplate(id: id, organizationID: try row[1], name: try row[2], lines: lines[id, default: []])
        }.sorted { $0.name.comesBefore($1.name) }
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<WeekTemplate>, for acting: Acting, in db: Reader) throws -> WeekTemplate {
        guard let found = try all(for: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return found
    }

    private static func lines(of territory: Int64, in db: Reader) throws -> [ID<WeekTemplate>: [Line]] {
        var reasons: [String: Set<ID<Reason>>] = [:]
        try db.forEach("SELECT template_id, number, reason_id FROM week_template_reason WHERE territory_id = \(territory)") { row in
            reasons["\(try row[0] as ID<WeekTemplate>)/\(try row[1] as Int)", default: []].insert(try row[2])
        }
        var lines: [ID<WeekTemplate>: [Line]] = [:]
        try db.forEach(
            """
            SELECT template_id, number, weekday, start_minute, end_minute, site_id, place FROM week_template_line
            WHERE territory_id = \(territory) ORDER BY template_id, number
            """
        ) { row in
            let id: ID<WeekTemplate> = try row[0]
            lines[id, default: []].append(
                Line(
                    weekday: Weekday(rawValue: try row[2]) ?? .monday, minutes: try row[3]..<(try row[4]), siteID: try row[5],
                    place: try row[6], reasonIDs: reasons["\(id)/\(try row[1] as Int)", default: []]))
        }
        return lines
    }
}

extension WeekTemplate {
    /// Keeps the openings of an agent's week in an organization, as they are that week, exceptions taken into account.
    /// - Throws: a ``Refusal`` beside `name` or `date`.
    public static func keep(
        _ name: String, of agent: ID<Agent>, in organization: ID<Organization>, week date: CivilDate, by acting: Acting, at now: Instant,
        in db: Writer
    ) throws -> WeekTemplate {
        try Opening.requireFilling(agent, in: organization, by: acting, db)
        var complaints = Complaints()
        let name = complaints.name(name, "name", empty: "Donnez un nom : « Semaine A ».")
        try complaints.check()
        let lines = try lines(of: agent, in: organization, week: date.monday, acting.territory.zone, acting.territoryID, db)
        guard !lines.isEmpty else {
            throw Refusal.field("date", "empty-week", "Aucune plage cette semaine-là. Choisissez-en une autre.")
        }
        let template = WeekTemplate(organizationID: organization, name: name, lines: lines)
        try saying(refusals) { try template.insert(by: acting, in: db) }
        try Journal.record(.created, about: template.id.uuid, ["what": "week-template", "name": name], by: acting, at: now, in: db)
        return template
    }

    private static let refusals = [
        "week_template_name": Refusal.field("name", "name-taken", "Une semaine type de cette organisation a déjà ce nom.")
    ]

    private static func lines(
        of agent: ID<Agent>, in organization: ID<Organization>, week monday: CivilDate, _ zone: Zone, _ territory: Int64, _ db: Reader
    ) throws -> [Line] {
        let window = zone.instant(monday, minute: 0)..<zone.instant(monday.adding(days: 7), minute: 0)
        return try Opening.of(agent, of: territory, in: db).filter { $0.organizationID == organization && $0.permanenceOf == nil }.flatMap {
            opening in
            opening.stretch.ranges(in: window, zone: zone).map { time in
                let start = zone.civil(time.lowerBound), end = zone.civil(time.upperBound)
                let last = end.date == start.date ? end.minute : 1440
                return Line(
                    weekday: start.date.weekday, minutes: start.minute..<last, siteID: opening.siteID, place: opening.place,
                    reasonIDs: opening.reasonIDs)
            }
        }.sorted { ($0.weekday, $0.minutes.lowerBound) < ($1.weekday, $1.minutes.lowerBound) }
    }

    private func insert(by acting: Acting, in db: Writer) throws {
        let territory = acting.territoryID
        try db.run(
            """
            INSERT INTO week_template (territory_id, id, organization_id, name, created_by)
            VALUES (\(territory), \(id), \(organizationID), \(name), \(acting.agent.id))
            """)
        for (number, line) in lines.enumerated() {
            try db.run(
                """
                INSERT INTO week_template_line (territory_id, template_id, number, weekday, start_minute, end_minute, site_id, place)
                VALUES (\(territory), \(id), \(number), \(line.weekday.rawValue), \(line.minutes.lowerBound), \(line.minutes.upperBound),
                  \(line.siteID), \(line.place))
                """)
            for reason in line.reasonIDs.sorted() {
                try db.run(
                    """
                    INSERT INTO week_template_reason (territory_id, template_id, number, reason_id)
                    VALUES (\(territory), \(id), \(number), \(reason))
                    """)
            }
        }
    }

    /// Lays it in an agent's agenda, from the week of a date, for so many weeks; all or nothing.
    /// - Throws: a ``Refusal`` beside `template` when the agent is of none of the services of a line.
    public func lay(
        for agent: ID<Agent>, week date: CivilDate, weeks: Int, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> [Opening] {
        try await store.claim { db in
            guard (1...52).contains(weeks) else { throw Refusal.field("weeks", "weeks", "De 1 à 52 semaines.") }
            return try lines.map { line in
                let draft = try draft(line, for: agent, date.monday, weeks, of: acting.territoryID, in: db)
                return try Opening.create(draft, by: acting, at: now, in: db)
            }
        }
    }

    private func draft(
        _ line: Line, for agent: ID<Agent>, _ monday: CivilDate, _ weeks: Int, of territory: Int64, in db: Reader
    ) throws -> OpeningDraft {
        let reasons = line.reasonIDs.intersection(try Reason.openable(by: agent, of: territory, in: db).map(\.id))
        guard !reasons.isEmpty else {
            throw Refusal.field(
                "template", "not-of-service", "Cet agent n’est pas des services de cette semaine type. Choisissez-en une autre.")
        }
        let day = monday.adding(days: line.weekday.rawValue - 1)
        return OpeningDraft(
            agentID: agent, organizationID: organizationID, siteID: line.siteID, place: line.place, reasonIDs: reasons,
            stretch: StretchDraft(
                date: day, from: line.minutes.lowerBound, to: line.minutes.upperBound,
                pattern: weeks == 1 ? .once : .weekly(every: 1, on: [line.weekday]),
                until: weeks == 1 ? nil : day.adding(days: 7 * (weeks - 1))))
    }

    public static func delete(_ id: ID<WeekTemplate>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let template = try find(id, for: acting, in: db)
        try acting.requireWriting()
        for table: SQL in ["week_template_reason", "week_template_line"] {
            try db.run("DELETE FROM \(table) WHERE territory_id = \(acting.territoryID) AND template_id = \(id)")
        }
        try db.run("DELETE FROM week_template WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try Journal.record(.deleted, about: id.uuid, ["what": "week-template", "name": template.name], by: acting, at: now, in: db)
    }
}
