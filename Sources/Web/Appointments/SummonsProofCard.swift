import Core
import Scheduling

/// What shows that someone was told of a convocation: it is for people to read, and decides nothing.
struct SummonsProofCard: View {
    let proof: SummonsProof
    let status: Participation.Status
    let time: LocalTime

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="proof-title"><h2 id="proof-title">Preuve de la convocation</h2>\
        <p>\(Tag(verdict.words, verdict.tone))</p>\(if: status == .missed, "<p>\(Self.noConsequence)</p>")\
        \(if: !lines.isEmpty, "<ol class=\"stack\">\(each: lines, \.html)</ol>")</section>
        """
    }

    private static let noConsequence = "Rien ne suit de cette absence par elle-même : c’est à vous de juger de ce qui a été dit, et quand."

    private var verdict: (words: String, tone: Tone) {
        switch proof.strength {
        case .confirmed: ("La personne a répondu OUI.", .good)
        case .told: ("La personne a été prévenue de vive voix.", .good)
        case .arrived: ("L’opérateur dit que le message est arrivé.", .good)
        case .answered: ("La personne a répondu avec le code de la lettre.", .good)
        case .posted: ("Une lettre a été postée\u{A0}; rien ne dit qu’elle est arrivée.", .warn)
        case .handed: ("Remis à l’opérateur ; rien ne dit que c’est arrivé.", .warn)
        case .tried: ("Rien ne dit que la convocation est arrivée.", .alert)
        case .none: ("Aucun message n’est parti.", .alert)
        }
    }

    /// All that happened, the oldest first.
    private var lines: [(at: Instant, html: HTML)] {
        let calls = proof.calls.map { call -> (at: Instant, html: HTML) in
            (call.at, "<li>\(moment(call.at)) : prévenue au téléphone par \(call.agentName).</li>")
        }
        let confirmed = proof.confirmed.map { at -> (at: Instant, html: HTML) in
            (at, "<li>\(moment(at)) : la personne a répondu OUI.</li>")
        }
        let coded = proof.coded.filter { $0.meaning != .yes }.map { answer -> (at: Instant, html: HTML) in
            let words = "«\u{A0}\(Reply.words(answer.meaning))\u{A0}»"
            return (answer.at, "<li>\(moment(answer.at))\u{A0}: la personne a répondu avec le code de la lettre, \(words).</li>")
        }
        let written = proof.sent.map { ($0.delivery.startedAt, sent($0)) } + proof.posted.map { ($0.postedAt, posted($0)) }
        return (written + calls + confirmed + coded).sorted { $0.at < $1.at }
    }

    private func posted(_ one: SummonsProof.Posted) -> HTML {
        let printed = one.printedAt.map { "imprimée \(time.moment($0))" } ?? "jamais imprimée d’ici"
        return """
            <li><p>\(moment(one.postedAt))\u{A0}: lettre n°\u{A0}\(one.number) postée (\(one.message.purpose.label)), dit \(one.agentName).</p>\
            <p class="soft">\(Format.capitalized(printed)), pour \(one.message.recipient.replacing("\n", with: ", ")).</p>\
            \(if: !one.text.isEmpty, words("Le texte de la lettre", one.subject, one.text))</li>
            """
    }

    private func words(_ title: String, _ subject: String, _ text: String) -> HTML {
        """
        <details class="more"><summary>\(title)</summary>\(if: !subject.isEmpty, "<p><strong>\(subject)</strong></p>")\
        <p class="said">\(text)</p></details>
        """
    }

    private func sent(_ one: SummonsProof.Sent) -> HTML {
        let delivery = one.delivery
        return """
            <li><p>\(moment(delivery.startedAt)) : \(MessageLine(message: one.message))</p><p class="soft">\(answer(delivery))</p>\
            \(words("Le texte envoyé", one.subject, one.text))</li>
            """
    }

    private func answer(_ one: Delivery) -> String {
        let said = [one.outcome?.label ?? "en cours", one.because?.label].compactMap(\.self).joined(separator: " : ")
        let at = one.acknowledgedAt.map { ", \(time.moment($0))" } ?? ""
        let reference = one.reference.map { " ; référence \($0)" } ?? ""
        return "Réponse de la passerelle « \(one.gateway) » : \(said)\(at)\(reference)"
    }

    private func moment(_ at: Instant) -> String { Format.capitalized(time.moment(at)) }
}
