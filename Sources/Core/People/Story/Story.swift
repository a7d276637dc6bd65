import Foundation
import Scheduling
import Store

/// What happened with someone and what will, newest first, as far as one agent may see it.
public struct Story: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let at: Instant
        public let id: UUID
        public let event: Event

        public init(at: Instant, id: UUID, event: Event) {
            self.at = at
            self.id = id
            self.event = event
        }

        public var mark: Mark { Mark(at: at, id: id) }
    }

    public enum Event: Sendable, Equatable {
        case appointment(AppointmentOfPerson)
        case message(Message)
        case note(Note)
        /// An agent began to follow them.
        case referent(Referent)
    }

    /// What part of it is looked at.
    public enum Part: String, CaseIterable, Sendable {
        case appointments, messages, notes, referents

        public var label: String {
            switch self {
            case .appointments: "Rendez-vous"
            case .messages: "Messages"
            case .notes: "Notes"
            case .referents: "Suivi"
            }
        }
    }

    /// Where a page ended.
    public struct Mark: Sendable, Equatable {
        public let at: Instant
        public let id: UUID

        public init(at: Instant, id: UUID) {
            self.at = at
            self.id = id
        }

        /// `1796025600_0190…`: seconds, and an id.
        public init?(_ text: String) {
            let parts = text.split(separator: "_")
            guard parts.count == 2, let seconds = Int64(parts[0]), let id = UUID(uuidString: String(parts[1])) else { return nil }
            self.init(at: Instant(seconds), id: id)
        }

        public var text: String { "\(at.rawValue)_\(id.uuidString.lowercased())" }
    }

    public let entries: [Entry]
    /// Where the next page begins; nothing on the last.
    public let next: Mark?

    public init(entries: [Entry], next: Mark? = nil) {
        self.entries = entries
        self.next = next
    }
}
