import Foundation
import Scheduling
import Store

/// What a message says, as it leaves.
public struct Rendered: Sendable, Equatable {
    public let subject: String
    public let text: String
    public let html: String?
    /// The version of the template that it was made from.
    public let templateVersionID: UUID?

    public init(subject: String, text: String, html: String? = nil, templateVersionID: UUID? = nil) {
        (self.subject, self.text, self.html, self.templateVersionID) = (subject, text, html, templateVersionID)
    }
}

extension Message {
    /// The text, from what is true now: whose name stands on a phone is nobody's business, so neither reason nor service is named.
    func rendered(in db: Reader) throws -> Rendered {
        guard let territory = try Territory.find(territoryID, in: db) else { throw Refusal.notFound }
        let ids = ([appointmentID].compactMap(\.self) + others)
        let appointments = try ids.compactMap { try Appointment.find($0, of: territoryID, in: db) }.sorted { $0.startsAt < $1.startsAt }
        let lines = try appointments.map { try Self.line($0, territory.zone, in: db) }
        let text = "\(territory.name) : \(opening(lines.count)) \(lines.joined(separator: " ; "))."
        return Rendered(subject: subject, text: text)
    }

    private var subject: String {
        switch purpose {
        case .confirmation: "Votre rendez-vous"
        case .change: "Votre rendez-vous a changé"
        case .cancellation: "Votre rendez-vous est annulé"
        case .reminder: "Rappel de votre rendez-vous"
        }
    }

    private func opening(_ count: Int) -> String {
        switch purpose {
        case .confirmation: count > 1 ? "vous avez rendez-vous" : "vous avez rendez-vous"
        case .change: "votre rendez-vous a changé. Il est maintenant"
        case .cancellation: "votre rendez-vous est annulé :"
        case .reminder: "rappel de votre rendez-vous"
        }
    }

    private static func line(_ appointment: Appointment, _ zone: Zone, in db: Reader) throws -> String {
        let civil = zone.civil(appointment.startsAt)
        let days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
        let months = [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ]
        let (hour, minute) = civil.minute.quotientAndRemainder(dividingBy: 60)
        let time = minute == 0 ? "\(hour) h" : "\(hour) h \(minute < 10 ? "0" : "")\(minute)"
        let day = "\(days[civil.date.weekday.rawValue - 1]) \(civil.date.day == 1 ? "1er" : String(civil.date.day))"
        return "\(day) \(months[civil.date.month - 1]) à \(time), \(try place(appointment, in: db))"
    }

    private static func place(_ appointment: Appointment, in db: Reader) throws -> String {
        switch appointment.how {
        case .phone: return "par téléphone"
        case .video: return "en visio"
        case .home: return "à domicile"
        case .site:
            guard let id = appointment.siteID else { return appointment.place }
            let site: String? = try db.first(
                "SELECT address, commune FROM site WHERE territory_id = \(appointment.territoryID) AND id = \(id)"
            ) { "\(try $0[0] as String), \(try $0[1] as String)" }
            return site ?? appointment.place
        }
    }
}
