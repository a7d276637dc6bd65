import Scheduling
import Store

extension Template {
    static let columns: SQL = """
        template.id, template.purpose, template.channel, template.organization_id, template.reason_id, template.language,
        template.retired_at,
        \(TemplateVersion.columns)
        """

    init(_ row: Row) throws {
        self.init(
            id: try row[0],
            scope: Scope(
                try row[1], try row[2], organization: try row[3], reason: try row[4], language: try row[5]),
            version: try TemplateVersion(row, at: 7), retiredAt: try row[6])
    }

    /// Each template with what it says now.
    private static let current: SQL = """
        template JOIN template_version ON template_version.territory_id = template.territory_id
          AND template_version.template_id = template.id AND template_version.number = (SELECT max(number) FROM template_version last
            WHERE last.territory_id = template.territory_id AND last.template_id = template.id)
        """

    /// What is said for this scope: the person's own language first, then the reason, then the organization; what comes with the product
    /// when nobody wrote anything.
    static func used(for scope: Scope, of territory: Int64, in db: Reader) throws -> Template {
        let written = try db.first(
            """
            SELECT \(columns) FROM \(current)
            WHERE template.territory_id = \(territory) AND template.purpose = \(scope.purpose) AND template.channel = \(scope.channel)
              AND template.retired_at IS NULL AND template.language IN \(list: [scope.language, "fr"])
              AND (template.organization_id IS NULL OR template.organization_id = \(scope.organizationID))
              AND (template.reason_id IS NULL OR template.reason_id = \(scope.reasonID))
            ORDER BY CASE WHEN template.language = \(scope.language) THEN 0 ELSE 1 END,
              CASE WHEN template.reason_id IS NULL THEN 1 ELSE 0 END, CASE WHEN template.organization_id IS NULL THEN 1 ELSE 0 END LIMIT 1
            """
        ) { try Template($0) }
        return written ?? shipped(scope.purpose, scope.channel)
    }

    /// The same, for who writes it.
    public static func used(for scope: Scope, by acting: Acting, in db: Reader) throws -> Template {
        guard acting.mayRead(scope) else { throw Refusal.forbidden }
        return try used(for: scope, of: acting.territoryID, in: db)
    }

    /// The one of this very scope, retired or not; nothing when nobody wrote it.
    public static func find(_ scope: Scope, of territory: Int64, in db: Reader) throws -> Template? {
        try db.first(
            """
            SELECT \(columns) FROM \(current) WHERE template.territory_id = \(territory) AND template.purpose = \(scope.purpose)
              AND template.channel = \(scope.channel) AND template.language = \(scope.language)
              AND \(isSame("organization_id", scope.organizationID)) AND \(isSame("reason_id", scope.reasonID))
            """
        ) { try Template($0) }
    }

    private static func isSame(_ column: SQL, _ id: ID<some Any>?) -> SQL {
        id.map { "template.\(column) = \($0)" } ?? "template.\(column) IS NULL"
    }

    /// - Throws: ``Refusal/notFound`` when it is not of this territory, or of an organization that they do not set up.
    public static func find(_ id: ID<Template>, by acting: Acting, in db: Reader) throws -> Template {
        let found = try db.first(
            "SELECT \(columns) FROM \(current) WHERE template.territory_id = \(acting.territoryID) AND template.id = \(id)"
        ) { try Template($0) }
        guard let found, acting.mayRead(found.scope) else { throw Refusal.notFound }
        return found
    }

    /// All those written that this agent may read, retired ones too, in the order of their ids.
    public static func all(by acting: Acting, in db: Reader) throws -> [Template] {
        try acting.require(.setUpOrganization)
        return try db.all("SELECT \(columns) FROM \(current) WHERE template.territory_id = \(acting.territoryID) ORDER BY template.id") {
            try Template($0)
        }.filter { acting.mayRead($0.scope) }
    }
}

extension Acting {
    /// The territory's are read by all who set up; an organization's, by who sets it up.
    func mayRead(_ scope: Template.Scope) -> Bool {
        scope.organizationID.map { can(.setUpOrganization, in: $0) } ?? can(.setUpOrganization)
    }

    /// The territory's are written by who sets it up; an organization's own, by who sets it up.
    public func mayWrite(_ scope: Template.Scope) -> Bool {
        scope.organizationID.map { can(.setUpOrganization, in: $0) } ?? can(.setUpTerritory)
    }
}

extension TemplateVersion {
    static let columns: SQL = """
        template_version.id, template_version.number, template_version.subject, template_version.body, template_version.readability,
        template_version.because, template_version.written_at, template_version.written_by
        """

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            id: try row[offset], number: try row[offset + 1], subject: try row[offset + 2], body: try row[offset + 3],
            readability: try row[offset + 4], because: try row[offset + 5], writtenAt: try row[offset + 6], author: try row[offset + 7])
    }

    /// Its history, latest first.
    public static func all(of template: Template, by acting: Acting, in db: Reader) throws -> [TemplateVersion] {
        try db.all(
            """
            SELECT \(columns) FROM template_version
            WHERE territory_id = \(acting.territoryID) AND template_id = \(template.id) ORDER BY number DESC
            """
        ) { try TemplateVersion($0) }
    }
}
