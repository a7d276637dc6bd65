import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A day’s list to take away")
struct DayListTests {
    private func export(of agent: Agent, by reader: Agent, _ world: World, _ store: Store) async throws -> DayList {
        let acting = try await world.acting(reader, in: store)
        return try await store.write { db in
            try DayList.export(of: agent.id, on: World.monday, as: .csv, by: acting, at: World.now, in: db)
        }
    }

    @Test("is in order of time, with who accompanies and the number to call, and the journal says so first", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 10)).book(by: reception, at: World.now, in: store)
            _ = try await world.booking(at: World.at(0, 9)).booked(again: true, by: reception, at: World.now, in: store)
            let mother = try await world.anotherPerson(in: store)
            try await store.write { db in try db.run("INSERT INTO accompaniment VALUES (64, \(appointment.id), \(mother.id))") }
            let list = try await export(of: world.worker, by: world.worker, world, store)
            let lines = try #require(list.agents.first?.lines)
            #expect(lines.map(\.minutes) == [540..<570, 600..<630])
            #expect(lines.map(\.visit?.phone) == ["+33639981234", "+33639981234"])
            #expect(lines.map(\.visit?.accompanying) == [[], ["Jean Dupouy"]])
            for person in [world.person, mother] {
                let entries = try await world.journal(about: person.id, in: store).filter { $0.act == .exported }
                #expect(entries.map(\.payload) == [#"{"as":"csv","date":"2026-11-30","what":"day-list"}"#], "\(person.lastName)")
            }
            let ofList: [Journal.Act] = try await store.read { db in
                try db.all("SELECT act FROM journal_header WHERE territory_id = 64 AND subject_id = \(world.worker.id)") { try $0[0] }
            }
            #expect(ofList == [.exported])
        }
    }

    @Test("is not found by who may not open the agenda, and nothing is journalled as taken", arguments: Engine.available)
    func access(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            for reader in [agendas.stranger, agendas.midwife] {
                await #expect(throws: Refusal.notFound, "\(reader.name)") {
                    _ = try await export(of: world.worker, by: reader, world, store)
                }
            }
            #expect(try await world.journal(about: world.person.id, in: store).allSatisfy { $0.act != .exported })
        }
    }

    @Test("gives a home visit its address, unless it is confidential: then on no paper", arguments: Engine.available)
    func address(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let midwife = try await world.acting(agendas.midwife, in: store)
            _ = try await agendas.visitBooking(at: World.at(0, 9)).book(by: midwife, at: World.now, in: store)
            try await store.write { db in
                try db.run(
                    "UPDATE person SET address = '12 rue des Essais', commune = 'Orthez', needs = 'parler fort' WHERE id = \(world.person.id)"
                )
            }
            let visit = try await export(of: agendas.midwife, by: agendas.midwife, world, store).agents.first?.lines.first?.visit
            #expect(visit?.place == "12 rue des Essais, Orthez")
            #expect(visit?.isPlaceHidden == false)
            #expect(visit?.needs == ["parler fort"])
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden, caution)
                    VALUES (64, \(world.person.id), FALSE, FALSE, FALSE, TRUE, '')
                    """)
            }
            let hidden = try await export(of: agendas.midwife, by: agendas.midwife, world, store).agents.first?.lines.first?.visit
            #expect(hidden?.place == "")
            #expect(hidden?.needs == ["parler fort"])
            #expect(hidden?.isPlaceHidden == true)
        }
    }

    @Test("of what may not be seen keeps only the time, and is not a reading of that person’s file", arguments: Engine.available)
    func masks(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let midwife = try await world.acting(agendas.midwife, in: store)
            _ = try await agendas.visitBooking(at: World.at(0, 9)).book(by: midwife, at: World.now, in: store)
            try await store.write { db in
                try db.run("INSERT INTO agent_service VALUES (64, \(agendas.midwife.id), \(world.social.id))")
            }
            let list = try await export(of: agendas.midwife, by: world.worker, world, store)
            #expect(list.agents.first?.lines == [DayList.Line(minutes: 540..<600)])
            #expect(try await world.journal(about: world.person.id, in: store).allSatisfy { $0.act != .exported })
        }
    }

    @Test("as a file runs nothing in a spreadsheet, and keeps what separates its cells")
    func file() {
        let text = CSV.text([["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"], ["a;b", "dit \"oui\"", "deux\nlignes", "é", ""]])
        let expected = "\u{FEFF}'=1+1;'+33;'-2;'@SUM(A1);'\t=1\r\n\"a;b\";\"dit \"\"oui\"\"\";\"deux\nlignes\";é;\r\n"
        #expect(Array(text.utf8) == Array(expected.utf8))
    }

    @Test("names no discreet reason, even to the agent whose day it is: paper is left on tables", arguments: Engine.available)
    func discreet(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 10)).book(by: reception, at: World.now, in: store)
            #expect(
                try await export(of: world.worker, by: world.worker, world, store).agents[0].lines.map(\.visit?.reason) != [Reason.unnamed])
            try await store.write { db in
                try db.run("UPDATE reason SET discreet = TRUE WHERE territory_id = 64 AND id = \(appointment.reasonID)")
            }
            #expect(
                try await export(of: world.worker, by: world.worker, world, store).agents[0].lines.map(\.visit?.reason) == [Reason.unnamed])
        }
    }
}
