import Scheduling
import Store

extension FreedPlace {
    /// Who calls first has it: to tell many would be to disappoint most of them, and to make the telephone ring for nothing.
    static let most = 3

    /// Tells of the places that were given back, each once.
    /// - Returns: how many were looked at: fewer than `limit` when none is left.
    @discardableResult
    public static func offer(limit: Int = 50, at now: Instant, in store: Store) async throws -> Int {
        let places = try await store.read { db in
            try db.all(
                """
                SELECT \(columns) FROM freed_place WHERE looked_at IS NULL AND freed_at <= \(now.adding(minutes: -pause))
                ORDER BY freed_at LIMIT \(limit)
                """
            ) { try FreedPlace($0) }
        }
        for place in places { try await store.claim { db in try place.look(at: now, in: db) } }
        return places.count
    }

    private func look(at now: Instant, in db: Writer) throws {
        // Whoever says first that it was looked at does it.
        let taken = try db.run(
            "UPDATE freed_place SET looked_at = \(now) WHERE territory_id = \(territoryID) AND id = \(id) AND looked_at IS NULL")
        guard taken > 0 else { return }
        guard try tell(at: now, in: db) == 0 else { return }
        try db.run("DELETE FROM freed_place WHERE territory_id = \(territoryID) AND id = \(id)")
    }

    /// - Returns: how many are told.
    private func tell(at now: Instant, in db: Writer) throws -> Int {
        guard let territory = try Territory.find(territoryID, in: db), let reason = try Reason.find(reasonID, of: territoryID, in: db),
            startsAt >= Quiet(territory).adding(minutes: Self.notice, from: now)
        else { return 0 }
        var told = 0
        for (appointment, person) in try waiting(on: territory.zone.civil(now).date, in: db) where told < Self.most {
            let offer = NewOffer(place: self, appointment: appointment, person: person, rank: told + 1)
            if try offer.make(reason, of: territory, at: now, in: db) { told += 1 }
        }
        return told
    }

    /// Those who wait for such a place and were told of none today, nor of that hour before: the longest wish first.
    private func waiting(on today: CivilDate, in db: Reader) throws -> [(appointment: ID<Appointment>, person: ID<Person>)] {
        try db.all(
            """
            SELECT earlier_wish.appointment_id, earlier_wish.person_id FROM earlier_wish
            JOIN appointment ON appointment.territory_id = earlier_wish.territory_id AND appointment.id = earlier_wish.appointment_id
            JOIN participation ON participation.territory_id = earlier_wish.territory_id
              AND participation.appointment_id = earlier_wish.appointment_id AND participation.person_id = earlier_wish.person_id
            WHERE earlier_wish.territory_id = \(territoryID) AND earlier_wish.reason_id = \(reasonID) AND \(EarlierWish.stands)
              AND earlier_wish.starts_at >= \(startsAt.adding(days: EarlierWish.daysSooner)) AND appointment.id <> \(appointmentID)
              AND appointment.organization_id = \(organizationID) AND participation.status = 'upcoming' AND \(place)
              AND NOT EXISTS (SELECT 1 FROM earlier_offer
                JOIN freed_place ON freed_place.territory_id = earlier_offer.territory_id AND freed_place.id = earlier_offer.place_id
                WHERE earlier_offer.territory_id = earlier_wish.territory_id AND earlier_offer.person_id = earlier_wish.person_id
                  AND (earlier_offer.offered_on = \(today) OR freed_place.starts_at = \(startsAt)))
            ORDER BY earlier_wish.asked_at, earlier_wish.appointment_id, earlier_wish.person_id LIMIT 100
            """
        ) { (try $0[0], try $0[1]) }
    }

    private var place: SQL { siteID.map { "appointment.site_id = \($0)" } ?? "appointment.site_id IS NULL" }
}

/// A place, told to one person.
private struct NewOffer {
    let place: FreedPlace
    let appointment: ID<Appointment>
    let person: ID<Person>
    let rank: Int

    /// - Returns: whether they are told: the place suits, and a message can reach them by itself.
    func make(_ reason: Reason, of territory: Territory, at now: Instant, in db: Writer) throws -> Bool {
        guard let appointment = try Appointment.find(appointment, of: territory.id, in: db),
            let person = try Person.find(person, of: territory.id, in: db),
            try appointment.fits(place.standing, reason, of: territory, at: now, in: db),
            try write(on: territory.zone.civil(now).date, in: db)
        else { return false }
        let occasion = Message.Occasion(
            purpose: .earlierSlot, appointment: appointment, reason: reason, key: "freed/\(place.id)/\(person.id)",
            dueAt: Quiet(territory).next(from: now), place: place.startsAt)
        try Message.queue(occasion, to: person, of: territory, at: now, in: db)
        return try isQueued(in: db)
    }

    private func write(on today: CivilDate, in db: Writer) throws -> Bool {
        try db.run(
            """
            INSERT INTO earlier_offer (territory_id, place_id, person_id, appointment_id, rank, offered_on)
            VALUES (\(place.territoryID), \(place.id), \(person), \(appointment), \(rank), \(today)) ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Whom no message reaches was not told: the next one is.
    private func isQueued(in db: Writer) throws -> Bool {
        let queued = try db.exists(
            """
            SELECT 1 FROM message WHERE territory_id = \(place.territoryID) AND appointment_id = \(appointment) AND person_id = \(person)
              AND purpose = 'earlier-slot' AND for_start = \(place.startsAt)
            """)
        if queued { return true }
        try db.run(
            """
            DELETE FROM earlier_offer
            WHERE territory_id = \(place.territoryID) AND place_id = \(place.id) AND person_id = \(person)
            """)
        return false
    }
}
