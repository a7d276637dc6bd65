import Scheduling
import Store

/// What is done about an appointment that an absence or a closure covers.
public enum Remedy: Sendable, Equatable {
    /// It stays in the agenda: someone will see to it.
    case keep
    /// Another agent at the same hour, or the proposed slot: the person is told of the change and may refuse it.
    case move(AppointmentFact.Place)
    /// The others who receive with the agent go on without.
    case goOn
    /// Annulé par le service, with a message.
    case cancel
}

extension Remedy {
    /// What could be done about one appointment.
    public struct Ways: Sendable, Equatable {
        /// Colleagues who are free at that hour, whom to ask first first.
        public let colleagues: [Someone]
        /// The next free slot, and with whom.
        public let next: Slot?
        /// Whether a colleague who receives with the agent can go on alone.
        public var canGoOn = false

        public struct Someone: Sendable, Equatable {
            public let id: ID<Agent>
            public let name: String
            public init(id: ID<Agent>, name: String) {
                self.id = id
                self.name = name
            }
        }

        public struct Slot: Sendable, Equatable {
            public let start: Instant
            public let agent: Someone
            public init(start: Instant, agent: Someone) {
                self.start = start
                self.agent = agent
            }
        }

        public init(colleagues: [Someone] = [], next: Slot? = nil, canGoOn: Bool = false) {
            self.colleagues = colleagues
            self.next = next
            self.canGoOn = canGoOn
        }

        public static let none = Ways()
    }
}

/// What is done about all the appointments that something covers, in one act.
public struct Remedies: Sendable, Equatable {
    public let chosen: [ID<Appointment>: Remedy]

    public init(_ chosen: [ID<Appointment>: Remedy]) { self.chosen = chosen }

    /// The name of the field in which one appointment's remedy is chosen.
    public static func field(_ appointment: ID<Appointment>) -> String { "remedy-\(appointment)" }

    /// The agents to whom something goes, and those who receive with others: their calendars are locked too.
    func agents(of territory: Int64, in db: Reader) throws -> Set<ID<Agent>> {
        let movedTo = chosen.values.compactMap { if case .move(let place) = $0 { place.agentID } else { nil } }
        let pairs = try Appointment.colleagues(of: chosen.keys.sorted(), of: territory, in: db)
        let first = try Appointment.agents(of: pairs.keys.sorted(), of: territory, in: db)
        return Set(movedTo).union(pairs.values.flatMap { $0 }).union(first)
    }

    /// Does all of it, or nothing: inside a transaction that has locked the calendars of all concerned.
    /// - Throws: ``Refusal/coveredChanged`` when the list shown is no longer the one covered; a ``Refusal`` beside the field of an
    ///   appointment that cannot go where it was sent.
    func apply(under cover: Cover, by acting: Acting, at now: Instant, in db: Writer) throws {
        let covered = try cover.appointments(of: acting.territoryID, seenBy: acting, at: now, in: db)
        guard Set(covered.map(\.id)) == Set(chosen.keys) else { throw Refusal.coveredChanged }
        try lockPeople(of: covered, in: db)
        for appointment in covered {
            try saying(about: appointment.id) { try apply(to: appointment, cover, by: acting, at: now, in: db) }
        }
    }

    /// In the order of their ids, so that two transactions never wait for each other.
    private func lockPeople(of appointments: [Appointment], in db: Writer) throws {
        let people = try Set(appointments.flatMap { try Participation.of($0, in: db).map(\.personID) })
        guard let territory = appointments.first?.territoryID else { return }
        for person in people.sorted() { _ = try Person.find(person, of: territory, lock: true, in: db) }
    }

    private func apply(to appointment: Appointment, _ cover: Cover, by acting: Acting, at now: Instant, in db: Writer) throws {
        switch chosen[appointment.id] {
        case .move(let place): try appointment.move(to: place, under: cover, by: acting, at: now, in: db)
        case .goOn:
            try acting.require(.book, in: appointment.organizationID)
            guard let agent = cover.agent else { throw Refusal.notTogether }
            try appointment.goOn(without: agent, why: cover.why, by: acting, at: now, in: db)
        case .cancel:
            try acting.require(.book, in: appointment.organizationID)
            for one in try Participation.of(appointment, in: db) where one.status == .upcoming {
                try appointment.end(.cancelledByService, for: one.personID, cover.origin, why: cover.why, by: acting, at: now, in: db)
            }
            try GroupSeats.callOff(appointment, by: acting, at: now, in: db)
        case .keep, nil: break
        }
    }

    /// A refusal names the appointment it is about.
    private func saying(about appointment: ID<Appointment>, _ act: () throws -> Void) throws {
        do { try act() } catch let refusal as Refusal where refusal.kind != .forbidden {
            throw Refusal.field(Self.field(appointment), refusal.code, Self.sentences[refusal.code] ?? refusal.sentence)
        }
    }

    private static let sentences = [
        Refusal.slotTaken.code: "Ce créneau vient d’être pris : choisissez autre chose pour ce rendez-vous. Rien n’est encore changé.",
        Refusal.slotClosed.code: "Ce créneau n’est plus ouvert : choisissez autre chose pour ce rendez-vous. Rien n’est encore changé.",
        Refusal.personBusy.code: "La personne a déjà un rendez-vous à cette heure : choisissez autre chose. Rien n’est encore changé.",
        Refusal.notAlone.code: "Cette visite se fait à deux : choisissez qui vient à sa place. Rien n’est encore changé.",
        Refusal.notFound.code: "Cet agent ne peut pas le recevoir ici : choisissez autre chose. Rien n’est encore changé.",
    ]
}

extension Appointment {
    /// To a slot that is open and free, and that nothing covers.
    fileprivate func move(to place: AppointmentFact.Place, under cover: Cover, by acting: Acting, at now: Instant, in db: Writer) throws {
        let time = place.startsAt..<place.startsAt.adding(seconds: Int(endsAt - startsAt))
        let there = Numbers.Place(organization: organizationID, site: siteID)
        if let away = cover.agent, away != agentID, place.startsAt == startsAt {
            return try replace(away, with: place.agentID, why: cover.why, by: acting, at: now, in: db)
        }
        let colleagues = try colleagues(in: db)
        for agent in colleagues + [place.agentID] {
            let kept = time.lowerBound..<time.upperBound.adding(minutes: agent == place.agentID ? gapMinutes : 0)
            if cover.hits(agent, there), cover.away.contains(where: { $0.overlaps(time) }) { throw Refusal.slotClosed }
            if try Claim.taken(.agent(agent), kept, of: territoryID, except: id, in: db) { throw Refusal.slotTaken }
        }
        let moved = try move(to: place, why: cover.why, by: acting, at: now, in: db)
        if cover.needsOpening {
            try Opening.check(covers: moved, of: acting.territory, in: db)
            for agent in colleagues { try Opening.check(agent, beside: moved, of: acting.territory, in: db) }
        }
        guard let fact = try moved.lastFact(in: db) else { return }
        for one in try Participation.of(moved, in: db) where one.status == .upcoming {
            guard let person = try Person.find(one.personID, of: territoryID, in: db) else { continue }
            try Tidings.record(
                cover.origin, of: moved, to: person, message: moved.messageKey(.change, person.id, fact: fact.id), by: acting, at: now,
                in: db)
        }
    }
}

extension Refusal {
    public static let coveredChanged = Refusal(
        .conflict, "covered-changed",
        "La liste des rendez-vous a changé entre-temps. Relisez-la : rien n’est encore enregistré.")
}
