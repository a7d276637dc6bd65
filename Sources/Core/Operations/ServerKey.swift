import Crypto
import Foundation
import Store

/// The secret that signs forms and cookies: made once in each database, so that all its nodes share it.
public enum ServerKey {
    private static let name = "server-key"

    /// - Returns: 32 bytes.
    public static func load(in store: Store) async throws -> [UInt8] {
        if let key = try await store.read({ db in try find(in: db) }) { return key }
        let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return try await store.write { db in
            try db.run("INSERT INTO setting (name, value) VALUES (\(name), \(fresh)) ON CONFLICT (name) DO NOTHING")
            return try find(in: db) ?? fresh
        }
    }

    private static func find(in db: Reader) throws -> [UInt8]? {
        try db.first("SELECT value FROM setting WHERE name = \(name)") { try $0[0] }
    }
}
