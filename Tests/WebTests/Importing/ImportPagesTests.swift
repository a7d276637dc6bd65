import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import TestKit
import Testing

@testable import Web

@Suite("Importing through the pages")
struct ImportPagesTests {
    private func send(_ text: String, _ fields: [(String, String)], _ visitor: Visitor) async throws -> Answered {
        var body = ""
        for (name, value) in fields + [("csrf", visitor.token)] {
            body += "--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"personnes.csv\"\r\n\r\n\(text)\r\n--XyZ--\r\n"
        return try await visitor.upload("/setup/imports", body, type: "multipart/form-data; boundary=XyZ")
    }

    @Test("a file, its preview, other columns, and its report", arguments: Engine.available)
    func whole(_ engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, _, _, visitors in
            let administrator = try #require(visitors.first { $0.0 == "administrator" }?.1)
            let house = ("organization", world.organization.id.description)
            let nothing = try await send("", [("kind", "people"), house], administrator)
            #expect(nothing.status == 422 && nothing.text.contains("Choisissez un fichier CSV"))
            let sent = try await send(
                "NOM;PRENOM;Naissance;Code\nEtcheverry;Anne;3/12/1950;x\nLassalle;Luc;31/02/1950;y\n", [("kind", "people"), house],
                administrator)
            #expect(sent.status == 303)
            let address = try #require(sent.location)
            let preview = try await administrator.get(address)
            #expect(preview.status == 200 && preview.text.contains("Par exemple : Etcheverry") && preview.text.contains("n’existe pas"))
            let columns = [("column_0", "last_name"), ("column_1", "first_name"), ("column_2", ""), ("column_3", "")]
            let without = try await administrator.post("\(address)/preview", [("column_1", "first_name"), ("column_0", "")])
            #expect(without.text.contains("Colonne manquante") && without.text.contains("column_3"))
            let other = try await administrator.post("\(address)/preview", columns)
            #expect(other.status == 200 && !other.text.contains("n’existe pas"))
            let refused = try await administrator.post("\(address)/run", [("all_or_nothing", "on")])
            #expect(refused.status == 409 && refused.text.contains("Rien n’est importé"))
            let done = try await administrator.post("\(address)/run", columns)
            #expect(done.status == 303 && done.location == address)
            let report = try await administrator.get(address)
            #expect(report.text.contains("Nouvelle fiche") && report.text.contains("Import de personnes.csv"))
            let again = try await administrator.post("\(address)/run", columns)
            #expect(again.status == 303)
        }
    }

    @Test("is for administrators of the territory alone", arguments: Engine.available)
    func rights(_ engine: Engine) async throws {
        try await RoleVisitors.with(engine) { world, _, _, visitors in
            for (name, visitor) in visitors where name != "administrator" {
                let sent = try await send(
                    "nom\nX\n", [("kind", "people"), ("organization", world.organization.id.description)], visitor)
                #expect(sent.status == 403, "\(name)")
            }
        }
    }
}
