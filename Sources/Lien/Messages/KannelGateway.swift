import AsyncHTTPClient
import Core
import Foundation
import NIOCore
import NIOHTTP1

/// SMS through Kannel's `sendsms` (Kannel user guide, chapter 7).
struct KannelGateway: Gateway {
    let carrier: Sending.Carrier
    let url: String
    let user: String
    let password: String
    let sender: String?
    let seconds: Int
    let receipts: Receipts?

    func send(_ sending: Sending) async -> Delivery.Answer {
        let start = ContinuousClock.now
        var request = HTTPClientRequest(url: address(of: sending))
        request.headers = ["user-agent": "lien/1"]
        switch await WebLine.ask(request, seconds: seconds) {
        case .answered(let status, let body):
            let (outcome, because) = Self.meaning(status, body)
            return Delivery.Answer(outcome, because, milliseconds: start.elapsed)
        case .failed(let because): return Delivery.Answer(.failed, because, milliseconds: start.elapsed)
        case .unknown(let because): return Delivery.Answer(.unknown, because, milliseconds: start.elapsed)
        }
    }

    /// Status 1 to 31: told of all that becomes of it. What is not in GSM 03.38 goes as UCS-2.
    private func address(of sending: Sending) -> String {
        var fields = [
            ("username", user), ("password", password), ("to", sending.recipient), ("text", sending.rendered.text), ("charset", "UTF-8"),
        ]
        if SMSText(sending.rendered.text).encoding == .ucs2 { fields.append(("coding", "2")) }
        if let sender { fields.append(("from", sender)) }
        if let receipt = receipts?.address(of: sending) { fields += [("dlr-mask", "31"), ("dlr-url", receipt + "?status=%d")] }
        return url + (url.contains("?") ? "&" : "?") + WebLine.form(fields)
    }

    /// `0: Accepted for delivery`, `3: Queued for later delivery`; the rest is a refusal in words.
    static func meaning(_ status: Int, _ body: String) -> (Delivery.Outcome, Message.Cause?) {
        switch status {
        case 200, 202: return body.hasPrefix("0:") || body.hasPrefix("3:") ? (.handed, nil) : (.refused, .gateway)
        case 403: return (.failed, .credentials)
        case 429, 500...599: return (.failed, .busy)
        default: return (.refused, body.localizedCaseInsensitiveContains("number") ? .recipient : .gateway)
        }
    }
}
