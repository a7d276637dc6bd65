import Hummingbird
import Logging

extension Desk {
    /// The server over ``router()``, as a service: stops gracefully.
    public func application(host: String, port: Int, logger: Logger) -> some ApplicationProtocol {
        Application(
            router: router(), server: WebSite.server,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            services: [watch, SearchJournalService(journal: searches, now: now, logger: logger)], logger: logger)
    }
}
