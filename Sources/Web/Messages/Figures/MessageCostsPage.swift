import Core
import Scheduling

/// « Coût des messages »: what a month cost, house by house.
struct MessageCostsPage: Page {
    let cost: MonthlyCost
    let today: CivilDate

    var title: String { "Coût des messages" }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages · Passerelles"))<nav class="row after-head" aria-label="Mois">\
        \(LinkButton("Mois précédent", Urls.messageCosts(before)))\(if: after <= today, LinkButton("Mois suivant", Urls.messageCosts(after)).html)\
        </nav><h2>\(Format.capitalized(Format.month(of: cost.month)))</h2>\(cost.lines.isEmpty ? empty : content)
        """
    }

    private var before: CivilDate { Grain.month.first(of: cost.month.adding(days: -1)) }
    private var after: CivilDate { Grain.month.next(after: cost.month) }

    private var empty: HTML { EmptyState("Aucun message ce mois-là", "Ce qui est remis à une passerelle est compté ici.").html }

    private var content: HTML {
        """
        \(if: cost.unpriced > 0, unpriced)\
        \(Table("Messages et coût du mois", columns: Self.columns, rows: cost.lines.map(row) + [total]))\
        <p class="soft">Un SMS compte ses parties, au prix d’une partie le jour de son départ. \
        Sont comptés ceux que la passerelle a pris, arrivés ou non.</p>
        """
    }

    private var unpriced: HTML {
        Notice(
            .warn,
            """
            <p>\(Format.count(cost.unpriced, "SMS est parti", "SMS sont partis")) avant que l’on sache ce que coûte une partie : \
            <a href="\(href: Urls.templates)">donnez ce prix avec les textes</a>.</p>
            """
        ).html
    }

    private static let columns = [
        Table.Column("Organisation"), .init("Canal"), .init("Pour"), .init("Messages", isNumber: true), .init("Parties", isNumber: true),
        .init("Coût", isNumber: true),
    ]

    private func row(_ line: MonthlyCost.Line) -> [HTML] {
        [
            "\(line.organization.isEmpty ? "—" : line.organization)", "\(line.channel.label)", "\(line.purpose.label)",
            "\(Format.number(line.messages))", "\(line.channel == .sms ? Format.number(line.parts) : "—")",
            "\(line.channel == .sms ? SMSPrice(tenths: line.tenths).inWords(parts: 1) : "—")",
        ]
    }

    private var total: [HTML] {
        let parts = cost.lines.filter { $0.channel == .sms }.reduce(0) { $0 + $1.parts }
        return [
            "<strong>Ensemble</strong>", "", "", "<strong>\(Format.number(cost.messages))</strong>",
            "<strong>\(Format.number(parts))</strong>",
            "<strong>\(SMSPrice(tenths: cost.tenths).inWords(parts: 1))</strong>",
        ]
    }
}
