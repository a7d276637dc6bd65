import Core
import HTTPTypes
import Scheduling
import Store

/// What changed lately in one's own agenda.
enum ChangesAPI {
    private enum Happened: String, CaseIterable, Plain {
        case booked, moved, status, opening, absence
    }

    private static let shape = Shape<RecentChanges.Line>(
        "AgendaChange",
        [
            Key<Instant>("at").of(\.at), Key<ID<Agent>?>("by", "Nul quand la personne l’a fait elle-même.").of(\.by),
            Key<Happened>("what").of { kind($0.what) },
            Key<ID<Appointment>?>("appointment", "S’il est encore visible.").of { $0.appointment?.id },
            Key<Participation.Status?>("status").of { line in
                if case .status(let status, _, _) = line.what { status } else { nil }
            },
            Key<Instant?>("starts_before").of { line in
                if case .moved(let before, _, _) = line.what { before.startsAt } else { nil }
            },
            Key<Instant?>("starts_at").of { starts($0.what) },
            Key<ID<AppointmentFact>?>("fact", "À donner à « undoing » du rendez-vous pour revenir en arrière.").of { line in
                if case .fact(let fact, _) = line.undo { fact } else { nil }
            },
            Key<ID<AgendaChange>?>("change", "À donner à « undoing » pour revenir en arrière.").of { line in
                if case .change(let change) = line.undo { change } else { nil }
            },
        ])

    private static let all = Shape<RecentChanges>(
        "AgendaChanges",
        [
            Key<Instant?>("seen_at", "Quand l’agent a regardé pour la dernière fois.").of(\.seenAt),
            Key("changes", .list(shape.kind), "Les derniers d’abord.").of(\.lines),
        ])

    static let endpoints: [Endpoint] = [
        .read("/agenda-changes", "Ce qui a changé dans son agenda depuis quatorze jours", answers: all) { call in
            try await call.store.read { db in try RecentChanges.read(for: call.acting, at: call.now, in: db) }
        },
        .change(.post, "/agenda-changes/{id}/undoing", "Remet une plage ou une indisponibilité comme avant") { call in
            try await AgendaChange.undo(try call.id(AgendaChange.self), by: call.acting, at: call.now, in: call.store)
        },
    ]

    private static func kind(_ what: RecentChanges.What) -> Happened {
        switch what {
        case .booked: .booked
        case .moved: .moved
        case .status: .status
        case .thing(let change): change.what == .opening ? .opening : .absence
        }
    }

    private static func starts(_ what: RecentChanges.What) -> Instant? {
        switch what {
        case .booked(let time): time.lowerBound
        case .moved(_, let after, _): after.startsAt
        case .status(_, let starts, _): starts
        case .thing: nil
        }
    }
}
