import Scheduling
import Store

/// A field of people's files that a territory may do without (table `person_field_off`). One that is off is neither shown nor changed.
public enum PersonField: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case birthName = "birth-name"
    case expectedBirth = "expected-birth"
    case needs, language, tags, discretion, caf, msa
    case franceTravail = "france-travail"
    case file
    case otherNumber = "other-number"

    public var label: String {
        switch self {
        case .birthName: "Nom de naissance"
        case .expectedBirth: "Naissance prévue"
        case .needs: "Besoins dits par la personne"
        case .language: "Langue"
        case .tags: "Étiquettes"
        case .discretion: "Contact discret"
        case .caf: ExternalNumber.Kind.caf.label
        case .msa: ExternalNumber.Kind.msa.label
        case .franceTravail: ExternalNumber.Kind.franceTravail.label
        case .file: ExternalNumber.Kind.file.label
        case .otherNumber: ExternalNumber.Kind.other.label
        }
    }

    public var hint: String {
        switch self {
        case .birthName: "À côté du nom d’usage ; on trouve la personne par l’un et par l’autre."
        case .expectedBirth: "Pour un enfant à naître suivi par la PMI."
        case .needs: "« Parler fort », « fauteuil »."
        case .language: "La langue à parler."
        case .tags: "Les vôtres, de la liste des réglages."
        case .discretion: "Ne jamais écrire, ne jamais laisser de message, adresse confidentielle."
        case .caf, .msa, .franceTravail, .file, .otherNumber: "Cherché en entier."
        }
    }
}

extension PersonField {
    /// Those that the territory does without.
    public static func off(of territory: Int64, in db: Reader) throws -> Set<PersonField> {
        Set(try db.all("SELECT field FROM person_field_off WHERE territory_id = \(territory)") { try $0[0] as PersonField })
    }

    /// What was filled in stays, unseen: a field turned on again shows it.
    public static func turnOff(_ fields: Set<PersonField>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        let before = try off(of: acting.territoryID, in: db)
        guard before != fields else { return }
        try db.run("DELETE FROM person_field_off WHERE territory_id = \(acting.territoryID)")
        for field in fields.sorted(by: { $0.rawValue < $1.rawValue }) {
            try db.run("INSERT INTO person_field_off (territory_id, field) VALUES (\(acting.territoryID), \(field))")
        }
        try Journal.record(
            .changed, about: nil, ["what": "person-fields", "off.before": words(before), "off.after": words(fields)], by: acting, at: now,
            in: db)
    }

    private static func words(_ fields: Set<PersonField>) -> String { fields.map(\.rawValue).sorted().joined(separator: " ") }
}
