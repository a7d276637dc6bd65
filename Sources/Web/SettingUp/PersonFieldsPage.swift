import Core
import Hummingbird
import Store

/// Which fields of people's files the territory uses.
struct PersonFieldsPage: Page {
    let title = "Champs des fiches"
    let state: FormState

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))<div class="column stack"><p>Un champ décoché ne se voit plus sur les fiches. Ce qui y était \
        écrit est gardé, et revient si vous le cochez de nouveau.</p>\(PostForm(Urls.setupPersonFields, state) {
            """
            \(CheckboxGroup("fields", "Champs utilisés", Self.choices, state))\(SubmitRow("Enregistrer", cancel: Urls.setup))
            """
        })</div>
        """
    }

    private static let choices = PersonField.allCases.map { Choice($0.rawValue, $0.label, detail: $0.hint) }

    init(off: Set<PersonField>) {
        state = FormState(Form(["fields": PersonField.allCases.filter { !off.contains($0) }.map(\.rawValue)]))
    }

    static let sample = PersonFieldsPage(off: [.msa])
}

struct PersonFieldsRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/person-fields", use: show)
        router.post("/setup/person-fields", use: save)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        try acting.require(.setUpTerritory)
        let off = try await desk.store.read { db in try PersonField.off(of: acting.territoryID, in: db) }
        return desk.site.page(PersonFieldsPage(off: off), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.setUpTerritory)
        let on = Set(try await request.form().values("fields").compactMap(PersonField.init))
        try await desk.store.write { db in
            try PersonField.turnOff(Set(PersonField.allCases).subtracting(on), by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.setup, notice: "Les champs des fiches sont enregistrés.", context)
    }
}
