import Store

extension Organization: SetUp {
    public static let kind = "organization"
    public static let refusals = ["organization_name": Refusal.nameTaken("Une organisation porte déjà ce nom.")]
    static let columns: SQL = "organization.id, organization.area_id, organization.name, organization.phone"

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(id: try row[offset], areaID: try row[offset + 1], name: try row[offset + 2], phone: try row[offset + 3])
    }

    public var facts: [String: String] { ["name": name, "area_id": areaID?.description ?? "", "phone": phone ?? ""] }

    public func mustBeSettable(by acting: Acting, in db: Reader) throws { try acting.require(.setUpTerritory) }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Organization {
        if let areaID, try Area.find(areaID, of: territory.id, in: db) == nil {
            complaints.add("area_id", "Choisissez un territoire d’action sociale de la liste.")
        }
        return Organization(
            id: id, areaID: areaID, name: complaints.name(name, "name"), phone: complaints.phone(phone, "phone", of: territory))
    }

    public static func find(_ id: ID<Organization>, of territory: Int64, in db: Reader) throws -> Organization? {
        try db.first("SELECT \(columns) FROM organization WHERE territory_id = \(territory) AND id = \(id)") { try Organization($0) }
    }

    /// By name, as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Organization] {
        try db.all("SELECT \(columns) FROM organization WHERE territory_id = \(territory)") { try Organization($0) }
            .sorted { $0.name.comesBefore($1.name) }
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE organization SET name = \(name), area_id = \(areaID), phone = \(phone)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM organization WHERE territory_id = \(territory) AND id = \(id)")
    }
}
