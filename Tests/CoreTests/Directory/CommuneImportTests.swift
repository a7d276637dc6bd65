import Core
import Foundation
import Store
import TestKit
import Testing

@Suite("The import of communes")
struct CommuneImportTests {
    static let header = "code_insee,nom,departement,population_municipale,latitude,longitude,codes_postaux"
    static let good = "64430,Orthez,64,10684,43.49419,-0.78021,64300"

    private func run(_ rows: [String], header: String = header, allOrNothing: Bool = false, _ store: Store) async throws -> CommuneImport {
        let text = ([header] + rows).joined(separator: "\n") + "\n"
        return try await CommuneImport.run(Array(text.utf8), allOrNothing: allOrNothing, in: store)
    }

    @Test("keeps each commune once, and again changes nothing", arguments: Engine.available)
    func keeps(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let rows = [
                Self.good, "2A004,Ajaccio,2A,75000,41.9,8.7,20000|20090|20167", "98833,Voh,988,,,,98833", "85165,L’Oie,85,1200,46.8,-1.1,",
            ]
            let first = try await run(rows, store)
            #expect(first.faults.isEmpty)
            #expect((first.added, first.changed, first.same) == (4, 0, 0))
            let again = try await run(rows, store)
            #expect((again.added, again.changed, again.same) == (0, 0, 4))
            let renamed = try await run(["64430,Orthez-Nouveau,64,10684,43.49419,-0.78021,64300"], store)
            #expect((renamed.added, renamed.changed, renamed.same) == (0, 1, 0))
            let found = try await store.read { db in try Commune.of(departement: "64", in: db) }
            #expect(found.map(\.name) == ["Orthez-Nouveau"])
            let corsica = try await store.read { db in try Commune.of(departement: "2A", in: db) }
            #expect(corsica.first?.postalCodes == ["20000", "20090", "20167"])
            let overseas = try await store.read { db in try Commune.of(departement: "988", in: db) }
            #expect(overseas.first?.population == nil)
        }
    }

    @Test(
        "names the row that is wrong, says what to do, and keeps the others",
        arguments: [
            ("64445,Pau", "colonnes au lieu de 7"), ("64445,Pau,64,1,43,0,64000,encore", "colonnes au lieu de 7"),
            ("6444,Pau,64,1,43,0,64000", "code INSEE"), (",Pau,64,1,43,0,64000", "code INSEE"), ("64445,,64,1,43,0,64000", "nom"),
            ("64445,Pau,40,1,43,0,64000", "département"), ("64445,Pau,64,beaucoup,43,0,64000", "population_municipale"),
            ("64445,Pau,64,1,143,0,64000", "latitude"), ("64445,Pau,64,1,43,0,4000", "code postal"),
            ("64430,Orthez,64,1,43,0,64300", "déjà à la ligne 2"), ("\"64445,Pau,64,1,43,0,64000", "guillemet"),
        ])
    func faults(_ row: String, _ words: String) async throws {
        for engine in Engine.available {
            try await engine.withStore(Schema.migrations) { store in
                let result = try await run([Self.good, row], store)
                #expect(result.kept == 1)
                #expect(result.faults.map(\.line) == [3])
                #expect(result.faults[0].sentence.contains(words))
                let nothing = try await run(
                    ["64102,Bayonne,64,52749,43.49,-1.46,64100", Self.good, row.replacing("déjà", with: "")], allOrNothing: true, store)
                #expect(nothing.kept == 0)
                #expect(!nothing.faults.isEmpty)
                let found = try await store.read { db in try Commune.of(departement: "64", in: db) }
                #expect(found.map(\.name) == ["Orthez"])
            }
        }
    }

    @Test("reads a spreadsheet's file: semicolons, Latin-1, other names of columns", arguments: Engine.available)
    func spreadsheet(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let text = "Code postal;Commune;CODGEO;Lat;Lon\r\n64270;Salies-de-B\u{E9}arn;64499;43,468;-0,917\r\n"
            let result = try await CommuneImport.run(text.unicodeScalars.map { UInt8($0.value) }, allOrNothing: true, in: store)
            #expect(result.added == 1)
            let found = try await store.read { db in try Commune.of(departement: "64", in: db) }
            #expect(found.first?.name == "Salies-de-Béarn")
            #expect(found.first?.latitude == 43.468)
        }
    }

    @Test("says which columns are missing, and refuses what is no table")
    func columns() async throws {
        try await Engine.sqlite.withStore(Schema.migrations) { store in
            let missing = await #expect(throws: Refusal.self) { _ = try await run(["Orthez,64300"], header: "nom,codes_postaux", store) }
            #expect(missing?.code == "missing-columns")
            #expect(missing?.sentence.contains("code_insee") == true)
            let empty = await #expect(throws: Refusal.self) { _ = try await CommuneImport.run([UInt8](), allOrNothing: false, in: store) }
            #expect(empty?.code == "empty-file")
        }
    }

    @Test("takes the whole official list without a fault", .enabled(if: SharedData.communes != nil), arguments: Engine.available)
    func official(on engine: Engine) async throws {
        let file = try #require(SharedData.communes)
        try await engine.withStore(Schema.migrations) { store in
            let result = try await CommuneImport.run(try Data(contentsOf: file), allOrNothing: true, in: store)
            #expect(result.faults == [])
            #expect(result.added == 34_980)
            let names = try await store.read { db in try Commune.of(departement: "64", in: db).count }
            #expect(names == 545)
        }
    }
}

/// Real files beside the project, when they are at hand (`LIEN_SHARED`).
enum SharedData {
    static let communes: URL? = {
        let folder = ProcessInfo.processInfo.environment["LIEN_SHARED"] ?? "../shared"
        let file = URL(filePath: folder).appending(path: "data/communes.csv")
        return FileManager.default.isReadableFile(atPath: file.path) ? file : nil
    }()
}
