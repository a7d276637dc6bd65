import Core
import HTTPTypes
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Every endpoint")
struct WalkTests {
    @Test("does what it says for who may", arguments: Engine.available)
    func works(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let walk = Walk(try await Things.make(site)), world = site.world
            #expect(walk.missing == [])
            site.deskful.clock.advance(minutes: 1)
            let programs = [
                try await site.program(of: world.worker), try await site.program(of: world.reception),
                try await site.program(of: site.administrator),
                try await site.program(of: try await site.someone(.manager, services: [world.social])),
            ]
            for step in walk.steps where !["/appointments/{id}/attempts", "/appointments/{id}/undoing"].contains(step.endpoint.path) {
                var answers: [Program.Answer] = []
                for program in programs where answers.last.map({ $0.status >= 300 }) ?? true {
                    answers.append(try await program.send(step.endpoint.method, step.path, step.body))
                }
                #expect(
                    answers.contains { $0.status == step.endpoint.status.code || $0.code == "still-used" || $0.code == "too-early" },
                    "\(step.endpoint.label): \(answers.map(\.text))")
            }
        }
    }
}
