import Core
import Hummingbird
import Scheduling
import Store

/// What the territory asks of every campaign.
struct CampaignRulePage: Page {
    let state: FormState

    let title = "Campagnes"

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Réglages"))\(PostForm(Urls.setupCampaigns, state) {
            """
            \(TextField("approval_above", "Messages au-delà desquels une autre personne approuve", state, kind: .number, size: .short))\
            \(TextField("apart_days", "Jours entre deux campagnes à une même personne", state, kind: .number, size: .short))\
            \(TextField("calls_per_hour", "Appels que la ligne prend en une heure", state, kind: .number, size: .short))\
            \(SubmitRow("Enregistrer", cancel: Urls.setup))
            """
        })</div>
        """
    }

    init(state: FormState) { self.state = state }

    init(_ rule: CampaignRule) {
        state = FormState([
            "approval_above": "\(rule.approvalAbove)", "apart_days": "\(rule.apartDays)", "calls_per_hour": "\(rule.callsPerHour)",
        ])
    }

    static let sample = CampaignRulePage(CampaignRule())
}

struct CampaignRuleRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/campaigns", use: show)
        router.post("/setup/campaigns", use: save)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        try acting.require(.setUpTerritory)
        let rule = try await desk.store.read { db in try CampaignRule.of(acting.territoryID, in: db) }
        return desk.site.page(CampaignRulePage(rule), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.setUpTerritory)
        return try await desk.site.submit(request, context) { state in
            CampaignRulePage(state: state)
        } action: { form in
            var complaints = Complaints()
            let numbers = ["approval_above", "apart_days", "calls_per_hour"].map {
                form.parse($0, "Donnez un nombre entier.", &complaints) { Int($0) } ?? 0
            }
            try complaints.check()
            let rule = CampaignRule(approvalAbove: numbers[0], apartDays: numbers[1], callsPerHour: numbers[2])
            try await desk.store.write { db in try rule.save(by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.setup, notice: "Les réglages des campagnes sont enregistrés.", context)
        }
    }
}
