import Core
import Scheduling

/// What came back to the e-mails of a gateway, and what of it a human is to look at.
struct ReturnCard: View {
    let figures: ReturnFigures
    let time: LocalTime

    var html: HTML {
        """
        <section class="card stack after"><h2>Boîte de retour de \(figures.mailbox)</h2>\
        <p class="soft">Ce qui revient à \(figures.address). \(read)</p>\(trouble)\
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
