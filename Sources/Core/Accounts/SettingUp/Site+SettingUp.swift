import Store

extension Site: SetUp {
    public static let kind = "site"
    public static let refusals = ["site_name": Refusal.nameTaken("Un lieu de cette organisation porte déjà ce nom.")]
    static let columns: SQL = "site.id, site.organization_id, site.name, site.address, site.commune, site.phone"
    static let columnCount = 6

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            id: try row[offset], organizationID: try row[offset + 1], name: try row[offset + 2], address: try row[offset + 3],
            commune: try row[offset + 4], phone: try row[offset + 5])
    }

    public var facts: [String: String] {
        ["name": name, "organization_id": organizationID.description, "address": address, "commune": commune, "phone": phone ?? ""]
    }

    /// An organization's own administrator sets up its sites.
    public func mustBeSettable(by acting: Acting, in db: Reader) throws {
        guard try Organization.find(organizationID, of: acting.territoryID, in: db) != nil else {
            throw Refusal.field("organization_id", "unknown-organization", "Choisissez une organisation de la liste.")
        }
        try acting.require(.setUpOrganization, in: organizationID)
    }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Site {
        let before = try Site.find(id, of: territory.id, in: db)
        if let before, before.organizationID != organizationID {
            complaints.add("organization_id", "Un lieu reste dans son organisation. Créez plutôt un autre lieu.")
        }
        return Site(
            id: id, organizationID: organizationID, name: complaints.name(name, "name"),
            address: complaints.line(address, "address", limit: 300), commune: complaints.line(commune, "commune", limit: 100),
            phone: complaints.phone(phone, "phone", of: territory))
    }

    public static func find(_ id: ID<Site>, of territory: Int64, in db: Reader) throws -> Site? {
        try db.first("SELECT \(columns) FROM site WHERE territory_id = \(territory) AND id = \(id)") { try Site($0) }
    }

    /// By name, as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Site] {
        try db.all("SELECT \(columns) FROM site WHERE territory_id = \(territory)") { try Site($0) }
            .sorted { $0.name.comesBefore($1.name) }
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE site SET name = \(name), address = \(address), commune = \(commune), phone = \(phone)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM site WHERE territory_id = \(territory) AND id = \(id)")
    }
}
