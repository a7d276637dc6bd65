import Core
import Scheduling

/// « Passerelles »: what they do not take, what each carried over a week, and how what each text said arrived over a month.
struct GatewaysPage: Page {
    let figures: [GatewayFigures]
    var texts: [TextFigures] = []
    var troubles: [GatewayTrouble] = []
    var returns: [ReturnFigures] = []
    let time: LocalTime
    let title = "Passerelles"

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages", actions: LinkButton("Coût par mois", Urls.messageCosts).html))\
        \(each: troubles, { GatewayTroubleNotice(trouble: $0, time: time).html })\
        <p class="soft">Sur sept jours. Elles se règlent dans la configuration du serveur.</p>\
        \(figures.isEmpty ? empty : table)\(each: returns, { ReturnCard(figures: $0, time: time).html })\(if: !texts.isEmpty, byText)
        """
    }

    private var empty: HTML {
        EmptyState("Aucun envoi depuis sept jours", "Sans passerelle dans la configuration du serveur, les messages attendent.").html
    }

    private var table: HTML {
        let columns =
            [Table.Column("Passerelle"), .init("Canal"), .init("Envois", isNumber: true)] + Self.outcomes
            + [.init("Temps moyen", isNumber: true)]
        let rows = figures.map { one -> [HTML] in
            ["\(one.gateway)", "\(one.channel.label)", "\(Format.number(one.total))"] + shares(one.counts, of: one.total)
                + ["\(Format.number(one.milliseconds))\u{A0}ms"]
        }
        return Table("Ce que chaque passerelle a porté", columns: columns, rows: rows).html
    }

    private var byText: HTML {
        let columns = [Table.Column("Texte"), .init("Canal"), .init("Envois", isNumber: true)] + Self.outcomes
        let rows = texts.map { one -> [HTML] in
            ["\(Format.capitalized(one.inWords))", "\(one.channel.label)", "\(Format.number(one.total))"]
                + shares(one.counts, of: one.total)
        }
        return """
            <section class="after stack" aria-labelledby="texts-title"><h2 id="texts-title">Selon le texte, sur trente jours</h2>\
            \(Table("Ce qu’est devenu ce que dit chaque texte", columns: columns, rows: rows))</section>
            """
    }

    private static let outcomes = Delivery.Outcome.allCases.map { Table.Column(Format.capitalized($0.label), isNumber: true) }

    private func shares(_ counts: [Delivery.Outcome: Int], of total: Int) -> [HTML] {
        Delivery.Outcome.allCases.map { outcome in
            let count = counts[outcome, default: 0]
            return count == 0 ? "0" : "\(Format.number(count)) (\(count * 100 / max(total, 1))\u{A0}%)"
        }
    }
}

extension TextFigures {
    /// « rappel, MDS d’Orthez, PMI, version 3 ».
    fileprivate var inWords: String {
        guard let version else { return purpose.label + (purpose == .campaign ? "" : ", texte fourni") }
        let language = version.language == "fr" ? nil : PersonForm.languageName(version.language).lowercased()
        return [purpose.label, version.organization, version.reason, language, "version\u{A0}\(version.number)"].compactMap(\.self)
            .joined(separator: ", ")
    }
}

/// What waits, why, and what to do about it.
struct GatewayTroubleNotice: View {
    let trouble: GatewayTrouble
    let time: LocalTime

    var html: HTML {
        Notice(
            .alert,
            """
            <p><strong>\(Format.capitalized(trouble.because.label)).</strong> \
            \(Format.count(trouble.messages, "message attend", "messages attendent")) de partir par \(trouble.channel.label) \
            (passerelle «\u{A0}\(trouble.gateway)\u{A0}»), depuis \(time.moment(trouble.since)). \
            \(GatewayTrouble.remedy(for: trouble.because)) Rien n’est perdu\u{A0}: ils partiront d’eux-mêmes.</p>
            """
        ).html
    }
}

extension WebSite {
    /// What gateways do not take: the end of an address, for who is told of it by e-mail.
    public static let gatewaysPage = Urls.setupGateways.text
}
