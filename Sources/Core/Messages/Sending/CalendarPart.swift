import Scheduling
import Store

/// What an e-mail carries for the calendar of who reads it (RFC 5546, 3.2.2 and 3.2.5).
public struct CalendarPart: Sendable, Equatable {
    public let method: ICalendar.Method
    public let text: String
}

extension CalendarPart {
    /// An appointment taken or changed is a request, and one that does not take place a cancellation; a reminder brings nothing new.
    static func of(_ message: Message, by carrier: Sending.Carrier, of territory: Territory, in db: Reader) throws -> CalendarPart? {
        guard message.channel == .email, message.toAgentID == nil, let address = carrier.address, let id = message.appointmentID else {
            return nil
        }
        let method: ICalendar.Method
        switch message.purpose {
        case .confirmation, .change: method = .request
        case .cancellation: method = .cancel
        case .reminder, .missed, .earlierSlot, .standing, .campaign: return nil
        }
        let text = try Appointment.invitation(
            method, to: id, for: message.personID, from: .init(name: territory.name, email: address),
            to: .init(name: "", email: message.recipient), of: territory, in: db)
        return text.map { CalendarPart(method: method, text: $0) }
    }
}
