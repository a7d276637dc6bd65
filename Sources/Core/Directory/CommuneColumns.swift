/// Where each thing stands in the rows of a file of communes, by the names that official files give to their columns.
struct CommuneColumns {
    private let width: Int
    private let positions: [Column: Int]

    enum Column: String, CaseIterable {
        case insee = "code_insee"
        case name = "nom"
        case departement
        case population = "population_municipale"
        case latitude, longitude
        case postalCodes = "codes_postaux"

        /// Folded, as ``Folding/key(_:)`` writes them.
        var names: Set<String> {
            switch self {
            case .insee: ["code insee", "insee", "codgeo", "com", "code commune", "code commune insee"]
            case .name: ["nom", "libelle", "libgeo", "nom commune", "commune", "nom standard"]
            case .departement: ["departement", "dep", "code departement"]
            case .population: ["population municipale", "population", "pmun"]
            case .latitude: ["latitude", "lat", "latitude centre"]
            case .longitude: ["longitude", "lon", "lng", "longitude centre"]
            case .postalCodes: ["codes postaux", "code postal", "cp"]
            }
        }
    }

    /// - Throws: a ``Refusal`` that names the columns without which nothing can be kept.
    init(_ header: [String]) throws {
        width = header.count
        let folded = header.map(Folding.key)
        positions = Column.allCases.reduce(into: [:]) { found, column in
            found[column] = folded.firstIndex { column.names.contains($0) }
        }
        let missing = [Column.insee, .name, .postalCodes].filter { positions[$0] == nil }
        guard missing.isEmpty else { throw Refusal.missingColumns(missing.map(\.rawValue), found: header) }
    }

    func read(_ record: CSV.Record) throws(ImportFault) -> Commune {
        guard !record.isBroken else { throw fault(record, "un guillemet n’est pas fermé, ou pas à sa place. Corrigez la ligne.") }
        guard record.fields.count == width else {
            throw fault(record, "\(record.fields.count) colonnes au lieu de \(width). Complétez la ligne, ou mettez entre guillemets.")
        }
        let insee = text(.insee, record).uppercased()
        guard Self.isInsee(insee) else { throw fault(record, "« \(insee) » n’est pas un code INSEE de commune (cinq caractères).") }
        let name = text(.name, record)
        guard !name.isEmpty, name.count <= 100 else { throw fault(record, "le nom de la commune \(insee) manque. Ajoutez-le.") }
        return Commune(
            insee: insee, name: name, departement: try departement(record, insee), postalCodes: try postalCodes(record),
            population: try number(.population, record, 0...20_000_000) { Int($0) },
            latitude: try number(.latitude, record, -90...90) { Double($0) },
            longitude: try number(.longitude, record, -180...180) { Double($0) })
    }
}

extension CommuneColumns {
    private func text(_ column: Column, _ record: CSV.Record) -> String {
        positions[column].map { record.fields[$0].trimmed } ?? ""
    }

    private func fault(_ record: CSV.Record, _ sentence: String) -> ImportFault { ImportFault(line: record.line, sentence: sentence) }

    /// 2A and 2B are Corsica; 97 and 98 are followed by a third character overseas.
    private func departement(_ record: CSV.Record, _ insee: String) throws(ImportFault) -> String {
        let expected = String(insee.prefix(insee.hasPrefix("97") || insee.hasPrefix("98") ? 3 : 2))
        let written = text(.departement, record).uppercased()
        guard written.isEmpty || written == expected else {
            throw fault(record, "le département « \(written) » n’est pas celui du code \(insee). Corrigez l’un des deux.")
        }
        return expected
    }

    private func postalCodes(_ record: CSV.Record) throws(ImportFault) -> [String] {
        let codes = text(.postalCodes, record).split { "|,; /".contains($0) }.map(String.init)
        for code in codes where code.utf8.count != 5 || !code.utf8.allSatisfy(\.isDigit) {
            throw fault(record, "« \(code) » n’est pas un code postal (cinq chiffres). Un tableur a pu effacer un zéro.")
        }
        return codes
    }

    /// Some towns have none: an empty field is no fault.
    private func number<Value: Comparable>(
        _ column: Column, _ record: CSV.Record, _ range: ClosedRange<Value>, _ parse: (String) -> Value?
    ) throws(ImportFault) -> Value? {
        let written = text(column, record)
        guard !written.isEmpty else { return nil }
        guard let value = parse(written.replacing(",", with: ".")), range.contains(value) else {
            throw fault(record, "« \(written) » ne convient pas dans la colonne \(column.rawValue). Corrigez-le ou videz la case.")
        }
        return value
    }

    static func isInsee(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        guard bytes.count == 5, bytes[0].isDigit, bytes[2...].allSatisfy(\.isDigit) else { return false }
        return bytes[1].isDigit || code.hasPrefix("2A") || code.hasPrefix("2B")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
