import Core
import Hummingbird
import NIOCore
import Scheduling
import Store

/// Courriers: what is to be printed, batches, their PDF, and that all is posted.
struct LetterRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/messages/letters", use: list)
        router.post("/messages/letters/batches", use: prepare)
        router.get("/messages/letters/batches/{id}", use: show)
        router.post("/messages/letters/batches/{id}/pdf", use: pdf)
        router.post("/messages/letters/batches/{id}/posting", use: post)
        router.post("/messages/letters/batches/{id}/undoing", use: undo)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await list(nil, context), context)
    }

    private func list(_ problem: String?, _ context: AgentContext) async throws -> LettersPage {
        let (acting, now) = (context.acting, desk.now()), hasCodes = desk.site.options.publicBase != nil
        return try await desk.store.read { db in
            LettersPage(
                waiting: try WaitingLetters.read(for: acting, at: now, in: db),
                batches: try LetterBatch.all(since: now.adding(days: -30), seenBy: acting, in: db),
                names: try Agent.names(of: acting.territoryID, in: db),
                houses: Dictionary(
                    uniqueKeysWithValues: try Organization.all(of: acting.territoryID, in: db).map { ($0.id, $0.name) }),
                hasCodes: hasCodes, canPrint: WeasyPrint.program != nil, problem: problem, time: context.localTime(now))
        }
    }

    private func prepare(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, key) = (context.acting, desk.now(), desk.site.codesIfKnown)
        guard let house = ID<Organization>(try await request.form().text("organization")) else { throw Refusal.notFound }
        do {
            let batch = try await desk.store.claim { db in try LetterBatch.prepare(for: house, key: key, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.letterBatch(batch.id), notice: "Le lot est prêt à imprimer.", context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return desk.site.page(try await list(refusal.sentence, context), context, status: refusal.kind.status)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.id(), nil, context), context)
    }

    private func page(_ id: ID<LetterBatch>, _ problem: String?, _ context: AgentContext) async throws -> LetterBatchPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let batch = try LetterBatch.find(id, seenBy: acting, in: db)
            return LetterBatchPage(
                details: try batch.details(seenBy: acting, at: now, in: db), problem: problem, time: context.localTime(now))
        }
    }

    /// Asked with POST: each taking away is journalled, before the first byte. The program runs with no transaction open.
    private func pdf(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now, key): (ID<LetterBatch>, _, _, _) = (try context.id(), context.acting, desk.now(), desk.site.codesIfKnown)
        do {
            guard WeasyPrint.program != nil else { throw Refusal.noWeasyPrint }
            let letters = try await Journal.beforeAnswering {
                try await desk.store.claim { db in try LetterBatch.print(id, key: key, by: acting, at: now, in: db) }
            }
            let sheet = LetterSheet(letters: letters, publicBase: desk.site.options.publicBase)
            return FileAnswer.response("courriers", .pdf, ResponseBody(byteBuffer: ByteBuffer(bytes: try await desk.press.pdf(sheet.html))))
        } catch let refusal as Refusal where refusal.kind == .conflict || refusal.kind == .unavailable {
            return desk.site.page(try await page(id, refusal.sentence, context), context, status: refusal.kind.status)
        }
    }

    private func post(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await end(context) { id, acting, now, db in
            let posted = try LetterBatch.post(id, by: acting, at: now, in: db)
            return posted == 0
                ? "Aucune lettre n’était plus à poster." : "C’est noté : \(Format.count(posted, "lettre postée", "lettres postées"))."
        }
    }

    private func undo(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await end(context) { id, acting, now, db in
            try LetterBatch.undo(id, by: acting, at: now, in: db)
            return "Le lot est défait : ses lettres sont de nouveau à imprimer."
        }
    }

    private func end(
        _ context: AgentContext, _ act: @Sendable (ID<LetterBatch>, Acting, Instant, Writer) throws -> String
    ) async throws -> Response {
        let (id, acting, now): (ID<LetterBatch>, _, _) = (try context.id(), context.acting, desk.now())
        do {
            let notice = try await desk.store.claim { db in try act(id, acting, now, db) }
            return desk.site.redirect(to: Urls.letterBatch(id), notice: notice, context)
        } catch let refusal as Refusal where refusal.kind == .conflict {
            return desk.site.page(try await page(id, refusal.sentence, context), context, status: refusal.kind.status)
        }
    }
}

extension WebSite {
    /// Codes are printed only where there is an address to type them at.
    var codesIfKnown: AnswerCode.Key? { options.publicBase == nil ? nil : codes }
}
