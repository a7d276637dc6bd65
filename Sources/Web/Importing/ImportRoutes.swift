import Core
import Hummingbird
import Scheduling
import Store

/// Importing people and agents: the file, its preview, and its report.
struct ImportRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/imports", use: choose)
        router.post("/setup/imports", use: receive)
        router.get("/setup/imports/{id}", use: show)
        router.post("/setup/imports/{id}/preview", use: preview)
        router.post("/setup/imports/{id}/run", use: run)
    }

    private func choose(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await choicePage(.blank, context), context)
    }

    private func choicePage(_ state: FormState, _ context: AgentContext) async throws -> ImportsPage {
        try context.acting.require(.importFiles)
        let territory = context.acting.territoryID
        let organizations = try await desk.store.read { db in try Organization.all(of: territory, in: db) }
        return ImportsPage(state: state, organizations: organizations.map { Choice($0.id.description, $0.name) })
    }

    private func receive(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.importFiles)
        let upload = try await request.multipart(), form = try upload.form
        do {
            guard let kind = ImportFile.Kind(rawValue: form.text("kind")) else {
                throw Refusal.field("kind", "no-kind", "Dites ce que contient le fichier.")
            }
            let sent = upload.file("file"), house = ID<Organization>(form.text("organization"))
            let file = try await desk.store.write { db in
                try ImportFile.receive(
                    sent?.bytes ?? [], named: sent?.filename ?? "", as: kind, for: house, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.setupImport(file.id), context)
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return desk.site.page(try await choicePage(FormState(form, refused: refusal), context), context, status: refusal.kind.status)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let file = try await file(context)
        if let report = file.report { return desk.site.page(ImportReportPage(file: file, report: report), context) }
        return desk.site.page(try await previewPage(file, nil, .blank, context), context)
    }

    private func preview(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form(), file = try await file(context)
        return desk.site.page(try await previewPage(file, Self.mapping(form), FormState(form), context), context)
    }

    private func run(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form(), file = try await file(context)
        do {
            let report = try await file.run(
                Self.mapping(form), allOrNothing: form.has("all_or_nothing"), by: context.acting, at: desk.now(), in: desk.store)
            guard report.isWritten else {
                return desk.site.page(ImportReportPage(file: file, report: report), context, status: .conflict)
            }
            return desk.site.redirect(to: Urls.setupImport(file.id), notice: "Le fichier est importé.", context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            guard file.report == nil else { return desk.site.redirect(to: Urls.setupImport(file.id), context) }
            let page = try await previewPage(file, Self.mapping(form), FormState(form, refused: refusal), context)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func file(_ context: AgentContext) async throws -> ImportFile {
        let id = try context.id(of: ImportFile.self), acting = context.acting
        return try await desk.store.read { db in try ImportFile.find(id, by: acting, in: db) }
    }

    /// A choice of columns that makes no file is said above the columns.
    private func previewPage(
        _ file: ImportFile, _ mapping: [Int: String]?, _ state: FormState, _ context: AgentContext
    ) async throws -> ImportPreviewPage {
        do {
            let report = try await file.preview(mapping, by: context.acting, at: desk.now(), in: desk.store)
            return ImportPreviewPage(file: file, headings: file.headings(mapping), report: report, state: state)
        } catch let refusal as Refusal where refusal.kind == .invalid {
            let state = FormState(state.form, refused: refusal)
            return ImportPreviewPage(file: file, headings: file.headings(mapping), report: nil, state: state)
        }
    }

    /// `column_0=last_name`; columns left out are sent empty.
    private static func mapping(_ form: Form) -> [Int: String]? {
        let named = form.fields.keys.compactMap { name in
            name.hasPrefix("column_") ? Int(name.dropFirst("column_".count)).map { ($0, form.text(name)) } : nil
        }
        return named.isEmpty ? nil : Dictionary(uniqueKeysWithValues: named.filter { !$0.1.isEmpty })
    }
}
