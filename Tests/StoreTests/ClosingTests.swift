import Foundation
import Store
import TestKit
import Testing

@Suite struct ClosingTests {
    /// A copy of the one file is then the whole database.
    @Test("a SQLite database that is closed is one file, with all that was written")
    func oneFile() async throws {
        try await Engine.sqlite.withDatabase([Migration("t", ["CREATE TABLE t (v \(type: .bigint, "v") NOT NULL PRIMARY KEY)"])]) { url in
            let store = try Store.open(url)
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<20 {
                    group.addTask { try await store.write { db in try db.run("INSERT INTO t VALUES (\(number))") } }
                    group.addTask { try await count(in: store) }
                }
                try await group.waitForAll()
            }
            await store.close()
            let file = URL(filePath: String(url.dropFirst("sqlite:".count)))
            #expect(try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path) == [file.lastPathComponent])
            let copy = file.deletingLastPathComponent().appending(path: "copy.db")
            try FileManager.default.copyItem(at: file, to: copy)
            let again = try Store.open("sqlite:\(copy.path)")
            let kept = try await count(in: again)
            await again.close()
            #expect(kept == 20)
        }
    }

    private func count(in store: Store) async throws -> Int? {
        try await store.read { db in try db.first("SELECT count(*) FROM t") { try $0[0] as Int } }
    }
}
