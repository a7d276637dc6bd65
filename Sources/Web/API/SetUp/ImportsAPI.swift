import Core
import HTTPTypes
import Scheduling
import Store

/// Importing people and agents from a CSV text.
enum ImportsAPI {
    private static let kind = Key<ImportFile.Kind>("kind")
    private static let csv = Key(
        "csv", Kind.lines(1...900_000), "Un CSV avec une ligne d’en-tête ; ses colonnes sont reconnues par leur nom.")
    private static let house = Key<ID<Organization>>("organization", "Celle qui suivra les personnes.")
    private static let preview = Key<Bool>("preview", "Dire ce qui serait fait, sans rien écrire.")
    private static let allOrNothing = Key<Bool>("all_or_nothing", "Ne rien importer si une ligne est refusée.")

    static let endpoints: [Endpoint] = [
        .change(
            .post, "/imports", "Importe des personnes ou des agents, ligne par ligne", needs: .importFiles,
            body: Fields("NewImport", needs: [kind, csv], takes: [house, preview, allOrNothing]), answers: ImportReport.shape, run)
    ]

    private static func run(_ call: Call) async throws -> ImportReport {
        let (kind, bytes) = (try call.body[kind], Array(try call.body[csv].utf8)), house = try call.body.ifAny(house)
        let isPreview = try call.body.ifAny(preview) ?? false, allOrNothing = try call.body.ifAny(allOrNothing) ?? false
        let file = try await call.store.read { db in
            try ImportFile.unkept(bytes, as: kind, for: house, by: call.acting, in: db)
        }
        if isPreview { return try await file.preview(nil, by: call.acting, at: call.now, in: call.store) }
        return try await file.run(nil, allOrNothing: allOrNothing, by: call.acting, at: call.now, in: call.store)
    }
}

extension ImportReport {
    static let shape = Shape<ImportReport>(
        "ImportReport",
        [
            Key<Bool>("written", "Quelque chose a été écrit.").of(\.isWritten),
            Key("created", Kind.integer(0...Int.max)).of { $0.count(.created) },
            Key("completed", Kind.integer(0...Int.max)).of { $0.count(.completed) },
            Key("same", Kind.integer(0...Int.max)).of { $0.count(.same) },
            Key("refused", Kind.integer(0...Int.max)).of { $0.count(.refused) },
            Key("lines", Kind<[Line]>.list(line.kind, 0...200_000)).of(\.lines),
        ])

    private static let line = Shape<Line>(
        "ImportLine",
        [
            Key("line", Kind.integer(1...Int.max), "Où la ligne commence dans le fichier.").of(\.line),
            Key<Outcome>("outcome").of(\.outcome), Key("sentence", Kind.lines(0...2_000)).of(\.sentence),
        ])
}

extension ImportReport.Outcome: Plain {}
extension ImportFile.Kind: Plain {}
