import Core
import Foundation
import Store
import TestKit
import Testing

@testable import Web

@Suite("What watches over the server")
struct OperationTests {
    @Test("it lives, is ready, and counts what it answers by route", arguments: Engine.available)
    func answers(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await Deskful(store).open { client in
                let visitor = Visitor(client)
                #expect(try await visitor.get("/health").status == 200)
                #expect(try await visitor.get("/ready").status == 200)
                _ = try await visitor.get("/people/0190aaaa-0000-7000-8000-000000000000")
                let metrics = try await visitor.get("/metrics")
                #expect(metrics.status == 200)
                #expect(metrics.text.contains(#"lien_requests_total{method="GET",route="/health",status="200"} 1"#))
                #expect(metrics.text.contains(#"lien_request_seconds_bucket{route="/ready",le="+Inf"} 1"#))
                #expect(metrics.text.contains("\nlien_journal_unsealed 0\n") && metrics.text.contains("\nlien_messages_due 0\n"))
                #expect(!metrics.text.contains("0190aaaa"))
            }
        }
    }

    @Test("it is alive but not ready over a schema that is not its own", arguments: Engine.available)
    func notReady(on engine: Engine) async throws {
        try await engine.withStore(Array(Schema.migrations.dropLast())) { store in
            try await Deskful(store).open { client in
                let visitor = Visitor(client)
                let statuses = try await [visitor.get("/health").status, visitor.get("/ready").status]
                #expect(statuses == [200, 503])
            }
        }
    }

    @Test("it is not ready once the database is gone")
    func gone() async throws {
        try await Engine.sqlite.withStore(Schema.migrations) { store in
            let site = try Deskful(store)
            await store.close()
            try await site.open { client in
                let visitor = Visitor(client)
                let statuses = try await [visitor.get("/health").status, visitor.get("/ready").status]
                #expect(statuses == [200, 503])
            }
        }
    }

    @Test("what it counts reads as Prometheus expects")
    func text() {
        let metrics = Metrics()
        metrics.add(method: "GET", route: "/people/{id}", status: 200, seconds: 0.004)
        metrics.add(method: "GET", route: "/people/{id}", status: 404, seconds: 0.3)
        var text = PrometheusText()
        text.add(metrics.current)
        let lines = text.text.split(separator: "\n")
        #expect(lines.contains(#"lien_requests_total{method="GET",route="/people/{id}",status="404"} 1"#))
        #expect(lines.contains(#"lien_request_seconds_bucket{route="/people/{id}",le="0.005"} 1"#))
        #expect(lines.contains(#"lien_request_seconds_bucket{route="/people/{id}",le="0.5"} 2"#))
        #expect(lines.contains(#"lien_request_seconds_count{route="/people/{id}"} 2"#))
        #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.contains("} ") })
    }
}
