import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Appointments in the API")
struct BookingAPITests {
    @Test("a program finds a slot, books it, reads it back, moves it, undoes that and cancels it", arguments: Engine.available)
    func wholeStory(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let slots = try await program.get(
                "/slots?reason=\(site.world.reason.id)&site=\(site.world.site.id)&from=2026-11-30&to=2026-11-30")
            #expect(slots.json["slots"]?.array?.count == 12)
            #expect(slots.json["slots"]?.array?.first?["start"] == "2026-11-30T08:00:00Z")
            #expect(slots.json["slots"]?.array?.first?["count"] == 2)
            #expect(slots.json["first_of_places"]?.array?.count == 1)

            let booked = try await program.post(
                "/appointments",
                site.booking {
                    $0["slot"] = true; $0["said"] = "elle a une ordonnance"
                })
            #expect(booked.status == 201, "\(booked.text)")
            let path = "/appointments/\(booked.id)"
            #expect(booked.location == Endpoint.root + path)
            #expect(booked.json["phone"] == "+33639981234" && booked.json["status"] == "upcoming")

            let moved = try await program.post("\(path)/move", ["starts_at": "2026-11-30T14:00:00+01:00", "why": "à sa demande"])
            #expect(moved.json["starts_at"] == "2026-11-30T13:00:00Z", "\(moved.text)")
            let back = try await program.post("\(path)/undoing", ["fact": moved.json["undoable"] ?? .null])
            #expect(back.json["starts_at"] == "2026-11-30T08:00:00Z", "\(back.text)")
            let cancelled = try await program.post("\(path)/cancellation", ["by": "person"])
            #expect(cancelled.json["status"] == "cancelled-by-person", "\(cancelled.text)")
            let read = try await program.get(path)
            #expect(read.json["status"] == "cancelled-by-person" && read.json["said"] == "elle a une ordonnance")
        }
    }

    @Test("of a convocation, what proves that someone was told is read with it", arguments: Engine.available)
    func proof(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let booked = try await program.post("/appointments", site.booking())
            #expect(booked.json["proof"] == .null, "it obliges nobody")
            try await site.store.write { db in try db.run("UPDATE reason SET summons = TRUE, tells_missed = FALSE") }
            let carrier = Sending.Carrier(name: "essai", channel: .sms, isRepeatable: false)
            let batch = try await Sending.take(8, by: carrier, at: World.now, in: site.store)
            try await Sending.record(batch.sendings.map { ($0, .init(.handed, reference: "17")) }, at: World.now, in: site.store)
            let proof = try await program.get("/appointments/\(booked.id)").json["proof"], sent = proof?["sent"]?.array?.first
            #expect(proof?["strength"] == "handed" && sent?["reference"] == "17" && sent?["outcome"] == "handed")
            #expect(sent?["text"]?.text == batch.sendings.first?.rendered.text && sent?["recipient"] == "+33639981234")
        }
    }

    @Test("whoever loses a time is shown the three nearest that are free", arguments: Engine.available)
    func nearest(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let someone = try await site.world.anotherPerson(in: site.store)
            for agent in [site.world.worker, site.world.colleague] {
                let person = agent.id == site.world.worker.id ? site.world.person : someone
                let booked = try await program.post(
                    "/appointments",
                    site.booking {
                        $0["agent"] = .text("\(agent.id)"); $0["people"] = [.text("\(person.id)")]
                    })
                #expect(booked.status == 201, "\(booked.text)")
            }
            let third = try await site.world.anotherPerson(named: "Etcheto", in: site.store)
            let lost = try await program.post("/appointments", site.booking { $0["people"] = [.text("\(third.id)")] })
            #expect(lost.status == 409 && lost.code == "slot-taken")
            let nearest = lost.json["nearest"]?.array?.compactMap { $0["start"]?.text }
            #expect(nearest == ["2026-11-30T08:30:00Z", "2026-11-30T09:00:00Z", "2026-11-30T09:30:00Z"])
        }
    }

    @Test("someone with no file is created and booked in one go, or not at all", arguments: Engine.available)
    func newPerson(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let body = site.booking {
                $0["people"] = nil
                $0["phone"] = nil
                $0["person"] = ["last_name": "Arrieta", "phones": [["number": "05 36 49 00 07"]], "channel": "phone"]
            }
            let people = try await site.count("SELECT count(*) FROM person")
            let booked = try await program.post("/appointments", body)
            #expect(booked.status == 201 && booked.json["phone"] == "+33536490007", "\(booked.text)")
            let again = try await program.post("/appointments", body)
            #expect(again.status == 409 && again.code == "lookalikes")
            let taken = try await program.post(
                "/appointments", body.adding("person", ["last_name": "Iriart", "phones": [["number": "05 36 49 00 08"]]]))
            #expect(taken.status == 409 && taken.code == "slot-taken")
            #expect(try await site.count("SELECT count(*) FROM person") == people + 1)
        }
    }

    @Test("someone may be told of a place that is free sooner: asked while booking, taken off, asked again", arguments: Engine.available)
    func earlier(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let wanted: (Program.Answer) -> JSONValue? = { $0.json["people"]?.array?.first?["wants_earlier"] }
            let booked = try await program.post("/appointments", site.booking { $0["wants_earlier"] = true })
            #expect(booked.status == 201 && wanted(booked) == true, "\(booked.text)")
            let path = "/appointments/\(booked.id)/earlier-wishes", person: JSONValue = ["person": .text("\(site.world.person.id)")]
            for (path, answer) in [("\(path)/removal", false), ("\(path)/removal", false), (path, true)] {
                let changed = try await program.post(path, person)
                #expect(changed.status == 200 && wanted(changed) == .boolean(answer), "\(changed.text)")
            }
            #expect(wanted(try await program.get("/appointments/\(booked.id)")) == true)
            let someone = try await site.world.anotherPerson(in: site.store)
            #expect(try await program.post(path, ["person": .text("\(someone.id)")]).status == 404)
        }
    }

    @Test("what people said is in no list, and only for the agent and the author", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let author = try await site.program(of: site.world.reception)
            let booked = try await author.post("/appointments", site.booking { $0["said"] = "elle vient avec sa fille" })
            let colleague = try await site.program(of: site.world.colleague)
            let worker = try await site.program(of: site.world.worker)
            #expect(try await author.get("/appointments/\(booked.id)").json["said"]?.text != nil)
            #expect(try await worker.get("/appointments/\(booked.id)").json["said"]?.text != nil)
            #expect(try await colleague.get("/appointments/\(booked.id)").json["said"] == .null)
            for program in [author, colleague, worker] {
                for path in [
                    "/appointments?agent=\(site.world.worker.id)&from=2026-11-30", "/agendas/\(site.world.worker.id)?from=2026-11-30",
                ] {
                    let list = try await program.get(path)
                    #expect(list.text.contains(booked.id) && !list.text.contains("fille"), "\(path)")
                }
            }
        }
    }

    @Test("pages of a list neither repeat nor lose anything while appointments are taken", arguments: Engine.available)
    func pages(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            for hour in [9, 10, 11, 14] {
                _ = try await program.post("/appointments", site.booking(at: World.at(0, hour)) { $0["again"] = true })
            }
            var (seen, next) = ([String](), "")
            repeat {
                let page = try await program.get("/appointments?agent=\(site.world.worker.id)&from=2026-11-30&limit=1\(next)")
                seen += page.items.compactMap { $0["starts_at"]?.text }
                if seen.count == 2 {
                    _ = try await program.post("/appointments", site.booking(at: World.at(0, 9, 30)) { $0["again"] = true })
                }
                next = page.json["next"]?.text.map { "&cursor=\($0)" } ?? ""
            } while !next.isEmpty
            #expect(seen == ["08", "09", "10", "13"].map { "2026-11-30T\($0):00:00Z" })
        }
    }

    @Test("unanswered calls are counted, then « manqué » is accepted", arguments: Engine.available)
    func attempts(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let booked = try await program.post("/appointments", site.booking())
            let path = "/appointments/\(booked.id)"
            #expect(try await program.post("\(path)/attempts", [:]).code == "too-early")
            site.deskful.clock.advance(minutes: 21 * 60)
            let missed: JSONValue = ["person": .text("\(site.world.person.id)"), "status": "missed"]
            let renewed = try await site.program(of: site.world.reception)
            #expect(try await renewed.post("\(path)/status", missed).code == "call-again")
            for count in 1...2 {
                let answer = try await renewed.post("\(path)/attempts", [:])
                #expect(answer.status == 201 && answer.json["attempts"]?.array?.count == count, "\(answer.text)")
                site.deskful.clock.advance(minutes: 10)
            }
            #expect(try await renewed.post("\(path)/status", missed).json["status"] == "missed")
        }
    }
}
