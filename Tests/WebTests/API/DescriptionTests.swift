import Core
import Foundation
import Hummingbird
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The description of the API")
struct DescriptionTests {
    private let document = OpenAPI(endpoints: API.endpoints).document

    @Test("has every route that is served, and no other")
    func routes() async throws {
        try await APISite.with(.sqlite) { site in
            let served = site.deskful.desk.router().routes.filter { $0.path.description.hasPrefix("/api/") && $0.method != .head }
                .map { "\($0.method.rawValue) \($0.path.description)" }
            let described = members(document["paths"]).flatMap { path, item in
                members(item).keys.map { "\($0.uppercased()) \(Endpoint.root)\(path)" }
            }
            #expect(Set(served) == Set(described))
        }
    }

    @Test("is served to anyone, and is what is computed")
    func served() async throws {
        try await APISite.with(.sqlite) { site in
            let answer = try await Program(client: site.client, token: nil).get("/openapi.json")
            #expect(answer.status == 200 && answer.type == "application/json" && answer.json == document)
        }
    }

    @Test("refers to nothing that it does not have, and each operation has one name")
    func references() throws {
        let text = String(decoding: bytes(document), as: UTF8.self)
        for reference in text.matches(of: /"\$ref":"#\/components\/(\w+)\/(\w+)"/) {
            #expect(document["components"]?[String(reference.1)]?[String(reference.2)] != nil, "\(reference.0)")
        }
        let names = text.matches(of: /"operationId":"(\w+)"/).map { String($0.1) }
        #expect(names.count == API.endpoints.count + 1 && Set(names).count == names.count)
    }

    @Test("says of one name one thing")
    func names() {
        let sent = API.endpoints.compactMap { $0.body?.object }.map(JSONSchema.object)
        let objects = (sent + API.endpoints.compactMap(\.answer)).flatMap(\.objects)
        for (name, same) in Dictionary(grouping: objects, by: \.name) {
            #expect(!name.isEmpty && Set(same.map { bytes($0.published) }).count == 1, "\(name)")
        }
    }

    @Test("has patterns that say what the server does")
    func patterns() throws {
        let rules: [TextRule] = [.line(0...9), .line(1...9), .lines(0...9), .lines(1...9), .colour, Common.webLink]
        let samples = [
            "", " ", "a", "é\u{301}", "a b", "\n", "a\nb", "\t", "a\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2003}", "#0a6b5d", "#0A6B5D",
            "#0a6b5", "#0a6b5g", "https://example.org/x?y=1", "http://a", "https://", "ftp://a", "https://a b", "https://a\"b", "https://é",
        ]
        for rule in rules {
            let regex = try Regex(try #require(rule.pattern))
            for sample in samples {
                #expect(
                    rule.accepts(sample) == (sample.wholeMatch(of: regex) != nil), "\(rule.pattern ?? "") of \(sample.debugDescription)")
            }
        }
    }

    @Test("instants are read with any offset and written in UTC")
    func instants() throws {
        for (text, written) in [
            ("2026-12-03T09:30:00+01:00", "2026-12-03T08:30:00Z"), ("2026-12-03t08:30:00.25z", "2026-12-03T08:30:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"), ("2027-01-01T00:30:00+02:00", "2026-12-31T22:30:00Z"),
        ] { #expect(Instant(rfc3339: text)?.rfc3339 == written) }
        for text in [
            "2026-12-03", "2026-12-03T08:30Z", "2026-02-30T08:30:00Z", "2026-12-03T24:00:00Z", "2026-12-03T08:30:60Z",
            "2026-12-03T08:30:00", "2026-12-03T08:30:00.Z", "2026-12-03T08:30:00+1:00",
        ] {
            #expect(Instant(rfc3339: text) == nil, "\(text)")
        }
    }

    private func members(_ value: JSONValue?) -> [String: JSONValue] {
        if case .object(let members) = value { members } else { [:] }
    }

    private func bytes(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.json(value)
        return writer.bytes
    }
}
