import Core
import Crypto
import Foundation
import Testing

@testable import Core
@testable import Lien

@Suite("What comes back, read as it comes")
struct ReturnMailTests {
    private static let address = ReturnAddress(
        pattern: "retour+{token}@example.org", key: SymmetricKey(data: Data(repeating: 7, count: 32)))

    private func read(_ name: String, to address: String = "retour+abc@example.org") throws -> ReturnedMail {
        let text = try #require(Self.letters[name]).replacing("TO", with: address)
        return try #require(ReturnedMail(Array(text.utf8)))
    }

    @Test(
        "is understood as servers and people write it",
        arguments: [
            ("postfix", ReturnedMail.Verdict.bounced(isGone: true)), ("exim", .bounced(isGone: true)), ("exchange", .bounced(isGone: true)),
            ("gmail", .bounced(isGone: true)), ("delayed", .delayed), ("vacation", .automatic), ("displayed", .automatic),
            ("answer", .answered),
        ])
    func verdict(_ name: String, _ expected: ReturnedMail.Verdict) throws {
        #expect(try read(name).verdict == expected)
    }

    @Test("has the words of whoever answered, in their alphabet, and its files are counted")
    func words() throws {
        let mail = try read("answer")
        #expect(AnswerText.of(mail) == "Oui, j'y serai à 9 h.")
        #expect(mail.sender == "jeanne@example.org" && mail.files == 1)
    }

    @Test("is tied to a sending by where it was sent, whatever the case, and by nothing else")
    func token() throws {
        let id = ID<Delivery>.new(), token = Self.address.token(id)
        #expect(token.count == ReturnAddress.length && "retour+\(token)".utf8.count <= 64)
        for written in ["retour+\(token)@example.org", "\"Maison\" <RETOUR+\(token.uppercased())@example.org>"] {
            #expect(Self.address.delivery(try read("answer", to: written)) == id)
        }
        let forged = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        #expect(Self.address.delivery(try read("answer", to: "retour+\(forged)@example.org")) == nil)
        let elsewhere = ReturnAddress(pattern: "retour+{token}@example.org", key: SymmetricKey(data: Data(repeating: 8, count: 32)))
        #expect(elsewhere.delivery(try read("answer", to: "retour+\(token)@example.org")) == nil)
        var quoting = try read("answer")
        quoting.plain = "retour+\(token)@example.org"
        quoting.head.append(.init("Subject", token))
        #expect(Self.address.delivery(quoting) == nil, "what a letter says of itself counts for nothing")
    }

    @Test(
        "breaks nothing when it is no letter",
        arguments: ["", "\n\n", "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n"])
    func broken(_ text: String) {
        let mail = ReturnedMail(Array(text.utf8))
        #expect(mail.map(\.verdict) != .bounced(isGone: true))
    }

    @Test("an e-mail says where it came from and where answers go")
    func sent() {
        var sending = Sending.sample(recipient: "jeanne@example.org")
        let address = Self.address.address(of: sending)
        let plain = String(decoding: MailGateway.letter(sending, from: "rendez-vous@example.org"), as: UTF8.self)
        #expect(!plain.contains("Reply-To:") && !plain.contains("List-Unsubscribe"))
        let letter = String(decoding: MailGateway.letter(sending, from: "rendez-vous@example.org", replyTo: address), as: UTF8.self)
            .replacing("\r\n ", with: " ").replacing("\r\n\t", with: " ")
        #expect(letter.contains("<\(address)>\r\n") && letter.contains("<rendez-vous@example.org>\r\n"))
        sending = sending.offering(optOut: "https://rdv.example.org/unsubscribe/64.x.y")
        let offering = String(decoding: MailGateway.letter(sending, from: "rendez-vous@example.org"), as: UTF8.self)
            .replacing("\r\n ", with: " ")
        #expect(offering.contains("List-Unsubscribe: <https://rdv.example.org/unsubscribe/64.x.y>\r\n"))
        #expect(offering.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
    }

    @Test(
        "needs a mailbox that can be read, and an address that holds the token",
        arguments: [
            #""address": "retour@example.org""#, #""address": "boite-de-retour-longue+{token}@example.org""#,
            #""address": "retour@{token}.example.org""#, #""url": "https://mail.example.org""#,
            #""url": "imap://mail.example.org", "tls": "implicit""#,
            #""folder": "Envoy\u00e9s""#, #""url": "imaps://mail.example.org/INBOX""#,
        ])
    func wrong(_ change: String) throws {
        var fields = [
            "address": #""address": "retour+{token}@example.org""#, "url": #""url": "imaps://mail.example.org""#, "user": #""user": "u""#,
            "password": #""password": "geheim""#,
        ]
        let changed = String(change.dropFirst().prefix { $0 != "\"" })
        fields[changed] = change
        let text = """
            {"gateways": [{"name": "courriel", "channel": "email", "kind": "smtp", "url": "smtp://mail.example.org", "from": "a@example.org",
              "returns": {\(fields.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", "))}}]}
            """
        let file = try JSONDecoder().decode(GatewayFile.self, from: Data(text.utf8))
        let failure = #expect(throws: Failure.self) { try file.made(receipts: nil) }
        #expect(failure?.sentence.contains("geheim") == false && failure?.sentence.contains("courriel") == true)
    }
}
