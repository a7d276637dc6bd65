import Core
import Scheduling

/// « Campagnes »: those of one's organizations, the newest first.
struct CampaignsPage: Page {
    let campaigns: [Campaign]
    let authors: [ID<Agent>: String]
    let time: LocalTime

    let title = "Campagnes"

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Préparer une campagne", Urls.newCampaign, style: .main).html))\
        \(campaigns.isEmpty ? empty : "<ul class=\"to-close\">\(each: campaigns, line)</ul>")
        """
    }

    private var empty: HTML {
        EmptyState(
            "Aucune campagne", "Une campagne écrit à beaucoup de personnes à la fois : une salle fraîche, un atelier, un guichet fermé."
        ).html
    }

    private func line(_ one: Campaign) -> HTML {
        let told = one.told.map { " · \(Format.count($0, "message"))" } ?? ""
        return """
            <li class="card"><div><h2><a href="\(href: Urls.campaign(one.id))">\(one.name)</a></h2><p>\(CampaignTag(campaign: one))</p>\
            <p class="soft">Préparée par \(authors[one.preparedBy] ?? "un agent"), \(time.moment(one.preparedAt))\(told)</p></div></li>
            """
    }

    static var sample: CampaignsPage {
        CampaignsPage(campaigns: [CampaignPage.sample.campaign], authors: [:], time: Samples.time)
    }
}

/// How a campaign stands.
struct CampaignTag: View {
    let campaign: Campaign

    var html: HTML {
        let tone: Tone =
            switch campaign.state {
            case .prepared, .stopped: .plain
            case .approved, .running: .good
            case .paused: .warn
            }
        return Tag(campaign.state.label, tone).html
    }
}

/// Those whom a campaign did not reach: to call, or to write to.
struct CampaignUnreachedPage: Page {
    let campaign: Campaign
    let people: [Campaign.Unreached]
    let count: Int
    var problem: String?

    let title = "À appeler"

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))\(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        \(people.isEmpty ? empty : "<ul class=\"to-close\">\(each: people, one)</ul>")\
        \(if: count > people.count, "<p class=\"soft after\">Les suivants viendront à mesure que vous appelez.</p>")
        """
    }

    private var above: String { "\(campaign.name) : \(Format.count(count, "personne non jointe", "personnes non jointes"))" }

    private var actions: HTML {
        """
        \(ActionButton("Leur écrire une lettre", Urls.campaign(campaign.id, "writing")))\
        \(ActionButton("Liste d’adresses", Urls.campaign(campaign.id, "letters")))\
        \(LinkButton("Voir la campagne", Urls.campaign(campaign.id)))
        """
    }

    private var empty: HTML {
        EmptyState("Personne à appeler", "Quand un message n’arrive pas, la personne est ici, si l’on peut encore l’appeler ou lui écrire.")
            .html
    }

    private func one(_ person: Campaign.Unreached) -> HTML {
        """
        <li class="card"><div><h2><a href="\(href: Urls.person(person.personID))">\(person.name)</a></h2>\
        <p>\(Tag(person.isCalled ? "appelé" : person.because, person.isCalled ? .good : .warn))</p></div>\
        <div class="row">\(each: person.phones, { phone($0, person) })</div>\(if: !person.isCalled, answer(person))</li>
        """
    }

    private func phone(_ number: String, _ person: Campaign.Unreached) -> HTML {
        """
        <a class="button tel" href="\(href: .tel(number))"><span class="unseen">Appeler \(person.name) au </span>\(Format.phone(number))</a>
        """
    }

    private func answer(_ person: Campaign.Unreached) -> HTML {
        """
        <div class="row" role="group" aria-label="\(person.name)">\
        \(ActionButton("Appelé", Urls.campaignCalled(campaign.id, person.personID)))</div>
        """
    }

    static var sample: CampaignUnreachedPage {
        CampaignUnreachedPage(
            campaign: CampaignPage.sample.campaign,
            people: [
                .init(
                    personID: .new(), name: "Jeanne Lacoste", phones: ["+33536490001"], address: "",
                    because: "ni mobile ni e-mail qui convienne",
                    isCalled: false),
                .init(
                    personID: .new(), name: "Jean Dupouy", phones: [], address: "1 rue des Essais\n64300 Orthez", because: "",
                    isCalled: true),
            ], count: 12)
    }
}
