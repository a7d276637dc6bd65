import Scheduling
import Store

/// What someone is to a person (table `relation`): « la mère de », « l’aidante de », and what goes through them.
public struct Relation: Sendable, Equatable {
    /// What the other is to the person.
    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case parent, guardian, grandparent, sibling, spouse, carer, representative, other

        public var label: String {
            switch self {
            case .parent: "parent"
            case .guardian: "tuteur de l’enfant"
            case .grandparent: "grand-parent"
            case .sibling: "frère ou sœur"
            case .spouse: "conjoint"
            case .carer: "aidant"
            case .representative: "représentant légal"
            case .other: "autre proche"
            }
        }

        /// What the person is to the other.
        public var reverse: String {
            switch self {
            case .parent: "enfant"
            case .guardian: "enfant sous sa tutelle"
            case .grandparent: "petit-enfant"
            case .sibling, .spouse: label
            case .carer: "personne aidée"
            case .representative: "personne représentée"
            case .other: "autre proche"
            }
        }

        /// Those who answer for a child.
        var isResponsible: Bool { self == .parent || self == .guardian || self == .grandparent }
    }

    /// « Ne doit pas savoir »: since when, and who says so.
    public struct Unaware: Sendable, Equatable {
        public let since: CivilDate
        public let source: String
        public init(since: CivilDate, source: String) {
            self.since = since
            self.source = source
        }
    }

    /// A carer agreed to be on file: when, and how.
    public struct Consent: Sendable, Equatable {
        public let on: CivilDate
        public let how: String
        public init(on: CivilDate, how: String) {
            self.on = on
            self.how = how
        }
    }

    public let id: ID<Relation>
    public let personID: ID<Person>
    public let otherID: ID<Person>
    public var kind: Kind
    /// Reçoit: the person's messages go to them.
    public var receives: Bool
    /// Peut réserver.
    public var books: Bool
    /// When an adult asked that their messages go there.
    public var askedOn: CivilDate?
    public var unaware: Unaware?
    public var consent: Consent?

    public init(
        id: ID<Relation> = .new(), personID: ID<Person>, otherID: ID<Person>, kind: Kind, receives: Bool = false, books: Bool = false,
        askedOn: CivilDate? = nil, unaware: Unaware? = nil, consent: Consent? = nil
    ) {
        self.id = id
        self.personID = personID
        self.otherID = otherID
        self.kind = kind
        self.receives = receives
        self.books = books
        self.askedOn = askedOn
        self.unaware = unaware
        self.consent = consent
    }
}

extension Relation {
    static let columns: SQL = """
        relation.id, relation.person_id, relation.other_id, relation.kind, relation.receives, relation.books, relation.asked_on,
        relation.unaware_since, relation.unaware_source, relation.consent_on, relation.consent_how
        """
    static let columnCount = 11

    init(_ row: Row) throws {
        let unawareSince: CivilDate? = try row[7], consentOn: CivilDate? = try row[9]
        self.init(
            id: try row[0], personID: try row[1], otherID: try row[2], kind: try row[3], receives: try row[4], books: try row[5],
            askedOn: try row[6], unaware: try unawareSince.map { Unaware(since: $0, source: try row[8]) },
            consent: try consentOn.map { Consent(on: $0, how: try row[10]) })
    }

    /// The one of this person with this id.
    static func find(_ id: ID<Relation>, of person: ID<Person>, of territory: Int64, in db: Reader) throws -> Relation? {
        try db.first(
            "SELECT \(columns) FROM relation WHERE territory_id = \(territory) AND id = \(id) AND person_id = \(person)"
        ) { try Relation($0) }
    }

    func insert(of territory: Int64, by agent: ID<Agent>, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO relation (territory_id, id, person_id, other_id, kind, receives, books, asked_on, unaware_since, unaware_source,
              consent_on, consent_how, created_at, created_by)
            VALUES (\(territory), \(id), \(personID), \(otherID), \(kind), \(receives), \(books), \(askedOn), \(unaware?.since),
              \(unaware?.source ?? ""), \(consent?.on), \(consent?.how ?? ""), \(now), \(agent))
            """)
    }

    func update(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE relation SET kind = \(kind), receives = \(receives), books = \(books), asked_on = \(askedOn),
              unaware_since = \(unaware?.since), unaware_source = \(unaware?.source ?? ""), consent_on = \(consent?.on),
              consent_how = \(consent?.how ?? "")
            WHERE territory_id = \(territory) AND id = \(id)
            """)
    }

    /// What the journal keeps of it.
    var facts: [String: String] {
        [
            "kind": kind.rawValue, "receives": String(receives), "books": String(books), "asked_on": askedOn?.description ?? "",
            "unaware_since": unaware?.since.description ?? "", "unaware_source": unaware?.source ?? "",
            "consent_on": consent?.on.description ?? "", "consent_how": consent?.how ?? "",
        ]
    }
}
