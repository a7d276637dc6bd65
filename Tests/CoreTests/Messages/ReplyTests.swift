import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What people answer to an SMS")
struct ReplyTests {
    private let mobile = "+33639981234"

    private func answer(
        _ text: String, in outbox: Outbox, from sender: String = "06 39 98 12 34", reference: String? = nil, at now: Instant = World.now
    ) async throws -> Reply? {
        try await Reply.take(
            .init(gateway: "essai", reference: reference, sender: sender, text: text), at: now, in: outbox.store)
    }

    private func status(of appointment: Appointment, in outbox: Outbox) async throws -> [Participation.Status] {
        try await outbox.store.read { db in try Participation.of(appointment, in: db).map(\.status) }
    }

    @Test(
        "is understood whatever the case, the accents and a letter of difference",
        arguments: [
            ("OUI", ReplyMeaning.yes), ("oui merci", .yes), ("Oui !", .yes), ("d’accord", .yes), ("Ok", .yes), ("non", .no), ("NON.", .no),
            ("Bonjour, non merci", .no), ("ANNULER", .no), ("anuler", .no), ("Annulé", .no), ("je ne peux pas venir", .no), ("STOP", .stop),
            ("stopp", .stop), ("Stop SMS", .stop), ("rappel", .callBack), ("Rapeller", .callBack), ("rappelez-moi svp", .callBack),
            ("oui mais pas le matin", .words), ("nom", .words), ("non oui", .words), ("", .words), ("merci", .words),
            ("Je suis malade, stop ou encore ?", .words), ("annulaire", .words),
        ])
    func meaning(_ text: String, _ expected: ReplyMeaning) {
        #expect(ReplyMeaning(text) == expected, "\(text)")
    }

