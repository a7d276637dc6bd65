import Foundation
import Scheduling
import Store

/// A file sent to be imported (table `import_file`): kept between its preview and its import, and for a day its report.
public struct ImportFile: Sendable, Equatable {
    public let id: ID<ImportFile>
    public let kind: Kind
    /// As it was called on the sender's machine.
    public let name: String
    /// `nil` once it is imported.
    public let content: [UInt8]?
    /// Who will follow the people.
    public let organizationID: ID<Organization>?
    /// What became of it, once it is imported.
    public let report: ImportReport?

    public init(
        id: ID<ImportFile>, kind: Kind, name: String, content: [UInt8]?, organizationID: ID<Organization>?, report: ImportReport?
    ) {
        (self.id, self.kind, self.name, self.content) = (id, kind, name, content)
        (self.organizationID, self.report) = (organizationID, report)
    }

    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case people, agents

        public var label: String {
            switch self {
            case .people: "Personnes"
            case .agents: "Agents"
            }
        }
    }

    /// Bytes: some 100,000 rows.
    public static let largest = 16 * 1_048_576
}

extension ImportFile {
    /// Keeps a file until it is imported, a day at most. Nothing of it is imported yet.
    /// - Throws: a ``Refusal``: no right, nothing in it, no organization of this territory.
    public static func receive(
        _ bytes: [UInt8], named name: String, as kind: Kind, for organization: ID<Organization>?, by acting: Acting, at now: Instant,
        in db: Writer
    ) throws -> ImportFile {
        try acting.require(.importFiles)
        try acting.requireWriting()
        guard !bytes.isEmpty else { throw Refusal.field("file", "empty-file", "Choisissez un fichier CSV avec une ligne d’en-tête.") }
        guard bytes.count <= largest else {
            throw Refusal.field("file", "file-too-large", "16 Mo au plus. Coupez le fichier en plusieurs.")
        }
        if kind == .people { try check(organization, of: acting.territoryID, in: db) }
        let file = ImportFile(
            id: .new(), kind: kind, name: String(PersonDraft.oneLine(name).prefix(100)), content: bytes,
            organizationID: kind == .people ? organization : nil, report: nil)
        try db.run(
            """
            INSERT INTO import_file (territory_id, id, kind, name, content, organization_id, created_by, created_at)
            VALUES (\(acting.territoryID), \(file.id), \(kind), \(file.name), \(bytes), \(file.organizationID), \(acting.agent.id), \(now))
            """)
        return file
    }

    /// The same for what is imported at once and not kept.
    public static func unkept(
        _ bytes: [UInt8], as kind: Kind, for organization: ID<Organization>?, by acting: Acting, in db: Reader
    ) throws -> ImportFile {
        try acting.require(.importFiles)
        if kind == .people { try check(organization, of: acting.territoryID, in: db) }
        return ImportFile(
            id: .new(), kind: kind, name: "", content: bytes, organizationID: kind == .people ? organization : nil, report: nil)
    }

    static func check(_ organization: ID<Organization>?, of territory: Int64, in db: Reader) throws {
        guard let organization, try Organization.find(organization, of: territory, in: db) != nil else {
            throw Refusal.field("organization", "no-organization", "Choisissez qui suivra ces personnes.")
        }
    }

    /// - Throws: ``Refusal/notFound`` for what is of another territory, and for what is gone since.
    public static func find(_ id: ID<ImportFile>, by acting: Acting, in db: Reader) throws -> ImportFile {
        try acting.require(.importFiles)
        let found = try db.first(
            """
            SELECT id, kind, name, content, organization_id, report FROM import_file
            WHERE territory_id = \(acting.territoryID) AND id = \(id)
            """
        ) { row in
            ImportFile(
                id: try row[0], kind: try row[1], name: try row[2], content: try row[3], organizationID: try row[4],
                report: ImportReport(text: try row[5]))
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// What would become of each row.
    public func preview(_ mapping: [Int: String]?, by acting: Acting, at now: Instant, in store: Store) async throws -> ImportReport {
        switch kind {
        case .people: try await people(mapping).preview(by: acting, at: now, in: store)
        case .agents: try await agents(mapping).preview(by: acting, at: now, in: store)
        }
    }

    /// Imports it, once: the report takes the place of what was sent, unless nothing was written.
    public func run(
        _ mapping: [Int: String]?, allOrNothing: Bool, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> ImportReport {
        let report =
            switch kind {
            case .people: try await people(mapping).run(allOrNothing: allOrNothing, by: acting, at: now, in: store)
            case .agents: try await agents(mapping).run(allOrNothing: allOrNothing, by: acting, at: now, in: store)
            }
        guard report.isWritten else { return report }
        let text = try report.text()
        try await store.write { db in
            _ = try db.run(
                """
                UPDATE import_file SET content = NULL, report = \(text)
                WHERE territory_id = \(acting.territoryID) AND id = \(id) AND report IS NULL
                """)
        }
        return report
    }
}

extension ImportFile {
    /// A column of the file: its name, what its first row holds, and what it is taken for.
    public struct Heading: Sendable, Equatable {
        public let name: String
        public let example: String
        public let column: String?

        public init(name: String, example: String, column: String?) {
            (self.name, self.example, self.column) = (name, example, column)
        }
    }

    /// What the columns of a file of this kind can be taken for.
    public static func choices(_ kind: Kind) -> [(value: String, label: String)] {
        switch kind {
        case .people: PersonColumn.allCases.map { ($0.rawValue, $0.label) }
        case .agents: AgentColumn.allCases.map { ($0.rawValue, $0.label) }
        }
    }

    /// - Parameter mapping: what was chosen; else it is guessed.
    public func headings(_ mapping: [Int: String]?) -> [Heading] {
        var records = CSV(content ?? []).makeIterator()
        let header = records.next()?.fields ?? [], first = records.next()?.fields ?? []
        let guessed =
            switch kind {
            case .people: ColumnMapping<PersonColumn>(guessing: header).columns.mapValues(\.rawValue)
            case .agents: ColumnMapping<AgentColumn>(guessing: header).columns.mapValues(\.rawValue)
            }
        return header.indices.map { index in
            Heading(
                name: header[index], example: first.indices.contains(index) ? PersonDraft.oneLine(first[index]) : "",
                column: (mapping ?? guessed)[index])
        }
    }

    private func people(_ mapping: [Int: String]?) throws -> PeopleImport {
        guard let organizationID else { throw Refusal.notFound }
        return PeopleImport(try ImportSheet(unread(), mapping: Self.typed(mapping)), organization: organizationID)
    }

    private func agents(_ mapping: [Int: String]?) throws -> AgentsImport {
        AgentsImport(try ImportSheet(unread(), mapping: Self.typed(mapping)))
    }

    private func unread() throws -> [UInt8] {
        guard let content else {
            throw Refusal(.conflict, "already-imported", "Ce fichier est déjà importé. Rouvrez son rapport, ou envoyez-le de nouveau.")
        }
        return content
    }

    private static func typed<Column: ImportColumn>(_ mapping: [Int: String]?) -> ColumnMapping<Column>? {
        mapping.map { ColumnMapping($0.compactMapValues(Column.init(rawValue:))) }
    }
}

extension ImportReport {
    fileprivate func text() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    fileprivate init?(text: String?) {
        guard let text, let report = try? JSONDecoder().decode(ImportReport.self, from: Data(text.utf8)) else { return nil }
        self = report
    }
}
