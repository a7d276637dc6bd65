import Store

/// Contact discret: what must never be done when someone is called, written to or visited (columns of `person_detail`).
public struct Discretion: Sendable, Equatable {
    /// No letter to their address.
    public var neverPost: Bool
    /// No e-mail to their addresses.
    public var neverEmail: Bool
    /// No SMS about their appointments: they answered STOP, or said so.
    public var neverSMS: Bool
    /// No campaign: opposed to what is not about them alone.
    public var neverCampaign: Bool
    /// Neither voicemail nor words left with someone else.
    public var neverVoicemail: Bool
    /// Adresse confidentielle: shown to those who may change the file, and to nobody else.
    public var addressHidden: Bool
    /// Visite à deux: nobody goes to their home alone. It never says why.
    public var visitsForTwo: Bool
    /// What else must be minded, said in a few words: « appeler avant 16 h ».
    public var caution: String

    public static let longestCaution = 200
    public static let none = Discretion()

    public init(
        neverPost: Bool = false, neverEmail: Bool = false, neverSMS: Bool = false, neverCampaign: Bool = false,
        neverVoicemail: Bool = false, addressHidden: Bool = false, visitsForTwo: Bool = false, caution: String = ""
    ) {
        self.neverPost = neverPost
        self.neverEmail = neverEmail
        self.neverSMS = neverSMS
        self.neverCampaign = neverCampaign
        self.neverVoicemail = neverVoicemail
        self.addressHidden = addressHidden
        self.visitsForTwo = visitsForTwo
        self.caution = caution
    }

    /// What is said wherever a call or a letter is about to be made.
    public var warnings: [String] {
        [
            neverVoicemail ? "Ne jamais laisser de message" : nil, neverPost ? "Ne jamais écrire à cette adresse" : nil,
            neverEmail ? "Ne jamais envoyer d’e-mail" : nil, neverSMS ? "Ne veut pas de SMS" : nil,
            addressHidden ? "Adresse confidentielle" : nil,
            visitsForTwo ? "Visite à deux" : nil, caution.isEmpty ? nil : caution,
        ].compactMap { $0 }
    }

    func allows(_ channel: Person.Channel) -> Bool {
        switch channel {
        case .letter: !neverPost
        case .email: !neverEmail
        case .sms: !neverSMS
        case .phone, .none: true
        }
    }
}

extension Discretion {
    static let columns: SQL = """
        person_detail.never_post, person_detail.never_email, person_detail.never_voicemail, person_detail.address_hidden,
        person_detail.caution, person_detail.visits_for_two, person_detail.never_sms, person_detail.never_campaign
        """

    /// `.none` when the row has no detail (an outer join).
    init(_ row: Row, at offset: Int) throws {
        let neverPost: Bool? = try row[offset]
        guard let neverPost else {
            self = .none
            return
        }
        self.init(
            neverPost: neverPost, neverEmail: try row[offset + 1], neverSMS: try row[offset + 6], neverCampaign: try row[offset + 7],
            neverVoicemail: try row[offset + 2], addressHidden: try row[offset + 3], visitsForTwo: try row[offset + 5],
            caution: try row[offset + 4])
    }

    /// Of some people; those who asked for nothing are left out.
    public static func of(_ people: [ID<Person>], of territory: Int64, in db: Reader) throws -> [ID<Person>: Discretion] {
        guard !people.isEmpty else { return [:] }
        var found: [ID<Person>: Discretion] = [:]
        try db.forEach(
            """
            SELECT person_id, \(columns) FROM person_detail WHERE territory_id = \(territory) AND person_id IN \(list: people)
            """
        ) { row in
            let discretion = try Discretion(row, at: 1)
            if discretion != .none { found[try row[0]] = discretion }
        }
        return found
    }

    static func of(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> Discretion {
        try of([person], of: territory, in: db)[person] ?? .none
    }
}

extension Person {
    /// The same for who may not change the file: without the address when it is confidential.
    func hidingAddress(from acting: Acting, in db: Reader) throws -> Person {
        guard try Discretion.of(id, of: territoryID, in: db).addressHidden, try !Person.isEditable(id, by: acting, in: db) else {
            return self
        }
        var hidden = self
        (hidden.address, hidden.postalCode, hidden.commune) = ("", "", "")
        return hidden
    }
}
