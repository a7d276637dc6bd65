import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Making one file of two while others work") struct PersonMergeRaceTests {
    @Test("whoever books for the file that goes books for the one that stays, and nothing is lost", arguments: Engine.available)
    func booking(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let agents = [pair.world.worker, pair.world.colleague]
            let booked = try await withThrowingTaskGroup(of: [ID<Appointment>].self) { group in
                for (index, agent) in agents.enumerated() {
                    group.addTask {
                        var made: [ID<Appointment>] = []
                        for turn in 0..<6 {
                            let hour = [9, 10, 11, 14, 15, 16][turn]
                            made.append(try await pair.book(pair.other, index, hour, with: agent, in: store).id)
                        }
                        return made
                    }
                }
                group.addTask {
                    try await Task.sleep(for: .milliseconds(15))
                    _ = try await pair.merge().run(by: pair.reception, at: World.now, in: store)
                    return []
                }
                return try await group.reduce([], +)
            }
            #expect(booked.count == 12)
            let rows = try await pair.rows(of: pair.kept.id, in: store)
            #expect(rows["participation.person_id"] == 12 && rows["claim.holder_id"] == 12 && rows["message.person_id"] == 12)
            let left = try await pair.rows(of: pair.other.id, in: store)
            #expect(left.filter { $0.value > 0 }.isEmpty, "\(left)")
        }
    }

    @Test("of two who merge the same files at once, in either direction, one is told", arguments: Engine.available)
    func twice(_ engine: Engine) async throws {
        try await withTwoFiles(on: engine) { pair, store in
            let merges = [
                pair.merge(),
                pair.merge {
                    ($0.keptID, $0.otherID) = ($0.otherID, $0.keptID)
                },
            ]
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for merge in merges {
                    group.addTask {
                        do {
                            _ = try await merge.run(by: pair.reception, at: World.now, in: store)
                            return true
                        } catch let refusal as Refusal where [.notFound, .conflict].contains(refusal.kind) {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(done.filter { $0 }.count == 1)
            let people: SQL = "SELECT count(*) FROM person WHERE id IN \(list: [pair.kept.id, pair.other.id])"
            #expect(try await store.number(people) == 1)
        }
    }
}
