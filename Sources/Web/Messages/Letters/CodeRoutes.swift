import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store

/// What the codes of letters open, for who has the letter: no session, only the code. Looking changes nothing, so that whatever follows
/// addresses by itself answers for nobody.
struct CodeRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/c", use: form)
        router.post("/c", use: typed)
        router.get("/c/{code}", use: show)
        router.get("/c/{code}/no", use: confirm)
        router.post("/c/{code}/answers", use: answer)
    }

    private func form(_ request: Request, _ context: AppContext) async throws -> Response {
        page(CodePage(state: .blank), nil, context)
    }

    /// What may be a code is looked for at its own address.
    private func typed(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form()
        if let code = AnswerCode(form.text("code")) { return desk.site.redirect(to: Urls.code(code.text), context) }
        return refused(Refusal.unknownCode, form, context)
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await opened(context) { coded, code in CodedPage(coded: coded, code: code, state: .blank, time: time(coded)) }
    }

    private func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
        try await opened(context) { coded, code in
            guard coded.mayBeAnswered(at: desk.now()) else { return CodedPage(coded: coded, code: code, state: .blank, time: time(coded)) }
            return CodedRefusalPage(coded: coded, code: code, time: time(coded))
        }
    }

    private func opened(
        _ context: AppContext, _ make: (CodedAppointment, AnswerCode) -> any Page
    ) async throws -> Response {
        let typed = try context.parameters.require("code")
        do {
            let (coded, code) = try await find(typed, context)
            return page(make(coded, code), coded, context)
        } catch let refusal as Refusal where refusal.code == Refusal.unknownCode.code || refusal.kind == .tooMany {
            return refused(refusal, Form(["code": [typed]]), context)
        }
    }

    private func find(_ typed: String, _ context: AppContext) async throws -> (CodedAppointment, AnswerCode) {
        let coded = try await CodedAppointment.find(typed, desk.site.codes, from: context.subscriber, at: desk.now(), in: desk.store)
        guard let code = AnswerCode(typed) else { throw Refusal.unknownCode }
        return (coded, code)
    }

    private func answer(_ request: Request, _ context: AppContext) async throws -> Response {
        let typed = try context.parameters.require("code"), form = try await request.form()
        do {
            guard let meaning = Reply.offeredByCode.first(where: { $0.rawValue == form.text("answer") }) else { throw Refusal.notFound }
            var complaints = Complaints()
            let phone = form.parseOptional("phone", "Ce numéro n’est pas complet. Écrivez-le en entier, ou effacez-le.", &complaints) {
                PhoneNumber($0)
            }
            try complaints.check()
            let reply = try await Reply.take(
                meaning, phone: phone, code: typed, desk.site.codes, from: context.subscriber, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.code(AnswerCode(typed)?.text ?? ""), notice: Self.notice(reply.effect), context)
        } catch let refusal as Refusal where refusal.kind == .conflict || refusal.kind == .invalid {
            let (coded, code) = try await find(typed, context)
            return page(
                CodedPage(coded: coded, code: code, state: FormState(form, refused: refusal), time: time(coded)), coded, context,
                status: refusal.kind.status)
        } catch let refusal as Refusal where refusal.code == Refusal.unknownCode.code || refusal.kind == .tooMany {
            return refused(refusal, Form(["code": [typed]]), context)
        }
    }

    /// What it did, in words for whoever answered.
    private static func notice(_ effect: Reply.Effect) -> String {
        switch effect {
        case .confirmed: "Merci. C’est noté : vous viendrez."
        case .freed: "C’est noté : ce rendez-vous n’a plus lieu."
        case .standing: "Nous l’avons noté, et nous le lirons. Mais ce rendez-vous a toujours lieu : pour le changer, appelez-nous."
        case .toRead, .stopped, .opposed: "C’est noté. Nous vous rappelons."
        }
    }

    private func refused(_ refusal: Refusal, _ form: Form, _ context: AppContext) -> Response {
        var state = FormState(form, refused: refusal)
        if refusal.code == Refusal.unknownCode.code { state.errors["code"] = refusal.sentence }
        return page(CodePage(state: state), nil, context, status: refusal.kind.status)
    }

    /// Under the name of the territory once it is known; the same for all, whoever is signed in.
    private func page(
        _ page: any Page, _ coded: CodedAppointment?, _ context: AppContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        var context = context
        let brand = coded.map { Frame.Brand(name: $0.territory.name, accent: Accent($0.territory.colour) ?? .standard) }
        context.frame = Frame(brand: brand ?? .init(name: desk.site.options.name))
        return desk.site.page(page, context, status: status)
    }

    private func time(_ coded: CodedAppointment) -> LocalTime { LocalTime(zone: coded.territory.zone, now: desk.now()) }
}

extension AppContext {
    /// What limits count.
    fileprivate var subscriber: String { client.address.subscriber.description }
}
