import Core
import Scheduling

/// Where closures are said: the houses one is responsible for, and their sites.
struct ClosurePlaces: Sendable, Equatable {
    let organizations: [Organization]
    let sites: [Site]

    /// "MDS d’Orthez : tous les lieux", then each site.
    var choices: [Choice] {
        organizations.flatMap { house in
            [Choice("house:\(house.id)", "\(house.name), tous les lieux")]
                + sites.filter { $0.organizationID == house.id }.map { Choice("site:\($0.id)", $0.name) }
        }
    }

    func name(of closure: Closure) -> String {
        let site = closure.siteID.flatMap { id in sites.first { $0.id == id }?.name }
        return site ?? organizations.first { $0.id == closure.organizationID }?.name ?? ""
    }

    /// - Throws: ``Core/Refusal`` beside `where`.
    func read(_ text: String) throws -> (organization: ID<Organization>, site: ID<Site>?) {
        if let site = sites.first(where: { "site:\($0.id)" == text }) { return (site.organizationID, site.id) }
        if let house = organizations.first(where: { "house:\($0.id)" == text }) { return (house.id, nil) }
        throw Refusal.field("where", "where", "Choisissez ce qui ferme.")
    }
}

/// The closures of one's houses: those to come, then those that are over.
struct ClosuresPage: Page {
    let closures: [Closure]
    let places: ClosurePlaces
    let mayAdd: Bool
    let time: LocalTime

    var title: String { "Fermetures" }

    var html: HTML {
        """
        \(PageHead(title, actions: mayAdd ? LinkButton("Nouvelle fermeture", Urls.closures.new, style: .main).html : .empty))
        \(closures.isEmpty ? empty : lists)
        """
    }

    private var empty: HTML {
        EmptyState("Aucune fermeture", "Ponts, travaux, journées d’équipe : pendant une fermeture, aucun créneau n’est proposé.").html
    }

    private var lists: HTML {
        let today = time.zone.civil(time.now).date
        let over = closures.filter { $0.stretch.isOver(by: today) }
        let standing = closures.filter { !$0.stretch.isOver(by: today) }
        return """
            \(standing.isEmpty ? "<p class=\"soft\">Aucune fermeture à venir.</p>" as HTML : list(standing))\
            \(if: !over.isEmpty, "<details class=\"more\"><summary>Passées (\(over.count))</summary>\(list(over))</details>")
            """
    }

    private func list(_ closures: [Closure]) -> HTML { "<ul class=\"stretches\">\(each: closures, line)</ul>" }

    private func line(_ one: Closure) -> HTML {
        let sentence = StretchSentence(stretch: one.stretch, today: time.today).text
        return """
            <li class="card"><div><p class="sentence">\(one.title)</p><p>\(sentence)</p><p class="soft">\(places.name(of: one))</p></div>\
            \(if: mayAdd, LinkButton("Ouvrir", Urls.closure(one.id), spoken: "Ouvrir : \(one.title)").html)</li>
            """
    }

    static var sample: ClosuresPage {
        ClosuresPage(closures: ClosurePage.closures, places: ClosurePage.places, mayAdd: true, time: AgendaSample.time)
    }
}

/// A new closure, with what it covers; or one that stands, with what remains to be dealt with.
struct ClosurePage: Page {
    let places: ClosurePlaces
    var state: FormState
    /// Nothing for a new one.
    var closure: Closure?
    var covered = Covered.none
    var offers: [ID<Appointment>: Remedy.Ways] = [:]
    let time: LocalTime

    var title: String { closure?.title ?? "Nouvelle fermeture" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Fermetures"))\(closure.map(standing) ?? form)</div>
        """
    }

    private var form: HTML {
        PostForm(Urls.closures, state) {
            """
            \(TextField("title", "Pourquoi", state, hint: "« Pont de l’Ascension », « Travaux »\u{A0}: lu par tous les agents.", limit: 100))\
            \(Select("where", "Ce qui ferme", places.choices, state, empty: places.choices.count > 1 ? "Choisir…" : nil))\
            \(StretchFields(state: state, isAbsence: true))\(remedies)\(SubmitRow("Enregistrer la fermeture", cancel: Urls.closures))
            """
        }.html
    }

    private var remedies: HTML {
        covered.isEmpty
            ? .empty : RemedyFields(covered: covered, offers: offers, state: state, during: "cette fermeture", time: time).html
    }

    private func standing(_ closure: Closure) -> HTML {
        """
        <p class="sentence after-head">\(StretchSentence(stretch: closure.stretch, today: time.today).text)</p><p>\(places.name(of: closure))</p>\
        \(if: !covered.isEmpty, remaining(closure))<div class="stack after"><p>Les créneaux de ces heures seront de nouveau proposés.</p>\
        \(ActionButton("Supprimer la fermeture", Urls.closure(closure.id, "deletion"), style: .alert))</div>
        """
    }

    private func remaining(_ closure: Closure) -> HTML {
        let form = PostForm(Urls.closure(closure.id, "remedies"), state) { "\(remedies)\(SubmitRow("Faire ces changements"))" }
        return Notice(.warn, "\(CoveredList(appointments: covered.appointments, time: time))\(form)").html
    }

    static let closures = AgendaSample.stretches.map { Closure(organizationID: AgendaSample.house.id, title: "Travaux", stretch: $0) }
    static let places = ClosurePlaces(organizations: [AgendaSample.house], sites: [AgendaSample.site])

    static var sample: ClosurePage {
        let upcoming = AgendaSample.week.appointments.filter { $0.status == .upcoming }
        let someone = Remedy.Ways.Someone(id: AgendaSample.colleague.id, name: AgendaSample.colleague.name)
        return ClosurePage(
            places: places, state: FormState(Form(["date": ["2026-12-03"], "repeat": ["once"]]), refused: .coveredChanged),
            covered: Covered(appointments: upcoming, hidden: 2),
            offers: Dictionary(upcoming.map { ($0.id, .init(colleagues: [someone], next: .init(start: AgendaSample.now, agent: someone))) })
            {
                first, _ in first
            }, time: AgendaSample.time)
    }
}

extension URLPath {
    fileprivate var new: URLPath { "/agenda/closures/new" }
}
