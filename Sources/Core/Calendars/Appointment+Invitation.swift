import Scheduling
import Store

extension Appointment {
    /// What an e-mail about an appointment carries for calendars: a request when it is taken and after each change, then its
    /// cancellation. It says what ``PersonEvents`` says, and the telephone that gets both has one event.
    ///
    /// - Parameters:
    ///   - person: who takes part, whoever is written to.
    ///   - sender: whose address the e-mail leaves from.
    /// - Returns: the iCalendar text; `nil` when the person has no part in it.
    public static func invitation(
        _ method: ICalendar.Method, to id: ID<Appointment>, for person: ID<Person>, from sender: ICalendar.Party,
        to recipient: ICalendar.Party, of territory: Territory, in db: Reader
    ) throws -> String? {
        let takesPart = try db.exists(
            """
            SELECT 1 FROM participation WHERE territory_id = \(territory.id) AND appointment_id = \(id) AND person_id = \(person)
            """)
        guard takesPart, var event = try PersonEvents(person: person, territory: territory).event(of: id, in: db) else { return nil }
        event.isCancelled = method == .cancel
        (event.organizer, event.attendee) = (sender, recipient)
        return ICalendar(method, zone: territory.zone, events: [event]).text
    }
}
