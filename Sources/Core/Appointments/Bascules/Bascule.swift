import Foundation
import Scheduling
import Store

/// La bascule: when doors close, a site's on-site and home appointments of a service take place by phone for some days, in one act that
/// can be reversed. What is booked there meanwhile is by phone too.
public struct Bascule: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Bascule>
    public let organizationID: ID<Organization>
    public let siteID: ID<Site>
    public let serviceID: ID<Service>
    /// Both included.
    public let days: ClosedRange<CivilDate>
    /// Visits at home of the organization, that are at no site, too.
    public let homes: Bool
    public let why: String
    public let createdAt: Instant
    public let revertedAt: Instant?

    public init(
        territoryID: Int64, id: ID<Bascule> = .new(), organizationID: ID<Organization>, siteID: ID<Site>, serviceID: ID<Service>,
        days: ClosedRange<CivilDate>, homes: Bool, why: String, createdAt: Instant, revertedAt: Instant? = nil
    ) {
        self.territoryID = territoryID
        self.id = id
        self.organizationID = organizationID
        self.siteID = siteID
        self.serviceID = serviceID
        self.days = days
        self.homes = homes
        self.why = why
        self.createdAt = createdAt
        self.revertedAt = revertedAt
    }
}

extension Bascule {
    static let columns: SQL = """
        bascule.territory_id, bascule.id, bascule.organization_id, bascule.site_id, bascule.service_id, bascule.first_date,
        bascule.last_date, bascule.homes, bascule.why, bascule.created_at, bascule.reverted_at
        """

    init(_ row: Row) throws {
        self.init(
            territoryID: try row[0], id: try row[1], organizationID: try row[2], siteID: try row[3], serviceID: try row[4],
            days: try row[5]...(try row[6]), homes: try row[7], why: try row[8], createdAt: try row[9], revertedAt: try row[10])
    }

    /// Those of the organizations that one is responsible for, the newest first.
    public static func all(for acting: Acting, in db: Reader) throws -> [Bascule] {
        let houses = acting.organizations(with: .fillEveryAgenda)
        return try db.all(
            """
            SELECT \(columns) FROM bascule WHERE bascule.territory_id = \(acting.territoryID)
              AND bascule.organization_id IN \(list: houses) ORDER BY bascule.created_at DESC, bascule.id DESC
            """
        ) { try Bascule($0) }
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Bascule>, for acting: Acting, in db: Reader) throws -> Bascule {
        guard let found = try all(for: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return found
    }

    /// The one that makes an appointment take place by phone, if there is one.
    static func standing(over appointment: Appointment, of territory: Territory, in db: Reader) throws -> Bascule? {
        guard appointment.how == .site || appointment.how == .home else { return nil }
        let date = territory.zone.civil(appointment.startsAt).date
        return try db.all(
            """
            SELECT \(columns) FROM bascule WHERE bascule.territory_id = \(territory.id) AND bascule.reverted_at IS NULL
              AND bascule.organization_id = \(appointment.organizationID) AND bascule.service_id = \(appointment.serviceID)
              AND bascule.first_date <= \(date) AND bascule.last_date >= \(date) ORDER BY bascule.created_at, bascule.id
            """
        ) { try Bascule($0) }.first { $0.concerns(appointment) }
    }

    private func concerns(_ appointment: Appointment) -> Bool {
        appointment.how == .site ? appointment.siteID == siteID : homes && (appointment.siteID == nil || appointment.siteID == siteID)
    }

    /// Its appointments that are still to take place in person, in order of time: of one person or of a few, that can be called instead.
    func appointments(of territory: Territory, at now: Instant, in db: Reader) throws -> [Appointment] {
        try inPerson("NOT \(Self.isGroup)", of: territory, at: now, in: db)
    }

    /// Those of a group, that no call replaces.
    func groups(of territory: Territory, at now: Instant, in db: Reader) throws -> [Appointment] {
        try inPerson(Self.isGroup, of: territory, at: now, in: db)
    }

    private static let isGroup: SQL = """
        EXISTS (SELECT 1 FROM appointment_group
          WHERE appointment_group.territory_id = appointment.territory_id AND appointment_group.appointment_id = appointment.id)
        """

    private func inPerson(_ kind: SQL, of territory: Territory, at now: Instant, in db: Reader) throws -> [Appointment] {
        let start = territory.zone.instant(days.lowerBound, minute: 0),
            end = territory.zone.instant(days.upperBound.adding(days: 1), minute: 0)
        guard max(start, now) < end else { return [] }
        let which: SQL = """
            \(Cover.ofAnyAgent(territory.id)) AND appointment.organization_id = \(organizationID) AND appointment.service_id = \(serviceID)
              AND appointment.how IN \(list: [How.site, .home]) AND \(kind)
            """
        return try Appointment.upcoming(which, in: max(start, now)..<end, of: territory.id, in: db)
            .filter { $0.startsAt >= max(start, now) && concerns($0) }
    }

    /// Remembers what an appointment was, so that it can be so again.
    func note(_ before: Appointment, in db: Writer) throws {
        guard before.how == .site || before.how == .home else { return }
        try db.run(
            """
            INSERT INTO bascule_appointment (territory_id, bascule_id, appointment_id, how_before, phone_before)
            VALUES (\(territoryID), \(id), \(before.id), \(before.how), \(before.phone))
            ON CONFLICT (territory_id, bascule_id, appointment_id) DO NOTHING
            """)
    }
}

extension Appointment {
    /// The same by phone.
    /// - Throws: a ``Refusal`` beside `phone` when nobody has a number.
    func byPhone(calling people: [Person]) throws -> Appointment {
        guard let number = phone ?? people.lazy.compactMap({ $0.phones.first?.number }).first else {
            throw Refusal.field("phone", "phone-needed", "Ce lieu reçoit par téléphone ces jours-là : donnez le numéro à appeler.")
        }
        var called = self
        (called.how, called.phone) = (.phone, number)
        return called
    }

    /// - Parameter before: how it was to take place.
    func writeHow(insteadOf before: How, by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run("UPDATE appointment SET how = \(how), phone = \(phone) WHERE territory_id = \(territoryID) AND id = \(id)")
        try AppointmentEvent(event: .changed, appointment: self, change: .how(from: before)).note(of: acting.territory, at: now, in: db)
    }
}
