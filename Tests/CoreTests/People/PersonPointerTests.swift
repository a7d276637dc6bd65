import Store
import TestKit
import Testing

@testable import Core

@Suite("Whatever points to a person") struct PersonPointerTests {
    @Test("has a rule for when two files become one, by the database’s own catalogue", arguments: Engine.available)
    func catalogue(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let known = Set(PersonPointer.all.map { "\($0.table).\($0.column)" })
            let keys = try await store.read { db in try foreignKeys(to: "person", on: engine, in: db) }
            #expect(keys.count >= 9)
            #expect(keys.subtracting(known) == [], "a table points to a person and PersonPointer does not say what becomes of it")
            let named = try await store.read { db in try columns(like: "person_id", on: engine, in: db) }
            #expect(named.subtracting(known) == [], "a column is called after a person and PersonPointer does not say what becomes of it")
        }
    }

    /// `table.column` of every foreign key whose last column points to this table's id.
    private func foreignKeys(to table: String, on engine: Engine, in db: Reader) throws -> Set<String> {
        let query: SQL =
            switch engine {
            case .sqlite:
                """
                SELECT m.name, k."from" FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS k
                WHERE m.type = 'table' AND k."table" = \(table) AND k."to" = 'id'
                """
            case .postgres:
                """
                SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_upper(c.conkey, 1)]
                WHERE c.contype = 'f' AND c.confrelid = (\(table))::regclass
                """
            }
        return Set(try db.all(query) { "\(try $0[0] as String).\(try $0[1] as String)" })
    }

    private func columns(like name: String, on engine: Engine, in db: Reader) throws -> Set<String> {
        let query: SQL =
            switch engine {
            case .sqlite:
                """
                SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' AND c.name LIKE \("%" + name)
                """
            case .postgres:
                """
                SELECT table_name::text, column_name::text FROM information_schema.columns
                WHERE table_schema = current_schema() AND column_name LIKE \("%" + name)
                """
            }
        return Set(try db.all(query) { "\(try $0[0] as String).\(try $0[1] as String)" })
    }
}
