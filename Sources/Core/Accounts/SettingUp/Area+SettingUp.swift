import Store

extension Area: SetUp {
    public static let kind = "area"
    public static let refusals = ["area_name": Refusal.nameTaken("Un territoire d’action sociale porte déjà ce nom.")]

    public var facts: [String: String] { ["name": name] }

    public func mustBeSettable(by acting: Acting, in db: Reader) throws { try acting.require(.setUpTerritory) }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Area {
        Area(id: id, name: complaints.name(name, "name"))
    }

    public static func find(_ id: ID<Area>, of territory: Int64, in db: Reader) throws -> Area? {
        try db.first("SELECT id, name FROM area WHERE territory_id = \(territory) AND id = \(id)") { Area(id: try $0[0], name: try $0[1]) }
    }

    /// By name, as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Area] {
        try db.all("SELECT id, name FROM area WHERE territory_id = \(territory)") { Area(id: try $0[0], name: try $0[1]) }
            .sorted { $0.name.comesBefore($1.name) }
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run("UPDATE area SET name = \(name) WHERE territory_id = \(territory) AND id = \(id)")
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM area WHERE territory_id = \(territory) AND id = \(id)")
    }
}
