import Core
import HTTPTypes
import Scheduling
import Store

/// One day of an opening or of an absence that recurs.
struct DaysAPI<Thing: DayByDay>: Sendable {
    enum Scope: String, CaseIterable, Plain { case one, following, all }

    private let to = Key<CivilDate>("date", "Le jour où elle a lieu.")
    private let scope = Key<Scope>("scope", "Ce jour, ce jour et les suivants, ou tous.")
    private let version = Key("version", Kind.integer(0...Int.max), "Celle qui a été lue : un changement fait entre-temps est refusé.")
    /// "plage".
    let word: String
    let shape: Shape<Thing>
    let find: @Sendable (ID<Thing>, Acting, Reader) throws -> Thing

    var endpoints: [Endpoint] {
        let path = "/\(Thing.things)/{id}/days"
        return [
            .change(
                .post, path, "Ajoute un jour à une \(word)",
                body: Fields("New\(Thing.self)CivilDate", needs: [to, Hours.from, Hours.to], takes: [Hours.endDate]), answers: shape,
                status: .created, add),
            .change(
                .patch, "\(path)/{date}", "Change un jour d’une \(word)",
                body: Fields("Changed\(Thing.self)CivilDate", needs: [to, Hours.from, Hours.to], takes: [Hours.endDate, scope, version]),
                answers: shape, change),
            .change(
                .post, "\(path)/{date}/deletion", "Supprime un jour d’une \(word)",
                body: Fields("Deleted\(Thing.self)CivilDate", takes: [scope, version]), delete),
        ]
    }

    private func add(_ call: Call) async throws -> Thing {
        let id = try call.id(Thing.self), (date, minutes) = try day(call.body)
        try await Thing.add(date, minutes: minutes, to: id, by: call.acting, at: call.now, in: call.store)
        return try await show(call)
    }

    private func change(_ call: Call) async throws -> Thing {
        let (date, minutes) = try day(call.body)
        try await change(call, .move(to: date, minutes: minutes))
        return try await show(call)
    }

    private func delete(_ call: Call) async throws { try await change(call, .delete) }

    private func change(_ call: Call, _ change: OccurrenceChange) async throws {
        guard let date = CivilDate(call.path["date"] ?? "") else { throw Refusal.notFound }
        let scope = OccurrenceChange.Scope(rawValue: (try call.body.ifAny(scope) ?? .one).rawValue) ?? .one
        try await Thing.change(
            try call.id(Thing.self), on: date, change, scope, version: try call.body.ifAny(version).map(Int64.init), by: call.acting,
            at: call.now, in: call.store)
    }

    private func show(_ call: Call) async throws -> Thing {
        let id = try call.id(Thing.self)
        return try await call.store.read { db in try find(id, call.acting, db) }
    }

    private func day(_ body: Given) throws -> (CivilDate, Range<Int>) {
        let (date, from, to) = (try body[to], try body[Hours.from], try body[Hours.to])
        let nights = (try body.ifAny(Hours.endDate)).map { $0.dayNumber - date.dayNumber } ?? 0
        guard nights >= 0, from < nights * 1440 + to else {
            throw Refusal.field("to", "order", "La fin doit être après le début. Vérifiez les deux heures.")
        }
        return (date, from..<nights * 1440 + to)
    }
}

/// What differs on one day, in answers.
struct ShownException: Sendable {
    let date: CivilDate
    let exception: Recurrence.Exception

    static let key = Key("exceptions", Kind<[ShownException]>.list(shape.kind), "Les jours qui diffèrent.")

    private static let shape = Shape<ShownException>(
        "DayException",
        [
            Key<CivilDate>("date").of(\.date),
            Key("kind", Kind<String>.choice(["deleted", "moved", "cut", "added"])).of(\.kind),
            Key<CivilDate?>("moved_to").of(\.movedTo),
            Key("from", Kind<Int?>.nullable(.integer(0...577_440)), "En minutes depuis minuit.").of(\.minutes?.lowerBound),
            Key("to", Kind<Int?>.nullable(.integer(0...577_440)), "En minutes depuis minuit.").of(\.minutes?.upperBound),
        ])

    static func all(_ stretch: Stretch) -> [ShownException] {
        stretch.recurrence.exceptions.sorted { $0.key < $1.key }.map { ShownException(date: $0.key, exception: $0.value) }
    }

    private var kind: String {
        switch exception {
        case .deleted: "deleted"
        case .moved: "moved"
        case .cut: "cut"
        case .added: "added"
        }
    }
    private var movedTo: CivilDate? { if case .moved(let date, _) = exception { date } else { nil } }
    private var minutes: Range<Int>? {
        switch exception {
        case .deleted: nil
        case .moved(_, let minutes), .cut(let minutes), .added(let minutes): minutes
        }
    }
}
