import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// Two files of one person, each with something of everything.
struct MergeWorld: Sendable {
    let world: World
    let reception: Acting
    let kept: Person
    let other: Person

    static func make(in store: Store) async throws -> MergeWorld {
        let world = try await World.make(in: store)
        let reception = try await world.acting(world.reception, in: store)
        let kept = try await world.add("Jeanne", "Lacoste", born: "1950-12-03", ["0639981234", "0536490001"], in: store)
        let other = try await world.add(
            "Jeannette", "Lacoste", ["0639981234", "0639985678"], commune: "Pau", to: [world.organization, world.elsewhere], in: store)
        return MergeWorld(world: world, reception: reception, kept: kept, other: other)
    }

    func merge(_ fields: Set<PersonMerge.Field> = [], _ change: (inout PersonMerge) -> Void = { _ in }) -> PersonMerge {
        var merge = PersonMerge(keptID: kept.id, otherID: other.id, keptVersion: 0, otherVersion: 0, taken: fields)
        change(&merge)
        return merge
    }

    func book(_ person: Person, _ day: Int, _ hour: Int, with agent: Agent? = nil, again: Bool = true, in store: Store) async throws
        -> Appointment
    {
        var booking = world.booking(at: World.at(day, hour), of: agent)
        booking.personIDs = [person.id]
        return try await booking.booked(again: again, by: reception, at: World.now, in: store)
    }

    /// A row of everything that points to the other file.
    func fill(in store: Store) async throws {
        let worker = try await world.acting(world.worker, in: store)
        let appointment = try await book(other, 0, 9, in: store)
        try await appointment.close(.cancelledByPerson, for: other.id, why: "", by: reception, at: World.now, in: store)
        let upcoming = try await book(other, 1, 10, in: store)
        try await store.write { db in
            _ = try Note.add("Vue ce jour.", of: world.social.id, on: other.id, by: worker, at: World.now, in: db)
            try Referent.set(world.worker.id, of: world.social.id, for: other.id, by: worker, at: World.now, in: db)
            try Disclosure.make(for: other.id, because: "elle appelle", by: reception, at: World.now, in: db)
            try db.run("INSERT INTO person_email VALUES (\(world.territory.id), \(other.id), 0, 'jeannette@example.org', '', NULL)")
            try fillDetail(in: db)
            try fillMemo(in: db)
            try fillComing(upcoming, in: db)
            try fillRelatives(upcoming, in: db)
            let older = Person(territoryID: world.territory.id, lastName: "Lacoste", createdAt: World.now)
            try MergedPerson(older, into: other.id, aside: [:], by: reception, at: World.now).insert(of: world.territory.id, in: db)
        }
    }

    private func fillDetail(in db: Writer) throws {
        let (territory, tag) = (world.territory.id, ID<PersonTag>.new())
        try db.run("INSERT INTO tag (territory_id, id, name) VALUES (\(territory), \(tag), 'Atelier')")
        try db.run("INSERT INTO person_tag (territory_id, person_id, tag_id) VALUES (\(territory), \(other.id), \(tag))")
        try db.run("INSERT INTO external_number VALUES (\(territory), \(other.id), 'caf', '1234567 A', '1234567A')")
        try db.run(
            """
            INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden, caution)
            VALUES (\(territory), \(other.id), TRUE, FALSE, FALSE, FALSE, 'avant 16 h')
            """)
        try db.run(
            """
            INSERT INTO archiving (territory_id, person_id, reason, why, at, by_agent)
            VALUES (\(territory), \(other.id), 'moved', '', \(World.at(20, 9)), \(world.worker.id))
            """)
        let houses = try Person.organizations(of: other.id, of: territory, in: db)
        try other.deleteTokens(in: houses, in: db)
        try other.insertTokens(in: houses, archived: true, in: db)
        try db.run(
            """
            INSERT INTO private_note (territory_id, id, person_id, service_id, author_id, keeper_id, text, created_at)
            VALUES (\(territory), \(ID<Note>.new()), \(other.id), \(world.social.id), \(world.worker.id), \(world.worker.id), 'à moi', 0)
            """)
    }

