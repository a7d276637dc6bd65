import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What a territory publishes")
struct PublicFiguresTests {
    /// Someone who knows the sum of the column from elsewhere, and that what is hidden is a whole number: what can each hidden cell be?
    private func possible(_ shown: [Int?], sum: Int) -> ClosedRange<Int> {
        0...(sum - shown.compactMap { $0 }.reduce(0, +))
    }

    @Test("hides each number under eleven, and nobody finds one by subtraction")
    func suppression() {
        var random = SystemRandomNumberGenerator()
        for size in 1...9 {
            for _ in 0..<2_000 {
                let column = (0..<size).map { _ in
                    [Int.random(in: 0...12, using: &random), Int.random(in: 0...60, using: &random)].randomElement()!
                }
                let shown = Suppression.hide(column)
                for (number, cell) in zip(column, shown) { #expect(cell == nil || cell == number && number >= 11) }
                let hidden = shown.indices.filter { shown[$0] == nil }
                guard !hidden.isEmpty, shown.contains(where: { $0 != nil }) else { continue }
                #expect(hidden.count >= 2, "one alone is the sum less the others: \(column)")
                #expect(possible(shown, sum: column.reduce(0, +)).count >= 12, "as many values as a number under eleven has: \(column)")
            }
        }
        #expect(Suppression.hide([40, 3, 25, 12]) == [40, nil, 25, nil])
        #expect(Suppression.hide([40, 0, 0, 25]) == [40, nil, nil, nil])
        #expect(Suppression.hide([40, 25]) == [40, 25])
    }

    @Test("is all hidden where there is too little to hide it among")
    func little() {
        #expect(Suppression.hide([5]) == [nil])
        #expect(Suppression.hide([5, 12]) == [nil, nil])
    }

    @Test("no table tells what another hides, nor are there totals", arguments: Engine.available)
    func tables(on engine: Engine) async throws {
        try await withFigures(on: engine, 400) { world, store in
            #expect(try await figures(store) == nil, "nothing is published unless the territory says so")
            try await store.write { db in _ = try db.run("UPDATE territory SET public_figures = TRUE") }
            try await FigureKeeping.keep(at: FigureWorld.now, in: store)
            let published = try #require(try await figures(store))
            #expect(published.tables.map(\.cut) == PublicFigures.Cut.allCases)
            var isSomethingShown = false, isSomethingHidden = false
            for column in PublicFigures.outcomes.indices {
                let statuses = PublicFigures.outcomes[column].statuses
                let truth = (0..<400).map(world.fact).filter { published.dates.contains(World.paris.civil($0.start).date) }
                    .flatMap(\.people).count { statuses.contains($0.1) }
                for table in published.tables {
                    let cells = table.rows.map { $0.counts[column] }
                    #expect(cells.allSatisfy { $0 ?? 11 >= 11 })
                    let left = truth - cells.compactMap { $0 }.reduce(0, +), hidden = cells.count { $0 == nil }
                    #expect(hidden == 0 ? left == 0 : hidden >= 2 && left >= 11 || cells.allSatisfy { $0 == nil }, "\(table.cut)")
                    isSomethingShown = isSomethingShown || hidden < cells.count
                    isSomethingHidden = isSomethingHidden || hidden > 0
                }
            }
            #expect(isSomethingShown && isSomethingHidden)
        }
    }

    @Test("names no secret service, no agent, and no line of fewer than three agents", arguments: Engine.available)
    func names(on engine: Engine) async throws {
        try await withFigures(on: engine, 400) { world, store in
            try await store.write { db in _ = try db.run("UPDATE territory SET public_figures = TRUE, agent_figures = TRUE") }
            let published = try #require(try await figures(store))
            let names = Set(published.tables.flatMap(\.rows).map(\.name))
            #expect(!names.contains(world.world.pmi.name) && names.contains(world.world.organization.name))
            for agent in world.agents { #expect(!names.contains(agent.name)) }
            #expect(published.tables.allSatisfy { table in table.rows.count { $0.key == .others } <= 1 })
        }
    }

    private func figures(_ store: Store) async throws -> PublicFigures? {
        try await store.read { db in try PublicFigures.read(slug: "territoire-64", now: FigureWorld.now, in: db) }
    }
}
