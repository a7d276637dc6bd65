import Foundation
import Scheduling
import Store

/// What is asked of a bascule. Complaints name the fields `site`, `service`, `from`, `to` and `why`.
public struct BasculeDraft: Sendable, Equatable {
    public var siteID: ID<Site>
    public var serviceID: ID<Service>
    public var from: CivilDate
    public var to: CivilDate
    public var homes: Bool
    public var why: String

    public init(siteID: ID<Site>, serviceID: ID<Service>, from: CivilDate, to: CivilDate, homes: Bool = true, why: String) {
        self.siteID = siteID
        self.serviceID = serviceID
        self.from = from
        self.to = to
        self.homes = homes
        self.why = why
    }

    /// The longest that doors stay closed in one act.
    static let longest = 366

    /// - Throws: a ``Refusal``: 404 for a site or a service of elsewhere, forbidden, sentences beside fields.
    public func checked(by acting: Acting, at now: Instant, in db: Reader) throws -> Bascule {
        let house: ID<Organization>? = try db.first(
            "SELECT organization_id FROM site WHERE territory_id = \(acting.territoryID) AND id = \(siteID)"
        ) { try $0[0] }
        guard let house, acting.roles[house] != nil, try Service.find(serviceID, of: acting.territoryID, in: db) != nil else {
            throw Refusal.notFound
        }
        try acting.require(.fillEveryAgenda, in: house)
        var complaints = Complaints()
        let today = acting.territory.zone.civil(now).date
        if to < from { complaints.add("to", "Le dernier jour doit suivre le premier. Vérifiez les deux dates.") }
        if to < today { complaints.add("to", "Ces jours sont passés. Vérifiez la date.") }
        if to.dayNumber - from.dayNumber > BasculeDraft.longest { complaints.add("to", "C’est plus d’un an. Vérifiez l’année.") }
        if why.isEmpty { complaints.add("why", "Dites pourquoi : « Canicule », « Locaux inondés »…") }
        if why.count > 200 { complaints.add("why", "C’est trop long : 200 caractères au plus.") }
        try complaints.check()
        return Bascule(
            territoryID: acting.territoryID, organizationID: house, siteID: siteID, serviceID: serviceID, days: from...to, homes: homes,
            why: why, createdAt: now)
    }
}

extension Bascule {
    /// What a bascule would do, before it is done.
    public struct Preview: Sendable, Equatable {
        public let lines: [Line]
        /// No call replaces a group: each is to be cancelled or moved by who knows what it is for.
        public let groups: [Group]
        /// People with a number to call, without any, and who need an interpreter, with a number or not.
        public var withNumber: Int { lines.filter { $0.number != nil }.count }
        public var without: Int { lines.count - withNumber }
        public var interpreters: Int { lines.filter(\.needsInterpreter).count }

        /// A person and their appointment.
        public struct Line: Sendable, Equatable {
            public let appointmentID: ID<Appointment>
            public let startsAt: Instant
            public let how: How
            public let personName: String
            public let number: String?
            public let needsInterpreter: Bool
            public let address: String

            public init(
                appointmentID: ID<Appointment>, startsAt: Instant, how: How, personName: String, number: String?, needsInterpreter: Bool,
                address: String
            ) {
                self.appointmentID = appointmentID
                self.startsAt = startsAt
                self.how = how
                self.personName = personName
                self.number = number
                self.needsInterpreter = needsInterpreter
                self.address = address
            }
        }

        /// A group appointment and how many are expected there.
        public struct Group: Sendable, Equatable {
            public let appointmentID: ID<Appointment>
            public let startsAt: Instant
            public let reason: String
            public let people: Int

            public init(appointmentID: ID<Appointment>, startsAt: Instant, reason: String, people: Int) {
                self.appointmentID = appointmentID
                self.startsAt = startsAt
                self.reason = reason
                self.people = people
            }
        }

        public init(lines: [Line], groups: [Group] = []) {
            self.lines = lines
            self.groups = groups
        }
    }

    public func preview(of territory: Territory, now: Instant, in db: Reader) throws -> Preview {
        let lines = try appointments(of: territory, at: now, in: db).flatMap { one in
            try one.expected(in: db).map { person in
                let isHidden = try Discretion.of(person.id, of: territoryID, in: db).addressHidden
                return Preview.Line(
                    appointmentID: one.id, startsAt: one.startsAt, how: one.how, personName: person.name,
                    number: one.phone ?? person.phones.first?.number, needsInterpreter: person.needsInterpreter,
                    address: isHidden ? "Adresse confidentielle" : person.postalAddress)
            }
        }
        let groups = try groups(of: territory, at: now, in: db).map { one in
            Preview.Group(
                appointmentID: one.id, startsAt: one.startsAt, reason: try Reason.find(one.reasonID, of: territoryID, in: db)?.name ?? "",
                people: try one.expected(in: db).count)
        }
        return Preview(lines: lines, groups: groups)
    }

