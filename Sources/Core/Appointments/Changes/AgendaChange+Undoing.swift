import Scheduling
import Store

extension AgendaChange {
    /// Puts an opening or an absence back as it was before this change, when nothing else has changed it since.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func undo(_ id: ID<AgendaChange>, by acting: Acting, at now: Instant, in store: Store) async throws {
        do {
            try await store.claim { db in try undo(id, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == "agenda_change_undone_once" {
            throw Refusal.agendaChanged
        } catch let violation as ConstraintViolation where violation.name == "foreign_key" {
            throw Refusal(.conflict, "place-gone", "Un lieu ou un motif de ce temps-là n’existe plus. Refaites-le avec ceux d’aujourd’hui.")
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public static func undo(_ id: ID<AgendaChange>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let found = try db.first(
            "SELECT \(columns) FROM agenda_change WHERE territory_id = \(acting.territoryID) AND id = \(id)"
        ) { try AgendaChange($0) }
        guard let change = found else { throw Refusal.notFound }
        switch change.what {
        case .opening: try change.undoOpening(by: acting, at: now, in: db)
        case .absence: try change.undoAbsence(by: acting, at: now, in: db)
        }
    }

    private func undoOpening(by acting: Acting, at now: Instant, in db: Writer) throws {
        guard let organization = (before ?? after)?.organization else { throw Refusal.notFound }
        try Opening.lock(agentID, in: organization, by: acting, db)
        let present = try Opening.of(agentID, of: acting.territoryID, in: db).first { $0.id.uuid == thingID }
        guard present.map({ AgendaContent($0) }) == after else { throw Refusal.agendaChanged }
        let then = before?.opening(ID(thingID), of: agentID)
        let act = try Self.act(from: present, to: then)
        if act == .deleted { try present?.erase(of: acting.territoryID, in: db) }
        if act == .created { try then?.insert(of: acting.territoryID, in: db) }
        if act == .changed { try then?.write(of: acting.territoryID, in: db) }
        try (then ?? present)?.record(act, from: act == .changed ? present : nil, undoes: id, by: acting, at: now, in: db)
    }

    private func undoAbsence(by acting: Acting, at now: Instant, in db: Writer) throws {
        try Absence.lock(agentID, by: acting, db)
        let present = try Absence.of(agentID, of: acting.territoryID, in: db).first { $0.id.uuid == thingID }
        guard present.map({ AgendaContent($0) }) == after else { throw Refusal.agendaChanged }
        let then = before?.absence(ID(thingID), of: agentID)
        let act = try Self.act(from: present, to: then)
        if act == .deleted { try present?.erase(of: acting.territoryID, in: db) }
        if act == .created { try then?.insert(of: acting.territoryID, in: db) }
        if act == .changed { try then?.write(of: acting.territoryID, in: db) }
        try (then ?? present)?.record(act, from: act == .changed ? present : nil, undoes: id, by: acting, at: now, in: db)
    }

    private static func act<T>(from present: T?, to past: T?) throws -> Journal.Act {
        switch (present, past) {
        case (_?, _?): .changed
        case (nil, _?): .created
        case (_?, nil): .deleted
        case (nil, nil): throw Refusal.agendaChanged
        }
    }
}

extension Refusal {
    public static let agendaChanged = Refusal(
        .conflict, "already-changed", "Cela a changé entre-temps, ou c’est déjà annulé. Rouvrez l’agenda pour voir où il en est.")
}
