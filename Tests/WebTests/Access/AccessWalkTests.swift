import Core
import HTTPTypes
import Hummingbird
import Store
import TestKit
import Testing

@testable import Web

/// Role × organization × service × territory, over every address.
@Suite("Every page and endpoint")
struct AccessWalkTests {
    @Test("has its door in the walk, and each door a page or an endpoint")
    func complete() async throws {
        try await Engine.sqlite.withStore(Schema.migrations) { store in
            let world = try await AccessWorld.make(in: store)
            let served = Set(try Deskful(store).desk.router().routes.map { "\($0.method.rawValue) \($0.path.description)" })
            let walked = Set((Door.pages + Door.api(world.compartments) + Door.last).map(\.route))
            #expect(served.subtracting(walked).sorted() == [], "add who may go there to Tests/WebTests/Access/Doors")
            #expect(walked.subtracting(served).sorted() == [])
        }
    }

    /// Everyone on one engine; on the other, where the rules are the same text, one of each kind: it is the longest test of all.
    static let walks: [(Engine, Walker)] = Engine.available.flatMap { engine in
        (engine == .sqlite ? Walker.all : Walker.ofEachKind).map { (engine, $0) }
    }

    @Test("opens to whom the rights table says, and shows nobody a word that is not theirs", arguments: walks)
    func everyone(on engine: Engine, _ walker: Walker) async throws {
        try await AccessWalk.with(engine, walker) { walk in
            let before = try await state(of: 65, walk.deskful.store)
            try await walk.walk()
            #expect(try await state(of: 65, walk.deskful.store) == before, "nothing of another territory was changed")
            if walker != .nobody {
                let refused = try await walk.deskful.store.read { db in
                    try db.first("SELECT count(*) FROM journal_header WHERE act = 'refused' AND territory_id = 64") { try $0[0] as Int }
                }
                #expect(refused ?? 0 > 50, "someone else’s ids are journalled")
            }
        }
    }

    /// What a territory holds, but for the journal.
    private func state(of territory: Int64, _ store: Store) async throws -> [Int] {
        let tables: [SQL] = [
            "area", "organization", "service", "site", "agent", "membership", "agent_service", "reason", "opening", "absence",
            "appointment", "appointment_fact", "call_attempt", "claim", "person", "note", "referent", "disclosure", "message", "api_token",
            "private_note", "tag", "archiving", "relation", "protection", "memo", "memo_fact", "closure", "bascule", "team", "tidings",
            "arrival", "webhook", "webhook_delivery", "calendar_feed", "foreign_calendar",
            "foreign_busy", "letter_batch", "letter", "answer_code",
        ]
        return try await store.read { db in
            try tables.map { table in
                try db.first("SELECT count(*) FROM \(table) WHERE territory_id = \(territory)") { try $0[0] as Int } ?? 0
            }
                + [try db.first("SELECT sum(calendar_version) FROM agent WHERE territory_id = \(territory)") { try $0[0] as Int } ?? 0]
        }
    }
}
