import Scheduling
import Store

/// A measure that protects an adult (table `protection`). The person always gets their own messages.
public struct Protection: Sendable, Equatable {
    public enum Measure: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case sauvegarde, curatelle, tutelle
        case habilitation = "habilitation-familiale"
        case masp, maj

        public var label: String {
            switch self {
            case .sauvegarde: "sauvegarde de justice"
            case .curatelle: "curatelle"
            case .tutelle: "tutelle"
            case .habilitation: "habilitation familiale"
            case .masp: "MASP (accompagnement social personnalisé)"
            case .maj: "MAJ (accompagnement judiciaire)"
            }
        }
    }

    public let id: ID<Protection>
    public var measure: Measure
    public var startsOn: CivilDate
    /// The last day; none while it holds.
    public var endsOn: CivilDate?
    public var representativeID: ID<Person>?
    public var representativeName: String?
    /// The representative gets a copy of each message, which does not say the reason.
    public var copies: Bool

    public init(
        id: ID<Protection> = .new(), measure: Measure, startsOn: CivilDate, endsOn: CivilDate? = nil, representativeID: ID<Person>? = nil,
        representativeName: String? = nil, copies: Bool = false
    ) {
        self.id = id
        self.measure = measure
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.representativeID = representativeID
        self.representativeName = representativeName
        self.copies = copies
    }

    public func holds(on day: CivilDate) -> Bool { startsOn <= day && endsOn.map { day <= $0 } ?? true }
}

/// What was typed of a measure, as typed.
///
/// Names in ``Refusal/fields``: `measure`, `starts_on`, `ends_on`, `representative`, `copies`.
public struct ProtectionDraft: Sendable, Equatable {
    public var measure = ""
    public var startsOn = ""
    public var endsOn = ""
    public var representative = ""
    public var copies = false

    public init() {}

    public init(_ protection: Protection) {
        measure = protection.measure.rawValue
        startsOn = PersonDraft.display(protection.startsOn)
        endsOn = protection.endsOn.map { PersonDraft.display($0) } ?? ""
        representative = protection.representativeID?.description ?? ""
        copies = protection.copies
    }

    func applied(_ id: ID<Protection>, for person: ID<Person>, of territory: Int64, in db: Reader) throws -> Protection {
        var complaints = Complaints()
        let measure = Protection.Measure(rawValue: measure)
        if measure == nil { complaints.add("measure", "Choisissez la mesure.") }
        let startsOn = date(startsOn, "starts_on", &complaints), endsOn = date(endsOn, "ends_on", &complaints)
        if startsOn == nil { complaints.add("starts_on", "Donnez le jour où la mesure commence.") }
        if let startsOn, let endsOn, endsOn < startsOn { complaints.add("ends_on", "La fin est avant le début.") }
        let representative = try chosen(for: person, of: territory, &complaints, in: db)
        if copies, representative == nil { complaints.add("copies", "Choisissez d’abord le représentant à qui va la copie.") }
        try complaints.check()
        guard let measure, let startsOn else { throw Refusal.notFound }
        return Protection(
            id: id, measure: measure, startsOn: startsOn, endsOn: endsOn, representativeID: representative, copies: copies)
    }

    private func date(_ typed: String, _ field: String, _ complaints: inout Complaints) -> CivilDate? {
        let text = PersonDraft.oneLine(typed)
        guard !text.isEmpty else { return nil }
        let date = TypedDate.parse(text)
        if date == nil { complaints.add(field, "Cette date n’existe pas ou s’écrit autrement : 03/12/2026.") }
        return date
    }

    /// One of the person's relatives who may know.
    private func chosen(
        for person: ID<Person>, of territory: Int64, _ complaints: inout Complaints, in db: Reader
    ) throws -> ID<Person>? {
        guard !representative.isEmpty else { return nil }
        let id = ID<Person>(representative)
        let fits = try id.map { id in
            try db.exists(
                """
                SELECT 1 FROM relation WHERE territory_id = \(territory) AND person_id = \(person) AND other_id = \(id)
                  AND unaware_since IS NULL
                """)
        }
        if fits != true { complaints.add("representative", "Choisissez le représentant parmi les proches de la personne.") }
        return id
    }
}
