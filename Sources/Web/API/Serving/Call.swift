import Core
import Scheduling
import Store

/// One request to an endpoint: who asks, when, and what was sent, already checked.
struct Call: Sendable {
    let desk: Desk
    let acting: Acting
    let now: Instant
    var path: [String: String] = [:]
    var query = Given.nothing
    var body = Given.nothing

    var store: Store { desk.store }

    /// An identifier of the path.
    /// - Throws: ``Core/Refusal/notFound`` when it is none.
    func id<Entity>(_ type: Entity.Type, _ name: String = "id") throws -> ID<Entity> {
        guard let id = ID<Entity>(path[name] ?? "") else { throw Refusal.notFound }
        return id
    }

    /// What is found, or the same 404 as for what may not be seen.
    func found<T>(_ value: T?) throws -> T {
        guard let value else { throw Refusal.notFound }
        return value
    }
}

/// One page of a list.
struct ListPage<Item: Sendable>: Sendable {
    let items: [Item]
    /// The cursor of the next page; nothing on the last.
    let next: String?
}

extension ListPage {
    static var limit: Key<Int> { Key("limit", .integer(1...100), "Combien d’éléments par page, 50 sinon.") }
    static var cursor: Key<ID<Item>> { Key("cursor", "Le « next » de la page précédente.") }

    /// A short list in the order of its ids, which never changes: what is added meanwhile comes after, what is removed leaves no hole.
    init(_ all: [Item], _ call: Call, by id: (Item) -> ID<Item>) throws {
        let limit = try call.query.ifAny(Self.limit) ?? 50
        let cursor = try call.query.ifAny(Self.cursor)
        let rest = all.filter { item in cursor.map { id(item) > $0 } ?? true }.sorted { id($0) < id($1) }
        items = Array(rest.prefix(limit))
        next = rest.count > limit ? items.last.map { id($0).description } : nil
    }

    /// A list of which one item more than asked was read.
    init(_ read: [Item], limit: Int, cursor: (Item) -> String) {
        items = Array(read.prefix(limit))
        next = read.count > limit ? items.last.map(cursor) : nil
    }
}

extension Shape {
    /// `{"items": […], "next": "…"}`, `next` is null on the last page.
    var page: Shape<ListPage<Model>> {
        let items = Key("items", Kind<[Model]>.list(kind))
        let next = Key("next", Kind<String?>.nullable(.text(.line(1...200))), "À donner comme « cursor » pour la page suivante.")
        return Shape<ListPage<Model>>("\(name)Page", [items.of(\.items), next.of(\.next)])
    }
}
