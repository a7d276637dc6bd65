extension ReturnMailTests {
    /// As real servers and programs write them, of people and machines that are not.
    static let letters: [String: String] = [
        "postfix": """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: TO
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="6B2F.1795/mx.example.org"

        --6B2F.1795/mx.example.org
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --6B2F.1795/mx.example.org
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org
        X-Postfix-Queue-ID: 6B2F
        Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)

        Final-Recipient: rfc822; jeanne@example.org
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <jeanne@example.org>: Recipient address
            rejected: User unknown in virtual mailbox table

        --6B2F.1795/mx.example.org
        Content-Type: message/rfc822

        Subject: Votre rendez-vous

        Bonjour
        --6B2F.1795/mx.example.org--
        """,
        "exim": """
        X-Failed-Recipients: jeanne@example.org
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@relay.example.org>
        To: TO
        Subject: Mail delivery failed: returning message to sender

        This message was created automatically by mail delivery software.

          jeanne@example.org
            host mx.example.org [192.0.2.25]
            SMTP error from remote mail server after RCPT TO:<jeanne@example.org>:
            550 5.1.1 <jeanne@example.org>... User unknown
        """,
        "exchange": """
        From: <postmaster@mail.example.org>
        To: TO
        Subject: =?utf-8?Q?Non_remis=C2=A0:_Votre_rendez-vous?=
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1_2"

        --b1_2
        Content-Type: text/html; charset="utf-8"

        <html><body><p>Votre message n'a pas pu &ecirc;tre remis.</p></body></html>
        --b1_2
        Content-Type: message/delivery-status

        Reporting-MTA: dns;PR0P264MB1.mail.example.org
        Received-From-MTA: dns;relay.example.org

        Original-Recipient: rfc822;jeanne@example.org
        Final-Recipient: rfc822;jeanne@example.org
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

        --b1_2--
        """,
        "gmail": """
        Return-Path: <>
        To: TO
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example.org>
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        X-Failed-Recipients: jeanne@example.org
        Content-Type: multipart/report; boundary="00000000000056"; report-type=delivery-status

        --00000000000056
        Content-Type: multipart/related; boundary="000000000000aa"

        --000000000000aa
        Content-Type: text/plain; charset="UTF-8"

        ** Address not found **
        --000000000000aa--
        --00000000000056
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.example.org
        Arrival-Date: Mon, 23 Nov 2026 01:00:00 -0800 (PST)

        Final-Recipient: rfc822; jeanne@example.org
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
         550-5.1.1 double-checking the recipient's email address for typos or
         550 5.1.1 unnecessary spaces.
        Last-Attempt-Date: Mon, 23 Nov 2026 01:00:01 -0800 (PST)

        --00000000000056--
        """,
        "delayed": """
        From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
        To: TO
        Subject: Delayed Mail (still being retried)
        Content-Type: multipart/report; report-type=delivery-status; boundary="x"

        --x
        Content-Type: text/plain

        THIS IS A WARNING ONLY.
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; jeanne@example.org
        Action: delayed
        Status: 4.4.1
        Diagnostic-Code: X-Postfix; connect to mx2.example.org[192.0.2.26]:25: Connection timed out
        Will-Retry-Until: Sat, 28 Nov 2026 10:00:00 +0100 (CET)

        --x--
        """,
        "vacation": """
        From: Jeanne <jeanne@example.org>
        To: TO
        Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=
        Auto-Submitted: auto-replied (vacation)
        Content-Type: text/plain; charset=utf-8

        Je suis absente.
        """,
        "displayed": """
        From: Jeanne <jeanne@example.org>
        To: TO
        Subject: Lu
        Content-Type: multipart/report; report-type=disposition-notification; boundary="y"

        --y
        Content-Type: text/plain

        Votre message a ete lu.
        --y
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822;jeanne@example.org
        Disposition: manual-action/MDN-sent-manually; displayed

        --y--
        """,
        "answer": """
        From: Jeanne Lacoste <jeanne@example.org>
        To: TO
        Subject: =?utf-8?Q?Re:_Votre_rendez-vous?=
        Message-ID: <18f@mobile.example.org>
        In-Reply-To: <0190@lien.invalid>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="z"

        --z
        Content-Type: multipart/alternative; boundary="zz"

        --zz
        Content-Type: text/plain; charset=iso-8859-15
        Content-Transfer-Encoding: quoted-printable

        Oui, j'y serai =E0 9 h.

        Le 23 nov. 2026 =E0 10:00, Maison <rdv@example.org> a =E9crit=A0:
        > Bonjour
        --zz
        Content-Type: text/html; charset=utf-8

        <p>Oui</p>
        --zz--
        --z
        Content-Type: image/jpeg
        Content-Disposition: attachment; filename="photo.jpg"
        Content-Transfer-Encoding: base64

        AAAA
        --z--
        """,
    ]
}
