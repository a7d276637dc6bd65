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
        return (proof.sent.map { ($0.delivery.startedAt, sent($0)) } + calls + confirmed).sorted { $0.at < $1.at }
    }

    private func sent(_ one: SummonsProof.Sent) -> HTML {
        let delivery = one.delivery
        return """
            <li><p>\(moment(delivery.startedAt)) : \(MessageLine(message: one.message))</p><p class="soft">\(answer(delivery))</p>\
            <details class="more"><summary>Le texte envoyé</summary>\
            \(if: !one.subject.isEmpty, "<p><strong>\(one.subject)</strong></p>")<p class="said">\(one.text)</p></details></li>
            """
    }

    private func answer(_ one: Delivery) -> String {
        let said = [one.outcome?.label ?? "en cours", one.because?.label].compactMap(\.self).joined(separator: " : ")
        let at = one.acknowledgedAt.map { ", le \(time.moment($0))" } ?? ""
        let reference = one.reference.map { " ; référence \($0)" } ?? ""
        return "Réponse de \(one.gateway) : \(said)\(at)\(reference)"
    }

    private func moment(_ at: Instant) -> String { Format.capitalized(time.moment(at)) }
}
