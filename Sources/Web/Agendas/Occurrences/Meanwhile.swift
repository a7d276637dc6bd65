import Core
import Foundation
import Scheduling
import Store

/// What someone else changed while a form was being written.
struct Meanwhile: Sendable, Equatable {
    /// "Beñat Idiart, aujourd’hui à 10 h 12".
    let who: String
    /// The questions whose answer is no longer the one typed.
    let differing: [String]

    /// - Parameters:
    ///   - typed: the form that was refused, with the version it was made from.
    ///   - fields: as the thing is now.
    /// - Returns: nil when nobody changed it.
    static func find(
        _ id: UUID, _ typed: FormState, now fields: [String: [String]], version: Int64, _ time: LocalTime, of acting: Acting, in db: Reader
    ) throws -> Meanwhile? {
        guard let read = Int64(typed.form.text("version")), read != version else { return nil }
        let last = try Journal.lastChange(of: id, of: acting.territoryID, in: db)
        let who = last.map { "\($0.agentName), \(time.moment($0.at))" } ?? "quelqu’un"
        let differing = labels.filter { name, _ in
            let now = Set((fields[name] ?? []).filter { !$0.isEmpty })
            return now != Set(typed.form.values(name))
        }
        return Meanwhile(who: who, differing: differing.map(\.1))
    }

    private static let labels: [(String, String)] = [
        ("title", "le titre"), ("reasons", "les motifs"), ("organization", "l’organisation"), ("site", "le lieu"),
        ("place", "l’autre lieu"),
        ("date", "le jour"), ("from", "l’heure de début"), ("end_date", "le dernier jour"), ("to", "l’heure de fin"),
        ("repeat", "la répétition"), ("every", "tous les combien"), ("weekdays", "les jours de la semaine"), ("until", "la date de fin"),
    ]
}

/// Says it above the form; the sentence of what it is now stands just before.
struct MeanwhileNotice: View {
    let meanwhile: Meanwhile

    init(_ meanwhile: Meanwhile) { self.meanwhile = meanwhile }

    var html: HTML {
        Notice(
            .warn,
            """
            <p><b>Changée entre-temps par \(meanwhile.who).</b> La phrase ci-dessus dit ce qu’elle est maintenant\(differing).</p>\
            <p>Enregistrez de nouveau pour mettre ce que vous avez tapé à la place.</p>
            """
        ).html
    }

    private var differing: String {
        meanwhile.differing.isEmpty ? "" : " ; ce que vous avez tapé en diffère par \(Format.list(meanwhile.differing))"
    }
}
