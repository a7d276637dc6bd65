import AsyncHTTPClient
import Core
import Foundation
import NIOCore
import NIOHTTP1

/// An operator's own HTTP, as the configuration describes it: `{to}`, `{text}`, `{subject}`, `{sender}`, `{from}`, `{id}` and
/// `{receipt}` stand for what they say.
struct HTTPGateway: Gateway {
    let carrier: Sending.Carrier
    let url: String
    let method: String
    let headers: [String: String]
    let content: Content
    let reading: Reading
    let sender: String
    let seconds: Int
    let receipts: Receipts?

    enum Content: Sendable {
        case form([String: String])
        case json(JSONTemplate)
    }

    /// Where its answer says what: paths such as `messages.0.id`.
    struct Reading: Codable, Sendable {
        var reference: String?
        var status: String?
        /// The values of `status` that mean that it took the message; any, unless given.
        var accepted: [String]?
        var reason: String?
        /// Words in the reason that mean that the credit is spent, or that the number cannot be.
        var credit: [String]?
        var recipient: [String]?
    }

    func send(_ sending: Sending) async -> Delivery.Answer {
        let start = ContinuousClock.now
        // What recognizes the message may be asked again at once: it sends nothing twice.
        for attempt in 1...(carrier.isRepeatable ? 3 : 1) {
            switch await WebLine.ask(request(sending), seconds: seconds) {
            case .answered(let status, let body): return answer(status, body, milliseconds: start.elapsed)
            case .failed(let because) where attempt == 1: return Delivery.Answer(.failed, because, milliseconds: start.elapsed)
            case .failed, .unknown: continue
            }
        }
        return Delivery.Answer(.unknown, .broken, milliseconds: start.elapsed)
    }

    private func request(_ sending: Sending) -> HTTPClientRequest {
        let values = [
            "to": sending.recipient, "text": sending.rendered.text, "subject": sending.rendered.subject, "sender": sender,
            "from": sending.from, "id": sending.id.description, "receipt": receipts?.address(of: sending) ?? "",
        ]
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "user-agent", value: "lien/1")
        switch content {
        case .form(let fields):
            let filled = fields.sorted { $0.key < $1.key }.map { ($0.key, JSONTemplate.filled($0.value, values)) }
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: WebLine.form(filled)))
        case .json(let template):
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: template.filled(values).text))
        }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            request.headers.replaceOrAdd(name: name, value: JSONTemplate.filled(value, ["id": sending.id.description]))
        }
        return request
    }

    func answer(_ status: Int, _ body: String, milliseconds: Int) -> Delivery.Answer {
        let said = JSONTemplate(body)
        let reference = reading.reference.flatMap { said?.value(at: $0) }
        let reason = reading.reason.flatMap { said?.value(at: $0) } ?? ""
        let taken = reading.accepted.map { accepted in reading.status.flatMap { said?.value(at: $0) }.map(accepted.contains) ?? false }
        func answer(_ outcome: Delivery.Outcome, _ because: Message.Cause? = nil) -> Delivery.Answer {
            Delivery.Answer(outcome, because, reference: reference, milliseconds: milliseconds)
        }
        switch status {
        case 200..<300 where taken ?? true: return answer(.handed)
        case 401, 403: return answer(.failed, .credentials)
        case 402: return answer(.failed, .credit)
        case 408, 429, 500...599: return answer(.failed, .busy)
        default:
            if says(reading.credit, in: reason) { return answer(.failed, .credit) }
            return answer(.refused, says(reading.recipient, in: reason) ? .recipient : .gateway)
        }
    }

    private func says(_ words: [String]?, in reason: String) -> Bool {
        (words ?? []).contains { reason.localizedCaseInsensitiveContains($0) }
    }
}
