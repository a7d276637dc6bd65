import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A calendar, or that it is still the same (RFC 9110, section 13.1.2).
struct CalendarAnswer {
    let text: String

    var tag: String { "\"" + String(Secret.base64URL(Array(SHA256.hash(data: Array(text.utf8)))).prefix(22)) + "\"" }

    func response(to request: Request) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/calendar; charset=utf-8", .eTag: tag, .cacheControl: "private, no-cache",
            .contentDisposition: "inline; filename=\"agenda.ics\"",
        ]
        guard !isKnown(request.headers[values: .ifNoneMatch]) else { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func isKnown(_ sent: [String]) -> Bool {
        let tags = sent.flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }
        return tags.contains { $0 == "*" || $0 == tag || $0 == "W/" + tag }
    }
}
