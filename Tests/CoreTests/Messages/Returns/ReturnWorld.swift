import Core
import Scheduling
import Store
import TestKit

@testable import Core

/// Someone who is written to by e-mail, and the mailbox where what comes back is read.
struct ReturnWorld: Sendable {
    let outbox: Outbox
    let person: Person
    static let carrier = Sending.Carrier(name: "courriel", channel: .email, isRepeatable: false)
    static let address = "retour+{token}@example.org"

    var store: Store { outbox.store }

    /// - Parameter mobile: without one nothing else reaches them by itself.
    static func with(_ engine: Engine, mobile: Bool = true, _ test: (ReturnWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            try await test(try await make(try await Outbox.make(in: store), mobile: mobile))
        }
    }

    static func make(_ outbox: Outbox, mobile: Bool = true) async throws -> ReturnWorld {
        var person = Person(territoryID: 64, firstName: "Jean", lastName: "Adresse", channel: .email, createdAt: World.now)
        if mobile { person.phones = [Person.Phone(number: "+33639985678", mobile: true)] }
        person.emails = [Person.Email(address: "jean@example.org")]
        let made = person
        try await outbox.store.write { db in
            try made.insertForTests(in: [outbox.world.organization.id], db: db)
            try db.run(
                "INSERT INTO person_email (territory_id, person_id, rank, address, label) VALUES (64, \(made.id), 0, 'jean@example.org', '')"
            )
        }
        return ReturnWorld(outbox: outbox, person: person)
    }

    func book(_ start: Instant) async throws -> Appointment { try await outbox.book(start, for: person) }

    /// What is due leaves.
    @discardableResult
    func send(at now: Instant = World.now) async throws -> [Sending] {
        let sendings = try await Sending.take(20, by: Self.carrier, at: now, in: store).sendings
        try await Sending.record(sendings.map { ($0, .init(.handed)) }, at: now, in: store)
        return sendings
    }

    func reading(at now: Instant = World.now, in store: Store? = nil) async throws -> ReturnReading? {
        try await ReturnReading.take("courriel", at: Self.address, now: now, in: store ?? self.store)
    }

    /// Puts a letter into the mailbox and reads it.
    @discardableResult
    func comesBack(
        _ mail: ReturnedMail?, to delivery: ID<Delivery>?, uid: Int64 = 1, at now: Instant = World.now
    ) async throws -> ReturnReading.Kind? {
        guard let reading = try await reading(at: now) else { return nil }
        let kind = try await reading.record(.init(validity: 7, uid: uid, delivery: delivery, mail: mail), at: now, in: store)
        try await reading.end(nil, at: now, in: store)
        return kind
    }

    /// The person as they are now.
    func now() async throws -> Person? {
        try await store.read { [person] db in try Person.find(person.id, of: 64, in: db) }
    }

    func messages() async throws -> [Message] { try await outbox.messages().filter { $0.personID == person.id } }
}

extension ReturnedMail {
    static func bounce(_ status: String = "5.1.1", action: String = "failed") -> ReturnedMail {
        var mail = ReturnedMail(head: [.init("Auto-Submitted", "auto-replied")], sender: "MAILER-DAEMON@mx.example.org")
        mail.statuses = [[.init("Reporting-MTA", "dns; mx")], [.init("Action", action), .init("Status", status)]]
        return mail
    }

    static func answer(_ text: String, id: String = "<1@mobile.example.org>", from sender: String = "jean@example.org") -> ReturnedMail {
        ReturnedMail(head: [.init("Message-ID", id), .init("Subject", "Re: Votre rendez-vous")], sender: sender, plain: text)
    }
}
