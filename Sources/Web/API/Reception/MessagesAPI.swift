import Core
import HTTPTypes
import Scheduling
import Store

extension Envois.Tray: Plain {}
extension Message.State: Plain {}
extension Message.Purpose: Plain {}
extension ReplyMeaning: Plain {}
extension Reply.Effect: Plain {}

/// What was said to people, and what they answered.
enum MessagesAPI {
    private static let tray = Key<Envois.Tray>("tray", "Ce qui attend, ce qui est parti, ce qui ne l’est pas ; « waiting » sans réponse.")
    private static let state = Key<Message.State>("state", "Ceux qui en sont là.")
    private static let cursor = Key("cursor", Kind.line(1...80), "Le « next » de la page précédente.")

    private static let message = Shape<Envois.Line>(
        "Message",
        [
            Key<ID<Message>>("id").of(\.message.id), Common.person.of(\.message.personID),
            Key<ID<Appointment>?>("appointment").of(\.message.appointmentID), Key<Message.Purpose>("purpose").of(\.message.purpose),
            Key<Person.Channel>("channel").of(\.message.channel),
            Key("recipient", Kind.lines(0...1_000), "Un numéro, une adresse.").of(\.message.recipient),
            Key<Instant>("at", "Quand il doit partir, ou quand son sort fut fixé.").of(\.at), state.of(\.message.state),
            Key("because", Kind<String?>.nullable(.line(0...100)), "Pourquoi il n’est pas parti ou pas arrivé.").of(
                \.message.because?.label),
        ])

    private static let reply = Shape<ReplyDetails>(
        "Reply",
        [
            Key<ID<Reply>>("id").of(\.reply.id), Key<ID<Person>?>("person").of(\.reply.personID),
            Key<ID<Appointment>?>("appointment").of(\.reply.appointmentID),
            Key("sender", Kind.line(0...40), "Le numéro, au format E.164.").of(\.reply.sender),
            Key("text", Kind.lines(0...Reply.longest)).of(\.reply.text), Key<Instant>("received_at").of(\.reply.receivedAt),
            Key<ReplyMeaning>("meaning").of(\.reply.meaning), Key<Reply.Effect>("effect").of(\.reply.effect),
            Key<Instant?>("settled_at").of(\.reply.settledAt),
        ])

    static let endpoints: [Endpoint] = [
        .list(
            "/messages", "Les messages à propos des rendez-vous que l’on voit", needs: .book, query: Fields(takes: [tray, state]),
            of: message,
            cursor: cursor, list),
        .change(.post, "/messages/{id}/again", "Renvoie un message qui n’est pas arrivé, ou dont on ne sait rien", needs: .book) { call in
            let id = try call.id(Message.self)
            try await call.store.write { db in try Message.sendAgain(id, by: call.acting, at: call.now, in: db) }
        },
        .list("/replies", "Ce que les personnes ont répondu et que personne n’a lu", needs: .findPeople, of: reply) { call in
            let all = try await call.store.read { db in
                try ReplyDetails.all(seenBy: call.acting, settledSince: call.now, in: db)
            }
            return try ListPage(all, call, by: { ID($0.reply.id.uuid) })
        },
        .change(.post, "/replies/{id}/settlement", "Note que ce que demande une réponse est fait", needs: .findPeople) { call in
            let id = try call.id(Reply.self)
            try await call.store.write { db in try Reply.settle(id, by: call.acting, at: call.now, in: db) }
        },
    ]

    private static func list(_ call: Call) async throws -> ListPage<Envois.Line> {
        let tray = try call.query.ifAny(tray) ?? .waiting, state = try call.query.ifAny(state)
        let limit = try call.query.ifAny(ListPage<Envois.Line>.limit) ?? 50
        let mark = try call.query.ifAny(cursor).map { text in
            guard let mark = Story.Mark(text) else {
                throw Refusal.field("cursor", "invalid-parameter", "Paramètre « cursor » : le « next » d’une page.")
            }
            return mark
        }
        let envois = try await call.store.read { db in
            try Envois.read(tray, state, after: mark, limit: limit, seenBy: call.acting, in: db)
        }
        return ListPage(items: envois.lines, next: envois.next?.text)
    }
}
