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

    static func apiPerson(_ id: some CustomStringConvertible) -> URLPath { "/api/v1/people/\(id)" }
    static let communes: URLPath = "/communes"
    static let people: URLPath = "/people"
    /// Asked with POST: what is typed is personal and stays out of addresses.
    static let peopleSearch: URLPath = "/people/search"
    /// The candidates of a search as you type, as a fragment of page; asked with POST.
    static let peopleCandidates: URLPath = "/people/candidates"
    static let newPerson: URLPath = "/people/new"
    static func person(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)" }
    static func editPerson(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/edit" }
    static func personDisclosure(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/disclosure" }
    static func personInformation(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/information" }
    static func personNotes(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/notes" }
    static func personReferents(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/referents" }

    static let appointments: URLPath = "/appointments"
    static let newAppointment: URLPath = "/appointments/new"
    static func newAppointment(for person: some CustomStringConvertible) -> URLPath { newAppointment.query("person", person.description) }
    static func appointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)" }
    static func moveAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move" }
    static func movingSlots(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move/slots" }
    static func cancelAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/cancellation" }
    static func closeAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/status" }
    static func appointmentAttempts(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/attempts" }
    static func undoAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/undoing" }
}
