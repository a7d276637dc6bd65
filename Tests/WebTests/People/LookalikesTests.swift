import Core
import HTTPTypes
import HummingbirdTesting
import Store
import TestKit
import Testing

@testable import Web

@Suite("Who may already exist, while one types")
struct LookalikesTests {
    @Test("the same names and birth date, or the same number, are announced as soon as they are typed", arguments: Engine.available)
    func announced(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let anne = try await site.add("Anne", "Etcheverry") {
                $0.birthDate = "3/12/1950"; $0.phones = [.init("0639981234")]
            }
            let alike = [
                ["last_name": "etcheverry", "first_name": "ANNE", "birth_date": "3 décembre 1950"], ["phone_1": "06 39 98 12 34"],
                ["last_name": "Etcheverry", "first_name": "Anne", "birth_date": "3/1", "phone_1": "06 3"],
                ["phone_2": "+33639981234", "birth_date": "32/13/1950", "email_1": "x"],
            ]
            for typed in alike {
                let answer = try await client.post("/people/lookalikes", typed, as: site.world.reception)
                #expect(answer.status == .ok && answer.text.contains("/people/\(anne.id)\" target=\"_blank\""), "\(typed)")
            }
            for typed in [["last_name": "Etcheverry"], ["last_name": "Lassalle", "phone_1": "06 39 98 12"], [:]] {
                let answer = try await client.post("/people/lookalikes", typed, as: site.world.reception)
                #expect(answer.text == "<div id=\"lookalikes\"></div>", "\(typed)")
            }
            #expect(try await site.journalled(.searched) == 1, "one entry, the rest at the pause")
        }
    }

    @Test("that it is someone else stays said while one goes on typing", arguments: Engine.available)
    func anyway(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            _ = try await site.add("Anne", "Etcheverry") { $0.phones = [.init("0639981234")] }
            let typed = ["phone_1": "0639981234", "create_anyway": "on"]
            let answer = try await client.post("/people/lookalikes", typed, as: site.world.reception)
            #expect(answer.text.contains("name=\"create_anyway\" value=\"on\" checked"))
        }
    }

    @Test("are for those who may create a file", arguments: Engine.available)
    func rights(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let caller = Agent(territoryID: site.world.territory.id, firstName: "Agent", lastName: "appelant")
            try await site.store.write { db in
                try caller.insert(at: World.now, in: db)
                try db.run(
                    "INSERT INTO membership VALUES (\(site.world.territory.id), \(site.world.organization.id), \(caller.id), \(Role.caller))"
                )
            }
            #expect(try await client.post("/people/lookalikes", ["phone_1": "0639981234"], as: caller).status == .forbidden)
        }
    }
}
