import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("When two files are not made one") struct PersonMergeRefusalTests {
    /// The refusal, after which nothing has changed.
    private func refused(_ merge: PersonMerge, by acting: Acting, _ pair: MergeWorld, in store: Store) async throws -> Refusal? {
        let before = try await state(pair, store)
        do {
            _ = try await merge.run(by: acting, at: World.now, in: store)
            return nil
        } catch let refusal as Refusal {
            #expect(try await state(pair, store) == before)
            return refusal
        }
    }

    private func state(_ pair: MergeWorld, _ store: Store) async throws -> [[String: Int]] {
        [try await pair.rows(of: pair.kept.id, in: store), try await pair.rows(of: pair.other.id, in: store)]
    }

    @Test("with itself, with someone of another territory, with nobody, and without the right", arguments: Engine.available)
    func access(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let foreign = try await World.make(in: store, territoryID: 65)
            let itself = pair.merge { $0.otherID = $0.keptID }
            #expect(try await refused(itself, by: pair.reception, pair, in: store) == .samePerson)
            for other in [foreign.person.id, .new()] {
                let merge = pair.merge { $0.otherID = other }
                #expect(try await refused(merge, by: pair.reception, pair, in: store) == .notFound)
                let entries = try await pair.world.journal(about: other, in: store)
                #expect(entries.map(\.act) == [.refused])
            }
            let worker = try await pair.world.acting(pair.world.worker, in: store)
            #expect(try await refused(pair.merge(), by: worker, pair, in: store) == .forbidden)
            let stranger = try await pair.world.hire(.reception, in: pair.world.elsewhere, store: store)
            let there = try await pair.world.acting(stranger, in: store)
            #expect(try await refused(pair.merge(), by: there, pair, in: store) == .notFound)
        }
    }

    @Test("when either file was changed since they were compared", arguments: Engine.available)
    func changed(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            for merge in [pair.merge { $0.keptVersion = 3 }, pair.merge { $0.otherVersion = 3 }] {
                let refusal = try await refused(merge, by: pair.reception, pair, in: store)
                #expect(refusal == .editedMeanwhile)
            }
        }
    }

    @Test("while both have appointments to come at one hour, which are listed", arguments: Engine.available)
    func overlap(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let mine = try await pair.book(pair.kept, 0, 9, in: store)
            let theirs = try await pair.book(pair.other, 0, 9, with: pair.world.colleague, in: store)
            #expect(try await refused(pair.merge(), by: pair.reception, pair, in: store) == .appointmentsOverlap)
            let territory = pair.world.territory.id
            let listed = try await store.read { db in
                try PersonOverlap.between(pair.kept.id, pair.other.id, of: territory, after: World.now, in: db)
            }
            #expect(listed == [PersonOverlap(kept: mine.id, other: theirs.id, keptAt: mine.startsAt, otherAt: theirs.startsAt)])
            try await theirs.cancel(.cancelledByService, why: "", by: pair.reception, at: World.now, in: store)
            #expect(try await refused(pair.merge(), by: pair.reception, pair, in: store) == nil)
        }
    }

    @Test("past appointments at one hour, which nobody can undo, do not stand in the way", arguments: Engine.available)
    func past(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            _ = try await pair.book(pair.kept, 0, 9, in: store)
            _ = try await pair.book(pair.other, 0, 9, with: pair.world.colleague, in: store)
            _ = try await pair.merge().run(by: pair.reception, at: World.at(1, 9), in: store)
            #expect(try await store.number("SELECT count(*) FROM claim WHERE holder_id = \(pair.kept.id)") == 2)
        }
    }

    @Test("when one is a relative of the other: they are two people", arguments: Engine.available)
    func relatives(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            try await store.write { db in try pair.insertRelation(of: pair.kept.id, to: pair.other.id, kind: .sibling, in: db) }
            #expect(try await refused(pair.merge(), by: pair.reception, pair, in: store) == .areRelatives)
        }
    }

    @Test("of two words on one relative, « ne doit pas savoir » stands", arguments: Engine.available)
    func unaware(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let relative = pair.world.person.id
            try await store.write { db in
                try pair.insertRelation(of: pair.kept.id, to: relative, kind: .parent, in: db)
                try pair.insertRelation(of: pair.other.id, to: relative, kind: .parent, unaware: "2026-01-05", in: db)
            }
            _ = try await pair.merge().run(by: pair.reception, at: World.now, in: store)
            let kept = try await store.number(
                "SELECT count(*) FROM relation WHERE person_id = \(pair.kept.id) AND unaware_since = '2026-01-05'")
            #expect(kept == 1)
            #expect(try await store.number("SELECT count(*) FROM relation") == 1)
        }
    }

    @Test("a file that others still point to cannot be deleted: the database refuses it", arguments: Engine.available)
    func schema(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            try await pair.fill(in: store)
            await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in _ = try db.run("DELETE FROM person WHERE id = \(pair.other.id)") }
            }
            await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in
                    _ = try db.run(
                        """
                        INSERT INTO person_merged (territory_id, id, into_id, name, at, agent_id, aside)
                        VALUES (\(pair.world.territory.id), \(pair.kept.id), \(pair.kept.id), 'x', 0, \(pair.world.worker.id), '{}')
                        """)
                }
            }
        }
    }
}
