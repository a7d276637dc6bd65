import Scheduling
import Store

/// A reply with the names that a page needs.
public struct ReplyDetails: Sendable, Equatable {
    public let reply: Reply
    public let personName: String?
    public let startsAt: Instant?
    /// Who settled it.
    public let settledBy: String?

    public init(reply: Reply, personName: String?, startsAt: Instant?, settledBy: String? = nil) {
        (self.reply, self.personName, self.startsAt, self.settledBy) = (reply, personName, startsAt, settledBy)
    }
}

extension ReplyDetails {
    /// The most that is listed at once.
    public static let limit = 100

    /// What waits to be read, the oldest first; then what was settled since an instant, the newest first.
    public static func all(seenBy acting: Acting, settledSince since: Instant, in db: Reader) throws -> [ReplyDetails] {
        try acting.require(.findPeople)
        let open = try read("reply.settled_at IS NULL", order: "reply.received_at, reply.id", seenBy: acting, in: db)
        let done = try read(
            "reply.settled_at > \(since)", order: "reply.settled_at DESC, reply.id", seenBy: acting, in: db)
        return open + done
    }

    /// What was answered about an appointment, the oldest first.
    public static func of(_ appointment: ID<Appointment>, seenBy acting: Acting, in db: Reader) throws -> [ReplyDetails] {
        try read("reply.appointment_id = \(appointment)", order: "reply.received_at, reply.id", seenBy: acting, in: db)
    }

    private static func read(_ which: SQL, order: SQL, seenBy acting: Acting, in db: Reader) throws -> [ReplyDetails] {
        try db.all(
            """
            SELECT \(Reply.columns), person.first_name, person.last_name, appointment.starts_at, agent.first_name, agent.last_name FROM reply
            LEFT JOIN person ON person.territory_id = reply.territory_id AND person.id = reply.person_id
            LEFT JOIN appointment ON appointment.territory_id = reply.territory_id AND appointment.id = reply.appointment_id
            LEFT JOIN agent ON agent.territory_id = reply.territory_id AND agent.id = reply.settled_by
            WHERE reply.territory_id = \(acting.territoryID) AND \(which) AND \(Reply.visible(to: acting)) ORDER BY \(order) LIMIT \(limit)
            """
        ) { row in
            let next = Reply.columnCount
            let name: String? = try row[next + 1], agent: String? = try row[next + 4]
            return ReplyDetails(
                reply: try Reply(row), personName: try name.map { Person.displayName(firstName: try row[next], lastName: $0) },
                startsAt: try row[next + 2], settledBy: try agent.map { Person.displayName(firstName: try row[next + 3], lastName: $0) })
        }
    }
}

extension Reply {
    /// Those about an appointment that one sees. About none: those of people whom one may find; and from a number that nobody has here,
    /// those who answer the telephone.
    static func visible(to acting: Acting) -> SQL {
        """
        (EXISTS (SELECT 1 FROM appointment WHERE appointment.territory_id = reply.territory_id AND appointment.id = reply.appointment_id
            AND \(Appointment.visible(to: acting)))
          OR (reply.appointment_id IS NULL AND EXISTS (SELECT 1 FROM person_organization
            WHERE person_organization.territory_id = reply.territory_id AND person_organization.person_id = reply.person_id
              AND person_organization.organization_id IN \(list: acting.organizations(with: .book))))
          OR (reply.appointment_id IS NULL AND reply.person_id IS NULL AND \(acting.can(.seeEveryAppointment))))
        """
    }

    /// For the bar of every page.
    public static func count(for acting: Acting, in db: Reader) throws -> Int {
        guard acting.can(.findPeople) else { return 0 }
        return try db.first(
            """
            SELECT count(*) FROM reply
            WHERE reply.territory_id = \(acting.territoryID) AND reply.settled_at IS NULL AND \(visible(to: acting))
            """
        ) { try $0[0] } ?? 0
    }

    /// Fait: someone did what it asks for.
    /// - Throws: a ``Refusal``: 404 for what one may not see, a conflict when a colleague was faster.
    public static func settle(_ id: ID<Reply>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let found = try db.first(
            """
            SELECT \(columns) FROM reply
            WHERE reply.territory_id = \(acting.territoryID) AND reply.id = \(id) AND \(visible(to: acting))
            """
        ) { try Reply($0) }
        guard let found else { throw Refusal.notFound }
        try acting.require(.findPeople)
        let written = try db.run(
            """
            UPDATE reply SET settled_at = \(now), settled_by = \(acting.agent.id)
            WHERE territory_id = \(acting.territoryID) AND id = \(id) AND settled_at IS NULL
            """)
        guard written > 0 else { throw Refusal.replySettled }
        try Journal.record(
            .changed, about: found.personID?.uuid ?? id.uuid, ["what": "reply", "reply": id.description, "outcome": "settled"], by: acting,
            at: now, in: db)
    }
}

extension Refusal {
    public static let replySettled = Refusal(
        .conflict, "reply-settled", "C’est déjà fait : un collègue s’en est occupé. Revenez à la liste.")
}
