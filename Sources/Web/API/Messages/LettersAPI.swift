import Core
import HTTPTypes
import Scheduling
import Store

extension LetterBatch.State: Plain {}

/// Letters: what is to be printed, and batches. The PDF itself is taken from the pages: printing is for someone who stands by.
enum LettersAPI {
    private static let because = Key("because", Kind<String?>.nullable(.line(0...100)), "Pourquoi la retirer du papier.")
    private static let count = Kind.integer(0...LetterBatch.most)

    private static let letter = Shape<Letter>(
        "Letter",
        [
            Key<ID<Message>>("id").of(\.message.id), Common.person.of(\.message.personID),
            Key<ID<Appointment>?>("appointment").of(\.message.appointmentID), Key<Message.Purpose>("purpose").of(\.message.purpose),
            Key("recipient", Kind.lines(0...1_000), "L’adresse, si on peut la lire.").of(\.message.recipient),
            Key<Instant>("due_at").of(\.message.dueAt),
            Key("number", Kind<Int?>.nullable(count), "Dans son lot.").of(\.number), because.of { $0.trouble?.label },
        ])

    private static let batch = Shape<LetterBatch>(
        "LetterBatch",
        [
            Key<ID<LetterBatch>>("id").of(\.id), Common.organization.of(\.organizationID),
            Key("letters", count, "Combien il en a reçu.").of(\.letters), Key<LetterBatch.State>("state").of(\.state),
            Key<Instant>("prepared_at").of(\.preparedAt), Key<ID<Agent>>("prepared_by").of(\.preparedBy),
            Key<Instant?>("posted_at").of(\.postedAt), Key<Instant?>("undone_at").of(\.undoneAt),
        ])

    private static let details = Shape<LetterBatchDetails>(
        "LetterBatchDetails",
        [
            Key<ID<LetterBatch>>("id").of(\.batch.id), Key<LetterBatch.State>("state").of(\.batch.state),
            Key("letters", Kind<[Letter]>.list(letter.kind)).of(\.letters),
        ])

    static let endpoints: [Endpoint] = [
        .list("/letters", "Les courriers à imprimer, les plus anciens de chaque organisation", needs: .book, of: letter) { call in
            let waiting = try await call.store.read { db in try WaitingLetters.read(for: call.acting, at: call.now, in: db) }
            return try ListPage(waiting.houses.flatMap(\.letters), call, by: { ID($0.message.id.uuid) })
        },
        .list("/letter-batches", "Les lots à poster, et ceux des trente derniers jours", needs: .book, of: batch) { call in
            let all = try await call.store.read { db in
                try LetterBatch.all(since: call.now.adding(days: -30), seenBy: call.acting, in: db)
            }
            return try ListPage(all, call, by: \.id)
        },
        .create(
            "/letter-batches", "Met dans un lot les courriers à imprimer d’une organisation", needs: .book,
            body: Fields("NewLetterBatch", needs: [Common.organization]), answers: batch, in: .claim
        ) { call, db in
            let house = try call.body[Common.organization]
            return try LetterBatch.prepare(for: house, key: call.desk.site.codesIfKnown, by: call.acting, at: call.now, in: db)
        },
        .read("/letter-batches/{id}", "Un lot et ses courriers", needs: .book, answers: details) { call in
            let id = try call.id(LetterBatch.self)
            return try await call.store.read { db in
                try LetterBatch.find(id, seenBy: call.acting, in: db).details(seenBy: call.acting, at: call.now, in: db)
            }
        },
        .change(.post, "/letter-batches/{id}/posting", "Dit que tout est posté", needs: .book) { call in
            let id = try call.id(LetterBatch.self)
            try await call.store.claim { db in _ = try LetterBatch.post(id, by: call.acting, at: call.now, in: db) }
        },
        .change(.post, "/letter-batches/{id}/undoing", "Défait un lot", needs: .book) { call in
            let id = try call.id(LetterBatch.self)
            try await call.store.claim { db in try LetterBatch.undo(id, by: call.acting, at: call.now, in: db) }
        },
    ]
}
