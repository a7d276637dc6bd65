/// Every address of the site, in one place. A feature adds its own here, and its routes use the same names.
enum Urls {
    static let home: URLPath = "/"
    static let signIn: URLPath = "/sign-in"
    static let signOut: URLPath = "/sign-out"
    static let account: URLPath = "/account"

    static let health: URLPath = "/health"
    static let metrics: URLPath = "/metrics"
    static let ready: URLPath = "/ready"

    /// - Parameter path: the path that asked for someone signed in; its query, which may be personal, is left out.
    static func signIn(returningTo path: String) -> URLPath {
        URLPath.local(path).flatMap { $0 == home ? nil : signIn.query("return", $0.text) } ?? signIn
    }

    static func asset(_ name: String, hash: String) -> URLPath {
        ("/assets/\(name)" as URLPath).query("v", hash)
    }

    static let agenda: URLPath = "/agenda"
    /// - Parameter date: `YYYY-MM-DD`.
    static func agenda(on date: String) -> URLPath { agenda.query("date", date) }
    static let agendaEvents: URLPath = "/agenda/events"

    static let people: URLPath = "/people"
    /// The candidates of a search as you type, as a fragment of page.
    static let peopleSearch: URLPath = "/people/search"
    static let newPerson: URLPath = "/people/new"
    static func person(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)" }

    static let appointments: URLPath = "/appointments"
    static let newAppointment: URLPath = "/appointments/new"
    static func appointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)" }
    static func moveAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move" }
    static func movingSlots(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move/slots" }
    static func cancelAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/cancellation" }
    static func closeAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/status" }
    static func appointmentAttempts(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/attempts" }
    static func undoAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/undoing" }
}
