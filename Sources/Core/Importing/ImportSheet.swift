/// A CSV file read row by row under a mapping: what each row says, or why it cannot be read.
public struct ImportSheet<Column: ImportColumn>: Sendable {
    public let header: [String]
    public let mapping: ColumnMapping<Column>
    public let rows: [Row]

    public struct Row: Sendable {
        /// Where it begins in the file, from 1.
        public let line: Int
        public let content: Result<[Column: String], ImportFault>
    }

    public static var mostRows: Int { 100_000 }

    /// - Parameter mapping: the one that the header suggests, when none is given.
    /// - Throws: a ``Refusal`` when the file has no row, has too many, or lacks a column that nothing can replace.
    public init(_ file: some Sequence<UInt8>, mapping: ColumnMapping<Column>? = nil) throws {
        var records = CSV(file).makeIterator()
        guard let header = records.next(), !header.isBroken else { throw Refusal.emptyFile }
        self.header = header.fields
        self.mapping = mapping ?? ColumnMapping(guessing: header.fields)
        guard self.mapping.missing.isEmpty else {
            throw Refusal.missingColumns(self.mapping.missing.map(\.label), found: header.fields)
        }
        var rows: [Row] = []
        while let record = records.next() {
            guard rows.count < Self.mostRows else { throw Refusal.fileTooLong(Self.mostRows) }
            rows.append(Row(line: record.line, content: Self.read(record, width: header.fields.count, self.mapping)))
        }
        guard !rows.isEmpty else { throw Refusal.emptyFile }
        self.rows = rows
    }

    private static func read(_ record: CSV.Record, width: Int, _ mapping: ColumnMapping<Column>) -> Result<[Column: String], ImportFault> {
        func fault(_ sentence: String) -> Result<[Column: String], ImportFault> {
            .failure(ImportFault(line: record.line, sentence: sentence))
        }
        guard !record.isBroken else { return fault("un guillemet n’est pas fermé, ou pas à sa place. Corrigez la ligne.") }
        guard record.fields.count == width else {
            return fault("\(record.fields.count) colonnes au lieu de \(width). Complétez la ligne, ou mettez entre guillemets.")
        }
        guard !record.fields.contains(where: { $0.contains("\0") }) else { return fault("elle contient des caractères illisibles.") }
        return .success(mapping.values(record.fields))
    }
}

extension Refusal {
    static func fileTooLong(_ most: Int) -> Refusal {
        Refusal(.invalid, "file-too-long", "Ce fichier a plus de \(most) lignes. Coupez-le en plusieurs.")
    }
}
