import Testing

@testable import Core

@Suite("What comes back to an e-mail")
struct ReturnedMailTests {
    private static func notified(_ action: String, _ status: String, _ said: String = "", subject: String = "") -> ReturnedMail {
        var mail = ReturnedMail(head: [.init("Subject", subject)], sender: "MAILER-DAEMON@mx.example.org", plain: "…")
        mail.statuses = [
            [.init("Reporting-MTA", "dns; mx.example.org")],
            [
                .init("Final-Recipient", "rfc822; a@example.org"), .init("Action", action), .init("Status", status),
                .init("Diagnostic-Code", said),
            ],
        ]
        return mail
    }

    @Test(
        "is a notification: it failed for good, for this letter, or not yet",
        arguments: [
            ("failed", "5.1.1", "smtp; 550 5.1.1 <a@example.org>: User unknown", ReturnedMail.Verdict.bounced(isGone: true)),
            ("Failed", "5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", .bounced(isGone: true)),
            ("failed", "5.0.0", "smtp; 550-5.1.1 The email account that you tried to reach does not exist", .bounced(isGone: true)),
            ("failed", "5.5.0", "smtp; 550 5.5.0 Requested action not taken: mailbox unavailable", .bounced(isGone: true)),
            ("failed", "5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied", .bounced(isGone: true)),
            ("failed", "5.2.1 (disabled)", "", .bounced(isGone: true)),
            ("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full", .bounced(isGone: false)),
            ("failed", "5.7.1", "smtp; 550 5.7.1 Client host blocked", .bounced(isGone: false)),
            ("failed", "5.0.0", "smtp; 550 5.7.1 blocked using a list", .bounced(isGone: false)),
            ("failed", "5.0.0", "smtp; 554 message rejected as spam", .bounced(isGone: false)),
            ("failed", "5.0.0", "smtp; 550 no such user", .bounced(isGone: true)),
            ("failed", "5.3.4", "smtp; 552 message too big", .bounced(isGone: false)),
            ("failed", "4.4.7", "smtp; 450 4.4.7 expired", .bounced(isGone: false)), ("failed", "", "", .bounced(isGone: false)),
            ("delayed", "4.4.1", "", .delayed), ("relayed", "2.0.0", "", .automatic), ("delivered", "2.1.5", "", .automatic),
        ])
    func notification(_ action: String, _ status: String, _ said: String, _ expected: ReturnedMail.Verdict) {
        #expect(Self.notified(action, status, said).verdict == expected)
    }

    @Test(
        "is what a server writes that knows no notification",
        arguments: [
            ("Mail delivery failed: returning message to sender", "a@example.org\n  host mx [192.0.2.1]: 550 5.1.1 unknown", true, true),
            ("Mail delivery failed", "a@example.org\n  Unrouteable address", true, true),
            ("failure notice", "<a@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such user", false, true),
            ("failure notice", "<a@example.org>:\nRemote host said: 550 message refused: your host is on a blacklist", false, false),
            ("failure notice", "<a@example.org>:\nSorry, I couldn't find any host.", false, false),
        ])
    func postmaster(_ subject: String, _ words: String, _ isOfExim: Bool, _ isGone: Bool) {
        var mail = ReturnedMail(head: [.init("Subject", subject)], sender: "Mailer-Daemon@mx.example.org", plain: words)
        if isOfExim { mail.head.append(.init("X-Failed-Recipients", "a@example.org")) }
        #expect(mail.verdict == .bounced(isGone: isGone))
        mail.head[0] = .init("Subject", "Warning: message delayed 24 hours")
        #expect(mail.verdict == .delayed)
    }

    @Test(
        "is a machine's answer, which nobody reads",
        arguments: [
            ("Auto-Submitted", "auto-replied"), ("Auto-submitted", " auto-generated (vacation)"), ("Precedence", "bulk"),
            ("X-Autoreply", "yes"), ("X-Autorespond", "absence"), ("Return-Path", "<>"),
        ])
    func automatic(_ name: String, _ value: String) {
        #expect(ReturnedMail(head: [.init(name, value)], sender: "a@example.org", plain: "Je suis absent").verdict == .automatic)
    }

    @Test("is someone's answer otherwise")
    func answered() {
        var mail = ReturnedMail(
            head: [.init("Auto-Submitted", "no"), .init("Return-Path", "<a@example.org>")], sender: "a@example.org", plain: "Oui")
        #expect(mail.verdict == .answered)
        mail.isReport = true
        #expect(mail.verdict == .automatic, "that it was displayed is no answer")
    }
}

@Suite("What someone wrote in answer to an e-mail")
struct AnswerTextTests {
    @Test(
        "stands without what they answered to",
        arguments: [
            "Non, je suis malade.\n\nLe lun. 23 nov. 2026 à 10:00, Maison d’Orthez <rdv@example.org> a écrit :\n> Bonjour,\n> Vous avez",
            "Non, je suis malade.\r\n\r\nLe 23 novembre 2026 à 10:00, Maison d’Orthez\r\n<rdv@example.org> a écrit :\r\n\r\n> Bonjour",
            "Non, je suis malade.\n\nOn Mon, Nov 23, 2026 at 10:00 AM X <rdv@example.org> wrote:\n\n> Bonjour",
            "Non, je suis malade.\n\n-----Message d'origine-----\nDe : X\nBonjour",
            "Non, je suis malade.\n________________________________\nDe : X <rdv@example.org>\nEnvoyé : lundi\nBonjour",
            "Non, je suis malade.\n\nDe\u{A0}: X <rdv@example.org>\nDate\u{A0}: lundi\nBonjour",
            "Non, je suis malade.\n\nEnvoyé de mon iPhone",
            "Non, je suis malade.\n-- \nJeanne Lacoste\n06", "> Bonjour,\n> Vous avez\n\nNon, je suis malade.",
            "Le 23 nov. 2026 à 10:00, X a écrit :\n> Bonjour\nNon, je suis malade.",
        ])
    func own(_ text: String) {
        #expect(AnswerText.of(ReturnedMail(head: [], plain: text)) == "Non, je suis malade.")
    }

    @Test("is whole when nothing in it is told apart")
    func whole() {
        #expect(AnswerText.of(ReturnedMail(head: [], plain: "> Non")) == "> Non")
        #expect(AnswerText.of(ReturnedMail(head: [], plain: "Le train est en retard.\nDe : rien")) == "Le train est en retard.\nDe : rien")
        #expect(AnswerText.of(ReturnedMail(head: [])) == "")
    }

    @Test("is read from a page when there is nothing else, and holds no sign of one")
    func page() {
        let html = """
            <html><head><style>p { color: red }</style><title>x</title></head><body><!-- > --><p>Non&nbsp;: je suis &agrave; l&rsquo;h&#244;pital
              &lt;demain&gt;.</p><div>Merci<br>Jeanne &amp; Paul</div><script>alert(1)</script>
            <blockquote type="cite"><p>Bonjour</p><blockquote>encore</blockquote></blockquote></body></html>
            """
        let said = AnswerText.of(ReturnedMail(head: [], html: html))
        #expect(
            said.split(separator: "\n").map { $0.replacing("\u{A0}", with: " ") } == [
                "Non : je suis à l’hôpital <demain>.", "Merci", "Jeanne & Paul",
            ])
    }

    @Test(
        "of a page that never ends stays what it is",
        arguments: ["<", "<p", "<!--", "&", "&#99999999999;", "<blockquote>", "</blockquote>x"])
    func broken(_ html: String) {
        #expect(HTMLText.plain(html).count <= html.count + 1)
    }
}
