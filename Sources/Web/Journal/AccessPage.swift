import Core
import Hummingbird
import Scheduling
import Store

/// All that is kept of someone, to hand over to them; printed as it stands.
struct AccessPage: Page {
    let territory: String
    let access: PersonAccess
    let time: LocalTime

    var title: String { "Ce que \(territory) garde de \(access.name)" }

    var html: HTML {
        """
        \(PageHead(
            title, above: "Remis le \(time.day(access.at))",
            actions: ActionButton("Télécharger (JSON)", Urls.journalAccess(of: access.personID), fields: [("as", "json")]).html))
        <div class="stack">\(each: access.sections.enumerated(), { section($0.offset, $0.element) })</div>
        """
    }

    private func section(_ index: Int, _ section: PersonAccess.Section) -> HTML {
        """
        <section class="card stack" aria-labelledby="access-\(index)"><h2 id="access-\(index)">\(section.title)</h2>\
        \(each: section.items, { facts in DefinitionList(facts.map { ($0.label, "\($0.value)") }).html })</section>
        """
    }

    static var sample: AccessPage {
        AccessPage(
            territory: "le Département d’essai",
            access: PersonAccess(
                personID: .new(), name: "Jeanne Lacoste", at: Samples.time.now,
                sections: [.init(title: "Identité", items: [[.init("Nom", "Lacoste"), .init("Prénom", "Jeanne")]])]),
            time: Samples.time)
    }
}

struct AccessRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/journal/people/{id}/access", use: export)
    }

    /// Asked with POST: each handing over is an act of its own, journalled before it is shown.
    private func export(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        let asJSON = try await request.form().text("as") == "json"
        let access = try await Journal.beforeAnswering {
            try await desk.store.record { db in try PersonAccess.export(id, by: acting, at: now, in: db) }
        }
        guard asJSON else {
            let time = LocalTime(zone: acting.territory.zone, now: now)
            return desk.site.page(AccessPage(territory: acting.territory.name, access: access, time: time), context)
        }
        return Answered(PersonAccess.shape, access).response([.contentDisposition: "attachment; filename=\"acces-\(id).json\""])
    }
}

extension PersonAccess {
    static let shape = Shape<PersonAccess>(
        "PersonAccess",
        [
            Key<ID<Person>>("person").of(\.personID), Key<Instant>("at").of(\.at),
            Key("sections", Kind<[Section]>.list(section.kind)).of(\.sections),
        ])

    private static let section = Shape<Section>(
        "AccessSection",
        [
            Key("title", Kind.line(1...200)).of(\.title),
            Key("items", Kind<[[Fact]]>.list(.list(fact.kind))).of(\.items),
        ])

    private static let fact = Shape<Fact>(
        "AccessFact", [Key("label", Kind.line(1...200)).of(\.label), Key("value", Kind.lines(0...100_000)).of(\.value)])
}
