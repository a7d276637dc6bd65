import Core
import Scheduling

/// « Passerelles »: what they do not take, what each carried over a week, and how what each text said arrived over a month.
struct GatewaysPage: Page {
    let figures: [GatewayFigures]
    var texts: [TextFigures] = []
    var troubles: [GatewayTrouble] = []
    let time: LocalTime
    let title = "Passerelles"

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages", actions: LinkButton("Coût par mois", Urls.messageCosts).html))\
        \(each: troubles, { GatewayTroubleNotice(trouble: $0, time: time).html })\
        <p class="soft">Sur sept jours. Elles se règlent dans la configuration du serveur.</p>\
        \(figures.isEmpty ? empty : table)\(if: !texts.isEmpty, byText)
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
            \(Format.count(trouble.messages, "message attend", "messages attendent")) de partir par \(trouble.channel.label), \
            depuis \(time.moment(trouble.since)). \(remedy) Rien n’est perdu : ils partiront d’eux-mêmes.</p>
            """
        ).html
    }

    private var remedy: String {
        switch trouble.because {
        case .credit: "Rechargez le compte chez l’opérateur."
        case .credentials: "Vérifiez l’identifiant et le mot de passe dans la configuration du serveur."
        case .tls: "Vérifiez le certificat de la passerelle, et l’heure du serveur."
        case .busy: "La passerelle demande d’attendre : vérifiez le débit prévu par le contrat."
        default: "Vérifiez que la passerelle fonctionne et que le serveur l’atteint."
        }
    }
}
