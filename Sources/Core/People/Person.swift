import Scheduling
import Store

/// Who is supported. Only a name is required.
public struct Person: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Person>
    public var firstName: String
    public var lastName: String
    /// When it is not ``lastName``, the name they use.
    public var birthName: String
    public var birthDate: CivilDate?
    /// How they wish to be told.
    public var channel: Channel
    /// The language to speak, as a BCP 47 code (`fr`, `ar`, `uk`).
    public var language: String
    public var address: String
    public var postalCode: String
    public var commune: String
    /// Functional words said by the person: « parler fort », « fauteuil », « interprète arabe ».
    public var needs: String
    /// When the privacy sentence was said, and by whom.
    public var informedAt: Instant?
    public var informedBy: ID<Agent>?
    public var createdAt: Instant
    public var createdBy: ID<Agent>?
    /// Changes with each edit, so that two agents never overwrite each other unknowingly.
    public var version: Int64
    /// In order of preference.
    public var phones: [Phone]
    public var emails: [Email]

    public enum Channel: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case sms, email, phone, letter, none

        /// The others are spoken or posted by someone.
        public var leavesByItself: Bool { self == .sms || self == .email }

        public var label: String {
            switch self {
            case .sms: "SMS"
            case .email: "e-mail"
            case .phone: "appel téléphonique"
            case .letter: "courrier"
            case .none: "ne rien envoyer"
            }
        }
    }

    public struct Phone: Sendable, Equatable {
        /// E.164: `+33639981234`.
        public var number: String
        public var label: String
        public var mobile: Bool
        public init(number: String, label: String = "", mobile: Bool) {
            self.number = number
            self.label = label
            self.mobile = mobile
        }
    }

    public struct Email: Sendable, Equatable {
        public var address: String
        public var label: String
        /// Since when nothing arrives there.
        public var bouncedAt: Instant?
        public init(address: String, label: String = "", bouncedAt: Instant? = nil) {
            self.address = address
            self.label = label
            self.bouncedAt = bouncedAt
        }
    }

    public init(
        territoryID: Int64, id: ID<Person> = .new(), firstName: String = "", lastName: String, birthName: String = "",
        birthDate: CivilDate? = nil, channel: Channel = .sms, language: String = "fr", address: String = "", postalCode: String = "",
        commune: String = "",
        needs: String = "", informedAt: Instant? = nil, informedBy: ID<Agent>? = nil, createdAt: Instant, createdBy: ID<Agent>? = nil,
        version: Int64 = 0, phones: [Phone] = [], emails: [Email] = []
    ) {
        self.territoryID = territoryID
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.birthName = birthName
        self.birthDate = birthDate
        self.channel = channel
        self.language = language
        self.address = address
        self.postalCode = postalCode
        self.commune = commune
        self.needs = needs
        self.informedAt = informedAt
        self.informedBy = informedBy
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.version = version
        self.phones = phones
        self.emails = emails
    }

    public var name: String { Self.displayName(firstName: firstName, lastName: lastName) }

    static func displayName(firstName: String, lastName: String) -> String {
        firstName.isEmpty ? lastName : lastName.isEmpty ? firstName : "\(firstName) \(lastName)"
    }
}

extension Person {
    static let columns: SQL = """
        person.territory_id, person.id, person.first_name, person.last_name, person.birth_date, person.channel, person.language,
        person.address, person.postal_code, person.commune, person.needs, person.informed_at, person.informed_by, person.created_at,
        person.created_by, person.version, person.birth_name
        """

    /// Without phones and e-mails, which are rows of their own.
    init(_ row: Row) throws {
        self.init(
            territoryID: try row[0], id: try row[1], firstName: try row[2], lastName: try row[3], birthName: try row[16],
            birthDate: try row[4],
            channel: try row[5], language: try row[6], address: try row[7], postalCode: try row[8], commune: try row[9],
            needs: try row[10], informedAt: try row[11], informedBy: try row[12], createdAt: try row[13], createdBy: try row[14],
            version: try row[15])
    }

    /// Whole, with phones and e-mails. Says nothing about who may see it.
    /// - Parameter lock: keeps others from changing the row until the transaction ends (PostgreSQL; SQLite has one writer).
    static func find(_ id: ID<Person>, of territory: Int64, lock: Bool = false, in db: Reader) throws -> Person? {
        let suffix: SQL = lock ? "\(lock: .rows)" : ""
        let query: SQL = "SELECT \(columns) FROM person WHERE territory_id = \(territory) AND id = \(id)\(suffix)"
        guard var person = try db.first(query, { try Person($0) }) else { return nil }
        // Both in one query: this runs in each booking.
        try db.forEach(
            """
            SELECT rank, number, label, mobile, NULL FROM person_phone WHERE territory_id = \(territory) AND person_id = \(id)
            UNION ALL SELECT rank, address, label, NULL, bounced_at FROM person_email WHERE territory_id = \(territory) AND person_id = \(id)
            ORDER BY 1
            """
        ) { row in
            if let mobile = try row[3] as Bool? {
                person.phones.append(Phone(number: try row[1], label: try row[2], mobile: mobile))
            } else {
                person.emails.append(Email(address: try row[1], label: try row[2], bouncedAt: try row[4]))
            }
        }
        return person
    }
}
