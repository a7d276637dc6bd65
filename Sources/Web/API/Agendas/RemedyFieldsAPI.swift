import Core
import Scheduling

/// What becomes of the appointments that an absence or a closure covers, as it is sent: `[{"appointment": "…", "do": "cancel"}]`.
enum RemediesAPI {
    enum Act: String, CaseIterable, Plain {
        case keep, move, cancel
        case goOn = "go-on"
    }

    private static let appointment = Key<ID<Appointment>>("appointment")
    private static let act = Key<Act>(
        "do", "Le laisser, le déplacer (avec « agent » et « starts_at »), continuer à l’un sans l’autre, ou l’annuler avec un message.")
    private static let one = Fields("Remedy", needs: [appointment, act], takes: [Common.agent, Common.startsAt])

    static let key = Key(
        "remedies", Kind<[Given]>.list(one.kind, 0...1_000),
        "Ce que devient chaque rendez-vous touché : tous ceux que l’on voit, ou aucun. Sans elle, ils restent.")

    /// - Throws: a ``Core/Refusal`` for a move that does not say where.
    static func read(_ body: Given) throws -> Remedies? {
        guard let sent = try body.ifAny(key) else { return nil }
        var chosen: [ID<Appointment>: Remedy] = [:]
        for (rank, given) in sent.enumerated() { chosen[try given[appointment]] = try remedy(given, rank) }
        return Remedies(chosen)
    }

    private static func remedy(_ given: Given, _ rank: Int) throws -> Remedy {
        switch try given[act] {
        case .keep: return .keep
        case .cancel: return .cancel
        case .goOn: return .goOn
        case .move:
            guard let agent = try given.ifAny(Common.agent), let start = try given.ifAny(Common.startsAt) else {
                throw Refusal.field("remedies.\(rank)", "missing-field", "Dites avec qui et quand.")
            }
            return .move(.init(agentID: agent, startsAt: start))
        }
    }
}