    private func fillMemo(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO memo (territory_id, id, organization_id, agent_id, person_id, caller, text, due_at, created_by, created_at)
            VALUES (\(world.territory.id), \(ID<Person>.new()), \(world.organization.id), \(world.worker.id), \(other.id), 'sa fille',
              'la rappeler', 0, \(world.reception.id), 0)
            """)
    }

    private func fillComing(_ appointment: Appointment, in db: Writer) throws {
        let territory = world.territory.id
        try db.run(
            """
            INSERT INTO arrival (territory_id, id, organization_id, site_id, appointment_id, person_id, service_id, name, companion, at,
              by_agent_id)
            VALUES (\(territory), \(ID<Arrival>.new()), \(world.organization.id), \(world.site.id), \(appointment.id), \(other.id),
              \(world.social.id), '', '', 0, \(world.reception.id))
            """)
        try db.run(
            """
            INSERT INTO tidings (territory_id, id, appointment_id, person_id, cause, cause_id, channel, created_at, created_by)
            VALUES (\(territory), \(ID<Person>.new()), \(appointment.id), \(other.id), 'absence', \(ID<Absence>.new()), 'phone', 0,
              \(world.reception.id))
            """)
    }

    private func fillRelatives(_ appointment: Appointment, in db: Writer) throws {
        let territory = world.territory.id
        for (person, relative) in [(other.id, world.person.id), (world.person.id, other.id)] {
            try insertRelation(of: person, to: relative, kind: .other, in: db)
            try db.run(
                """
                INSERT INTO protection (territory_id, id, person_id, measure, starts_on, representative_id, copies, created_at, created_by)
                VALUES (\(territory), \(ID<Protection>.new()), \(person), 'tutelle', '2026-01-01', \(relative), FALSE, 0,
                  \(world.worker.id))
                """)
        }
        try db.run("INSERT INTO accompaniment VALUES (\(territory), \(appointment.id), \(other.id))")
        try db.run("INSERT INTO asked_for VALUES (\(territory), \(appointment.id), \(other.id))")
        try db.run(
            """
            INSERT INTO calendar_feed (territory_id, id, secret, person_id, shows, created_at, created_by)
            VALUES (\(territory), \(ID<CalendarFeed>.new()), \(Array(repeating: UInt8(7), count: 32)), \(other.id), 'how', 0,
              \(world.reception.id))
            """)
        try db.run(
            """
            INSERT INTO unmet_demand (territory_id, id, organization_id, reason_id, person_id, asked_on, at, by_agent)
            VALUES (\(territory), \(ID<UnmetDemand>.new()), \(world.organization.id), \(world.reason.id), \(other.id), '2026-11-29', 0,
              \(world.reception.id))
            """)
        try db.run(
            """
            INSERT INTO reminder (territory_id, appointment_id, person_id, purpose, minutes_before, starts_at, found_at)
            VALUES (\(territory), \(appointment.id), \(other.id), 'reminder', 2880, \(appointment.startsAt), 0)
            """)
        try fillCampaign(in: db)
        try fillEarlier(appointment, in: db)
        try db.run(
            """
            INSERT INTO reply (territory_id, id, gateway, sender, text, received_at, meaning, effect, person_id)
            VALUES (\(territory), \(ID<Reply>.new()), 'essai', '+33639985678', 'Bonjour', 0, 'words', 'to-read', \(other.id))
            """)
        try db.run(
            """
            INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at, to_person_id)
            VALUES (\(territory), \(ID<Message>.new()), \(world.person.id), 'confirmation', 'sms', '+33639985678', 0, 'essai', 0,
              \(other.id))
            """)
    }

    /// Waiting for a place, and told of one.
    private func fillEarlier(_ appointment: Appointment, in db: Writer) throws {
        let territory = world.territory.id, place = ID<FreedPlace>.new()
        try appointment.writeWish(of: other.id, by: reception, at: World.now, in: db)
        try db.run(
            """
            INSERT INTO freed_place (territory_id, id, appointment_id, agent_id, organization_id, reason_id, starts_at, freed_at, looked_at)
            VALUES (\(territory), \(place), \(appointment.id), \(world.worker.id), \(world.organization.id), \(world.reason.id), 0, 0, 0)
            """)
        try db.run("INSERT INTO earlier_offer VALUES (\(territory), \(place), \(other.id), \(appointment.id), 1, '2026-11-29')")
    }

    /// Listed and written to.
    private func fillCampaign(in db: Writer) throws {
        let territory = world.territory.id, campaign = ID<Campaign>.new()
        try db.run(
            """
            INSERT INTO campaign (territory_id, id, organization_id, name, sms, subject, email, audience, commune, unmatched, apart_days,
              rate, reply_percent, version, prepared_at, prepared_by, queued_to)
            VALUES (\(territory), \(campaign), \(world.organization.id), 'Essai', 'Venez.', '', '', 'list', '', 0, 7, 60, 5, 0, 0,
              \(world.reception.id), 0)
            """)
        try db.run("INSERT INTO campaign_listed VALUES (\(territory), \(campaign), \(other.id))")
        try db.run(
            """
            INSERT INTO campaign_recipient (territory_id, campaign_id, person_id, excluded)
            VALUES (\(territory), \(campaign), \(other.id), 'prefers')
            """)
    }

    func insertRelation(of person: ID<Person>, to relative: ID<Person>, kind: Relation.Kind, unaware: String? = nil, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO relation (territory_id, id, person_id, other_id, kind, receives, books, unaware_since, unaware_source, consent_how,
              created_at, created_by)
            VALUES (\(world.territory.id), \(ID<Relation>.new()), \(person), \(relative), \(kind), FALSE, FALSE, \(unaware),
              \(unaware == nil ? "" : "elle le dit"), '', 0, \(world.worker.id))
            """)
    }

    /// How many rows of each pointer point to someone.
    func rows(of person: ID<Person>, in store: Store) async throws -> [String: Int] {
        try await store.read { db in
            var rows: [String: Int] = [:]
            for pointer in PersonPointer.all {
                rows["\(pointer.table).\(pointer.column)"] = try db.first(
                    "SELECT count(*) FROM \(identifier: pointer.table) WHERE \(identifier: pointer.column) = \(person)"
                ) { try $0[0] as Int }
            }
            return rows
        }
    }
}

func withTwoFiles(on engine: Engine, _ test: (MergeWorld, Store) async throws -> Void) async throws {
    try await engine.withStore(Schema.migrations) { store in try await test(try await MergeWorld.make(in: store), store) }
}
