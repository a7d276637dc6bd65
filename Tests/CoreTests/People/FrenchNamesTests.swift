import Store
import TestKit
import Testing

@testable import Core

@Suite("French names as they are heard") struct FrenchNamesTests {
    /// Everyone of the list is in one organization: nobody is found because nobody else is there.
    private func crowd(
        _ engine: Engine, _ pairs: [(String, String)], _ check: (_ find: (String) async throws -> [String]) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            for name in Set(pairs.flatMap { [$0.0, $0.1] }).sorted() { _ = try await world.add("", name, in: store) }
            let reception = try await world.acting(world.reception, in: store)
            try await check { typed in
                try await store.read { db in try Person.search(typed, by: reception, limit: 50, in: db) }.map(\.name)
            }
        }
    }

    /// « Le Roux » and « Leroux » are written alike.
    private func letters(_ name: String) -> String { Folding.words(of: name).joined() }

    @Test("one name written two ways: each finds the other, those written as typed first", arguments: Engine.available)
    func alike(_ engine: Engine) async throws {
        #expect(FrenchNames.alike.count >= 60)
        try await crowd(engine, FrenchNames.alike) { find in
            for (one, other) in FrenchNames.alike {
                for (typed, meant) in [(one, other), (other, one)] {
                    let found = try await find(typed)
                    #expect(found.contains(meant), "\(typed) finds \(found), not \(meant)")
                    let itself = try #require(found.firstIndex(of: typed), "\(typed) does not find itself")
                    if let place = found.firstIndex(of: meant), letters(meant) != letters(typed) {
                        #expect(itself < place, "\(typed): \(found)")
                    }
                }
            }
        }
    }

    @Test("two names: neither finds the other", arguments: Engine.available)
    func apart(_ engine: Engine) async throws {
        #expect(FrenchNames.apart.count >= 60)
        try await crowd(engine, FrenchNames.apart) { find in
            for (one, other) in FrenchNames.apart {
                for (typed, someone) in [(one, other), (other, one)] {
                    let found = try await find(typed)
                    #expect(found.contains(typed) && !found.contains(someone), "\(typed) finds \(found)")
                }
            }
        }
    }

    @Test("however many are written as typed, those who sound so come after them", arguments: Engine.available)
    func after(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            for given in ["Anne", "Beñat", "Claire", "Denis", "Élise", "Fanny", "Guy"] {
                _ = try await world.add(given, "Lefevre", in: store)
            }
            _ = try await world.add("Aimé", "Lefèbvre", in: store)
            let found = try await world.find("lefevre", by: world.reception, in: store)
            #expect(found.count == 8 && found.last == "Aimé Lefèbvre")
        }
    }

    @Test("names cut in two where the file has one word are found, and the other way round", arguments: Engine.available)
    func cut(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            _ = try await world.add("Jeanmarie", "Aitaly", in: store)
            for typed in ["jean marie", "jean-marie aitaly", "aït ali", "aït aly jeanmarie"] {
                #expect(try await world.find(typed, by: world.reception, in: store) == ["Jeanmarie Aitaly"], "\(typed)")
            }
        }
    }
}
