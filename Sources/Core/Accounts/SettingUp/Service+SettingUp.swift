import Store

extension Service: SetUp {
    public static let kind = "service"
    public static let refusals = ["service_name": Refusal.nameTaken("Un service porte déjà ce nom.")]
    static let columns: SQL = "service.id, service.name, service.secret"

    init(_ row: Row) throws { self.init(id: try row[0], name: try row[1], secret: try row[2]) }

    public var facts: [String: String] { ["name": name, "secret": String(secret)] }

    public func mustBeSettable(by acting: Acting, in db: Reader) throws { try acting.require(.setUpTerritory) }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Service {
        Service(id: id, name: complaints.name(name, "name"), secret: secret)
    }

    public static func find(_ id: ID<Service>, of territory: Int64, in db: Reader) throws -> Service? {
        try db.first("SELECT \(columns) FROM service WHERE territory_id = \(territory) AND id = \(id)") { try Service($0) }
    }

    /// By name, as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Service] {
        try db.all("SELECT \(columns) FROM service WHERE territory_id = \(territory)") { try Service($0) }
            .sorted { $0.name.comesBefore($1.name) }
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run("UPDATE service SET name = \(name), secret = \(secret) WHERE territory_id = \(territory) AND id = \(id)")
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM service WHERE territory_id = \(territory) AND id = \(id)")
    }
}