    @Test("OUI confirms the time that it is about, and changes nothing else", arguments: Engine.available)
    func yes(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9))
            let reply = try await answer("Oui", in: outbox)
            #expect(reply?.effect == .confirmed && reply?.forStart == appointment.startsAt && reply?.settledAt != nil)
            #expect(try await status(of: appointment, in: outbox) == [.upcoming])
        }
    }

    @Test("NON frees the only appointment to come, and says how to have another", arguments: Engine.available)
    func no(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9))
            try await outbox.send()
            let reply = try await answer("non", in: outbox)
            #expect(reply?.effect == .freed && reply?.personID == outbox.world.person.id)
            #expect(try await status(of: appointment, in: outbox) == [.cancelledByPerson])
            let said = try await outbox.messages(.cancellation)
            #expect(said.count == 1 && said[0].recipient == mobile)
            #expect(try await outbox.take().first?.rendered.text.contains("n'a pas lieu") == true)
            // The time is free: someone else has it at once.
            let other = try await outbox.world.anotherPerson(in: outbox.store)
            try await outbox.book(World.at(3, 9), for: other)
        }
    }

    @Test("NON frees nothing when there are two, or when one is obliged to come: the number to call is told", arguments: Engine.available)
    func standing(on engine: Engine) async throws {
        for obliges in [false, true] {
            try await Outbox.with(engine) { outbox in
                var booked = [try await outbox.book(World.at(3, 9))]
                if obliges {
                    try await outbox.store.write { db in
                        var reason = outbox.world.reason
                        reason.isSummons = true
                        try reason.update(of: 64, in: db)
                    }
                } else {
                    booked.append(try await outbox.book(World.at(4, 9)))
                }
                let reply = try await answer("NON", in: outbox)
                #expect(reply?.effect == .standing && reply?.settledAt == nil)
                for appointment in booked { #expect(try await status(of: appointment, in: outbox) == [.upcoming]) }
                let told = try await outbox.messages(.standing)
                #expect(told.count == 1 && told[0].recipient == mobile && told[0].dueAt == World.now)
                #expect(try await outbox.take().contains { $0.rendered.text.contains("a toujours lieu") })
            }
        }
    }

    @Test("STOP is immediate: what waits goes another way, and nothing writes an SMS again", arguments: Engine.available)
    func stop(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9))
            let reply = try await answer("STOP", in: outbox)
            #expect(reply?.effect == .stopped && reply?.settledAt == nil)
            #expect(try await outbox.take().isEmpty)
            #expect(try await outbox.messages().allSatisfy { $0.channel != .sms || $0.withdrawnAt != nil })
            let place = AppointmentFact.Place(agentID: outbox.world.worker.id, startsAt: World.at(3, 10))
            _ = try await appointment.move(to: place, by: outbox.reception, at: World.now, in: outbox.store)
            #expect(try await outbox.take().isEmpty)
            let discretion = try await outbox.store.read { db in try Discretion.of(outbox.world.person.id, of: 64, in: db) }
            #expect(discretion.neverSMS && discretion.warnings.contains("Ne veut pas de SMS"))
            await #expect(throws: ConstraintViolation(name: "message_discreet")) {
                try await outbox.store.write { db in
                    try db.run(
                        """
                        INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at,
                          names_reason)
                        VALUES (64, \(ID<Message>.new()), \(outbox.world.person.id), 'confirmation', 'sms', \(mobile), 0, 'x', 0, FALSE)
                        """)
                }
            }
        }
    }

    @Test("STOP after a campaign stops campaigns, and nothing else", arguments: Engine.available)
    func stopOfCampaigns(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let (person, message) = (outbox.world.person.id, ID<Message>.new())
            try await outbox.store.write { db in
                try db.run(
                    """
                    INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at, sent_at)
                    VALUES (64, \(message), \(person), 'campaign', 'sms', \(mobile), 0, 'campaign', 0, 0)
                    """)
                try db.run(
                    """
                    INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at, ended_at, outcome)
                    VALUES (64, \(ID<Delivery>.new()), \(message), 'essai', 'sms', \(mobile), FALSE, \(World.now), \(World.now), 'handed')
                    """)
            }
            let reply = try await answer("stop", in: outbox)
            #expect(reply?.effect == .opposed && reply?.settledAt != nil)
            let discretion = try await outbox.store.read { db in try Discretion.of(person, of: 64, in: db) }
            #expect(discretion.neverCampaign && !discretion.neverSMS)
            #expect(try await outbox.take().count == 1, "the confirmation of their appointment leaves")
        }
    }

    @Test("anything else is for those who see the appointment, until one of them says that it is done", arguments: Engine.available)
    func words(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let (world, store) = (outbox.world, outbox.store)
            try await outbox.book(World.at(3, 9))
            let reply = try #require(try await answer("Je viens avec mon fils, c’est possible ?", in: outbox))
            #expect(reply.effect == .toRead)
            let worker = try await world.acting(world.worker, in: store)
            for acting in [worker, outbox.reception] {
                let seen = try await store.read { db in
                    (try ReplyDetails.all(seenBy: acting, settledSince: World.now, in: db), try Reply.count(for: acting, in: db))
                }
                #expect(seen.0.map(\.reply.id) == [reply.id] && seen.1 == 1)
            }
            try await store.write { db in try Reply.settle(reply.id, by: worker, at: World.now, in: db) }
            #expect(try await store.read { db in try Reply.count(for: outbox.reception, in: db) } == 0)
            await #expect(throws: Refusal.replySettled) {
                try await store.write { db in try Reply.settle(reply.id, by: outbox.reception, at: World.now, in: db) }
            }
        }
    }

    @Test("brought twice it is one answer; from a number that nobody has, it is kept all the same", arguments: Engine.available)
    func twice(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            let first = try await answer("non", in: outbox, reference: "17")
            try await outbox.book(World.at(4, 9))
            let again = try await answer("non", in: outbox, reference: "17")
            #expect(first?.id == again?.id && again?.effect == .freed)
            let stranger = try await answer("Qui êtes-vous ?", in: outbox, from: "06 39 98 99 99")
            #expect(stranger?.effect == .toRead && stranger?.personID == nil)
            #expect(try await outbox.store.read { db in try Reply.count(for: outbox.reception, in: db) } == 1)
        }
    }

    @Test("brought eight times at once it is one answer; what no database holds is left out", arguments: Engine.available)
    func atOnce(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let long = "a\0" + String(repeating: "e\u{301}", count: 2000)
            let ids = try await withThrowingTaskGroup(of: ID<Reply>?.self) { group in
                for _ in 0..<8 { group.addTask { try await answer(long, in: outbox, reference: "17")?.id } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1 && !ids.contains(nil))
            let texts: [String] = try await outbox.store.read { db in try db.all("SELECT text FROM reply") { try $0[0] } }
            #expect(
                texts.count == 1 && texts[0].unicodeScalars.count == Reply.longest
                    && texts[0].unicodeScalars.starts(with: "ae".unicodeScalars))
        }
    }

    @Test("of two NON at once, and a second appointment being booked, at most one appointment is freed", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        for round in 0..<8 {
            try await Outbox.with(engine) { outbox in
                let first = try await outbox.book(World.at(3, 9))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for turn in 0..<2 { group.addTask { _ = try await answer("non", in: outbox, reference: "\(turn)") } }
                    group.addTask { _ = try await outbox.book(World.at(4, 9)) }
                    try await group.waitForAll()
                }
                let freed = try await outbox.store.read { db in
                    try db.first("SELECT count(*) FROM reply WHERE effect = 'freed'") { try $0[0] as Int } ?? 0
                }
                let cancelled = try await outbox.store.read { db in
                    try db.first("SELECT count(*) FROM participation WHERE status = 'cancelled-by-person'") { try $0[0] as Int } ?? 0
                }
                #expect(freed <= 1 && freed == cancelled, "round \(round)")
                if freed == 0 { #expect(try await status(of: first, in: outbox) == [.upcoming]) }
            }
        }
    }
}
