import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Whoever wants to come sooner is told of a place that is given back")
struct EarlierPlaceTests {
    @Test("three at most, the longest wish first, each once a day, with the day and the hour", arguments: Engine.available)
    func told(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            for number in [3, 1, 4, 2] { try await earlier.waiting(number) }
            try await earlier.freed()
            #expect(try await earlier.send(at: EarlierWorld.told.adding(seconds: -1)).isEmpty, "it may have been a mistake")
            let told = try await earlier.send()
            #expect(told.map(\.number) == ["01", "02", "03"])
            #expect(told.allSatisfy { $0.text.contains("le mercredi 2 décembre à 9 h") && !$0.text.contains("RSA") }, "\(told)")
            #expect(try await earlier.send(at: EarlierWorld.told.adding(minutes: 5)).isEmpty)
            // Another the same day is for those who were told of none; the day after, for the first again.
            try await earlier.freed(World.at(2, 10), at: World.at(0, 11))
            #expect(try await earlier.send(at: World.at(0, 11, 5)).map(\.number) == ["04"])
            try await earlier.freed(World.at(3, 10), at: World.at(1, 11))
            #expect(try await earlier.send(at: World.at(1, 11, 5)).map(\.number) == ["01", "02", "03"])
        }
    }

    @Test("cancelled, refused by SMS or moved away, whoever leaves it is told of nothing", arguments: Engine.available)
    func everyWay(on engine: Engine) async throws {
        for way in 0..<3 {
            try await EarlierWorld.with(engine) { earlier in
                try await earlier.waiting(1)
                var booking = earlier.world.booking(at: World.at(2, 9))
                booking.wantsEarlier = true
                let taken = try await booking.book(by: earlier.reception, at: World.now, in: earlier.store)
                try await earlier.outbox.send()
                switch way {
                case 0:
                    try await taken.cancel(.cancelledByPerson, why: "", by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
                case 1: try await earlier.move(taken, to: World.at(9, 9))
                default:
                    let reply = try await Reply.take(
                        .init(gateway: "essai", reference: nil, sender: "+33639981234", text: "NON"), at: EarlierWorld.monday,
                        in: earlier.store)
                    #expect(reply?.effect == .freed)
                }
                #expect(try await earlier.send().map(\.number) == ["01"], "\(way)")
            }
        }
    }

    @Test("nothing is kept of what nobody waits for", arguments: Engine.available)
    func nobody(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            try await earlier.freed()
            #expect(try await earlier.count("SELECT count(*) FROM freed_place") == 0)
            // The same day: not worth a message.
            try await earlier.waiting(1, World.at(2, 14))
            try await earlier.freed(World.at(2, 10))
            #expect(try await earlier.count("SELECT count(*) FROM freed_place") == 0)
        }
    }

    @Test("only of a place that they can have: open, free, theirs, and not within hours", arguments: Engine.available)
    func fitting(on engine: Engine) async throws {
        let changes: [@Sendable (EarlierWorld) async throws -> Void] = [
            { earlier in  // The agent will be away.
                let absence = AbsenceDraft(
                    agentID: earlier.world.worker.id, stretch: StretchDraft(date: World.monday.adding(days: 2), from: 480, to: 720))
                let worker = try await earlier.world.acting(earlier.world.worker, in: earlier.store)
                _ = try await Absence.create(absence, remedies: Remedies([:]), by: worker, at: EarlierWorld.monday, in: earlier.store)
            },
            { earlier in  // Someone took it at once.
                try await earlier.outbox.book(World.at(2, 9), at: EarlierWorld.monday, for: try await earlier.someone(50))
            },
            { earlier in  // Someone is about to.
                _ = try await earlier.world.booking(at: World.at(2, 9)).hold(
                    by: earlier.reception, at: EarlierWorld.told, in: earlier.store)
            },
            { earlier in  // They have something else then.
                let person: ID<Person>? = try await earlier.store.read { db in
                    try db.first("SELECT person_id FROM earlier_wish") { try $0[0] }
                }
                var booking = earlier.world.booking(at: World.at(2, 9), of: earlier.world.colleague)
                booking.personIDs = [try #require(person)]
                _ = try await booking.booked(again: true, by: earlier.reception, at: EarlierWorld.monday, in: earlier.store)
            },
            { earlier in  // Another place.
                let other = Site(organizationID: earlier.world.organization.id, name: "Salies", address: "", commune: "Salies")
                try await earlier.store.write { db in
                    try other.insert(of: 64, in: db)
                    try db.run("UPDATE appointment SET site_id = \(other.id) WHERE starts_at > \(World.at(7, 0))")
                }
            },
            { earlier in try await earlier.run("UPDATE reason SET retired_at = 0") },
            { earlier in try await earlier.run("UPDATE reason SET earliest_minutes = 5760") },
            { earlier in  // Whom no SMS may reach.
                try await earlier.run(
                    """
                    INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden,
                      caution, never_sms) SELECT territory_id, person_id, FALSE, FALSE, FALSE, FALSE, '', TRUE FROM earlier_wish
                    """)
            },
            { earlier in try await earlier.run("UPDATE person SET channel = 'none'") },
            { earlier in try await earlier.run("UPDATE person_phone SET mobile = FALSE") },
        ]
        for (index, change) in changes.enumerated() {
            try await EarlierWorld.with(engine) { earlier in
                try await earlier.waiting(1)
                try await earlier.freed()
                try await change(earlier)
                #expect(try await earlier.send().isEmpty, "\(index)")
                #expect(try await earlier.count("SELECT count(*) FROM freed_place") == 0, "\(index)")
                #expect(try await earlier.outbox.messages(.earlierSlot).isEmpty, "\(index)")
            }
        }
    }

    @Test("a follow-up stays with the referent", arguments: Engine.available)
    func followUp(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            let other = try await earlier.waiting(1, change: { $0.agentID = earlier.world.colleague.id })
            let person = try #require(try await earlier.person(of: other))
            try await earlier.run("UPDATE reason SET follow_up = TRUE")
            let fits: @Sendable () async throws -> Bool = {
                try await earlier.store.read { db in
                    let reason = try #require(try Reason.find(other.reasonID, of: 64, in: db))
                    let place = AppointmentFact.Place(agentID: earlier.world.worker.id, startsAt: World.at(2, 9))
                    return try other.fits(place, reason, of: earlier.world.territory, at: EarlierWorld.monday, in: db)
                }
            }
            #expect(try await !fits())
            let worker = try await earlier.world.acting(earlier.world.worker, in: earlier.store)
            try await earlier.store.write { db in
                try Referent.set(earlier.world.worker.id, of: earlier.world.social.id, for: person, by: worker, at: World.now, in: db)
            }
            #expect(try await fits())
        }
    }

    @Test("at night it waits for the morning, and is not told when too little of the morning is left", arguments: Engine.available)
    func night(on engine: Engine) async throws {
        try await EarlierWorld.with(engine) { earlier in
            try await earlier.waiting(1)
            // Given back at 19 h 50: five minutes are left of the evening, and 2 h 55 are wanted from 8 h on.
            try await earlier.freed(World.at(1, 10, 30), at: World.at(0, 19, 50))
            #expect(try await earlier.send(at: World.at(0, 19, 55)).isEmpty)
            #expect(try await earlier.outbox.messages(.earlierSlot).isEmpty)
            try await earlier.freed(World.at(1, 11, 30), at: World.at(0, 19, 56))
            #expect(try await earlier.send(at: World.at(0, 20, 1)).isEmpty)
            #expect(try await earlier.outbox.messages(.earlierSlot).map(\.dueAt) == [World.at(1, 8)])
            #expect(try await earlier.send(at: World.at(1, 8)).map(\.number) == ["01"])
        }
    }
}
