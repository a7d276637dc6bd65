import Core
import Hummingbird
import Store

/// A colleague joins an appointment, or leaves it.
struct PairRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/appointments/{id}/colleagues", use: join)
        router.post("/appointments/{id}/colleagues/removal", use: leave)
    }

    private func join(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await AppointmentRoutes(desk: desk).change(request, context, "C’est noté : ils reçoivent ensemble.") { form, appointment, now in
            guard let colleague = ID<Agent>(form.text("colleague")) else {
                throw Refusal.field("colleague", "no-colleague", "Choisissez le collègue.")
            }
            try await appointment.join(colleague, by: context.acting, at: now, in: desk.store)
        }
    }

    private func leave(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await AppointmentRoutes(desk: desk).change(request, context, "C’est noté.") { form, appointment, now in
            guard let agent = ID<Agent>(form.text("agent")) else { throw Refusal.notFound }
            try await appointment.leave(agent, why: form.text("why"), by: context.acting, at: now, in: desk.store)
        }
    }
}
