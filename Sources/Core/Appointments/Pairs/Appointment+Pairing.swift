import Scheduling
import Store

/// A colleague joins an appointment, leaves it, or takes the place of one who leaves. The people who come keep their time: nothing is
/// said to them unless who receives them changes.
extension Appointment {
    /// - Throws: a ``Refusal``; nothing is written then.
    public func join(_ colleague: ID<Agent>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await change(in: store) { db in try join(colleague, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func join(_ colleague: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try lockCalendars(and: [colleague], in: db)
        let current = try standingOne(by: acting, in: db)
        try current.bring(colleague, by: acting, at: now, in: db)
    }

    /// The others go on without them. When it is its own agent, a colleague becomes the one.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func leave(_ agent: ID<Agent>, why: String = "", by acting: Acting, at now: Instant, in store: Store) async throws {
        try await change(in: store) { db in try leave(agent, why: why, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func leave(_ agent: ID<Agent>, why: String = "", by acting: Acting, at now: Instant, in db: Writer) throws {
        try lockCalendars(in: db)
        try standingOne(by: acting, in: db).goOn(without: agent, why: why, by: acting, at: now, in: db)
    }

    /// It is still to come, and whoever acts may book it.
    private func standingOne(by acting: Acting, in db: Reader) throws -> Appointment {
        let current = try Appointment.find(id, seenBy: acting, in: db)
        try acting.require(.book, in: organizationID)
        guard try Participation.of(current, in: db).contains(where: { $0.status == .upcoming }) else { throw Refusal.notUpcoming }
        return current
    }

    private func bring(_ colleague: ID<Agent>, why: String = "", by acting: Acting, at now: Instant, in db: Writer) throws {
        let colleagues = try colleagues(in: db)
        guard colleagues.count < Booking.mostColleagues else {
            throw Refusal.field("colleague", "colleagues", "Quatre agents au plus reçoivent ensemble.")
        }
        guard try Agent.works(colleague, in: organizationID, of: territoryID, in: db) else { throw Refusal.notFound }
        guard !(colleagues + [agentID]).contains(colleague) else { throw Refusal.alreadyTogether }
        try Claim.deleteExpired(.agent(colleague), of: territoryID, now: now, in: db)
        guard try !Claim.taken(.agent(colleague), time, of: territoryID, in: db) else { throw Refusal.colleagueBusy }
        try add(colleague: colleague, in: db)
        try Claim.insert(.agent(colleague), for: self, overbooked: overbookedBecause != nil, in: db)
        try record(.joined, colleague, why: why, by: acting, at: now, in: db)
    }

    /// Inside a transaction that has locked its calendars and checked the rights.
    /// - Parameter isReplaced: someone else comes in the same act.
    func goOn(
        without agent: ID<Agent>, isReplaced: Bool = false, why: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let colleagues = try colleagues(in: db)
        guard let next = colleagues.first, (colleagues + [agentID]).contains(agent) else { throw Refusal.notTogether }
        guard !isForTwo || colleagues.count > 1 || isReplaced else { throw Refusal.notAlone }
        if agent == agentID {
            try remove(colleague: next, in: db)
            _ = try go(to: .init(agentID: next, startsAt: startsAt), why: why, by: acting, at: now, in: db)
        } else {
            try remove(colleague: agent, in: db)
            try Claim.delete(.agent(agent), of: self, in: db)
            try record(.left, agent, why: why, by: acting, at: now, in: db)
        }
    }

    /// Another at the same hour, in the place of one who leaves.
    func replace(_ agent: ID<Agent>, with other: ID<Agent>, why: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard agent != agentID else {
            _ = try move(to: .init(agentID: other, startsAt: startsAt), why: why, by: acting, at: now, in: db)
            return
        }
        try acting.require(.book, in: organizationID)
        try goOn(without: agent, isReplaced: true, why: why, by: acting, at: now, in: db)
        try bring(other, why: why, by: acting, at: now, in: db)
    }
}

/// That a colleague joined an appointment or left it: who, when, why (table `appointment_colleague_fact`).
public struct ColleagueFact: Sendable, Equatable {
    public let agentID: ID<Agent>
    public let act: Act
    public let why: String
    public let at: Instant
    public let by: ID<Agent>

    public enum Act: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case joined, left
    }

    /// All of an appointment's, oldest first.
    public static func of(_ appointment: Appointment, in db: Reader) throws -> [ColleagueFact] {
        try db.all(
            """
            SELECT agent_id, act, why, at, by_agent FROM appointment_colleague_fact
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) ORDER BY at, id
            """
        ) { ColleagueFact(agentID: try $0[0], act: try $0[1], why: try $0[2], at: try $0[3], by: try $0[4]) }
    }
}

extension Appointment {
    private func record(
        _ act: ColleagueFact.Act, _ agent: ID<Agent>, why: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let fact = ID<AppointmentFact>.new()
        try db.run(
            """
            INSERT INTO appointment_colleague_fact (territory_id, id, appointment_id, agent_id, act, why, at, by_agent)
            VALUES (\(territoryID), \(fact), \(id), \(agent), \(act), \(why), \(now), \(acting.agent.id))
            """)
        let facts = ["what": "colleague", "appointment": id.description, "agent": agent.description, "act": act.rawValue]
        for one in try Participation.of(self, in: db) {
            try Journal.record(.changed, about: one.personID.uuid, facts, by: acting, at: now, in: db)
        }
        let purpose: Message.Purpose = act == .joined ? .confirmation : .cancellation
        try tellAgents([agent], purpose, key: fact.description, by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let alreadyTogether = Refusal.field(
        "colleague", "already-together", "Cet agent reçoit déjà à ce rendez-vous. Choisissez-en un autre.")
    public static let notAlone = Refusal(
        .conflict, "not-alone", "Cette visite se fait à deux : choisissez d’abord qui vient à la place de cet agent.")
    public static let notTogether = Refusal(
        .conflict, "not-together", "Cet agent ne reçoit pas avec un collègue à ce rendez-vous. Rouvrez-le pour voir où il en est.")
    public static let colleagueBusy = Refusal.field(
        "colleague", "colleague-busy", "Ce collègue n’est pas libre à cette heure. Choisissez-en un autre, ou déplacez le rendez-vous.")
}
