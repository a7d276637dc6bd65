import Core
import HTTPTypes
import Store

/// What is the same for everything that is set up: listed, shown, made, changed, and deleted while nothing depends on it.
struct SetUpEndpoints<Model: SetUp>: Sendable {
    let path: String
    /// « un lieu », « les lieux ».
    let words: (one: String, all: String)
    let needs: Permission
    let shape: Shape<Model>
    let new: Fields
    let changed: Fields
    /// Those that whoever acts may know.
    let all: @Sendable (Acting, Reader) throws -> [Model]
    let make: @Sendable (Given) throws -> Model
    let change: @Sendable (Given, Model) throws -> Model
    /// What a change does beside saving; seldom anything.
    var alongside: @Sendable (Call, ID<Model>, Writer) throws -> Void = { _, _, _ in }

    var endpoints: [Endpoint] {
        [
            .list(path, "Liste \(words.all)", of: shape) { call in
                try ListPage(try await call.store.read { db in try all(call.acting, db) }, call, by: \.id)
            },
            .create(path, "Crée \(words.one)", needs: needs, body: new, answers: shape) { call, db in
                try make(call.body).create(by: call.acting, at: call.now, in: db)
            },
            .read("\(path)/{id}", "Montre \(words.one)", answers: shape) { call in
                let id = try call.id(Model.self)
                return try await call.store.read { db in try find(id, call, db) }
            },
            .change(
                .patch, "\(path)/{id}", "Change \(words.one) : ce qui n’est pas envoyé reste", needs: needs, body: changed, answers: shape
            ) { call in
                let id = try call.id(Model.self)
                return try await call.store.write { db in
                    let before = try find(id, call, db)
                    try change(call.body, before).save(by: call.acting, at: call.now, in: db)
                    try alongside(call, id, db)
                    return try find(id, call, db)
                }
            },
            .change(.delete, "\(path)/{id}", "Supprime \(words.one), si rien n’en dépend", needs: needs) { call in
                let id = try call.id(Model.self)
                try await call.store.write { db in try Model.delete(id, by: call.acting, at: call.now, in: db) }
            },
        ]
    }

    private func find(_ id: ID<Model>, _ call: Call, _ db: Reader) throws -> Model {
        try call.found(try all(call.acting, db).first { $0.id == id })
    }
}
