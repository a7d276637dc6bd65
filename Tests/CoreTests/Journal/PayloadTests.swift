import Core
import Foundation
import Store
import TestKit
import Testing

@Suite("A payload is one text")
struct PayloadTests {
    @Test("it is JSON that says what was recorded, whatever its characters", arguments: Engine.available)
    func readsBack(_ engine: Engine) async throws {
        let payload = [
            "why": "guillemets \" et \\, tabulation \t, ligne \n\r, \u{8}\u{C}\u{1}\u{1F}", "été": "/œuvre/ 👩‍🦽 \u{2028}", "a": "",
            "": "vide",
        ]
        try await engine.withStore(Schema.migrations) { store in
            let text = try await recorded(payload, in: store)
            #expect(try JSONDecoder().decode([String: String].self, from: Data(text.utf8)) == payload)
        }
    }

    @Test("its keys are sorted, so that the same facts make the same text", arguments: Engine.available)
    func isSorted(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let text = try await recorded(["b": "2", "a": "1", "c": "a\"b/"], in: store)
            #expect(text == #"{"a":"1","b":"2","c":"a\"b/"}"#)
        }
    }

    private func recorded(_ payload: [String: String], in store: Store) async throws -> String {
        try await store.write { db in
            let id = try Journal.record(.changed, about: nil, payload, by: .system, of: 64, at: World.now, in: db)
            return try db.first("SELECT payload FROM journal_payload WHERE territory_id = 64 AND id = \(id)") { try $0[0] } ?? ""
        }
    }
}
