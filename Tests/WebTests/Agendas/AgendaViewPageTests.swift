import Core
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Agendas by month, in a list, side by side") struct AgendaViewPageTests {
    @Test("a month and a list name each appointment, in as many queries as a day", arguments: Engine.available) func views(
        on engine: Engine
    ) async throws {
        try await AgendaDesk.with(engine) { desk in
            let appointment = try await desk.book(World.at(1, 9, 30))
            let worker = desk.world.worker
            for view in ["month", "list"] {
                let html = try await desk.ask(as: worker) {
                    try await $0.get("/agenda/agents/\(worker.id)?view=\(view)&date=2026-12-01").text
                }
                #expect(html.contains("href=\"/appointments/\(appointment.id)\"") && html.contains("Jeanne Lacoste"), "\(view)")
            }
            let month = try await desk.ask(as: worker) { try await $0.get("/agenda/agents/\(worker.id)?view=month&date=2026-12-01").text }
            #expect(month.contains("<h1>Décembre 2026</h1>"))
            #expect(month.contains("view=month&amp;date=2026-11-01") && month.contains("view=month&amp;date=2027-01-01"))
        }
    }

    @Test("a filter and what is left out of sight stay in every link, and hide", arguments: Engine.available) func filters(
        on engine: Engine
    ) async throws {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(1, 9, 30))
            let worker = desk.world.worker
            let path = "/agenda/agents/\(worker.id)?view=week&date=2026-12-01"
            let missed = try await desk.ask(as: worker) { try await $0.get(path + "&state=missed&hide=openings").text }
            #expect(
                !missed.contains("Jeanne Lacoste") && missed.contains("view=day&amp;date=2026-12-01&amp;state=missed&amp;hide=openings"))
            let coming = try await desk.ask(as: worker) { try await $0.get(path + "&state=upcoming&reason=\(desk.world.reason.id)").text }
            #expect(coming.contains("Jeanne Lacoste"))
            let none = try await desk.ask(as: worker) { try await $0.get(path + "&hide=appointments").text }
            #expect(!none.contains("Jeanne Lacoste"))
            let wrong = try await desk.ask(as: worker) { try await $0.get(path + "&state=lost").status }
            #expect(wrong == .unprocessableContent)
        }
    }

    @Test("agents chosen freely stand side by side, and are kept under a name", arguments: Engine.available) func together(
        on engine: Engine
    ) async throws {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(1, 9, 30))
            let (worker, colleague) = (desk.world.worker, desk.world.colleague)
            let both = "agents=\(worker.id)&agents=\(colleague.id)"
            for view in ["day", "week", "month", "list"] {
                let html = try await desk.ask(as: worker) { try await $0.get("/agenda/together?\(both)&view=\(view)&date=2026-12-01").text }
                #expect(html.contains("Jeanne Lacoste") && html.contains("Garder ce groupe"), "\(view)")
            }
            let fields = [("agents", worker.id.description), ("agents", colleague.id.description), ("name", "Le jeudi")]
            let kept = try await desk.ask(as: worker) { try await $0.post("/agenda/groups", fields) }
            let address = try #require(kept.headers[.location])
            #expect(kept.status == .seeOther && address.hasPrefix("/agenda/groups/"))
            let group = try await desk.ask(as: worker) { try await $0.get(address + "?date=2026-12-01").text }
            #expect(group.contains("Le jeudi") && group.contains("Jeanne Lacoste") && group.contains(colleague.name))
            #expect(try await desk.ask(as: colleague) { try await $0.get(address).status } == .notFound)
            let again = try await desk.ask(as: worker) { try await $0.post("/agenda/groups", fields) }
            #expect(again.status == .unprocessableContent && again.text.contains("déjà un groupe de ce nom"))
            #expect(again.text.contains("value=\"Le jeudi\""), "what was typed stays")
        }
    }

    @Test("preferences are obeyed: hours, week-end, colours, legend", arguments: Engine.available) func preferences(on engine: Engine)
        async throws
    {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(1, 9, 30))
            let worker = desk.world.worker
            let path = "/agenda/agents/\(worker.id)?view=week&date=2026-12-01"
            let before = try await desk.ask(as: worker) { try await $0.get(path).text }
            #expect(!before.contains("samedi<small>") && before.contains("by-reason") && before.contains("class=\"legend\""))
            let form = [
                ("first_hour", "6"), ("last_hour", "21"), ("weekend", "on"), ("colours", "status"), ("changes", "soon"), ("emails", "none"),
            ]
            #expect(try await desk.ask(as: worker) { try await $0.post("/account/preferences", form).status } == .seeOther)
            let after = try await desk.ask(as: worker) { try await $0.get(path).text }
            #expect(after.contains("samedi<small>") && after.contains("by-status") && after.contains("<li>6\u{A0}h</li>"))
            #expect(!after.contains("class=\"legend\""))
            let refused = try await desk.ask(as: worker) {
                try await $0.post(
                    "/account/preferences",
                    [("first_hour", "18"), ("last_hour", "8"), ("colours", "none"), ("changes", "all"), ("emails", "all")])
            }
            #expect(refused.status == .unprocessableContent && refused.text.contains("La fin doit être après le début"))
        }
    }
}
