import Scheduling
import Store

/// A file to import: what each row would do, and doing it.
protocol Importing: Sendable {
    associatedtype Column: ImportColumn
    static var kind: ImportFile.Kind { get }
    var sheet: ImportSheet<Column> { get }
    /// What tells two rows of the file apart: two with one key are one row written twice.
    func key(_ values: [Column: String]) -> String
    /// Decides what the row does; writes it too, when there is where to write.
    func apply(_ values: [Column: String], by acting: Acting, at now: Instant, in db: Reader, writing: Writer?) throws -> Applied
}

/// What one row did, or would do.
struct Applied {
    let outcome: ImportReport.Outcome
    var sentence = ""
}

extension Importing {
    /// What would become of each row; nothing is written.
    func preview(by acting: Acting, at now: Instant, in store: Store) async throws -> ImportReport {
        try acting.require(.importFiles)
        let rows = unique()
        let lines = try await store.read { db in try rows.map { try line($0, by: acting, at: now, in: db, writing: nil) } }
        return ImportReport(lines: lines, isWritten: false)
    }

    /// Keeps the good rows, in transactions of a few hundred; or, all or nothing, everything in one.
    func run(allOrNothing: Bool, by acting: Acting, at now: Instant, in store: Store) async throws -> ImportReport {
        try acting.require(.importFiles)
        try acting.requireWriting()
        let rows = unique()
        if allOrNothing {
            let preview = try await preview(by: acting, at: now, in: store)
            if preview.count(.refused) > 0 { return preview }
        }
        var lines: [ImportReport.Line] = []
        let size = allOrNothing ? rows.count : 200
        for start in stride(from: 0, to: rows.count, by: size) {
            let batch = Array(rows[start..<min(start + size, rows.count)])
            lines += try await store.write { db in
                let done = try batch.map { try line($0, by: acting, at: now, in: db, writing: db) }
                if allOrNothing, let refused = done.first(where: { $0.outcome == .refused }) { throw changed(refused) }
                return done
            }
        }
        let report = ImportReport(lines: lines, isWritten: true)
        try await store.write { db in
            _ = try Journal.record(
                .created, about: nil, report.counts.merging(["what": "import", "kind": Self.kind.rawValue]) { $1 }, by: acting, at: now,
                in: db)
        }
        return report
    }

    /// Someone else wrote meanwhile what this row says.
    private func changed(_ line: ImportReport.Line) -> Refusal {
        Refusal(
            .conflict, "import-changed",
            "Ligne \(line.line) : \(line.sentence) Rien n’est importé ; affichez de nouveau l’aperçu.")
    }

    private func line(
        _ row: ImportSheet<Column>.Row, by acting: Acting, at now: Instant, in db: Reader, writing: Writer?
    ) throws -> ImportReport.Line {
        do {
            let applied = try apply(try row.content.get(), by: acting, at: now, in: db, writing: writing)
            return ImportReport.Line(line: row.line, outcome: applied.outcome, sentence: applied.sentence)
        } catch let fault as ImportFault {
            return ImportReport.Line(line: row.line, outcome: .refused, sentence: fault.sentence)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return ImportReport.Line(line: row.line, outcome: .refused, sentence: refusal.lines)
        }
    }

    /// The rows, where a row that says the same as one before it is at fault.
    private func unique() -> [ImportSheet<Column>.Row] {
        var seen: [String: Int] = [:]
        return sheet.rows.map { row in
            guard let values = try? row.content.get() else { return row }
            let key = key(values)
            guard let first = seen[key] else {
                seen[key] = row.line
                return row
            }
            let sentence = "la même est déjà à la ligne \(first), qui est gardée. Supprimez l’une des deux."
            return ImportSheet.Row(line: row.line, content: .failure(ImportFault(line: row.line, sentence: sentence)))
        }
    }
}

extension Refusal {
    /// All that is wrong, on one line of a report.
    fileprivate var lines: String {
        let sentences = fields.sorted { $0.key < $1.key }.map(\.value)
        return sentences.isEmpty ? sentence : sentences.joined(separator: " ")
    }
}
