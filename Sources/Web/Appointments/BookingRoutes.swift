import Core
import Hummingbird

/// Finding a slot and booking it, in one screen.
struct BookingRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {}
}
