import Core
import Store

/// What there is to set up, and what is still lacking.
struct SetUpPage: Page {
    let title = "Réglages"
    let entries: [Entry]
    /// What keeps people from being given appointments.
    let lacking: [Entry]

    struct Entry: Sendable {
        var label: String
        var detail: String
        var url: URLPath
    }

    var html: HTML {
        """
        \(PageHead(title))\(if: !lacking.isEmpty, todo)<ul class="two">\(each: entries, item)</ul>
        """
    }

    private var todo: HTML {
        Notice(
            .warn,
            """
            <p><b>Pour prendre des rendez-vous, il manque encore :</b></p>\
            <ul class="bullets">\(each: lacking, { "<li><a href=\"\(href: $0.url)\">\($0.label)</a> \($0.detail)</li>" })</ul>
            """
        ).html
    }

    private func item(_ entry: Entry) -> HTML {
        """
        <li class="card"><p class="big"><a href="\(href: entry.url)">\(entry.label)</a></p><p class="soft">\(entry.detail)</p></li>
        """
    }

    static let sample = SetUpPage(
        entries: [.init(label: "Agents", detail: "60\u{A0}agents", url: Urls.setupAgents)],
        lacking: [.init(label: "un motif", detail: "de rendez-vous", url: Urls.setup("reasons"))])
}

extension SetUpPage {
    /// For an administrator of the territory, everything; for that of an organization, their own.
    static func load(_ acting: Acting, in db: Reader) throws -> SetUpPage {
        let organizations = try SiteScreen.organizations(acting, in: db)
        let sites = try Site.all(of: acting.territoryID, in: db).filter { site in organizations.contains { $0.id == site.organizationID } }
        var entries = [Entry(label: "Lieux", detail: Format.count(sites.count, "lieu", "lieux"), url: Urls.setup("sites"))]
        entries.append(Entry(label: "Ressources", detail: "Salles, voitures, interprètes.", url: Urls.setup("resources")))
        let rights = Entry(label: "Rôles et droits", detail: "Ce que chacun peut faire.", url: Urls.setupRights)
        let templates = Entry(label: "Modèles de messages", detail: "Ce que disent SMS, e-mails et courriers.", url: Urls.templates)
        guard acting.can(.setUpTerritory) else {
            entries += organizations.map {
                Entry(label: "Affectations : \($0.name)", detail: "Qui y travaille, avec quels rôles.", url: Urls.members($0.id))
            }
            return SetUpPage(entries: entries + [templates, rights], lacking: [])
        }
        let counts = try Counts(acting.territoryID, organizations: organizations.count, sites: sites.count, in: db)
        return SetUpPage(entries: counts.entries(acting.territory) + [templates, rights], lacking: counts.lacking)
    }

    private struct Counts {
        let areas: Int
        let organizations: Int
        let sites: Int
        let services: Int
        let reasons: Int
        let agents: Int

        init(_ territory: Int64, organizations: Int, sites: Int, in db: Reader) throws {
            self.organizations = organizations
            self.sites = sites
            areas = try Area.all(of: territory, in: db).count
            services = try Service.all(of: territory, in: db).count
            reasons = try Reason.all(of: territory, in: db).count { $0.retiredAt == nil }
            agents = try Agent.all(of: territory, in: db).count { $0.disabledAt == nil }
        }

        func entries(_ territory: Territory) -> [Entry] {
            [
                Entry(
                    label: "La collectivité", detail: "\(territory.name) : nom, couleur, fuseau, phrase à dire.", url: Urls.setupTerritory),
                Entry(label: "Territoires d’action sociale", detail: Format.count(areas, "territoire"), url: Urls.setup("areas")),
                Entry(label: "Organisations", detail: Format.count(organizations, "organisation"), url: Urls.setup("organizations")),
                Entry(label: "Lieux", detail: Format.count(sites, "lieu", "lieux"), url: Urls.setup("sites")),
                Entry(label: "Ressources", detail: "Salles, voitures, interprètes.", url: Urls.setup("resources")),
                Entry(label: "Services", detail: Format.count(services, "service"), url: Urls.setup("services")),
                Entry(
                    label: "Motifs de rendez-vous", detail: Format.count(reasons, "motif proposé", "motifs proposés"),
                    url: Urls.setup("reasons")),
                Entry(label: "Champs des fiches", detail: "Ce que vous notez des personnes.", url: Urls.setupPersonFields),
                Entry(label: "Étiquettes", detail: "Vos mots sur les fiches.", url: Urls.setup("tags")),
                Entry(label: "Agents", detail: Format.count(agents, "agent en activité", "agents en activité"), url: Urls.setupAgents),
                Entry(label: "Passerelles", detail: "Ce que chacune a porté depuis une semaine.", url: Urls.setupGateways),
                Entry(label: "Campagnes", detail: "Quand une autre personne approuve, et les appels par heure.", url: Urls.setupCampaigns),
                Entry(label: "Importer un fichier", detail: "Des personnes ou des agents, depuis un tableur.", url: Urls.setupImports),
            ]
        }

        var lacking: [Entry] {
            [
                (organizations, Entry(label: "une organisation", detail: "où travailler", url: Urls.newSetup("organizations"))),
                (services, Entry(label: "un service", detail: "dont dépendront les motifs", url: Urls.newSetup("services"))),
                (reasons, Entry(label: "un motif", detail: "de rendez-vous", url: Urls.newSetup("reasons"))),
                (sites, Entry(label: "un lieu", detail: "où recevoir les personnes", url: Urls.newSetup("sites"))),
            ].filter { $0.0 == 0 }.map(\.1)
        }
    }
}
