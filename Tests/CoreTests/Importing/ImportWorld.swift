import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// An office whose administrator imports files.
struct ImportWorld: Sendable {
    let office: Office
    let store: Store

    static func with(_ engine: Engine, _ test: (ImportWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await test(ImportWorld(office: try await Office.make(in: store), store: store))
        }
    }

    func people(_ text: String, mapping: [Int: String]? = nil, allOrNothing: Bool = false) async throws -> ImportReport {
        try await run(Array(text.utf8), .people, mapping, allOrNothing)
    }

    func agents(_ text: String, allOrNothing: Bool = false) async throws -> ImportReport {
        try await run(Array(text.utf8), .agents, nil, allOrNothing)
    }

    func run(
        _ bytes: [UInt8], _ kind: ImportFile.Kind, _ mapping: [Int: String]? = nil, _ allOrNothing: Bool = false, by acting: Acting? = nil
    ) async throws -> ImportReport {
        let acting = acting ?? office.admin
        let file = try await store.write { db in
            try ImportFile.receive(
                bytes, named: "essai.csv", as: kind, for: office.world.organization.id, by: acting, at: Office.now, in: db)
        }
        return try await file.run(mapping, allOrNothing: allOrNothing, by: acting, at: Office.now, in: store)
    }

    func preview(_ text: String, _ kind: ImportFile.Kind = .people, mapping: [Int: String]? = nil) async throws -> ImportReport {
        let file = try await store.read { db in
            try ImportFile.unkept(Array(text.utf8), as: kind, for: office.world.organization.id, by: office.admin, in: db)
        }
        return try await file.preview(mapping, by: office.admin, at: Office.now, in: store)
    }

    /// Those of the world's organization, by name.
    func names() async throws -> [String] {
        try await store.read { db in
            try db.all("SELECT first_name, last_name FROM person ORDER BY last_name, first_name") {
                Person.displayName(firstName: try $0[0], lastName: try $0[1])
            }
        }
    }

    func person(_ lastName: String) async throws -> Person? {
        try await store.read { db in
            try db.first("SELECT id FROM person WHERE last_name = \(lastName)") { try $0[0] as ID<Person> }
                .flatMap { try Person.find($0, of: office.world.territory.id, in: db) }
        }
    }
}

extension ImportReport {
    /// One sign a row: c(reated), + (completed), = (same), ! (refused).
    var signs: String {
        let signs: [Outcome: String] = [.created: "c", .completed: "+", .same: "=", .refused: "!"]
        return lines.map { signs[$0.outcome, default: "?"] }.joined()
    }
}
