import Core
import Scheduling

/// Demandes sans créneau: for what, where and when people asked in vain, so that time is opened there.
struct DemandsPage: Page {
    let counts: [UnmetDemand.Count]
    let weeks: Int
    let time: LocalTime

    var title: String { "Demandes sans créneau" }

    var html: HTML {
        """
        \(PageHead(title))\(filter)\(counts.isEmpty ? empty : tables)
        """
    }

    private var filter: HTML {
        let spans = [4, 12, 26, 52].map { Choice(String($0), "\($0) dernières semaines") }
        let state = FormState(Form(["weeks": [String(weeks)]]))
        return GetForm(Urls.unmetDemands) { "\(Select("weeks", "Période", spans, state))<button type=\"submit\">Voir</button>" }.html
    }

    private var empty: HTML {
        EmptyState(
            "Aucune demande sans créneau",
            "Quand une recherche ne trouve rien, un bouton note la demande : motif, lieu et moment. Elles sont comptées ici."
        ).html
    }

    private var tables: HTML {
        """
        <section class="stack" aria-labelledby="overall-title"><h2 id="overall-title">Où ouvrir du temps</h2>
        \(Table("Demandes de la période, par motif et lieu", columns: [.init("Motif"), .init("Lieu"), .init("Demandes", isNumber: true)],
            rows: counts.overall.map { [reason($0), place($0), "\(Format.number($0.count))"] }))</section>
        <section class="stack" aria-labelledby="weekly-title"><h2 id="weekly-title">Semaine par semaine</h2>
        \(Table("Demandes par semaine", columns: [.init("Semaine"), .init("Motif"), .init("Lieu"), .init("Demandes", isNumber: true)],
            rows: counts.map { ["\(Format.week($0.monday, today: time.today))", reason($0), place($0), "\(Format.number($0.count))"] }))</section>
        """
    }

    private func reason(_ one: UnmetDemand.Count) -> HTML { "\(one.reasonName) <span class=\"soft\">\(one.serviceName)</span>" }

    private func place(_ one: UnmetDemand.Count) -> HTML { "\(one.siteName ?? "\(one.organizationName), tous les lieux")" }

    static var sample: DemandsPage {
        let count = UnmetDemand.Count(
            monday: Samples.time.today.monday, reasonID: Samples.reason.id, reasonName: Samples.reason.name, serviceName: "Service social",
            organizationID: Samples.organization.id, organizationName: Samples.organization.name, siteID: nil, siteName: nil, count: 7)
        return DemandsPage(counts: [count], weeks: 12, time: Samples.time)
    }
}
