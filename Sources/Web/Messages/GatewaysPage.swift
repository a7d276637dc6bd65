import Core
import Scheduling

/// « Passerelles »: what each carried over a week.
struct GatewaysPage: Page {
    let figures: [GatewayFigures]
    let returns: [ReturnFigures]
    let time: LocalTime
    let title = "Passerelles"

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))<p class="soft">Sur sept jours. Elles se règlent dans la configuration du serveur.</p>\
        \(figures.isEmpty ? empty : table)\(each: returns, { ReturnCard(figures: $0, time: time).html })
        """
    }

    private var empty: HTML {
        EmptyState("Aucun envoi depuis sept jours", "Sans passerelle dans la configuration du serveur, les messages attendent.").html
    }

    private var table: HTML {
        let columns =
            [Table.Column("Passerelle"), .init("Canal"), .init("Envois", isNumber: true)]
            + Delivery.Outcome.allCases.map { Table.Column(Format.capitalized($0.label), isNumber: true) }
            + [.init("Temps moyen", isNumber: true)]
        let rows = figures.map { one -> [HTML] in
            let counts: [HTML] = Delivery.Outcome.allCases.map { outcome in
                let count = one.counts[outcome, default: 0]
                return count == 0 ? "0" : "\(count) (\(count * 100 / max(one.total, 1))\u{A0}%)"
            }
            return ["\(one.gateway)", "\(one.channel.label)", "\(one.total)"] + counts + ["\(one.milliseconds)\u{A0}ms"]
        }
        return Table("Ce que chaque passerelle a porté", columns: columns, rows: rows).html
    }
}

/// What came back to the e-mails of a gateway, and what of it a human is to look at.
struct ReturnCard: View {
    let figures: ReturnFigures
    let time: LocalTime

    var html: HTML {
        """
        <section class="card stack after"><h2>Boîte de retour de \(figures.mailbox)</h2><p class="soft">Ce qui revient à \(figures.address). \(read)</p>\(trouble)\
        \(DefinitionList(counts))\(look)</section>
        """
    }

    private var read: String { figures.readAt.map { "Lue \(time.moment($0))." } ?? "Elle n’a pas encore été lue." }

    private var trouble: HTML? {
        figures.trouble.map { Notice(.warn, "<p>Elle ne peut pas être lue : \($0.label). Ce qui s’y trouve attend.</p>").html }
    }

    private var counts: [(String, HTML)] {
        ReturnReading.Kind.allCases.map { (Format.capitalized($0.label), "\(figures.counts[$0, default: 0])") }
    }

    private var look: HTML? {
        guard figures.counts[.unknown, default: 0] > 0 else { return nil }
        return """
            <p>Ce qui est à regarder n’a pas été compris : ouvrez la boîte elle-même, ces e-mails y sont marqués d’un drapeau.</p>
            """
    }
}
