import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Agents are told of their agenda as they ask")
struct AgendaWordTests {
    private static let mail = Sending.Carrier(
        name: "courriel", channel: .email, isRepeatable: false, address: "rendez-vous@example.org",
        changesPage: "https://lien.example.org/agenda/changes")

    private func asking(_ wanted: AgendaPreference.Changes, _ agent: Agent, in outbox: Outbox) async throws {
        let acting = try await outbox.world.acting(agent, in: outbox.store)
        try await outbox.store.write { db in try AgendaPreference(emails: wanted).save(by: acting, at: World.now, in: db) }
    }

    private func told(_ outbox: Outbox) async throws -> [Message] {
        try await outbox.messages().filter { $0.toAgentID != nil }
    }

    @discardableResult
    private func mail(_ outbox: Outbox, at now: Instant) async throws -> [Sending] {
        let sendings = try await outbox.take(Self.mail, at: now)
        try await Sending.record(sendings.map { ($0, .init(.handed)) }, at: now, chance: 0.5, in: outbox.store)
        return sendings
    }

    @Test("nobody who asks nothing, and nobody of what they did themselves", arguments: Engine.available)
    func silence(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            #expect(try await told(outbox).isEmpty)
            try await asking(.all, outbox.world.worker, in: outbox)
            let worker = try await outbox.world.acting(outbox.world.worker, in: outbox.store)
            let own = try await outbox.world.booking(at: World.at(4, 9)).booked(again: true, by: worker, at: World.now, in: outbox.store)
            try await own.cancel(.cancelledByService, why: "", by: worker, at: World.now, in: outbox.store)
            #expect(try await told(outbox).isEmpty)
        }
    }

    @Test("one e-mail for what changed within minutes, with neither the person nor the reason", arguments: Engine.available)
    func together(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let standing = [try await outbox.book(World.at(3, 9)), try await outbox.book(World.at(4, 9))]
            try await asking(.all, outbox.world.worker, in: outbox)
            let now = World.at(0, 9)
            try await outbox.book(World.at(5, 9), at: now)
            let place = AppointmentFact.Place(agentID: outbox.world.worker.id, startsAt: World.at(3, 14))
            _ = try await standing[0].move(to: place, by: outbox.reception, at: now.adding(minutes: 2), in: outbox.store)
            try await standing[1].cancel(.cancelledByPerson, why: "", by: outbox.reception, at: now.adding(minutes: 4), in: outbox.store)
            #expect(try await mail(outbox, at: now.adding(minutes: 4)).isEmpty, "others may follow")
            let sent = try await mail(outbox, at: now.adding(minutes: 5))
            let text = try #require(sent.first?.rendered.text)
            #expect(sent.count == 1 && sent[0].recipient == outbox.world.worker.email && sent[0].calendar == nil)
            #expect(sent[0].rendered.subject == "3 changements dans votre agenda")
            for said in [
                "Pris : samedi 5 décembre à 9 h", "Déplacé : jeudi 3 décembre à 14 h", "au lieu du jeudi 3 décembre à 9 h",
                "Annulé ou donné à un autre : vendredi 4 décembre à 9 h", "https://lien.example.org/agenda/changes",
            ] {
                #expect(text.replacing("\u{A0}", with: " ").contains(said), "\(said): \(text)")
            }
            for secret in ["Lacoste", "Jeanne", "RSA", "06 39"] {
                #expect(!text.replacing("\u{A0}", with: " ").contains(secret), "\(text)")
            }
            #expect(try await told(outbox).map(\.state) == [.handed, .handed, .handed])
            #expect(try await mail(outbox, at: World.at(0, 12)).isEmpty)
        }
    }

    @Test("of one appointment, what came of it in the end", arguments: Engine.available)
    func settled(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            for agent in [outbox.world.worker, outbox.world.colleague] { try await asking(.all, agent, in: outbox) }
            let taken = try await outbox.book(World.at(3, 9))
            try await taken.cancel(.cancelledByPerson, why: "", by: outbox.reception, at: World.now.adding(minutes: 1), in: outbox.store)
            #expect(try await told(outbox).map(\.state) == [.withdrawn], "given back before it was told")
            // Booked with one, given to the other: one has nothing to learn, the other that it is theirs.
            let given = try await outbox.book(World.at(4, 9))
            let place = AppointmentFact.Place(agentID: outbox.world.colleague.id, startsAt: World.at(4, 9))
            _ = try await given.move(to: place, by: outbox.reception, at: World.now.adding(minutes: 1), in: outbox.store)
            let waiting = try await told(outbox).filter { $0.state == .waiting }
            #expect(waiting.map(\.toAgentID) == [outbox.world.colleague.id] && waiting.map(\.purpose) == [.confirmation])
            #expect(try await mail(outbox, at: World.at(0, 9)).map(\.recipient) == [outbox.world.colleague.email])
            // And back: the one loses it, the other has it.
            let back = AppointmentFact.Place(agentID: outbox.world.worker.id, startsAt: World.at(4, 9))
            let now = World.at(0, 10)
            _ = try await given.move(to: back, by: outbox.reception, at: now, in: outbox.store)
            let sent = try await mail(outbox, at: now.adding(minutes: 5))
            let texts = Dictionary(uniqueKeysWithValues: sent.map { ($0.recipient, $0.rendered.text) })
            #expect(texts[outbox.world.worker.email ?? ""]?.contains("– Pris") == true)
            #expect(texts[outbox.world.colleague.email ?? ""]?.contains("– Annulé ou donné") == true)
        }
    }

    @Test("of today and tomorrow only, when that is what they ask", arguments: Engine.available)
    func soon(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.soon, outbox.world.worker, in: outbox)
            let later = try await outbox.book(World.at(3, 9))
            #expect(try await told(outbox).isEmpty)
            try await outbox.book(World.at(0, 9))
            let place = AppointmentFact.Place(agentID: outbox.world.worker.id, startsAt: World.at(0, 11))
            _ = try await later.move(to: place, by: outbox.reception, at: World.now, in: outbox.store)
            #expect(Set(try await told(outbox).map(\.purpose)) == [.confirmation, .change])
        }
    }

    @Test("at the door what is no longer so stays, and what is no longer asked", arguments: Engine.available)
    func door(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.all, outbox.world.worker, in: outbox)
            let booked = try await outbox.book(World.at(3, 9))
            // As if the cancellation had withdrawn nothing: the door alone judges.
            try await outbox.store.write { db in
                try db.run("UPDATE participation SET status = 'cancelled-by-person' WHERE appointment_id = \(booked.id)")
            }
            #expect(try await mail(outbox, at: World.at(0, 9)).isEmpty)
            #expect(try await told(outbox).map(\.because) == [.cancelled])
            try await outbox.book(World.at(4, 9))
            try await asking(.none, outbox.world.worker, in: outbox)
            #expect(try await mail(outbox, at: World.at(0, 9)).isEmpty)
            #expect(Set(try await told(outbox).compactMap(\.because)) == [.cancelled, .opposed])
        }
    }

    @Test("what the person asked for themselves changes nothing in it, and it is in no file of theirs", arguments: Engine.available)
    func apart(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await asking(.all, outbox.world.worker, in: outbox)
            var detail = PersonDetail()
            detail.discretion.neverEmail = true
            let never = detail
            try await outbox.store.write { db in try never.write(outbox.world.person.id, of: 64, in: db) }
            let booked = try await outbox.book(World.at(3, 9))
            #expect(try await told(outbox).count == 1)
            let (about, to) = try await outbox.store.read { db in
                (try Message.due(about: booked, in: db), try Message.due(to: outbox.world.person.id, of: 64, in: db))
            }
            #expect(about.count == 1 && to.count == 1 && about[0].toAgentID == nil && to[0].toAgentID == nil)
            _ = try await Reply.take(
                .init(gateway: "essai", reference: nil, sender: "+33639981234", text: "NON"), at: World.now, in: outbox.store)
            #expect(try await told(outbox).map(\.state) == [.withdrawn])
        }
    }

    @Test("only by e-mail, and for nobody else: the schema refuses another", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let insert: @Sendable (String, ID<Agent>, ID<Person>?) async throws -> Void = { channel, agent, other in
                try await outbox.store.write { db in
                    _ = try db.run(
                        """
                        INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at,
                          names_reason, to_agent_id, to_person_id)
                        VALUES (64, \(ID<Message>.new()), \(outbox.world.person.id), 'change', \(channel), 'x', 0, \(channel), 0, FALSE,
                          \(agent), \(other))
                        """)
                }
            }
            let worker = outbox.world.worker.id
            await #expect(throws: ConstraintViolation(name: "message_to_agent")) { try await insert("sms", worker, nil) }
            await #expect(throws: ConstraintViolation(name: "message_to_agent")) {
                try await insert("email", worker, outbox.world.person.id)
            }
            await #expect(throws: ConstraintViolation.self) { try await insert("email", .new(), nil) }
            try await insert("email", worker, nil)
        }
    }

    @Test("taken by two nodes at once, what several did leaves in one e-mail", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            try await asking(.all, outbox.world.worker, in: outbox)
            for hour in [9, 10, 11, 14, 15] { try await outbox.book(World.at(3, hour)) }
            let now = World.now.adding(minutes: 10)
            let sent = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for number in 0..<6 {
                    group.addTask {
                        var all: [Sending] = []
                        while case let batch = try await Sending.take(2, by: Self.mail, at: now, in: stores[number % 2]), batch.seen > 0 {
                            all += batch.sendings
                        }
                        return all
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sent.count == 1 && sent[0].along.count == 4, "\(sent.map(\.along.count))")
            for store in stores { await store.close() }
        }
    }
}
