import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Who did not come is told how to take another appointment")
struct MissedWordTests {
    /// An appointment at the site, Monday at 9, closed as missed at 9.40 unless said.
    private func missed(
        _ outbox: Outbox, by person: Person? = nil, start: Instant = World.at(0, 9), closedAt now: Instant = World.at(0, 9, 40)
    ) async throws -> Appointment {
        try await outbox.store.write { db in try db.run("UPDATE reason SET how = 'site' WHERE id = \(outbox.world.reason.id)") }
        let appointment = try await outbox.book(start, for: person)
        try await outbox.send()
        try await close(appointment, .missed, of: person, in: outbox, at: now)
        return appointment
    }

    private func close(
        _ appointment: Appointment, _ status: Participation.Status, of person: Person? = nil, in outbox: Outbox, at now: Instant
    ) async throws {
        try await appointment.close(status, for: (person ?? outbox.world.person).id, by: outbox.reception, at: now, in: outbox.store)
    }

    private func set(_ outbox: Outbox, _ change: @Sendable @escaping (inout Reason) -> Void) async throws {
        try await outbox.store.write { db in
            var reason = outbox.world.reason
            change(&reason)
            try reason.update(of: 64, in: db)
        }
    }

    private func listed(_ outbox: Outbox, at now: Instant) async throws -> [ToCall.Line] {
        let found = try await outbox.store.read { db in try ToCall.read(for: outbox.reception, at: now, in: db) }
        #expect(try await outbox.store.read { db in try ToCall.count(for: outbox.reception, at: now, in: db) } == found.count)
        return found.lines
    }

