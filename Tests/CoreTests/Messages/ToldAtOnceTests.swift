import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("One message for what one act does to several who are told through one person")
struct ToldAtOnceTests {
    private let mobile = "+33639981234"

    /// The mother's at 9, one child's at 9.30, the other's at 10, booked in one act.
    private func family(_ outbox: Outbox, at now: Instant = World.now) async throws -> [Appointment] {
        let children = [try await outbox.child("Léo"), try await outbox.child("Mia")]
        let (world, reception) = (outbox.world, outbox.reception)
        return try await outbox.store.claim { db in
            let people = [world.person] + children
            return try people.enumerated().map { number, person in
                var booking = world.booking(at: World.at(9, 9).adding(minutes: 30 * number))
                (booking.personIDs, booking.again) = ([person.id], true)
                return try booking.book(by: reception, at: now, in: db)
            }
        }
    }

    private func check(_ sent: [Sending], _ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let text = try #require(sent.first?.rendered.text, sourceLocation: sourceLocation)
        #expect(sent.count == 1 && sent[0].along.count == 2 && sent[0].recipient == mobile, "\(text)", sourceLocation: sourceLocation)
        for word in words { #expect(text.contains(word), "\(word): \(text)", sourceLocation: sourceLocation) }
        #expect(SMSText(text).parts.count <= 2, sourceLocation: sourceLocation)
    }

    @Test("taken one after the other: one SMS that names them", arguments: Engine.available)
    func booked(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await family(outbox)
            try check(try await outbox.send(), ["9 h", "9 h 30 pour Léo Lacoste", "10 h pour Mia Lacoste"])
            #expect(try await outbox.messages(.confirmation).map(\.state) == [.handed, .handed, .handed])
            #expect(try await outbox.send(at: World.now.adding(minutes: 5)).isEmpty)
        }
    }

