import Core
import Foundation
import HTTPTypes
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The API refuses")
struct APISafetyTests {
    @Test("whoever shows no token, an unknown one or a revoked one", arguments: Engine.available)
    func tokens(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let walk = Walk(try await Things.make(site))
            for token in [nil, "lien_inconnu"] {
                for step in walk.steps {
                    let answer = try await Program(client: site.client, token: token).send(step.endpoint.method, step.path, step.body)
                    #expect(answer.status == 401 && answer.headers[.wwwAuthenticate] == "Bearer", "\(step.endpoint.label): \(answer.text)")
                }
            }
            let program = try await site.program(of: site.world.colleague)
            let own = try #require(try await program.get("/tokens").items.first?["id"]?.text)
            #expect(try await program.send(.delete, "/tokens/\(own)").status == 204)
            #expect(try await program.get("/me").status == 401)
        }
    }

    @Test("changes asked with a token that only reads, but not a search", arguments: Engine.available)
    func readOnly(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let walk = Walk(try await Things.make(site)), program = try await site.program(of: site.world.worker, .read)
            for step in walk.steps where step.endpoint.changes {
                let answer = try await program.send(step.endpoint.method, step.path, step.body)
                #expect(answer.status == 403 && answer.code == "read-only-token", "\(step.endpoint.label): \(answer.text)")
            }
            #expect(try await program.post("/people/search", ["q": "Lacoste"]).status == 200)
            #expect(try await program.get("/people/\(site.world.person.id)").status == 200)
        }
    }

    @Test("what is outside the scopes of the token, domain by domain", arguments: Engine.available, TokenScopes.Domain.allCases)
    func scopes(on engine: Engine, _ domain: TokenScopes.Domain) async throws {
        try await APISite.with(engine) { site in
            let walk = Walk(try await Things.make(site))
            var scopes = TokenScopes.everywhere(.write)
            scopes.levels[domain] = TokenScopes.Level.none
            let program = try await site.program(of: site.world.reception, scopes)
            for step in walk.steps where step.endpoint.domain == domain {
                let answer = try await program.send(step.endpoint.method, step.path, step.body)
                #expect(answer.status == 403 && answer.code == "token-scope", "\(step.endpoint.label): \(answer.text)")
            }
            #expect(try await program.get("/me").status == 200)
            #expect(try await program.post("/tokens", ["name": "x", "scopes": ["people:read"], "days": 30]).code == "token-scope")
        }
    }

    @Test("no endpoint without a domain whose scope it asks for")
    func domains() {
        let lost = API.endpoints.filter { $0.domain == nil && !Endpoint.ownTags.contains($0.tag) }.map(\.label)
        #expect(lost == [], "say of which domain in Endpoint.domains")
    }

    @Test(
        "what is not as the description says, with the path of what is wrong",
        arguments: [
            (#"{"last_name": 3}"#, "invalid-type", ["last_name"]), (#"{"nom": "x"}"#, "unknown-field", ["nom"]),
            (#"{"phones": [{"number": "0639981234"}, {"label": "x"}]}"#, "missing-field", ["phones.1.number"]),
            (#"{"phones": [{"number": "1", "x": 1}]}"#, "unknown-field", ["phones.0.x"]),
            (#"{"phones": "0639981234"}"#, "invalid-type", ["phones"]), (#"{"last_name": "a\u0000b"}"#, "invalid-value", ["last_name"]),
            (#"{"birth_date": "2026-02-30"}"#, "invalid-value", ["birth_date"]), (#"{"channel": "fax"}"#, "invalid-value", ["channel"]),
            (#"{"channel": "fax", "informed": "oui"}"#, "invalid-fields", ["channel", "informed"]),
            (
                #"{"last_name": "L", "phones": [{"number": "12"}], "emails": [{"address": "x"}]}"#, "invalid-fields",
                ["emails.0.address", "phones.0.number"]
            ),
            (#"{"organization": "MDS", "last_name": "L"}"#, "invalid-value", ["organization"]), ("[]", "invalid-type", []),
        ])
    func bodies(body: String, code: String, fields: [String]) async throws {
        try await APISite.with(.sqlite) { site in
            let program = try await site.program(of: site.world.reception)
            let answer = try await program.raw(.post, "/people", Array(body.utf8))
            #expect(answer.status == 422 && answer.code == code && answer.fields == fields, "\(answer.text)")
        }
    }

    @Test("bodies that are no JSON, too big, or of another type")
    func unreadable() async throws {
        try await APISite.with(.sqlite) { site in
            let program = try await site.program(of: site.world.reception)
            for body in ["{", "", "nul", "{\"q\": }"] {
                let answer = try await program.raw(.post, "/people/search", Array(body.utf8))
                #expect(answer.status == 400, "\(body): \(answer.text)")
            }
            #expect(try await program.raw(.post, "/people/search", [0x22, 0xFF, 0x22]).code == "invalid-text")
            #expect(
                try await program.raw(.post, "/people/search", Array("q=x".utf8), type: "application/x-www-form-urlencoded").status == 415)
            #expect(try await program.raw(.post, "/people/search", Array(repeating: 0x20, count: 1_100_000)).status == 413)
            #expect(try await program.send(.post, "/people/search").status == 415)
        }
    }

    @Test(
        "parameters that are ill-typed, unknown or given twice",
        arguments: [
            ("limit=0", "limit"), ("limit=x", "limit"), ("limit=+5", "limit"), ("limit=", "limit"), ("cursor=x", "cursor"),
            ("colour=red", "colour"), ("limit=1&limit=2", "limit"),
        ])
    func parameters(query: String, name: String) async throws {
        try await APISite.with(.sqlite) { site in
            let answer = try await site.program(of: site.world.reception).get("/sites?\(query)")
            #expect(answer.status == 422 && answer.code == "invalid-parameter" && answer.fields == [name], "\(answer.text)")
        }
    }

    @Test("days that make no sense together")
    func days() async throws {
        try await APISite.with(.sqlite) { site in
            let program = try await site.program(of: site.world.reception), agent = site.world.worker.id
            for query in [
                "from=2026-02-30", "from=2026-12-02&to=2026-12-01", "from=2026-01-01&to=2026-12-31", "from=1999-12-31",
                "to=2101-01-01&from=2100-12-31",
            ] {
                for path in ["/appointments?agent=\(agent)&\(query)", "/agendas/\(agent)?\(query)"] {
                    #expect(try await program.get(path).status == 422, "\(path)")
                }
            }
        }
    }

    @Test("methods that an address does not have, and says which it has")
    func methods() async throws {
        try await APISite.with(.sqlite) { site in
            let program = try await site.program(of: site.world.reception)
            let answer = try await program.send(.delete, "/people/\(site.world.person.id)")
            #expect(answer.status == 405 && answer.headers[.allow] == "GET, HEAD, PATCH" && answer.code == "method-not-allowed")
            #expect(try await program.get("/nulle-part").status == 404)
            #expect(try await program.get("/people/personne").status == 404)
        }
    }

    @Test("to write in agendas that are not one’s own, but for who fills them all", arguments: Engine.available)
    func agendas(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let manager = try await site.someone(.manager)
            let expected: [(Agent, Int)] = [
                (site.world.worker, 201), (site.world.colleague, 403), (site.world.reception, 403), (manager, 201),
            ]
            for (agent, status) in expected {
                let body: JSONValue = ["agent": .text("\(site.world.worker.id)"), "date": "2026-12-08", "from": "17:00", "to": "18:00"]
                let answer = try await site.program(of: agent).post("/absences", body)
                #expect(answer.status == status, "\(agent.name): \(answer.text)")
            }
        }
    }

    @Test("someone’s file from elsewhere without a reason, and journals each refusal once", arguments: Engine.available)
    func journal(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.other.reception), person = site.world.person.id
            for path in ["/people/\(person)", "/people/\(person)/notes", "/people/\(person)/referents"] {
                #expect(try await program.get(path).status == 404)
            }
            _ = try await program.send(.patch, "/people/\(person)", ["version": 0, "needs": "x"])
            _ = try await program.post("/people/\(person)/disclosures", ["reason": "pour voir"])
            let refused = try await site.count("SELECT count(*) FROM journal_header WHERE act = 'refused' AND subject_id = \(person)")
            #expect(refused == 5)
        }
    }
}
