import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Words for an agent")
struct MemoTests {
    private func draft(_ world: World, text: String = "Rappeler pour le loyer.") -> MemoDraft {
        MemoDraft(
            agentID: world.worker.id, organizationID: world.organization.id, personID: world.person.id, caller: "Mme Etcheto",
            phone: "06 39 98 12 34", text: text, dueAt: World.now.adding(minutes: 60))
    }

    private func waiting(_ acting: Acting, _ store: Store) async throws -> [MemoDetails] {
        try await store.read { db in try MemoDetails.waiting(for: acting, now: World.now, in: db) }
    }

    @Test("a memo waits on top of the agent's day until they called back", arguments: Engine.available)
    func waits(_ engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store), worker = try await world.acting(world.worker, in: store)
            let before = try await agendas.version(of: world.worker, in: store)
            let memo = try await store.claim { db in try draft(world).leave(by: reception, at: World.now, in: db) }
            #expect(memo.phone == "+33639981234")
            #expect(try await agendas.version(of: world.worker, in: store) > before, "open screens hear of it")
            #expect(try await waiting(worker, store).map(\.memo.id) == [memo.id])
            #expect(try await waiting(reception, store).isEmpty)

            try await store.claim { db in try Memo.answer(memo.id, .notReached, by: worker, at: World.now, in: db) }
            let open = try await waiting(worker, store)
            #expect(open.map(\.last?.act) == [.notReached])
            try await store.claim { db in try Memo.answer(memo.id, .calledBack, by: worker, at: World.now, in: db) }
            #expect(try await waiting(worker, store).isEmpty)
            try await store.claim { db in try Memo.answer(memo.id, .reopened, by: worker, at: World.now, in: db) }
            #expect(try await waiting(worker, store).count == 1)
        }
    }

    @Test("it goes to the team when the agent is away, and to a colleague when it is passed on", arguments: Engine.available)
    func goesToTheTeam(_ engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store),
                colleague = try await world.acting(world.colleague, in: store)
            let midwife = try await world.acting(agendas.midwife, in: store), worker = try await world.acting(world.worker, in: store)
            let memo = try await store.claim { db in try draft(world).leave(by: reception, at: World.now, in: db) }
            #expect(try await waiting(colleague, store).isEmpty, "the agent is there")

            let today = World.paris.civil(World.now).date
            let absence = AbsenceDraft(
                agentID: world.worker.id, title: "", stretch: StretchDraft(date: today, from: 0, to: 1440, pattern: .once))
            _ = try await Absence.create(absence, by: worker, at: World.now, in: store)
            let team = try await waiting(colleague, store)
            #expect(team.map(\.isForTeam) == [true])
            #expect(try await waiting(midwife, store).isEmpty, "another service reads nothing of it")

            try await store.claim { db in try Memo.pass(memo.id, to: agendas.midwife.id, by: colleague, at: World.now, in: db) }
            #expect(try await waiting(midwife, store).map(\.isForTeam) == [false])
            #expect(try await waiting(worker, store).isEmpty)
        }
    }

    @Test("who works elsewhere neither reads it nor leaves one", arguments: Engine.available)
    func staysInside(_ engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store),
                stranger = try await world.acting(agendas.stranger, in: store)
            let memo = try await store.claim { db in try draft(world).leave(by: reception, at: World.now, in: db) }
            await #expect(throws: Refusal.notFound) {
                try await store.claim { db in try Memo.answer(memo.id, .calledBack, by: stranger, at: World.now, in: db) }
            }
            await #expect(throws: Refusal.forbidden) {
                try await store.claim { db in try draft(world).leave(by: stranger, at: World.now, in: db) }
            }
        }
    }

    @Test("of two colleagues who settle it at once, one is told that it is done", arguments: Engine.available)
    func race(_ engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store), worker = try await world.acting(world.worker, in: store)
            let memo = try await store.claim { db in try draft(world).leave(by: reception, at: World.now, in: db) }
            let told = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
                for acting in [reception, worker] {
                    group.addTask {
                        do {
                            try await store.claim { db in try Memo.answer(memo.id, .calledBack, by: acting, at: World.now, in: db) }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(told.filter { $0 }.count == 1)
        }
    }

    @Test("a text that is too long is refused with a sentence, and by the schema", arguments: Engine.available)
    func tooLong(_ engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, long = String(repeating: "é", count: 201)
            let reception = try await world.acting(world.reception, in: store)
            let refusal = await #expect(throws: Refusal.self) {
                try await store.claim { db in try draft(world, text: long).leave(by: reception, at: World.now, in: db) }
            }
            #expect(refusal?.fields["text"] != nil)
            let memo = try await store.claim { db in try draft(world).leave(by: reception, at: World.now, in: db) }
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in try db.run("UPDATE memo SET text = \(long) WHERE id = \(memo.id)") }
            }
            #expect(violation?.name == "memo_text")
        }
    }
}