    @Test("moved together, and cancelled together", arguments: Engine.available)
    func changed(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let booked = try await family(outbox)
            try await outbox.send()
            let now = World.at(0, 9), reception = outbox.reception, worker = outbox.world.worker.id
            try await outbox.store.claim { db in
                for one in booked {
                    _ = try one.move(to: .init(agentID: worker, startsAt: one.startsAt.adding(days: 1)), by: reception, at: now, in: db)
                }
            }
            try check(try await outbox.send(at: now), ["jeudi 10 décembre", "pour Léo Lacoste", "pour Mia Lacoste"])
            let later = now.adding(minutes: 30)
            try await outbox.store.claim { db in
                for one in booked { try one.cancel(.cancelledByService, why: "", by: reception, at: later, in: db) }
            }
            let sent = try await outbox.send(at: later)
            try check(sent, ["n'a pas lieu", "Pas non plus le", "pour Léo Lacoste", "pour Mia Lacoste"])
            #expect(try await outbox.messages(.cancellation).map(\.state) == [.handed, .handed, .handed])
        }
    }

    @Test("those of an agent who is away today", arguments: Engine.available)
    func away(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let child = try await outbox.child("Léo"), now = World.at(0, 8, 30)
            try await outbox.book(World.at(0, 14))
            try await outbox.book(World.at(0, 15), for: child)
            try await outbox.send(at: now)
            _ = try await Absence.declareToday(
                of: outbox.world.worker.id, wholeDay: true, by: outbox.reception, at: now, in: outbox.store)
            let sent = try await outbox.send(at: now)
            #expect(sent.count == 1 && sent[0].along.count == 1)
            #expect(sent[0].rendered.text.contains("pour Léo Lacoste"), "\(sent[0].rendered.text)")
        }
    }

    @Test("the invitation of each in an e-mail of its own", arguments: Engine.available)
    func email(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            let carrier = Sending.Carrier(name: "courriel", channel: .email, isRepeatable: false, address: "rendez-vous@example.org")
            let child = try await world.outbox.child("Léo", of: world.person)
            _ = try await world.book(World.at(3, 9))
            try await world.outbox.book(World.at(3, 10), for: child)
            let sent = try await Sending.take(20, by: carrier, at: World.now, in: world.store).sendings
            #expect(
                sent.map(\.recipient) == ["jean@example.org", "jean@example.org"]
                    && sent.allSatisfy { $0.calendar != nil && $0.along.isEmpty })
        }
    }

    @Test("a convocation alone; what is told to another reader too", arguments: Engine.available)
    func apart(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let booked = try await family(outbox)
            try await outbox.store.write { db in try db.run("UPDATE reason SET summons = TRUE, tells_missed = FALSE") }
            let sent = try await outbox.send()
            #expect(sent.count == 3 && sent.allSatisfy { $0.along.isEmpty } && booked.count == 3)
        }
        try await Outbox.with(engine) { outbox in
            // Who shares her number and is told for himself gets his own.
            var brother = Person(territoryID: 64, firstName: "Jean", lastName: "Lacoste", createdAt: World.now)
            brother.phones = [Person.Phone(number: mobile, mobile: true)]
            let made = brother
            try await outbox.store.write { db in try made.insertForTests(in: [outbox.world.organization.id], db: db) }
            try await outbox.book(World.at(9, 9))
            try await outbox.book(World.at(9, 9, 30), for: made)
            let sent = try await outbox.send()
            #expect(sent.count == 2 && sent.allSatisfy { $0.recipient == mobile && $0.along.isEmpty })
        }
    }

    @Test("found by who reads, and not among all that waits")
    func plan() async throws {
        try await Outbox.with(.sqlite) { outbox in
            let someone = outbox.world.person.id
            var told = Message(
                territoryID: 64, personID: someone, appointmentID: ID<Appointment>.new(), purpose: .confirmation, channel: .sms,
                recipient: mobile, dueAt: World.now)
            var asked = [told]
            told = Message(
                territoryID: 64, personID: someone, appointmentID: ID<Appointment>.new(), purpose: .reminder, channel: .sms,
                recipient: mobile, dueAt: World.now)
            asked.append(told)
            told.toAgentID = outbox.world.worker.id
            asked.append(told)
            for (message, index) in zip(asked, ["message_to_other", "message_recalling", "message_for_agent"]) {
                let which = try #require(message.sameText(until: World.now))
                let plan = try await outbox.store.read { db in
                    try db.all("EXPLAIN QUERY PLAN SELECT 1 FROM message WHERE \(which)") { try $0[3] as String }
                }
                #expect(plan.contains { $0.contains(index) } && !plan.contains { $0.contains("message_waiting") }, "\(plan)")
            }
        }
    }

    @Test("asked for by two nodes at once, those of several families, they are one a family", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            let (world, reception) = (outbox.world, outbox.reception)
            // Their messages lie between each other: each worker leads one family and holds members of another.
            var families: [[Person]] = []
            for number in 0..<4 {
                let mother = try await outbox.mother(number)
                var members = [mother]
                for name in ["Ana", "Beñat"] { members.append(try await outbox.child("\(name)\(number)", of: mother)) }
                families.append(members)
            }
            let all = families
            for (rank, minutes) in [0, 120, 240].enumerated() {
                try await outbox.store.claim { db in
                    for (number, members) in all.enumerated() {
                        var booking = world.booking(at: World.at(9, 9).adding(minutes: minutes + 30 * number))
                        (booking.personIDs, booking.again) = ([members[rank].id], true)
                        _ = try booking.book(by: reception, at: World.now, in: db)
                    }
                }
            }
            let sent = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for number in 0..<6 {
                    group.addTask {
                        var sendings: [Sending] = []
                        while case let batch = try await Sending.take(2, by: Outbox.sms, at: World.now, in: stores[number % 2]),
                            batch.seen > 0
                        {
                            sendings += batch.sendings
                        }
                        return sendings
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sent.reduce(0) { $0 + 1 + $1.along.count } == 12, "each is told once")
            #expect(sent.count == 4 && Set(sent.map(\.recipient)).count == 4, "\(sent.map { [$0.recipient, "\($0.along.count)"] })")
            for store in stores { await store.close() }
        }
    }
}
