import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Creating a person") struct PersonCreatingTests {
    private func draft(_ change: (inout PersonDraft) -> Void = { _ in }) -> PersonDraft {
        var draft = PersonDraft()
        draft.lastName = "Lassalle"
        change(&draft)
        return draft
    }

    @Test("a name is enough, and the person is found at once", arguments: Engine.available)
    func nameOnly(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let new = NewPerson(draft(), organizationID: world.organization.id, informed: true)
            let person = try await store.write { db in try new.create(by: reception, at: World.now, in: db) }
            #expect(person.informedAt == World.now && person.informedBy == world.reception.id && person.createdBy == world.reception.id)
            #expect(try await world.find("lassalle", by: world.reception, in: store) == ["Lassalle"])
            let entries = try await world.journal(about: person.id, in: store)
            #expect(entries.map(\.act) == [.created])
            #expect(!entries[0].payload.contains("Lassalle"))
        }
    }

    @Test("everything that was typed is kept, tidied", arguments: Engine.available)
    func everything(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let typed = draft { draft in
                draft.firstName = "  Anne \u{A0} Marie\t"
                draft.birthDate = "3 décembre 1950"
                draft.phones = [
                    .init("05 36 49 00 01", label: "domicile"), .init(""), .init("06.39.98.12.34", label: "fille"), .init("+33639981234"),
                ]
                draft.emails = [.init("Anne@Example.ORG", label: "")]
                draft.postalCode = "64300"
                draft.commune = "Orthez"
                draft.needs = "parler fort, interprète arabe"
                draft.language = "ar"
                draft.channel = "phone"
            }
            let new = NewPerson(typed, organizationID: world.organization.id, informed: false)
            let created = try await store.write { db in try new.create(by: reception, at: World.now, in: db) }
            let person = try await Person.open(created.id, by: reception, at: World.now, in: store)
            #expect(person == created)
            #expect(person.firstName == "Anne Marie" && person.birthDate == CivilDate(year: 1950, month: 12, day: 3))
            #expect(person.phones.map(\.number) == ["+33536490001", "+33639981234"])
            #expect(person.phones.map(\.label) == ["domicile", "fille"] && person.phones.map(\.mobile) == [false, true])
            #expect(person.emails.map(\.address) == ["Anne@example.org"] && person.informedAt == nil)
        }
    }

    @Test("all that is wrong is said at once, beside each field, and nothing is written", arguments: Engine.available)
    func wrong(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let typed = draft { draft in
                draft.lastName = " ' "
                draft.firstName = String(repeating: "a", count: 101)
                draft.birthDate = "30 février 1950"
                draft.phones = [.init("0639981234"), .init("12"), .init("", label: "fille")]
                draft.emails = [.init("anne@"), .init("anne@example.org", label: String(repeating: "x", count: 41))]
                draft.postalCode = "é"
                draft.needs = String(repeating: "x", count: 501)
                draft.language = "français"
                draft.channel = "pigeon"
            }
            let new = NewPerson(typed, organizationID: world.organization.id, informed: false)
            let expected = [
                "first_name", "birth_date", "phone_2", "phone_3", "email_1", "email_label_2", "postal_code", "needs", "language", "channel",
            ]
            await #expect {
                try await store.write { db in _ = try new.create(by: reception, at: World.now, in: db) }
            } throws: { error in
                guard let refusal = error as? Refusal else { return false }
                return refusal.kind == .invalid && Set(refusal.fields.keys) == Set(expected)
            }
            #expect(try await store.read { db in try db.all("SELECT count(*) FROM person") { try $0[0] as Int } } == [1])
        }
    }

    @Test(
        "nobody is born after today, before 1900, or without a name",
        arguments: [("30/11/2026", "birth_date"), ("31/12/1899", "birth_date"), ("12/1950", "birth_date"), ("hier", "birth_date")])
    func bounds(_ typed: String, _ field: String) {
        var draft = draft { $0.birthDate = typed }
        let today = CivilDate(year: 2026, month: 11, day: 29)!
        let blank = Person(territoryID: 1, lastName: "", createdAt: World.now)
        #expect(throws: Refusal.self) { try draft.applied(to: blank, region: "FR", today: today) }
        draft.birthDate = "29/11/2026"
        #expect(throws: Never.self) { try draft.applied(to: blank, region: "FR", today: today) }
        draft.lastName = ""
        #expect(throws: Refusal.self) { try draft.applied(to: blank, region: "FR", today: today) }
        draft.firstName = "Anne"
        #expect(throws: Never.self) { try draft.applied(to: blank, region: "FR", today: today) }
    }

    @Test("only who may edit people there creates them", arguments: Engine.available)
    func rights(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            for agent in [
                try await world.hire(.admin, in: world.organization, store: store),
                try await world.hire(.caller, in: world.organization, store: store),
            ] {
                let acting = try await world.acting(agent, in: store)
                let new = NewPerson(draft(), organizationID: world.organization.id, informed: false)
                await #expect(throws: Refusal.forbidden) {
                    try await store.write { db in _ = try new.create(by: acting, at: World.now, in: db) }
                }
            }
            let reception = try await world.acting(world.reception, in: store)
            let new = NewPerson(draft(), organizationID: world.elsewhere.id, informed: false)
            await #expect(throws: Refusal.forbidden) {
                try await store.write { db in _ = try new.create(by: reception, at: World.now, in: db) }
            }
        }
    }

    @Test("someone with no file and a landline is created and booked in one go, or not at all", arguments: Engine.available)
    func createdAndBooked(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let new = NewPerson(draft { $0.phones = [.init("05 36 49 00 01")] }, organizationID: world.organization.id, informed: true)
            let book: @Sendable (Writer) throws -> Appointment = { db in
                let person = try new.create(by: reception, at: World.now, in: db)
                var booking = world.booking(at: World.at(0, 9))
                booking.personIDs = [person.id]
                booking.phone = person.phones.first?.number
                return try booking.book(by: reception, at: World.now, in: db)
            }
            let appointment = try await store.claim(book)
            #expect(appointment.phone == "+33536490001")
            await #expect(throws: (any Error).self) { _ = try await store.claim(book) }
            #expect(try await world.find("lassalle", by: world.reception, in: store) == ["Lassalle"])
        }
    }

    @Test("who may already be this person is shown: the same name and birth date, the same number", arguments: Engine.available)
    func lookalikes(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.add("Anne", "LASSALLE", born: "1950-12-03", in: store)
            _ = try await world.add("Anne", "Lassalle", born: "1999-01-01", in: store)
            _ = try await world.add("Luc", "Autre", ["0536490001"], to: [world.elsewhere], in: store)
            func names(_ change: (inout PersonDraft) -> Void) async throws -> [String] {
                let new = NewPerson(draft(change), organizationID: world.organization.id, informed: false)
                let found = try await store.read { db in try new.lookalikes(by: reception, at: World.now, in: db) }
                return found.map { "\($0.name) \($0.birthDate?.year ?? 0)\($0.elsewhere ? " ailleurs" : "")" }
            }
            #expect(
                try await names {
                    $0.firstName = "Ânne"; $0.birthDate = "3/12/1950"
                } == ["Anne LASSALLE 1950"])
            #expect(try await names { $0.firstName = "Anne" }.count == 2)
            #expect(try await names { $0.firstName = "Annette" } == [])
            #expect(try await names { $0.phones = [.init("05.36.49.00.01")] } == ["Luc Autre 0 ailleurs"])
        }
    }
}
