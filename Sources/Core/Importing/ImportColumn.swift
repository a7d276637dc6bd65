/// What a column of an imported file can hold.
public protocol ImportColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What it is called on screen.
    var label: String { get }
    /// Other names that files give it, folded as ``Folding/key(_:)`` writes them; its label is one too.
    var names: Set<String> { get }
    /// Without these nothing can be kept.
    static var needed: [Self] { get }
}

/// A column of a file of people.
public enum PersonColumn: String, ImportColumn {
    case lastName = "last_name"
    case firstName = "first_name"
    case birthName = "birth_name"
    case birthDate = "birth_date"
    case phone
    case otherPhone = "other_phone"
    case email, address
    case postalCode = "postal_code"
    case commune, needs

    public static let needed: [PersonColumn] = [.lastName]

    public var label: String {
        switch self {
        case .lastName: "Nom"
        case .firstName: "Prénom"
        case .birthName: "Nom de naissance"
        case .birthDate: "Date de naissance"
        case .phone: "Téléphone"
        case .otherPhone: "Autre téléphone"
        case .email: "E-mail"
        case .address: "Adresse"
        case .postalCode: "Code postal"
        case .commune: "Commune"
        case .needs: "Besoins"
        }
    }

    public var names: Set<String> {
        switch self {
        case .lastName: ["nom de famille", "nom d usage", "nom usuel", "last name"]
        case .firstName: ["prenoms", "first name", "prenom usuel"]
        case .birthName: ["nom de jeune fille", "nom jeune fille", "nom naissance", "birth name"]
        case .birthDate: ["ne le", "nee le", "ne e le", "naissance", "date naissance", "ddn", "birth date"]
        case .phone: ["tel", "mobile", "portable", "numero", "telephone 1", "telephone mobile", "tel mobile", "phone"]
        case .otherPhone: ["telephone 2", "tel 2", "fixe", "telephone fixe", "tel fixe", "autre tel"]
        case .email: ["mail", "courriel", "adresse e mail", "adresse mail", "adresse electronique", "e mail 1"]
        case .address: ["rue", "voie", "adresse 1", "adresse postale", "numero et rue"]
        case .postalCode: ["cp", "code postal 1", "postal code"]
        case .commune: ["ville", "localite", "city"]
        case .needs: ["besoin", "besoins particuliers", "remarque besoins"]
        }
    }
}

/// A column of a file of agents.
public enum AgentColumn: String, ImportColumn {
    case lastName = "last_name"
    case firstName = "first_name"
    case email, organization, roles, services

    public static let needed: [AgentColumn] = [.lastName]

    public var label: String {
        switch self {
        case .lastName: "Nom"
        case .firstName: "Prénom"
        case .email: "E-mail"
        case .organization: "Organisation"
        case .roles: "Rôle"
        case .services: "Services"
        }
    }

    public var names: Set<String> {
        switch self {
        case .lastName: ["nom de famille", "last name"]
        case .firstName: ["prenoms", "first name"]
        case .email: ["mail", "courriel", "adresse e mail", "adresse mail", "identifiant", "login"]
        case .organization: ["mds", "ccas", "centre", "structure", "affectation"]
        case .roles: ["roles", "fonction", "profil", "droits"]
        case .services: ["service", "metier", "pole"]
        }
    }
}

/// Which column of a file holds what.
public struct ColumnMapping<Column: ImportColumn>: Sendable, Equatable {
    /// By the column's position in the file, from 0.
    public var columns: [Int: Column]

    public init(_ columns: [Int: Column]) { self.columns = columns }

    /// By the names of the header; the first of two columns of one name counts.
    public init(guessing header: [String]) {
        columns = [:]
        let folded = header.map(Folding.key)
        for column in Column.allCases {
            let names = column.names.union([Folding.key(column.label), Folding.key(column.rawValue)])
            let position = folded.indices.first { names.contains(folded[$0]) && columns[$0] == nil }
            if let position { columns[position] = column }
        }
    }

    var missing: [Column] { Column.needed.filter { !columns.values.contains($0) } }

    /// What the row says, without the columns left out; of two columns given one meaning, the first that says something.
    func values(_ fields: [String]) -> [Column: String] {
        var values: [Column: String] = [:]
        for (position, column) in columns.sorted(by: { $0.key < $1.key }) where fields.indices.contains(position) {
            let text = PersonDraft.oneLine(fields[position])
            if !text.isEmpty, values[column] == nil { values[column] = text }
        }
        return values
    }
}
