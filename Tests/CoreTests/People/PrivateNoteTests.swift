import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Private notes, and all that is kept of someone") struct PrivateNoteTests {
    private func write(
        _ text: String, _ visibility: Note.Visibility, _ world: World, by acting: Acting, in store: Store
    ) async throws {
        try await store.write { db in
            _ = try Note.add(
                text, of: world.social.id, seenBy: visibility, on: world.person.id, by: acting, at: World.now, in: db)
        }
    }

    private func read(_ world: World, by acting: Acting, in store: Store) async throws -> Set<String> {
        try await store.read { db in Set(try Note.of(world.person.id, readBy: acting, in: db).map(\.text)) }
    }

    @Test("a private note is read by its author alone; one for everyone by those who follow the person", arguments: Engine.available)
    func visibility(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world
            let worker = try await world.acting(world.worker, in: store), colleague = try await world.acting(world.colleague, in: store)
            let manager = try await world.acting(
                try await world.hire(.manager, in: world.organization, [world.social], store: store), in: store)
            let nurse = try await world.acting(try await world.hire(.worker, in: world.organization, [world.pmi], store: store), in: store)
            try await write("Pour moi", .secret, world, by: worker, in: store)
            try await write("Pour nous", .service, world, by: worker, in: store)
            try await write("Pour tous", .everyone, world, by: worker, in: store)
            #expect(try await read(world, by: worker, in: store) == ["Pour moi", "Pour nous", "Pour tous"])
            for other in [colleague, manager] { #expect(try await read(world, by: other, in: store) == ["Pour nous", "Pour tous"]) }
            #expect(try await read(world, by: nurse, in: store) == ["Pour tous"])
            #expect(try await read(world, by: office.admin, in: store) == [])
            #expect(try await store.number("SELECT count(*) FROM note WHERE text = 'Pour moi'") == 0)
        }
    }

    @Test("who leaves hands their private notes over or has them deleted, and the schema sees to it", arguments: Engine.available)
    func leaving(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world
            let worker = try await world.acting(world.worker, in: store), colleague = try await world.acting(world.colleague, in: store)
            try await store.write { db in
                for table: SQL in ["opening_reason", "opening"] { try db.run("DELETE FROM \(table)") }
            }
            try await write("Pour moi", .secret, world, by: worker, in: store)
            await #expect(throws: ConstraintViolation(name: "agent_keeps_notes")) {
                try await store.write { db in try db.run("UPDATE agent SET disabled_at = 1 WHERE id = \(world.worker.id)") }
            }
            await #expect(throws: Refusal.keepsNotes) {
                try await store.write { db in try Agent.disable(world.worker.id, by: office.admin, at: World.now, in: db) }
            }
            await #expect {
                try await store.write { db in
                    try Agent.disable(
                        world.worker.id, notes: .handedOver(world.reception.id), by: office.admin, at: World.now, in: db)
                }
            } throws: { ($0 as? Refusal)?.code == "not-a-successor" }
            try await store.write { db in
                try Agent.disable(world.worker.id, notes: .handedOver(world.colleague.id), by: office.admin, at: World.now, in: db)
            }
            #expect(try await read(world, by: colleague, in: store) == ["Pour moi"])
            try await store.write { db in
                try Agent.disable(world.colleague.id, notes: .deleted, by: office.admin, at: World.now, in: db)
            }
            #expect(try await store.number("SELECT count(*) FROM private_note") == 0)
            let entries = try await world.journal(about: world.person.id, in: store).filter { $0.payload.contains("private-note") }
            #expect(entries.map(\.act) == [.changed, .deleted])
        }
    }

    @Test("the person is handed all of it, private notes too, by the data-protection role with a reason", arguments: Engine.available)
    func access(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store), world = office.world, person = world.person.id
            let worker = try await world.acting(world.worker, in: store)
            try await write("Pour moi", .secret, world, by: worker, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: worker, at: World.now, in: store)
            let officer = Acting(
                territory: world.territory, agent: world.reception, roles: [:], territoryRoles: [.dataProtection])
            await #expect(throws: Refusal.consultFirst) {
                try await store.write { db in _ = try PersonAccess.export(person, by: officer, at: World.now, in: db) }
            }
            for other in [worker, office.admin] {
                await #expect(throws: Refusal.forbidden) {
                    try await store.write { db in _ = try PersonAccess.export(person, by: other, at: World.now, in: db) }
                }
            }
            let access = try await store.write { db in
                try Journal.consult(person, because: "elle le demande", by: officer, at: World.now, in: db)
                return try PersonAccess.export(person, by: officer, at: World.now, in: db)
            }
            let said = access.sections.flatMap { $0.items.flatMap { $0 } }
            for value in ["Lacoste", "Pour moi", "Premier contact RSA", "+33639981234", "MDS d’Orthez"] {
                #expect(said.contains { $0.value == value }, "\(value)")
            }
            #expect(try await world.journal(about: person, in: store).last?.act == .exported)
        }
    }
}