    /// Makes the appointments take place by phone, tells everyone, and lists those whom nothing tells; all or nothing.
    ///
    /// Who has no number keeps their appointment as it is and is listed: it goes by phone once a number is known.
    /// - Parameter expected: how many people the preview showed.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func begin(
        _ draft: BasculeDraft, expecting expected: Int? = nil, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Bascule {
        try await store.claim { db in try begin(draft, expecting: expected, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public static func begin(
        _ draft: BasculeDraft, expecting expected: Int? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Bascule {
        let bascule = try draft.checked(by: acting, at: now, in: db)
        try bascule.lock(in: db)
        let concerned = try bascule.appointments(of: acting.territory, at: now, in: db)
        let count = try concerned.reduce(0) { try $0 + $1.expected(in: db).count }
        guard expected == nil || expected == count else { throw Refusal.coveredChanged }
        try bascule.insert(by: acting, in: db)
        try Journal.record(.created, about: bascule.id.uuid, bascule.payload, by: acting, at: now, in: db)
        for appointment in concerned { try bascule.take(appointment, by: acting, at: now, in: db) }
        return bascule
    }

    /// Every agent of the house: whoever books there waits, and sees the bascule.
    func lock(in db: Writer) throws {
        try Agent.lockCalendars(Set(try Agent.working(in: organizationID, of: territoryID, in: db)), of: territoryID, in: db)
    }

    var payload: [String: String] {
        [
            "what": "bascule", "site": siteID.description, "service": serviceID.description, "from": days.lowerBound.description,
            "to": days.upperBound.description, "why": why,
        ]
    }

    private func insert(by acting: Acting, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO bascule (territory_id, id, organization_id, site_id, service_id, first_date, last_date, homes, why, created_at,
              created_by)
            VALUES (\(territoryID), \(id), \(organizationID), \(siteID), \(serviceID), \(days.lowerBound), \(days.upperBound), \(homes),
              \(why), \(createdAt), \(acting.agent.id))
            """)
    }

    private func take(_ appointment: Appointment, by acting: Acting, at now: Instant, in db: Writer) throws {
        let people = try appointment.expected(in: db)
        let called = try? appointment.byPhone(calling: people)
        if let called {
            try note(appointment, in: db)
            try called.writeHow(insteadOf: appointment.how, by: acting, at: now, in: db)
        }
        let origin = Tidings.Origin(cause: .bascule, id: id.uuid)
        for person in people {
            try (called ?? appointment).tell(
                person, origin, inPerson: called == nil || person.needsInterpreter, key: "bascule/\(id)", by: acting, at: now, in: db)
        }
    }
}

extension Appointment {
    /// Those who are still to come, whole.
    func expected(in db: Reader) throws -> [Person] {
        try Participation.of(self, in: db).filter { $0.status == .upcoming }
            .compactMap { try Person.find($0.personID, of: territoryID, in: db) }
    }

    /// One message about how it takes place now, and a tidings that says who must still be told.
    func tell(
        _ person: Person, _ origin: Tidings.Origin, inPerson: Bool, key: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let key = "\(key)/\(id)/\(person.id)"
        try Message.withdraw(about: self, to: person.id, at: now, in: db)
        guard let reason = try Reason.find(reasonID, of: territoryID, in: db) else { throw Refusal.notFound }
        let occasion = Message.Occasion(purpose: .change, appointment: self, reason: reason, key: key)
        try Message.queue(occasion, to: person, of: acting.territory, at: now, in: db)
        try Tidings.record(origin, of: self, to: person, message: key, inPerson: inPerson, by: acting, at: now, in: db)
        try Journal.record(
            .changed, about: person.id.uuid, ["what": "bascule", "appointment": id.description, "how": how.rawValue], by: acting, at: now,
            in: db)
    }
}

extension Person {
    /// Nobody there speaks their language, or they asked for an interpreter.
    var needsInterpreter: Bool { language != "fr" || needs.lowercased().contains("interpr") }

    /// On one line; empty when it is not known.
    var postalAddress: String {
        [address, "\(postalCode) \(commune)"].map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
