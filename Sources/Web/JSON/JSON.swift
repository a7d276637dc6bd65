import Core
import Foundation
import HTTPTypes
import Hummingbird

/// JSON in and out: keys sorted, instants in ISO 8601, bodies read strictly.
enum JSON {
    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: try encode(value)))
    }

    /// Reads a value and refuses what is missing, ill-typed or unknown, with the path of the field: `participants.0.phone`.
    static func decode<T: Decodable>(_ type: T.Type, from body: ByteBuffer) throws -> T {
        try StrictDecoder(value(of: body)).decode(type)
    }

    /// Any JSON.
    static func value(of body: ByteBuffer) throws -> JSONValue {
        guard let text = String(validating: body.readableBytesView, as: UTF8.self), !text.contains("\u{0}") else {
            throw Refusal.invalidText
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        } catch {
            throw Answer(.unreadable, status: .badRequest)
        }
    }
}

extension Request {
    /// The body of an API request, strictly read.
    func json<T: Decodable>(_ type: T.Type) async throws -> T {
        guard headers[.contentType]?.lowercased().hasPrefix("application/json") == true else { throw Answer.unsupportedType }
        return try JSON.decode(type, from: await body.collect(upTo: Form.maximumSize))
    }

    /// The key under which the same creation asked twice is done once; nothing when there is none.
    func idempotencyKey() throws(Refusal) -> String? {
        guard let key = headers[.idempotencyKey] else { return nil }
        let isPlain = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, (1...255).contains(key.utf8.count) else { throw .idempotencyKey }
        return key
    }
}

extension Refusal {
    fileprivate static let idempotencyKey = Refusal(
        .invalid, "invalid-idempotency-key", "L’en-tête Idempotency-Key attend de 1 à 255 caractères ASCII visibles.")
}

/// One page of a list, and the cursor of the next: `{"items": […], "next": "…"}`, `next` is null on the last.
struct JSONPage<Item: Encodable>: Encodable {
    let items: [Item]
    let next: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }

    private enum CodingKeys: CodingKey {
        case items, next
    }
}
