import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What a campaign says")
struct CampaignTextTests {
    @Test("is checked as templates are, beside its own fields", arguments: Engine.available)
    func checked(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            func fields(_ text: Campaign.Text) async throws -> [String: String] {
                var draft = campaigns.draft
                draft.text = text
                return try await campaigns.refusal { _ = try await campaigns.prepare(draft) }?.fields ?? [:]
            }
            let hard = "L’administration procèdera à la notification réglementaire de l’ajournement de la commission territoriale."
            let said = [
                ("Venez le {jour}.", "l’un de ces mots : {organisation}, {collectivité} et {numéro}."), ("Venez le {date}.", "{collectivité}"), ("Votre RSA est prêt.", "rsa"),
                (hard, "lisibilité"), (String(repeating: "Venez boire un verre. ", count: 60), "SMS"),
            ]
            for (text, expected) in said {
                let sentence = try await fields(.init(sms: text))["sms"] ?? ""
                #expect(sentence.lowercased().contains(expected.lowercased()), "\(sentence)")
            }
            let untitled = try await fields(.init(email: "Venez boire un verre d’eau."))
            #expect(untitled["subject"] != nil)
            let (nothing, plain) = (try await fields(.init()), try await fields(CampaignWorld.text))
            #expect(nothing["sms"] != nil && plain.isEmpty)
        }
    }

    @Test("names the organization and its number, and the territory when the house’s name says too much", arguments: Engine.available)
    func voice(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            var draft = campaigns.draft
            draft.text.sms = "{organisation} : venez boire un verre d’eau.[ Appelez le {numéro}.]"
            let campaign = try await campaigns.prepare(draft)
            func text() async throws -> String? { try await campaigns.store.read { db in try campaign.look(in: db).sms?.text } }
            #expect(try await text() == "MDS d’Orthez : venez boire un verre d’eau.")
            try await campaigns.store.write { db in
                try db.run("UPDATE organization SET name = 'Maison du RSA', phone = '+33536491010' WHERE id = \(campaign.organizationID)")
            }
            let told = try await text()
            #expect(told?.hasPrefix("Département d’essai : venez boire un verre d’eau. Appelez le 05") == true)
        }
    }

    @Test("warns when it would bring more calls than the line takes")
    func overload() {
        let campaign = Campaign(
            territoryID: 64, organization: .new(), name: "x", text: .init(sms: "x"), rate: 60, preparedAt: World.now, preparedBy: .new())
        #expect(campaign.overload(of: CampaignRule(callsPerHour: 100), told: 6_000) == 180)
        #expect(campaign.overload(of: CampaignRule(callsPerHour: 180), told: 6_000) == nil)
        #expect(campaign.overload(of: CampaignRule(callsPerHour: 100), told: 900) == nil)
    }
}
