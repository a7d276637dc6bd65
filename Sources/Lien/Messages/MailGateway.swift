import Core
import CurlShim
import Dispatch
import Foundation
import MimeShim
import Scheduling
import Synchronization

/// E-mail, handed to a server by SMTP.
final class MailGateway: Gateway {
    struct Server: Sendable {
        let url: String
        let user: String?
        let password: String?
        /// With `smtp`, nothing is said before the line is enciphered.
        let starttls: Bool
        let authorities: String?
        let from: String
        /// For one whole letter.
        let seconds: Int
    }

    let carrier: Sending.Carrier
    private let server: Server
    /// Where what becomes of a letter comes back, and answers to it.
    private let returns: ReturnAddress?
    /// Lines that nobody uses now: their connections stay open between letters.
    private let idle = Mutex<[UInt]>([])
    /// curl blocks: on threads of its own, as many as letters on their way.
    private let queue = DispatchQueue(label: "lien.mail", attributes: .concurrent)

    init(carrier: Sending.Carrier, server: Server, returns: ReturnAddress? = nil) {
        self.carrier = carrier
        self.server = server
        self.returns = returns
    }

    deinit { for line in idle.withLock({ $0 }) { mail_line_close(OpaquePointer(bitPattern: line)) } }

    func send(_ sending: Sending) async -> Delivery.Answer {
        let start = ContinuousClock.now
        let comeback = returns?.address(of: sending)
        let bytes = Self.letter(sending, from: server.from, replyTo: comeback)
        let end = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.hand(bytes, to: sending.recipient, from: comeback ?? self.server.from)) }
        }
        return Self.answer(end, to: sending, milliseconds: start.elapsed)
    }

    private func hand(_ bytes: [UInt8], to recipient: String, from sender: String) -> End {
        let line = idle.withLock { $0.popLast() } ?? UInt(bitPattern: mail_line_open())
        defer { idle.withLock { $0.append(line) } }
        return Self.withTexts([server.url, server.user, server.password, server.authorities, sender, recipient]) { texts in
            bytes.withUnsafeBufferPointer { bytes in
                var order = mail_order(
                    url: texts[0], user: texts[1], password: texts[2], starttls: server.starttls ? 1 : 0, authorities: texts[3],
                    connect_ms: min(server.seconds, 10) * 1000, whole_ms: server.seconds * 1000, sender: texts[4], recipient: texts[5],
                    bytes: bytes.baseAddress, length: bytes.count)
                return End(mail_line_send(OpaquePointer(bitPattern: line), &order))
            }
        }
    }

    /// How one letter ended, after the line is somebody else's.
    struct End: Sendable {
        let end: mail_end
        /// The server's last answer; 0 without one.
        let code: Int
        let wasWhole: Bool
        /// What it said when it refused the recipient; nothing when it refused something else.
        var refusal: String?

        init(end: mail_end, code: Int, wasWhole: Bool, refusal: String? = nil) {
            (self.end, self.code, self.wasWhole, self.refusal) = (end, code, wasWhole, refusal)
        }

        init(_ result: mail_result) {
            let words =
                result.at_recipient != 0 ? result.said.map { String(decoding: Data(bytes: $0, count: strlen($0)), as: UTF8.self) } : nil
            self.init(end: result.end, code: result.code, wasWhole: result.was_whole != 0, refusal: words)
        }
    }

    /// What the server's answer means (RFC 5321, 4.2): a letter that it may have is not sent again.
    static func answer(_ result: End, to sending: Sending, milliseconds: Int) -> Delivery.Answer {
        func answer(_ outcome: Delivery.Outcome, _ because: Message.Cause? = nil) -> Delivery.Answer {
            Delivery.Answer(outcome, because, reference: outcome == .handed ? sending.messageAddress : nil, milliseconds: milliseconds)
        }
        switch result.end {
        case mail_taken: return answer(.handed)
        case mail_unreachable: return answer(.failed, .connection)
        case mail_tls: return answer(.failed, .tls)
        case mail_credentials: return answer(.failed, .credentials)
        case mail_timeout, mail_broken:
            if result.wasWhole, result.code < 400 { return answer(.unknown, result.end == mail_timeout ? .timeout : .broken) }
            return answer(.failed, result.end == mail_timeout ? .timeout : .connection)
        default:
            // 421 and 4xx: later. 530 to 538 are about us, the others about the letter or who it is for.
            if result.code < 500 { return answer(.failed, .busy) }
            if (530...538).contains(result.code) { return answer(.failed, .credentials) }
            var refused = answer(.refused, result.wasWhole ? .content : .recipient)
            refused.isGone = result.refusal.map(RefusedRecipient.isGone) ?? false
            return refused
        }
    }

    static func letter(_ sending: Sending, from: String, replyTo: String? = nil) -> [UInt8] {
        withTexts([
            sending.from, from, sending.recipient, sending.rendered.subject, sending.messageAddress, sending.rendered.text,
            sending.rendered.html, sending.calendar?.text, sending.calendar?.method.rawValue, replyTo, sending.optOut,
        ]) { texts in
            var letter = mime_letter(
                from_name: texts[0], from: texts[1], to: texts[2], subject: texts[3], message_id: texts[4],
                date: sending.startedAt.rawValue, text: texts[5], html: texts[6],
                calendar: texts[7], calendar_method: texts[8], reply_to: texts[9], opt_out: texts[10])
            var length = 0
            guard let bytes = mime_letter_write(&letter, &length) else { return [] }
            defer { mime_letter_free(bytes) }
            return Array(UnsafeBufferPointer(start: bytes, count: length))
        }
    }

    /// C's copies of these texts, while they are used.
    static func withTexts<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) throws -> Result) rethrows -> Result {
        let copies = texts.map { text in text.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        return try body(copies.map { $0.map { UnsafePointer($0) } })
    }
}

extension Sending {
    /// The Message-ID: the same when the same letter is sent again after a refusal, so that who has it twice sees that it is one.
    var messageAddress: String { "\(messageID)@lien.invalid" }
}
