import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Nobody is left without a reminder")
struct ToCallTests {
    /// Someone with a number, an e-mail address, or nothing.
    private func someone(
        _ name: String, in outbox: Outbox, mobile: String? = nil, landline: String? = nil, email: String? = nil,
        channel: Person.Channel = .sms
    ) async throws -> Person {
        var person = Person(territoryID: 64, firstName: "Jean", lastName: name, createdAt: World.now)
        person.channel = channel
        person.phones = [(mobile, true), (landline, false)].compactMap { number, mobile in
            number.map { Person.Phone(number: $0, mobile: mobile) }
        }
        let made = person
        try await outbox.store.write { db in
            try made.insertForTests(in: [outbox.world.organization.id], db: db)
            if let email { try db.run("INSERT INTO person_email VALUES (\(64), \(made.id), 0, \(email), '', NULL)") }
        }
        return made
    }

    @Test("those reached and those listed are those due", arguments: Engine.available)
    func all(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let outbox = try await Outbox.make(in: store)
            let people = [
                try await someone("Mobile", in: outbox, mobile: "+33639980001"),
                try await someone("Fixe", in: outbox, landline: "+33536490001"),
                try await someone("Adresse", in: outbox, email: "jean@example.org", channel: .email),
                try await someone("Rien", in: outbox), try await someone("Aucun", in: outbox, mobile: "+33639980002", channel: .none),
                try await someone("Refusé", in: outbox, mobile: "+33639980003"),
                try await someone("Appel", in: outbox, mobile: "+33639980004", channel: .phone),
            ]
            for (index, person) in people.enumerated() {
                try await outbox.book(World.at(9, 9).adding(minutes: 30 * index), for: person)
            }
            try await outbox.send()
            let soon = World.at(7, 15)
            try await Reminder.find(at: World.at(5, 9), in: store)
            #expect(try await listed(outbox, at: World.at(7, 8)).isEmpty, "not before it is due")
            for sending in try await outbox.take(at: soon) {
                let answer = Delivery.Answer(sending.recipient == "+33639980003" ? .refused : .handed)
                try await Sending.record([(sending, answer)], at: soon, in: store)
            }
            let lines = try await listed(outbox, at: soon)
            #expect(Set(lines.map(\.personName)) == ["Jean Fixe", "Jean Rien", "Jean Aucun", "Jean Refusé", "Jean Appel"])
            #expect(lines.first { $0.personName == "Jean Refusé" }?.because == .refused)
            #expect(lines.first { $0.personName == "Jean Fixe" }?.phones == ["+33536490001"])
            let (due, reached): (Int, Int) = try await store.read { db in
                let due: Int? = try db.first("SELECT count(*) FROM \(Reminder.due(at: soon, of: 64))") { try $0[0] }
                let reached: Int? = try db.first("SELECT count(*) FROM \(Reminder.due(at: soon, of: 64)) AND \(Reminder.reached)") {
                    try $0[0]
                }
                return (due ?? 0, reached ?? 0)
            }
            #expect(due == people.count)
            #expect(reached + lines.count == due)
        }
    }

    @Test("who was called is listed no more, once", arguments: Engine.available)
    func called(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let outbox = try await Outbox.make(in: store)
            let person = try await someone("Fixe", in: outbox, landline: "+33536490001")
            let appointment = try await outbox.book(World.at(9, 9), for: person)
            try await Reminder.find(at: World.at(5, 9), in: store)
            let now = World.at(7, 15)
            #expect(try await listed(outbox, at: now).count == 1)
            try await store.write { db in
                try ToCall.called(person.id, about: appointment.id, by: outbox.reception, at: now, in: db)
            }
            #expect(try await listed(outbox, at: now).isEmpty)
            await #expect(throws: Refusal.alreadyCalled) {
                try await store.write { db in
                    try ToCall.called(person.id, about: appointment.id, by: outbox.reception, at: now, in: db)
                }
            }
        }
    }

    private func listed(_ outbox: Outbox, at now: Instant) async throws -> [ToCall.Line] {
        let found = try await outbox.store.read { db in try ToCall.read(for: outbox.reception, at: now, in: db) }
        let count = try await outbox.store.read { db in try ToCall.count(for: outbox.reception, at: now, in: db) }
        #expect(found.count == found.lines.count && count == found.count)
        return found.lines
    }
}
