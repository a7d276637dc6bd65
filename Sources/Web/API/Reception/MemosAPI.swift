import Core
import HTTPTypes
import Scheduling
import Store

/// Words left for agents.
enum MemosAPI {
    enum Answer: String, CaseIterable, Plain {
        case calledBack = "called-back"
        case notReached = "not-reached"
        case reopened
    }

    private static let agent = Key<ID<Agent>>("agent", "Qui doit rappeler.")
    private static let person = Key<ID<Person>>("person", "La personne, si elle a une fiche.")
    private static let caller = Key("caller", Kind.line(1...Memo.longestCaller), "Qui a appelé.")
    private static let phone = Key("phone", Kind.line(0...40), "Le numéro à rappeler.")
    private static let text = Key("text", Kind.lines(1...Memo.longest), "Ce qu’il faut savoir.")
    private static let due = Key<Instant>("due_at", "À rappeler avant.")
    private static let act = Key<Answer>("act", "Ce qui a été fait.")

    private static let shape = Shape<MemoDetails>(
        "Memo",
        [
            Key<ID<Memo>>("id").of(\.memo.id), Common.organization.of(\.memo.organizationID), agent.of(\.memo.agentID),
            Key<ID<Person>?>("person").of(\.memo.personID), caller.of(\.memo.caller),
            Key<String?>("phone", .nullable(Kind.line(0...40))).of(\.memo.phone), text.of(\.memo.text), due.of(\.memo.dueAt),
            Key<Instant>("created_at").of(\.memo.createdAt), Key<Instant?>("settled_at").of(\.memo.settledAt),
        ])

    static let endpoints: [Endpoint] = [
        .list("/memos", "Les mots que l’on peut lire et qui attendent", needs: .findPeople, of: shape, list),
        .create(
            "/memos", "Laisse un mot à un agent", needs: .findPeople,
            body: Fields("NewMemo", needs: [agent, caller, text, due], takes: [person, phone]),
            answers: shape, in: .claim, create),
        .change(
            .post, "/memos/{id}/answers", "Dit ce qui a été fait d’un mot", needs: .findPeople, body: Fields("MemoAnswer", needs: [act]),
            answers: shape, answer
        ),
        .change(
            .post, "/memos/{id}/passing", "Transmet un mot à un collègue", needs: .findPeople, body: Fields("MemoPassing", needs: [agent]),
            pass),
    ]

    private static func list(_ call: Call) async throws -> ListPage<MemoDetails> {
        let memos = try await call.store.read { db in try MemoDetails.all(seenBy: call.acting, settledSince: call.now, in: db) }
        return try ListPage(memos, call, by: { ID($0.memo.id.uuid) })
    }

    private static func create(_ call: Call, _ db: Writer) throws -> MemoDetails {
        let agent = try call.body[agent]
        guard let house = try Memo.organization(of: agent, for: call.acting, in: db) else { throw Refusal.notFound }
        let draft = MemoDraft(
            agentID: agent, organizationID: house, personID: try call.body.ifAny(person), caller: try call.body[caller],
            phone: try call.body.ifAny(phone) ?? "", text: try call.body[text], dueAt: try call.body[due])
        return try MemoDetails.find(draft.leave(by: call.acting, at: call.now, in: db).id, seenBy: call.acting, in: db)
    }

    private static func answer(_ call: Call) async throws -> MemoDetails {
        let id = try call.id(Memo.self), done = try call.body[act]
        return try await call.store.claim { db in
            if let act = Memo.Act(rawValue: done.rawValue) { try Memo.answer(id, act, by: call.acting, at: call.now, in: db) }
            return try MemoDetails.find(id, seenBy: call.acting, in: db)
        }
    }

    /// Whoever passes it on may no longer have to read it: there is nothing to answer.
    private static func pass(_ call: Call) async throws {
        let id = try call.id(Memo.self), to = try call.body[agent]
        try await call.store.claim { db in try Memo.pass(id, to: to, by: call.acting, at: call.now, in: db) }
    }
}
