import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("What must not wait, in the API")
struct UrgentAPITests {
    private static let why = "Neige annoncée"

    /// Of what was queued, why it leaves at any hour.
    private func whys(_ purpose: String, _ site: APISite) async throws -> [String?] {
        try await site.store.read { db in
            try db.all("SELECT urgent_because FROM message WHERE purpose = \(purpose) ORDER BY id") { try $0[0] }
        }
    }

    @Test("a move and a cancellation are told at once because someone says why, and wait when nobody does", arguments: Engine.available)
    func acts(on engine: Engine) async throws {
        for why in [nil, Self.why] {
            try await APISite.with(engine) { site in
                let program = try await site.program(of: site.world.reception)
                let path = "/appointments/\(try await program.post("/appointments", site.booking()).id)"
                func body(_ fields: [String: JSONValue]) -> JSONValue {
                    .object(fields.merging(why.map { ["urgent_because": .text($0)] } ?? [:]) { $1 })
                }
                let moved = try await program.post("\(path)/move", body(["starts_at": "2026-12-03T14:00:00+01:00"]))
                #expect(moved.json["starts_at"] == "2026-12-03T13:00:00Z", "\(moved.text)")
                let cancelled = try await program.post("\(path)/cancellation", body(["by": "service"]))
                #expect(cancelled.json["status"] == "cancelled-by-service", "\(cancelled.text)")
                #expect(try await whys("change", site) == [why])
                #expect(try await whys("cancellation", site) == [why])
            }
        }
    }

    @Test("so is an agent away today; a why that is too short changes nothing", arguments: Engine.available)
    func away(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let reception = try await site.world.acting(site.world.reception, in: site.store)
            _ = try await site.world.booking(at: World.at(-1, 18)).booked(again: true, by: reception, at: World.now, in: site.store)
            let program = try await site.program(of: site.world.reception)
            let path = "/agendas/\(site.world.worker.id)/away-today"
            let refused = try await program.post(path, ["since": "day", "urgent_because": "ok"])
            #expect(refused.status == 422 && refused.fields == ["urgent_because"], "\(refused.text)")
            #expect(try await whys("cancellation", site).isEmpty)
            let declared = try await program.post(path, ["since": "day", "urgent_because": .text(Self.why)])
            #expect(declared.json["appointments"] == 1, "\(declared.text)")
            #expect(try await whys("cancellation", site) == [Self.why])
        }
    }
}
