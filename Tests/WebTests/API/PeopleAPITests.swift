import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestKit
import Testing

@testable import Web

@Suite("People in the API") struct PeopleAPITests {
    private func object(_ answer: TestResponse) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(answer.text.utf8))) as? [String: Any] ?? [:]
    }

    @Test("a person is created, found, read and changed with the same rules as on the pages", arguments: Engine.available)
    func life(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let reception = site.world.reception
            let body = #"{"last_name": "Lassalle", "phones": [{"number": "05 36 49 00 01", "label": "domicile"}], "informed": true}"#
            let created = try await client.json(.post, "/api/v1/people", body, as: reception)
            #expect(created.status == .created)
            let id = try #require(object(created)["id"] as? String)
            #expect(created.headers[.location] == "/api/v1/people/\(id)")
            let again = try await client.json(.post, "/api/v1/people", body, as: reception)
            #expect(again.status == .conflict && object(again)["code"] as? String == "lookalikes")
            let found = try await client.json(.post, "/api/v1/people/search", #"{"q": "+33 5 36 49 00 01"}"#, as: reception)
            #expect(((object(found)["items"] as? [[String: Any]])?.first?["id"] as? String) == id)
            let changed = try await client.json(
                .patch, "/api/v1/people/\(id)", #"{"version": 0, "birth_date": "1950-12-03"}"#, as: reception)
            #expect(changed.status == .ok && object(changed)["version"] as? Int == 1)
            let stale = try await client.json(.patch, "/api/v1/people/\(id)", #"{"version": 0, "needs": "fauteuil"}"#, as: reception)
            #expect(stale.status == .conflict && object(stale)["code"] as? String == "edited-meanwhile")
            let read = object(try await client.get("/api/v1/people/\(id)", as: reception))
            #expect(read["birth_date"] as? String == "1950-12-03" && read["last_name"] as? String == "Lassalle")
            #expect((read["phones"] as? [[String: Any]])?.first?["number"] as? String == "+33536490001")
        }
    }

    @Test("what is wrong is named as it was sent", arguments: Engine.available)
    func wrong(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let body =
                #"{"last_name": "L", "phones": [{"number": "0639981234"}, {"number": "12"}], "emails": [{"address": "x", "label": "y"}]}"#
            let answer = try await client.json(.post, "/api/v1/people", body, as: site.world.reception)
            #expect(answer.status == .unprocessableContent)
            #expect(Set((object(answer)["fields"] as? [String: String] ?? [:]).keys) == ["phones.1.number", "emails.0.address"])
            for bad in ["{", #"{"nom": "x"}"#, #"{"last_name": 3}"#, #"{"phones": "0639981234"}"#, "[]", "\"\u{0}\""] {
                let answer = try await client.json(.post, "/api/v1/people", bad, as: site.world.reception)
                #expect([.badRequest, .unprocessableContent].contains(answer.status), "\(bad)")
                #expect(answer.headers[.contentType] == "application/problem+json")
            }
            #expect(
                try await client.json(.post, "/api/v1/people/search", #"{"q": "x", "limit": 0}"#, as: site.world.reception).status
                    == .unprocessableContent)
        }
    }

    @Test("notes come page by page, and referents are set and removed", arguments: Engine.available)
    func content(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let world = site.world, path = "/api/v1/people/\(site.world.person.id)"
            for text in ["une", "deux", "trois"] {
                let body = #"{"service": "\#(world.social.id)", "text": "\#(text)"}"#
                #expect(try await client.json(.post, "\(path)/notes", body, as: world.worker).status == .created)
            }
            let first = object(try await client.get("\(path)/notes?limit=2", as: world.worker))
            #expect((first["items"] as? [[String: Any]])?.count == 2)
            let next = try #require(first["next"] as? String)
            let second = object(try await client.get("\(path)/notes?limit=2&cursor=\(next)", as: world.worker))
            #expect((second["items"] as? [[String: Any]])?.map { $0["text"] as? String } == ["une"])
            #expect(second["next"] is NSNull)
            #expect((object(try await client.get("\(path)/notes", as: world.reception))["items"] as? [Any])?.isEmpty == true)
            let put = try await client.json(
                .put, "\(path)/referents/\(world.social.id)", #"{"agent": "\#(world.worker.id)"}"#, as: world.worker)
            #expect(put.status == .noContent)
            let referents = object(try await client.get("\(path)/referents", as: world.worker))
            #expect((referents["items"] as? [[String: Any]])?.first?["agent"] as? String == world.worker.id.description)
            #expect(try await client.json(.delete, "\(path)/referents/\(world.social.id)", "", as: world.worker).status == .noContent)
            #expect(try await client.json(.delete, "\(path)/referents/\(world.pmi.id)", "", as: world.worker).status == .notFound)
        }
    }

    @Test("someone followed elsewhere is read after a disclosure", arguments: Engine.available)
    func disclosure(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let person = try await site.add("Anne", "Lassalle", to: site.world.elsewhere)
            let path = "/api/v1/people/\(person.id)"
            let closed = try await client.get(path, as: site.world.worker)
            #expect(closed.status == .forbidden && object(closed)["code"] as? String == "reason-needed")
            let disclosed = try await client.json(
                .post, "\(path)/disclosures", #"{"reason": "Elle déménage à Orthez"}"#, as: site.world.worker)
            #expect(disclosed.status == .created)
            #expect(try await client.get(path, as: site.world.worker).status == .ok)
            #expect(try await client.json(.patch, path, #"{"version": 0, "needs": "x"}"#, as: site.world.worker).status == .notFound)
        }
    }
}
