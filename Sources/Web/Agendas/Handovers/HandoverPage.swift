import Core
import Scheduling

/// Une passation: to whom, from when, what becomes of each appointment, of those followed and of the openings.
struct HandoverPage: Page {
    let plan: Handover.Plan
    let organizations: [Organization]
    /// A colleague and a day are chosen: what there is to hand over is shown.
    let isShown: Bool
    var state: FormState
    let time: LocalTime

    var title: String { "Confier à un collègue" }
    private var url: URLPath { Urls.handover(of: plan.owner.agent.id) }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: plan.owner.agent.name))<p>\(load)</p>\(PostForm(url, state) { fields })</div>
        """
    }

    private var load: String {
        let parts = [
            Format.count(plan.load.appointments, "rendez-vous à venir", "rendez-vous à venir"),
            Format.count(plan.load.people, "personne suivie", "personnes suivies"),
            Format.count(plan.load.openings, "plage sans fin", "plages sans fin"),
            Format.count(plan.load.memos, "mot à traiter", "mots à traiter"),
        ]
        return "\(plan.owner.agent.name) a \(Format.list(parts))."
    }

    private var fields: HTML {
        """
        \(organization)\(Select("to", "À qui ?", plan.colleagues.map { Choice($0.agent.id.description, $0.agent.name) }, state, empty: "Choisir…"))\
        \(DateField("date", "À partir du", state))\(if: isShown, shown)\
        \(isShown ? confirm : SubmitRow("Voir ce qui serait confié", cancel: back).html)
        """
    }

    private var organization: HTML {
        guard organizations.count > 1 else {
            return HiddenField("organization", organizations.first?.id.description ?? "").html
        }
        return Select("organization", "Pour", organizations.map { Choice($0.id.description, $0.name) }, state).html
    }

    private var back: URLPath { Urls.agenda(of: plan.owner.agent.id, .week, nil) }

    private var shown: HTML {
        """
        \(plan.covered.isEmpty ? "<p>Aucun rendez-vous à venir ici à partir de ce jour.</p>" as HTML : remedies)\
        \(Checkbox("people", "Les personnes suivies aussi, dans les services de ce collègue", state))\
        \(RadioCards("openings", "Ses plages d’ouverture", [
            Choice("end", "S’arrêtent la veille"), Choice("give", "Passent au collègue"), Choice("leave", "Restent comme elles sont"),
        ], state))\(HiddenField("shown", "on"))
        """
    }

    private var remedies: HTML {
        RemedyFields(covered: plan.covered, offers: plan.offers, state: state, during: "cette passation", time: time).html
    }

    private var confirm: HTML {
        """
        <div class="row submit"><button type="submit" class="main">Confier et prévenir</button>\
        <button type="submit" name="look" value="on">Voir de nouveau</button>\(LinkButton("Annuler", back))</div>
        """
    }

    static var sample: HandoverPage {
        let upcoming = AgendaSample.week.appointments.filter { $0.status == .upcoming }
        let someone = Remedy.Ways.Someone(id: AgendaSample.colleague.id, name: AgendaSample.colleague.name)
        return HandoverPage(
            plan: Handover.Plan(
                owner: AgendaSample.owner, colleagues: [AgendaOwner(agent: AgendaSample.colleague)],
                covered: Covered(appointments: upcoming, hidden: 1),
                offers: Dictionary(upcoming.map { ($0.id, .init(colleagues: [someone])) }) { first, _ in first },
                load: Workload(appointments: 6, people: 41, openings: 4)), organizations: [AgendaSample.house], isShown: true,
            state: FormState(["date": "2026-12-03", "people": "on", "openings": "end"]), time: AgendaSample.time)
    }
}
