import CurlShim
import Foundation
import Scheduling
import Testing

@testable import Core
@testable import Lien

@Suite("E-mails")
struct MailTests {
    private func text(_ sending: Sending) -> String {
        String(decoding: MailGateway.letter(sending, from: "rendez-vous@example.org"), as: UTF8.self)
    }

    @Test("carry who writes, a date, a stable address of their own, and say that a machine wrote")
    func headers() {
        let sending = Sending.sample(recipient: "jeanne@example.org")
        let letter = text(sending)
        #expect(letter.contains("To: jeanne@example.org\r\n"))
        #expect(letter.contains("<rendez-vous@example.org>\r\n"))
        #expect(letter.contains("Message-Id: <\(sending.messageID)@lien.invalid>\r\n"))
        #expect(letter.contains("Date: Sun, 29 Nov 2026 11:00:00 +0000\r\n"))
        #expect(letter.contains("Auto-Submitted: auto-generated\r\n"))
        #expect(letter.contains("Content-Type: text/plain; charset=utf-8\r\n"))
        #expect(!letter.contains("multipart"))
        #expect(!letter.replacing("\r\n", with: "").contains("\n"), "every line ends as RFC 5322 has it")
    }

    @Test("with a page have both, the plain one first")
    func both() throws {
        let letter = text(.sample(text: "bonjour", recipient: "jeanne@example.org", html: "<p>bonjour</p>"))
        #expect(letter.contains("Content-Type: multipart/alternative;"))
        let plain = try #require(letter.firstRange(of: "text/plain")), page = try #require(letter.firstRange(of: "text/html"))
        #expect(plain.lowerBound < page.lowerBound)
    }

    @Test("hold no header that a name, a subject or an address would bring")
    func injection() {
        let rendered = Rendered(subject: "Bonjour\r\nBcc: tous@example.org\r\n\r\nAutre texte", text: "bonjour")
        let sending = Sending(
            territoryID: 64, id: .new(), messageID: .new(), channel: .email, recipient: "a@example.org>\r\nBcc: b@example.org",
            from: "Mairie\r\nBcc: c@example.org", rendered: rendered, startedAt: .init(0), lease: UUID(), attempts: 0)
        let head = text(sending).split(separator: "\r\n\r\n")[0]
        #expect(!head.split(separator: "\r\n").contains { $0.lowercased().hasPrefix("bcc:") })
    }

    @Test(
        "that a server may have are never called unsent",
        arguments: [
            (mail_taken, 250, 1, Delivery.Outcome.handed, nil), (mail_unreachable, 0, 0, .failed, .connection),
            (mail_timeout, 354, 1, .unknown, .timeout), (mail_broken, 354, 1, .unknown, .broken), (mail_timeout, 220, 0, .failed, .timeout),
            (mail_answered, 550, 0, .refused, .recipient), (mail_answered, 554, 1, .refused, .content),
            (mail_answered, 451, 1, .failed, .busy), (mail_answered, 421, 0, .failed, .busy),
            (mail_credentials, 535, 0, .failed, .credentials), (mail_tls, 0, 0, .failed, .tls),
        ] as [(mail_end, Int, Int32, Delivery.Outcome, Message.Cause?)])
    func meaning(_ end: mail_end, _ code: Int, _ whole: Int32, _ outcome: Delivery.Outcome, _ because: Message.Cause?) {
        let answer = MailGateway.answer(.init(end: end, code: code, wasWhole: whole != 0), to: .sample(), milliseconds: 3)
        #expect(answer.outcome == outcome && answer.because == because)
    }

    @Test("to a server that is not there did not leave")
    func nobody() async {
        let server = MailGateway.Server(
            url: "smtp://127.0.0.1:1", user: nil, password: nil, starttls: false, authorities: nil, from: "a@example.org", seconds: 5)
        let gateway = MailGateway(carrier: .init(name: "m", channel: .email, isRepeatable: false), server: server)
        let answer = await gateway.send(.sample(recipient: "jeanne@example.org"))
        #expect(answer.outcome == .failed && answer.because == .connection)
    }
}
