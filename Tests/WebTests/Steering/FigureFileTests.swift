import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Figures as files")
struct FigureFileTests {
    @Test("a cell is never a formula, a separator or a line of its own")
    func csv() {
        let dangerous = ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "  =1", "\u{A0}=1", "＝1"]
        for text in dangerous {
            let line = SheetText.line([.text(text)])
            #expect(line.hasPrefix("'") || line.hasPrefix("\"'"), "\(text)")
        }
        #expect(
            SheetText.line([.text("a;b"), .text("dit \"oui\""), .text("deux\nlignes")])
                == "\"a;b\";\"dit \"\"oui\"\"\";\"deux\nlignes\"\r\n")
        #expect(SheetText.line([.count(1_240), .share(0.123), .share(nil), .days(4.5), .hidden]) == "1240;12,3 %;;4,5;moins de 11\r\n")
    }

    @Test("a workbook leaves no file behind, and its texts stay texts")
    func workbook() throws {
        let book = try Workbook()
        book.begin("Par mois : [essai]", columns: ["Mois", "Nombre"])
        for number in 0..<5_000 { book.add([.text("=1+\(number)"), .count(number)]) }
        let path = book.file.path
        let handle = try book.finish()
        #expect(!FileManager.default.fileExists(atPath: path))
        let bytes = try #require(try handle.readToEnd())
        #expect(bytes.starts(with: Array("PK".utf8)) && bytes.count > 20_000)
    }

    @Test("a list is sent day by day, never whole, and the journal has it before its first byte")
    func streamed() async throws {
        try await Engine.sqlite.withStore(Core.Schema.migrations) { store in
            let world = try await World.make(in: store), deskful = try Deskful(store)
            let manager = Agent(territoryID: 64, firstName: "Paul", lastName: "Barrère", email: "paul@example.org")
            let reception = try await world.acting(world.reception, in: store)
            try await store.write { db in
                try manager.insert(at: World.now, in: db)
                try db.run("UPDATE territory SET agent_figures = TRUE")
                try db.run("INSERT INTO membership VALUES (64, \(world.organization.id), \(manager.id), 'manager')")
            }
            for day in 0..<10 {
                var booking = world.booking(at: World.at(7 * day, 9))
                booking.again = true
                _ = try await booking.book(by: reception, at: World.now, in: store)
            }
            try await Agent.setPassword(
                "girafe-compas-tunnel-ardoise", email: "paul@example.org", at: World.now, hasher: deskful.desk.hasher, in: store)
            try await deskful.open { client in
                let visitor = Visitor(client)
                try await visitor.signIn("paul@example.org", "girafe-compas-tunnel-ardoise")
                let list = try await visitor.get("/steering/appointments/csv?from=2026-11-01&to=2027-02-28")
                #expect(list.status == 200 && list.headers[.contentDisposition] == "attachment; filename=\"rendez-vous.csv\"")
                let lines = list.text.split(separator: "\r\n")
                #expect(lines.count == 11 && list.text.hasPrefix("\u{FEFF}Date;Heure;"))
                #expect(!list.text.contains(world.person.lastName) && !list.text.contains("0639"))
                let tables = try await visitor.get("/steering/tables/periods?from=2026-11-01&to=2027-02-28")
                #expect(tables.text.contains("novembre\u{A0}2026;") && tables.text.contains("Total;10;"))
                #expect(try await visitor.get("/steering/tables/rien").status == 404)
                #expect(try await visitor.get("/steering/appointments/pdf").status == 404)
            }
            let exported = try await store.read { db in
                try db.all(
                    """
                    SELECT journal_payload.payload FROM journal_header JOIN journal_payload ON journal_payload.id = journal_header.id
                    WHERE journal_header.act = 'exported' ORDER BY journal_header.id
                    """
                ) { try $0[0] as String }
            }
            #expect(exported.count >= 2 && exported[0].contains("appointments") && exported[0].contains("2026-11-01"))
            #expect(exported[1].contains("tables"))
        }
    }

    @Test("statistics are for everyone, as soon and as long as the territory publishes them")
    func published() async throws {
        try await Engine.sqlite.withStore(Core.Schema.migrations) { store in
            _ = try await World.make(in: store)
            try await Deskful(store).open { client in
                let visitor = Visitor(client)
                #expect(try await visitor.get("/territoire-64/statistics").status == 404)
                #expect(try await visitor.get("/nulle-part/statistics").status == 404)
                try await store.write { db in _ = try db.run("UPDATE territory SET public_figures = TRUE") }
                let page = try await visitor.get("/territoire-64/statistics")
                #expect(page.status == 200 && page.text.contains("moins de 11"))
                let file = try await visitor.get("/territoire-64/statistics/months")
                #expect(file.headers[.cacheControl] == "public, max-age=3600" && file.text.contains("moins de 11"))
                try await store.write { db in _ = try db.run("UPDATE territory SET public_figures = FALSE") }
                #expect(try await visitor.get("/territoire-64/statistics").status == 404)
            }
        }
    }
}
