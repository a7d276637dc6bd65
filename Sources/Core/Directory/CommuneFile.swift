/// A CSV file of communes, read row by row: what can be kept, and what is wrong with the rest.
public struct CommuneFile: Sendable {
    public private(set) var communes: [Commune] = []
    public private(set) var faults: [ImportFault] = []

    /// - Throws: a ``Refusal`` when the file has no row, or lacks a column that nothing can replace.
    public init(_ file: some Sequence<UInt8>) throws {
        var records = CSV(file).makeIterator()
        guard let header = records.next(), !header.isBroken else { throw Refusal.emptyFile }
        let columns = try CommuneColumns(header.fields)
        var lines: [String: Int] = [:]
        while let record = records.next() {
            do throws(ImportFault) {
                let commune = try columns.read(record)
                if let first = lines[commune.insee] { throw ImportFault.duplicate(record.line, commune.insee, first) }
                lines[commune.insee] = record.line
                communes.append(commune)
            } catch {
                faults.append(error)
            }
        }
        guard !communes.isEmpty || !faults.isEmpty else { throw Refusal.emptyFile }
    }
}

/// Why one row of a file was not kept, and what to do.
public struct ImportFault: Error, Sendable, Equatable {
    /// Where the row begins, from 1.
    public let line: Int
    public let sentence: String

    static func duplicate(_ line: Int, _ insee: String, _ first: Int) -> ImportFault {
        ImportFault(line: line, sentence: "le code \(insee) est déjà à la ligne \(first), qui est gardée. Supprimez l’une des deux.")
    }
}

extension Refusal {
    static let emptyFile = Refusal(
        .invalid, "empty-file", "Ce fichier n’a pas de lignes de tableau. Choisissez un fichier CSV avec une ligne d’en-tête.")

    static func missingColumns(_ names: [String], found: [String]) -> Refusal {
        let plural = names.count > 1
        return Refusal(
            .invalid, "missing-columns",
            """
            \(plural ? "Colonnes manquantes" : "Colonne manquante") : \(names.joined(separator: ", ")). \
            Le fichier a : \(found.prefix(20).joined(separator: ", ")).
            """)
    }
}
