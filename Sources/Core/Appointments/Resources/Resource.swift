import Store

/// Une ressource: a room, a car or an interpreter of an organization, with a calendar of its own.
public struct Resource: Sendable, Equatable {
    public let id: ID<Resource>
    public let organizationID: ID<Organization>
    public var kind: Kind
    public var name: String
    /// Where it is; an interpreter goes anywhere.
    public var siteID: ID<Site>?
    /// An interpreter's, as BCP 47 codes, in order.
    public var languages: [String]
    /// How to ask for it: a number, an address.
    public var contact: String
    /// À confirmer: its time is kept at once, and someone says whether it is accepted.
    public var needsAcceptance: Bool
    /// Not proposed any more.
    public var isRetired: Bool

    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case room, car, interpreter

        public var label: String {
            switch self {
            case .room: "salle"
            case .car: "voiture"
            case .interpreter: "interprète"
            }
        }
    }

    public init(
        id: ID<Resource> = .new(), organizationID: ID<Organization>, kind: Kind, name: String, siteID: ID<Site>? = nil,
        languages: [String] = [], contact: String = "", needsAcceptance: Bool = false, isRetired: Bool = false
    ) {
        self.id = id
        self.organizationID = organizationID
        self.kind = kind
        self.name = name
        self.siteID = siteID
        self.languages = languages
        self.contact = contact
        self.needsAcceptance = needsAcceptance
        self.isRetired = isRetired
    }

    public func speaks(_ language: String?) -> Bool { language.map(languages.contains) ?? true }
}

extension Resource {
    static let columns: SQL = """
        resource.id, resource.organization_id, resource.kind, resource.name, resource.site_id, resource.contact,
        resource.needs_acceptance, resource.retired
        """
    static let columnCount = 8

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            id: try row[offset], organizationID: try row[offset + 1], kind: try row[offset + 2], name: try row[offset + 3],
            siteID: try row[offset + 4], contact: try row[offset + 5], needsAcceptance: try row[offset + 6], isRetired: try row[offset + 7])
    }

    /// Those of some organizations, by name.
    public static func of(_ organizations: [ID<Organization>], of territory: Int64, in db: Reader) throws -> [Resource] {
        organizations.isEmpty ? [] : try all("resource.organization_id IN \(list: organizations)", of: territory, in: db)
    }

    static func those(_ ids: [ID<Resource>], of territory: Int64, in db: Reader) throws -> [Resource] {
        ids.isEmpty ? [] : try all("resource.id IN \(list: ids)", of: territory, in: db)
    }

    static func all(_ which: SQL, of territory: Int64, in db: Reader) throws -> [Resource] {
        var found = try db.all("SELECT \(columns) FROM resource WHERE resource.territory_id = \(territory) AND \(which)") {
            try Resource($0)
        }.sorted { $0.name.comesBefore($1.name) }
        guard found.contains(where: { $0.kind == .interpreter }) else { return found }
        let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1.id, $0) })
        try db.forEach(
            """
            SELECT resource_language.resource_id, resource_language.language FROM resource_language
            JOIN resource ON resource.territory_id = resource_language.territory_id AND resource.id = resource_language.resource_id
            WHERE resource.territory_id = \(territory) AND \(which) ORDER BY resource_language.language
            """
        ) { row in if let place = places[try row[0]] { found[place].languages.append(try row[1]) } }
        return found
    }

    /// Says that their calendars changed, and keeps them from any other transaction; after the agents', in the order of their ids.
    static func lockCalendars(_ resources: Set<ID<Resource>>, of territory: Int64, in db: Writer) throws {
        for resource in resources.sorted() {
            try db.run(
                "UPDATE resource SET calendar_version = calendar_version + 1 WHERE territory_id = \(territory) AND id = \(resource)")
        }
    }
}
