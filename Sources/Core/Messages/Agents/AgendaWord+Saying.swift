import Scheduling
import Store

extension AgendaWord {
    /// One e-mail of all that changed: the day, the hour, how and where; neither who nor what for.
    static func say(
        _ message: Message, _ others: [Message], pageAt page: String?, at now: Instant, in db: Reader
    ) throws -> Said {
        let all = [message] + others
        let lines = try all.compactMap { try line(about: $0, at: now, in: db) }
        guard let facts = try facts(of: message, in: db), !lines.isEmpty else { throw Refusal.nothingToSay }
        let subject = lines.count == 1 ? "Un changement dans votre agenda" : "\(lines.count) changements dans votre agenda"
        let text = """
            Bonjour,

            Votre agenda a changé :

            \(lines.sorted { $0.at < $1.at }.map { "– \($0.text)" }.joined(separator: "\n"))

            \(page.map { "Pour les voir : \($0)" } ?? "Pour les voir, ouvrez votre agenda, puis « Changements ».")

            Vous avez demandé ces messages dans « Mes préférences ».
            \(facts.territory.name)
            """
        let rendered = Rendered(subject: subject, text: text, html: Rendered.html(subject, text, in: "fr"))
        return Said(rendered: rendered, along: others)
    }

    private static func facts(of message: Message, in db: Reader) throws -> RenderingFacts? {
        guard let appointment = message.appointmentID else { return nil }
        return try RenderingFacts.load(about: appointment, for: message.personID, to: nil, of: message.territoryID, in: db)
    }

    private static func line(about message: Message, at now: Instant, in db: Reader) throws -> (at: Instant, text: String)? {
        guard let facts = try facts(of: message, in: db) else { return nil }
        let values = facts.values(in: "fr", namesReason: false, at: now)
        let appointment = facts.appointment
        let moment = "\(values[.date] ?? "") à \(values[.hour] ?? "")"
        let place = [appointment.how.label, values[.place] ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let text =
            switch message.purpose {
            case .cancellation: "Annulé ou donné à un autre : \(moment) (\(place))"
            case .change: "Déplacé : \(moment) (\(place))\(facts.before.map { _ in ", au lieu du \(values[.before] ?? "")" } ?? "")"
            default: "Pris : \(moment) (\(place))"
            }
        return (appointment.startsAt, text)
    }
}
