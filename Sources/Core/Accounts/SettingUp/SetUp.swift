import Foundation
import Scheduling
import Store

/// A thing that administrators set up: an area, an organization, a service, a site, a reason. It is tidied and checked, written, and
/// its change is journalled with what it was before.
public protocol SetUp: Sendable, Equatable {
    /// In the journal: `area`.
    static var kind: String { get }
    var id: ID<Self> { get }
    /// What the journal keeps of it, by field.
    var facts: [String: String] { get }

    static func find(_ id: ID<Self>, of territory: Int64, in db: Reader) throws -> Self?
    /// - Throws: ``Refusal/forbidden``.
    func mustBeSettable(by acting: Acting, in db: Reader) throws
    /// The same with spaces tidied; what is wrong is added to the complaints.
    func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Self

    func insert(of territory: Int64, in db: Writer) throws
    func update(of territory: Int64, in db: Writer) throws
    func delete(of territory: Int64, in db: Writer) throws
    /// Sentences for the constraints of its table.
    static var refusals: [String: Refusal] { get }
    /// What must be done in the transaction of a change, beside the change itself.
    func afterChange(from before: Self, of territory: Int64, in db: Writer) throws
}

extension SetUp {
    public func afterChange(from before: Self, of territory: Int64, in db: Writer) throws {}

    /// - Throws: a ``Refusal`` with sentences beside the fields.
    @discardableResult
    public func create(by acting: Acting, at now: Instant, in db: Writer) throws -> Self {
        try mustBeSettable(by: acting, in: db)
        let tidied = try checked(of: acting.territory, in: db)
        try saying(Self.refusals) { try tidied.insert(of: acting.territoryID, in: db) }
        try Journal.record(.created, about: id.uuid, tidied.facts.merging(["what": Self.kind]) { $1 }, by: acting, at: now, in: db)
        return tidied
    }

    /// Writes what changed; nothing, and no entry, when nothing did.
    /// - Throws: ``Refusal/notFound`` when it is not of this territory; a ``Refusal`` with sentences beside the fields.
    @discardableResult
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws -> Self {
        guard let before = try Self.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try before.mustBeSettable(by: acting, in: db)
        try mustBeSettable(by: acting, in: db)
        let tidied = try checked(of: acting.territory, in: db)
        let changes = Journal.difference(before.facts, tidied.facts)
        guard !changes.isEmpty else { return tidied }
        try saying(Self.refusals) { try tidied.update(of: acting.territoryID, in: db) }
        try tidied.afterChange(from: before, of: acting.territoryID, in: db)
        try Journal.record(.changed, about: id.uuid, changes.merging(["what": Self.kind]) { $1 }, by: acting, at: now, in: db)
        return tidied
    }

    /// For what was made by mistake: what is used stays.
    /// - Throws: ``Refusal/stillUsed``.
    public static func delete(_ id: ID<Self>, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard let before = try find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try before.mustBeSettable(by: acting, in: db)
        try saying(["foreign_key": .stillUsed]) { try before.delete(of: acting.territoryID, in: db) }
        try Journal.record(.deleted, about: id.uuid, before.facts.merging(["what": kind]) { $1 }, by: acting, at: now, in: db)
    }

    private func checked(of territory: Territory, in db: Reader) throws -> Self {
        var complaints = Complaints()
        let tidied = try tidied(of: territory, &complaints, in: db)
        try complaints.check()
        return tidied
    }
}

extension Refusal {
    public static let stillUsed = Refusal(
        .conflict, "still-used",
        "Cet élément sert encore : des agents, des rendez-vous ou d’autres réglages en dépendent. Il reste en place.")

    static func nameTaken(_ sentence: String) -> Refusal { .field("name", "name-taken", sentence) }
}
