import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What is seldom filled in of a file") struct PersonDetailTests {
    /// Changes someone's file to what a form of theirs says.
    static func edit(
        _ person: ID<Person>, by acting: Acting, in store: Store, at now: Instant = World.now,
        _ change: @escaping @Sendable (inout PersonDraft) -> Void
    ) async throws {
        try await store.write { db in
            let before = try Person.find(person, of: acting.territoryID, in: db)!
            var draft = PersonDraft(before)
            draft.detail = PersonDetailDraft(try PersonDetail.of(person, of: acting.territoryID, in: db))
            change(&draft)
            _ = try Person.edit(person, to: draft, version: before.version, by: acting, at: now, in: db)
        }
    }

    @Test("someone is found by their birth name and by the name they use", arguments: Engine.available)
    func birthName(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", born: "1950-12-03", in: store)
            try await Self.edit(person.id, by: worker, in: store) { $0.birthName = "Etchegoyen" }
            for typed in ["lassalle", "etchegoyen anne", "etchegoyen lassalle"] {
                #expect(try await world.find(typed, by: world.worker, in: store) == ["Anne Lassalle"], "\(typed)")
            }
            let stranger = try await world.hire(.worker, in: world.elsewhere, store: store)
            #expect(try await world.find("anne etchegoyen 3/12/1950", by: stranger, in: store) == ["(Anne Lassalle)"])
            try await Self.edit(person.id, by: worker, in: store) { $0.birthName = "" }
            #expect(try await world.find("etchegoyen", by: world.worker, in: store) == [])
        }
    }

    @Test("a whole number finds the person, for those who may find them alone", arguments: Engine.available)
    func numbers(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            try await Self.edit(person.id, by: worker, in: store) {
                $0.detail?.numbers = [.caf: "1234567 a", .franceTravail: "12 34 56 78 90"]
            }
            for typed in ["1234567A", "1234-567 A", "1234567890"] {
                #expect(try await world.find(typed, by: world.worker, in: store) == ["Anne Lassalle"], "\(typed)")
            }
            #expect(try await world.find("1234567", by: world.worker, in: store) == [])
            let stranger = try await world.hire(.worker, in: world.elsewhere, store: store)
            #expect(try await world.find("1234567A", by: stranger, in: store) == [])
            await #expect {
                try await Self.edit(person.id, by: worker, in: store) { $0.detail?.numbers = [.caf: "abc"] }
            } throws: { ($0 as? Refusal)?.fields["number_caf"] != nil }
            let entries = try await world.journal(about: person.id, in: store)
            #expect(entries.contains { $0.payload.contains(#""number_caf.after":"1234567 a""#) })
        }
    }

    @Test("an unborn child has an expected date, within ten months", arguments: Engine.available)
    func expected(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let child = try await world.add("", "Bébé Lacoste", in: store)
            try await Self.edit(child.id, by: worker, in: store) { $0.detail?.expectedBirth = "12/04/2027" }
            let detail = try await store.read { db in try PersonDetail.of(child.id, of: 64, in: db) }
            #expect(detail.expectedBirth == CivilDate("2027-04-12"))
            for wrong in ["12/04/2028", "32/04/2027"] {
                await #expect {
                    try await Self.edit(child.id, by: worker, in: store) { $0.detail?.expectedBirth = wrong }
                } throws: { ($0 as? Refusal)?.fields["expected_birth"] != nil }
            }
        }
    }

    @Test("a confidential address is shown to those who edit, and to nobody else", arguments: Engine.available)
    func hiddenAddress(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", ["0639981111"], commune: "Orthez", in: store)
            try await Self.edit(person.id, by: worker, in: store) {
                $0.address = "3 rue Cachée"
                $0.detail?.discretion.addressHidden = true
            }
            let caller = try await world.acting(try await world.hire(.caller, in: world.organization, store: store), in: store)
            #expect(try await Person.open(person.id, by: worker, at: World.now, in: store).address == "3 rue Cachée")
            let seen = try await Person.open(person.id, by: caller, at: World.now, in: store)
            #expect(seen.address == "" && seen.commune == "" && seen.lastName == "Lassalle")
            let found = try await store.read { db in try Person.search("lassalle", by: caller, in: db) }
            #expect(found.map(\.commune) == [""])
            let known = try await store.read { db in try Person.known(person.id, to: caller, at: World.now, in: db) }
            #expect(known?.address == "")
        }
    }

    @Test("what was never to be written to is never written to: another way, or nothing", arguments: Engine.available)
    func neverWritten(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            let person = try await world.add("Anne", "Lassalle", in: store)
            try await Self.edit(person.id, by: worker, in: store) {
                ($0.address, $0.commune, $0.channel) = ("3 rue des Essais", "Orthez", "letter")
            }
            var booking = world.booking(at: World.at(0, 9))
            booking.personIDs = [person.id]
            _ = try await booking.book(by: worker, at: World.now, in: store)
            #expect(try await Self.queued(for: person.id, in: store) == ["letter 3 rue des Essais\n Orthez"])
            try await Self.edit(person.id, by: worker, in: store) {
                $0.detail?.discretion.neverPost = true
                $0.emails = [.init("anne@example.org")]
            }
            #expect(try await Self.queued(for: person.id, in: store) == ["email anne@example.org"])
            try await Self.edit(person.id, by: worker, in: store) { $0.detail?.discretion.neverEmail = true }
            #expect(try await Self.queued(for: person.id, in: store) == [])
            for channel in [Person.Channel.letter, .email] {
                await #expect(throws: ConstraintViolation(name: "message_discreet")) {
                    try await store.write { db in
                        try db.run(
                            """
                            INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at)
                            VALUES (64, \(ID<Message>.new()), \(person.id), 'change', \(channel), 'x', 0, \(channel.rawValue), 0)
                            """)
                    }
                }
            }
        }
    }

    static func queued(for person: ID<Person>, in store: Store) async throws -> [String] {
        try await store.read { db in
            try Message.due(to: person, of: 64, in: db).map { "\($0.channel.rawValue) \($0.recipient)" }
        }
    }

    @Test("warnings stand on the agenda's rows and on the appointment", arguments: Engine.available)
    func warnings(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), worker = try await world.acting(world.worker, in: store)
            try await Self.edit(world.person.id, by: worker, in: store) {
                $0.detail?.discretion = Discretion(neverVoicemail: true, caution: "  après  18 h ")
            }
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: worker, at: World.now, in: store)
            let said = ["Ne jamais laisser de message", "après 18 h"]
            let row = try await store.read { db in try AgendaAppointment.read([appointment.id], seenBy: worker, in: db) }
            #expect(row.flatMap(\.people).map(\.discretion.warnings) == [said])
            let page = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: worker, in: db) }
            #expect(page.participants.map(\.discretion.warnings) == [said])
        }
    }

    @Test("a field that is off stays as it was, and comes back", arguments: Engine.available)
    func fields(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world
            let worker = try await world.acting(world.worker, in: store)
            let tag = PersonTag(name: "Atelier cuisine")
            try await store.write { db in _ = try tag.create(by: office.admin, at: World.now, in: db) }
            try await Self.edit(world.person.id, by: worker, in: store) {
                $0.birthName = "Etchegoyen"
                $0.detail?.numbers = [.caf: "1234567"]
                $0.detail?.tags = [tag.id]
            }
            let off: Set<PersonField> = [.birthName, .caf, .tags, .discretion]
            try await store.write { db in try PersonField.turnOff(off, by: office.admin, at: World.now, in: db) }
            await #expect(throws: Refusal.forbidden) {
                try await store.write { db in try PersonField.turnOff([], by: worker, at: World.now, in: db) }
            }
            try await Self.edit(world.person.id, by: worker, in: store) {
                ($0.birthName, $0.commune) = ("", "Orthez")
                $0.detail = PersonDetailDraft()
            }
            let (person, detail) = try await store.read { db in
                (try Person.find(world.person.id, of: 64, in: db), try PersonDetail.of(world.person.id, of: 64, in: db))
            }
            #expect(person?.birthName == "Etchegoyen" && person?.commune == "Orthez")
            #expect(detail.tags == [tag.id] && detail.numbers == [ExternalNumber(kind: .caf, number: "1234567")])
            await #expect(throws: Refusal.stillUsed) {
                try await store.write { db in try PersonTag.delete(tag.id, by: office.admin, at: World.now, in: db) }
            }
        }
    }
}
