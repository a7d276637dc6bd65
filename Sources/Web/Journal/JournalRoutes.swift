import Core
import Foundation
import Hummingbird
import Scheduling
import Store

/// The journal, for the data-protection role.
struct JournalRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/journal", use: list)
        router.get("/journal/people", use: search)
        router.post("/journal/people", use: find)
        router.get("/journal/people/{id}", use: show)
        router.post("/journal/people/{id}", use: consult)
        router.get("/journal/people/{id}/print", use: print)
        router.post("/journal/people/{id}/erasure", use: erase)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let query = try Query(request)
        let filter = try Journal.Filter(query, zone: acting.territory.zone)
        let (chain, lines) = try await desk.store.read { db in
            (try Journal.chain(by: acting, in: db), try Journal.lines(filter, limit: 51, by: acting, in: db))
        }
        try await desk.store.write { db in _ = try Journal.record(.read, about: nil, ["what": "journal"], by: acting, at: now, in: db) }
        let next = lines.count > 50 ? try Urls.journal(query, before: lines[49].id) : nil
        let page = JournalPage(
            chain: chain, lines: Array(lines.prefix(50)), state: query.state, next: next,
            time: LocalTime(zone: acting.territory.zone, now: now))
        return desk.site.page(page, context)
    }

    private func search(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.readJournal)
        return desk.site.page(JournalPeoplePage(state: .blank, today: today(context)), context)
    }

    private func find(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (form, acting, now) = (try await request.form(), context.acting, desk.now())
        let found = try await desk.store.read { db in try Journal.people(form.text("q"), by: acting, in: db) }
        try await desk.searches.record(SearchedPeople(found.map(\.id), by: acting, at: now))
        return desk.site.page(JournalPeoplePage(state: FormState(form), found: found, today: today(context)), context)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(.blank, context), context)
    }

    private func consult(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let (id, acting, now) = (try context.personID(), context.acting, desk.now())
            try await desk.store.write { db in try Journal.consult(id, because: form.text("reason"), by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.journal(of: id), context)
        }
    }

    private func print(_ request: Request, _ context: AgentContext) async throws -> Response {
        let page = try await page(.blank, context)
        guard let readings = page.readings else { return desk.site.redirect(to: Urls.journal(of: page.personID), context) }
        let (acting, now) = (context.acting, desk.now())
        try await desk.store.write { db in
            _ = try Journal.record(.exported, about: page.personID.uuid, ["what": "journal"], by: acting, at: now, in: db)
        }
        return desk.site.page(
            ReadersPrint(territory: acting.territory.name, name: page.name, readings: readings, time: page.time), context)
    }

    private func erase(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let id = try context.personID()
            let certificate = try await Journal.erase(
                id, because: form.text("erasure"), by: context.acting, at: desk.now(), in: desk.store)
            let count = Format.count(certificate.entries.count, "entrée effacée", "entrées effacées")
            return desk.site.redirect(
                to: Urls.journal(of: id), notice: "\(count), sous le certificat \(certificate.number).", context)
        }
    }
}

extension JournalRoutes {
    private func today(_ context: AgentContext) -> CivilDate { LocalTime(zone: context.acting.territory.zone, now: desk.now()).today }

    /// With the readings when a reason still holds, without them otherwise.
    private func page(_ state: FormState, _ context: AgentContext) async throws -> ReadersPage {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        try acting.require(.readJournal)
        return try await desk.store.read { db in
            let mayRead = try Journal.isConsulting(id, by: acting, at: now, in: db)
            let readings = mayRead ? try Journal.readers(of: id, by: acting, at: now, in: db) : nil
            // A name is shown only past the reason.
            let name = mayRead ? try Journal.people(id.description, by: acting, in: db).first?.name : nil
            return ReadersPage(
                personID: id, name: name, readings: readings, state: state, mayErase: acting.can(.eraseJournal),
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}

extension Journal.Filter {
    fileprivate init(_ query: Query, zone: Zone) throws {
        let day = try query.parse("day", "une date (AAAA-MM-JJ)") { CivilDate($0) }
        self.init(
            act: try query.parse("act", "un acte du journal") { Journal.Act(rawValue: $0) },
            day: day.map { zone.instant($0, minute: 0)..<zone.instant($0.adding(days: 1), minute: 0) },
            before: try query.parse("before", "l’identifiant d’une entrée") { ID<Journal>($0) })
    }
}

extension Urls {
    /// The page after, with the same filters.
    fileprivate static func journal(_ query: Query, before id: ID<Journal>) throws -> URLPath {
        journal.query("act", try query.optional("act")).query("day", try query.optional("day")).query("before", id.description)
    }
}
