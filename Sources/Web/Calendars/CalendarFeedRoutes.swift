import Core
import Hummingbird
import Store

/// Where other programs read a calendar: no session, only the secret in the address. What is no address of ours is not there.
struct CalendarFeedRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/calendars/{secret}", use: show)
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let name = try context.parameters.require("secret")
        guard name.hasSuffix(Urls.calendarEnding), name.utf8.count <= 100,
            let calendar = try await CalendarFeed.read(
                secret: String(name.dropLast(Urls.calendarEnding.count)), at: desk.now(), in: desk.store)
        else { throw Refusal.notFound }
        return CalendarAnswer(text: calendar.text).response(to: request)
    }
}
