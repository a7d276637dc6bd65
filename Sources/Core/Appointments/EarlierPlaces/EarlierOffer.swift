import Scheduling
import Store

/// Une place proposée: that someone was told of, or is about to be (table `earlier_offer`).
public struct EarlierOffer: Sendable, Equatable {
    public let personID: ID<Person>
    public let place: AppointmentFact.Place
    public let siteID: ID<Site>?
    /// When it left to them; `nil` until then.
    public let toldAt: Instant?
    /// Whether the appointment can still be moved there.
    public let isFree: Bool

    public init(personID: ID<Person>, place: AppointmentFact.Place, siteID: ID<Site>?, toldAt: Instant?, isFree: Bool) {
        (self.personID, self.place, self.siteID, self.toldAt, self.isFree) = (personID, place, siteID, toldAt, isFree)
    }
}

extension EarlierOffer {
    /// The places to come that an appointment's people were told of, soonest first.
    public static func of(_ appointment: Appointment, in territory: Territory, at now: Instant, db: Reader) throws -> [EarlierOffer] {
        let found = try all("freed_place.starts_at > \(now)", of: appointment, in: db)
        guard !found.isEmpty, let reason = try Reason.find(appointment.reasonID, of: territory.id, in: db) else { return [] }
        return try found.map { place, person, toldAt in
            let fits = try appointment.fits(place.standing, reason, of: territory, at: now, in: db)
            return EarlierOffer(
                personID: person, place: place.standing, siteID: place.siteID, toldAt: toldAt,
                isFree: fits && place.startsAt < appointment.startsAt)
        }
    }

    private static func all(
        _ filter: SQL, of appointment: Appointment, in db: Reader
    ) throws -> [(place: FreedPlace, person: ID<Person>, toldAt: Instant?)] {
        let next = FreedPlace.columnCount
        return try db.all(
            """
            SELECT \(FreedPlace.columns), earlier_offer.person_id, (SELECT min(message.sent_at) FROM message
              WHERE message.territory_id = earlier_offer.territory_id AND message.appointment_id = earlier_offer.appointment_id
                AND message.person_id = earlier_offer.person_id AND message.purpose = 'earlier-slot'
                AND message.for_start = freed_place.starts_at)
            FROM earlier_offer
            JOIN freed_place ON freed_place.territory_id = earlier_offer.territory_id AND freed_place.id = earlier_offer.place_id
            WHERE earlier_offer.territory_id = \(appointment.territoryID) AND earlier_offer.appointment_id = \(appointment.id)
              AND \(filter) ORDER BY freed_place.starts_at, earlier_offer.person_id
            """
        ) { (try FreedPlace($0), try $0[next], try $0[next + 1]) }
    }

    /// Why someone is no longer to be told of a place: it is taken, they want it no more, or it is too late to call.
    static func moot(
        _ message: Message, about appointment: Appointment, of territory: Territory, at now: Instant, in db: Reader
    ) throws -> Message.Cause? {
        let places = try all("freed_place.starts_at = \(message.forStart)", of: appointment, in: db)
        guard let place = places.first(where: { $0.person == message.personID })?.place,
            let reason = try Reason.find(appointment.reasonID, of: territory.id, in: db)
        else { return .gone }
        guard try isWished(by: message.personID, of: appointment, in: db) else { return .unwished }
        guard place.startsAt.adding(days: EarlierWish.daysSooner) <= appointment.startsAt else { return .moved }
        guard place.startsAt >= now.adding(minutes: FreedPlace.last) else { return .tooLate }
        return try appointment.fits(place.standing, reason, of: territory, at: now, in: db) ? nil : .placeTaken
    }

    private static func isWished(by person: ID<Person>, of appointment: Appointment, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM earlier_wish WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND person_id = \(person) AND \(EarlierWish.stands)
            """)
    }

    /// What did not leave was told to nobody: they may be told of another place the same day.
    static func forget(_ message: Message, in db: Writer) throws {
        try db.run(
            """
            DELETE FROM earlier_offer WHERE territory_id = \(message.territoryID) AND appointment_id = \(message.appointmentID)
              AND person_id = \(message.personID) AND place_id IN (SELECT id FROM freed_place
                WHERE territory_id = \(message.territoryID) AND starts_at = \(message.forStart))
              AND NOT EXISTS (SELECT 1 FROM message WHERE territory_id = \(message.territoryID)
                AND appointment_id = \(message.appointmentID) AND person_id = \(message.personID) AND purpose = 'earlier-slot'
                AND for_start = \(message.forStart) AND sent_at IS NOT NULL)
            """)
    }
}

extension FreedPlace {
    var standing: AppointmentFact.Place { AppointmentFact.Place(agentID: agentID, startsAt: startsAt) }
}
