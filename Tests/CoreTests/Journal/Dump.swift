import Core
import Foundation
import Store

extension Store {
    /// How many payloads contain a text.
    func payloads(naming text: String) async throws -> Int {
        try await read { db in
            try db.all("SELECT payload FROM journal_payload") { try $0[0] as String }.filter { $0.contains(text) }.count
        }
    }

    /// All that a copy of the database would hold: the bytes of the file after VACUUM, or every row of every table as text.
    func dump(_ url: String) async throws -> String {
        guard engine == .sqlite else { return try await read { db in try Self.rows(in: db) } }
        try await runOutsideTransaction("VACUUM")
        try await runOutsideTransaction("PRAGMA wal_checkpoint(TRUNCATE)")
        let path = String(url.dropFirst("sqlite:".count))
        return try [path, path + "-wal"].filter(FileManager.default.fileExists).map { path in
            String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }.joined()
    }

    private static func rows(in db: Reader) throws -> String {
        let tables: [String] = try db.all("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'") { try $0[0] }
        return try tables.flatMap { table in
            try db.all("SELECT row_to_json(t)::text FROM \(identifier: table) t") { try $0[0] as String }
        }.joined()
    }
}