    @Test("two hours after, once, in kind words", arguments: Engine.available)
    func told(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await missed(outbox)
            #expect(try await outbox.take(at: World.at(0, 11, 39)).isEmpty)
            let sent = try await outbox.send(at: World.at(0, 11, 40))
            #expect(sent.map(\.recipient) == ["+33639981234"])
            let text = try #require(sent.first?.rendered.text)
            #expect(text.contains("nous vous attendions le lundi 30 novembre") && !text.contains("RSA"), "\(text)")
            #expect(sent.first?.rendered.templateVersionID == Template.shipped(.missed, .sms).version.id)
            // Put right and wrong again: it was said.
            try await close(appointment, .attended, in: outbox, at: World.at(0, 12))
            try await close(appointment, .missed, in: outbox, at: World.at(0, 12, 5))
            #expect(try await outbox.send(at: World.at(1, 10)).isEmpty)
            #expect(try await outbox.messages(.missed).map(\.state) == [.handed])
            #expect(try await listed(outbox, at: World.at(1, 10)).isEmpty)
        }
    }

    @Test("not when the status was put right meanwhile, and all the same when it was wrong again", arguments: Engine.available)
    func corrected(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await missed(outbox)
            try await close(appointment, .attended, in: outbox, at: World.at(0, 10))
            #expect(try await outbox.take(at: World.at(0, 12)).isEmpty)
            try await close(appointment, .missed, in: outbox, at: World.at(0, 14))
            // As if the correction had withdrawn nothing: the door alone judges.
            try await outbox.store.write { db in
                try db.run("UPDATE participation SET status = 'attended' WHERE appointment_id = \(appointment.id)")
            }
            #expect(try await outbox.take(at: World.at(0, 16)).isEmpty)
            #expect(try await outbox.messages(.missed).map(\.because) == [nil, .corrected])
            #expect(try await outbox.messages(.missed).map(\.state) == [.withdrawn, .withdrawn])
        }
    }

    @Test("not when another appointment was taken meanwhile, nor a week after, nor at night", arguments: Engine.available)
    func untrue(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await missed(outbox)
            try await outbox.book(World.at(3, 9), at: World.at(0, 10))
            #expect(try await outbox.send(at: World.at(0, 12)).map(\.rendered.text).allSatisfy { $0.contains("jeudi") })
            #expect(try await outbox.messages(.missed).map(\.because) == [.retaken])
        }
        try await Outbox.with(engine) { outbox in
            _ = try await missed(outbox, start: World.at(0, 19), closedAt: World.at(0, 19, 30))
            #expect(try await outbox.take(at: World.at(0, 21, 30)).isEmpty)
            #expect(try await outbox.messages(.missed).map(\.dueAt) == [World.at(1, 8)])
            try await outbox.store.write { db in try db.run("UPDATE message SET due_at = \(World.at(8, 10)) WHERE purpose = 'missed'") }
            #expect(try await outbox.take(at: World.at(8, 10)).isEmpty)
            #expect(try await outbox.messages(.missed).map(\.because) == [.past])
        }
    }

    @Test(
        "never for a reason that does not want it, nor for one that obliges: the schema refuses both at once", arguments: Engine.available)
    func reasons(on engine: Engine) async throws {
        for change: @Sendable (inout Reason) -> Void in [{ $0.tellsMissed = false }, { $0.isSummons = true }] {
            try await Outbox.with(engine) { outbox in
                try await set(outbox, change)
                _ = try await missed(outbox)
                #expect(try await outbox.messages(.missed).isEmpty)
                #expect(try await listed(outbox, at: World.at(0, 14)).isEmpty)
                await #expect(throws: ConstraintViolation(name: "reason_missed")) {
                    try await outbox.store.write { db in try db.run("UPDATE reason SET tells_missed = TRUE, summons = TRUE") }
                }
            }
        }
    }

    @Test("whom no message reaches is listed to be called, until called or until they take another", arguments: Engine.available)
    func listed(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let (silent, taking) = (
                try await outbox.world.anotherPerson(in: outbox.store),
                try await outbox.world.anotherPerson(named: "Etchegoyen", in: outbox.store)
            )
            let appointment = try await missed(outbox, by: silent)
            _ = try await missed(outbox, by: taking, start: World.at(0, 10), closedAt: World.at(0, 10, 40))
            _ = try await missed(outbox, start: World.at(0, 11), closedAt: World.at(0, 11, 10))
            #expect(try await outbox.messages(.missed).count == 1, "one has a mobile")
            #expect(try await listed(outbox, at: World.at(0, 11, 39)).isEmpty)
            let lines = try await listed(outbox, at: World.at(0, 15))
            #expect(lines.map(\.personName) == ["Jean Dupouy", "Jean Etchegoyen"] && lines.allSatisfy { $0.purpose == .missed })
            try await outbox.book(World.at(3, 9), at: World.at(0, 15), for: taking)
            #expect(try await listed(outbox, at: World.at(0, 15)).map(\.personName) == ["Jean Dupouy"])
            let call: @Sendable () async throws -> Void = {
                try await outbox.store.write { db in
                    try ToCall.called(silent.id, about: appointment.id, by: outbox.reception, at: World.at(0, 15), in: db)
                }
            }
            try await call()
            await #expect(throws: Refusal.alreadyCalled) { try await call() }
            #expect(try await listed(outbox, at: World.at(0, 15)).isEmpty)
        }
    }

    @Test("said missed by two at once, it is one", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            let appointment = try await missed(outbox)
            try await close(appointment, .attended, in: outbox, at: World.at(0, 9, 45))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await appointment.close(
                            .missed, for: outbox.world.person.id, by: outbox.reception, at: World.at(0, 10), in: stores[number % 2])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await outbox.messages(.missed).map(\.state) == [.withdrawn, .waiting])
            for store in stores { await store.close() }
        }
    }

    @Test("an answer of NON to it frees nothing", arguments: Engine.available)
    func answered(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            _ = try await missed(outbox)
            let other = Reason(serviceID: outbox.world.social.id, name: "Budget", minutes: 30, how: .site)
            try await outbox.store.write { db in try other.insert(of: 64, in: db) }
            var booking = outbox.world.booking(at: World.at(3, 9))
            booking.reasonID = other.id
            let next = try await booking.book(by: outbox.reception, at: World.at(0, 10), in: outbox.store)
            try await outbox.send(at: World.at(0, 10))
            #expect(try await outbox.send(at: World.at(0, 12)).count == 1)
            let reply = try await Reply.take(
                .init(gateway: "essai", reference: nil, sender: "+33639981234", text: "NON"), at: World.at(0, 12, 5), in: outbox.store)
            #expect(reply?.effect == .toRead)
            #expect(try await outbox.store.read { db in try Participation.of(next, in: db).map(\.status) } == [.upcoming])
        }
    }
}
