import Core
import Foundation
import Scheduling
import Store

extension Story.Part: Plain {}

/// Someone's story, page after page.
enum StoryAPI {
    private static let part = Key<Story.Part>("part", "Une partie seulement.")
    private static let cursor = Key("cursor", Kind.line(1...80), "Le « next » de la page précédente.")

    static let endpoints: [Endpoint] = [
        .list(
            "/people/{id}/story", "Ce qui s’est passé et se passera, le plus récent d’abord", query: Fields(takes: [part]), of: entry,
            cursor: cursor, read
        ).journallingItself
    ]

    private static func read(_ call: Call) async throws -> ListPage<Story.Entry> {
        let part = try call.query.ifAny(part), limit = try call.query.ifAny(ListPage<Story.Entry>.limit) ?? 50
        let mark = try call.query.ifAny(cursor).map { text in
            guard let mark = Story.Mark(text) else {
                throw Refusal.field("cursor", "invalid-parameter", "Paramètre « cursor » : le « next » d’une page.")
            }
            return mark
        }
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        let story = try await call.store.read { db in
            try Story.of(person.id, part, before: mark, limit: limit, seenBy: call.acting, in: db)
        }
        return ListPage(items: story.entries, next: story.next?.text)
    }

    private static let entry = Shape<Story.Entry>(
        "StoryEntry",
        [
            Key<Instant>("at").of(\.at), Key<Story.Part>("part").of(\.part),
            Key<ID<Appointment>?>("appointment", "Quand on peut l’ouvrir.").of(\.appointment),
            Key("text", Kind.lines(0...100_000), "La note, ou de quoi il s’agit.").of(\.text),
        ])
}

extension Story.Entry {
    fileprivate var part: Story.Part {
        switch event {
        case .appointment: .appointments
        case .message: .messages
        case .note: .notes
        case .referent: .referents
        }
    }

    fileprivate var appointment: ID<Appointment>? {
        switch event {
        case .appointment(let one): one.full?.appointment.id
        case .message(let message): message.appointmentID
        case .note, .referent: nil
        }
    }

    fileprivate var text: String {
        switch event {
        case .appointment(.full(let full)): "\(full.reasonName), \(full.agentName), \(full.status.label)"
        case .appointment(.masked(let masked)): masked.serviceName ?? ""
        case .message(let message): "\(message.purpose.label), \(message.channel.label)"
        case .note(let note): note.text
        case .referent(let referent): "\(referent.serviceName), \(referent.agentName)"
        }
    }
}
