import Store

/// Une étiquette: a word of the territory's own put on people's files (table `tag`).
public struct PersonTag: Sendable, Equatable {
    public let id: ID<PersonTag>
    public var name: String

    public init(id: ID<PersonTag> = .new(), name: String) {
        self.id = id
        self.name = name
    }
}

extension PersonTag: SetUp {
    public static let kind = "tag"
    public static let refusals = ["tag_name": Refusal.nameTaken("Une étiquette porte déjà ce nom.")]

    public var facts: [String: String] { ["name": name] }

    public func mustBeSettable(by acting: Acting, in db: Reader) throws { try acting.require(.setUpTerritory) }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> PersonTag {
        PersonTag(id: id, name: complaints.name(name, "name", limit: 40))
    }

    public static func find(_ id: ID<PersonTag>, of territory: Int64, in db: Reader) throws -> PersonTag? {
        try db.first("SELECT id, name FROM tag WHERE territory_id = \(territory) AND id = \(id)") {
            PersonTag(id: try $0[0], name: try $0[1])
        }
    }

    /// By name, as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [PersonTag] {
        try db.all("SELECT id, name FROM tag WHERE territory_id = \(territory)") { PersonTag(id: try $0[0], name: try $0[1]) }
            .sorted { $0.name.comesBefore($1.name) }
    }

    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run("INSERT INTO tag (territory_id, id, name) VALUES (\(territory), \(id), \(name))")
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run("UPDATE tag SET name = \(name) WHERE territory_id = \(territory) AND id = \(id)")
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM tag WHERE territory_id = \(territory) AND id = \(id)")
    }
}
