import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A person's story") struct StoryTests {
    private func story(
        _ world: World, _ part: Story.Part? = nil, before mark: Story.Mark? = nil, limit: Int = 50, by acting: Acting, in store: Store
    ) async throws -> Story {
        try await store.read { db in
            try Story.of(world.person.id, part, before: mark, limit: limit, seenBy: acting, in: db)
        }
    }

    private func told(_ world: World, in store: Store) async throws -> (worker: Acting, caller: Acting) {
        let worker = try await world.acting(world.worker, in: store)
        _ = try await world.booking(at: World.at(0, 9)).book(by: worker, at: World.now, in: store)
        try await store.write { db in
            try Referent.set(world.worker.id, of: world.social.id, for: world.person.id, by: worker, at: World.now.adding(days: -9), in: db)
            for day in 1...3 {
                _ = try Note.add(
                    "Note \(day)", of: world.social.id, seenBy: day == 2 ? .secret : .service, on: world.person.id, by: worker,
                    at: World.now.adding(days: -day), in: db)
            }
        }
        let caller = try await world.acting(try await world.hire(.caller, in: world.organization, store: store), in: store)
        return (worker, caller)
    }

    private func words(_ story: Story) -> [String] {
        story.entries.map { entry in
            switch entry.event {
            case .appointment(.full): "appointment"
            case .appointment(.masked): "masked"
            case .message: "message"
            case .note(let note): note.text
            case .referent: "referent"
            }
        }
    }

    @Test("all of it stands in time order, by the rules of each thing", arguments: Engine.available)
    func order(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), (worker, caller) = try await told(world, in: store)
            #expect(
                words(try await story(world, by: worker, in: store))
                    == ["appointment", "message", "Note 1", "Note 2", "Note 3", "referent"])
            #expect(words(try await story(world, by: caller, in: store)) == ["masked", "referent"])
            let colleague = try await world.acting(world.colleague, in: store)
            #expect(words(try await story(world, .notes, by: colleague, in: store)) == ["Note 1", "Note 3"])
            #expect(words(try await story(world, .messages, by: caller, in: store)) == [])
        }
    }

    @Test("page after page shows each thing once", arguments: Engine.available)
    func paging(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), (worker, _) = try await told(world, in: store)
            var seen: [String] = [], mark: Story.Mark?
            repeat {
                let page = try await story(world, before: mark, limit: 2, by: worker, in: store)
                seen += words(page)
                mark = page.next.flatMap { Story.Mark($0.text) }
            } while mark != nil
            #expect(seen == ["appointment", "message", "Note 1", "Note 2", "Note 3", "referent"])
        }
    }
}
