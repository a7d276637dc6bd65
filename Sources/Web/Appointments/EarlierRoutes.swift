import Core
import Hummingbird
import Scheduling
import Store

/// Who is to be told of a place that is free sooner.
struct EarlierRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/appointments/{id}/earlier-wishes", use: wish)
        router.post("/appointments/{id}/earlier-wishes/removal", use: wishNoMore)
    }

    private func wish(_ request: Request, _ context: AgentContext) async throws -> Response {
        let notice = "C’est noté : un message partira si une place se libère plus tôt."
        return try await change(request, context, notice) { appointment, person, now, db in
            try appointment.wishEarlier(for: person, by: context.acting, at: now, in: db)
        }
    }

    private func wishNoMore(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await change(request, context, "C’est noté : rien ne sera envoyé.") { appointment, person, now, db in
            try appointment.wishEarlierNoMore(for: person, by: context.acting, at: now, in: db)
        }
    }

    private func change(
        _ request: Request, _ context: AgentContext, _ notice: String,
        _ act: @escaping @Sendable (Appointment, ID<Person>, Instant, Writer) throws -> Void
    ) async throws -> Response {
        try await AppointmentRoutes(desk: desk).change(request, context, notice) { form, appointment, now in
            guard let person = ID<Person>(form.text("person")) else { throw Refusal.notFound }
            try await desk.store.write { db in try act(appointment, person, now, db) }
        }
    }
}
