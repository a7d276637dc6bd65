import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The audience of a campaign")
struct CampaignAudienceTests {
    @Test("is those told and those left out, each counted once, for one cause", arguments: Engine.available)
    func counted(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            // The world's own person is told by SMS.
            try await campaigns.person(1)
            try await campaigns.person(2, channel: .email, email: "a@example.org")
            try await campaigns.person(3, mobile: "", email: "b@example.org")
            try await campaigns.person(4, channel: .none)
            try await campaigns.person(5, channel: .letter)
            try await campaigns.person(6, channel: .phone, landline: true)
            try await campaigns.person(7, landline: true)
            try await campaigns.person(8, mobile: "+33639980001")
            try await campaigns.archive(campaigns.person(9), .deceased)
            try await campaigns.archive(campaigns.person(10), .moved)
            try await campaigns.detail(campaigns.person(11), neverVoicemail: true)
            try await campaigns.detail(campaigns.person(12, mobile: "", email: "c@example.org"), neverEmail: true)
            try await campaigns.person(13, of: campaigns.world.elsewhere)
            var draft = campaigns.draft
            (draft.text.subject, draft.text.email) = ("La salle est ouverte", "La salle est ouverte ce jour. Venez boire un verre d’eau.")
            let preview = try await campaigns.preview(campaigns.prepare(draft))
            #expect(preview.told == [.sms: 2, .email: 2])
            #expect(
                preview.excluded == [
                    .opposed: 1, .prefers: 2, .unreachable: 1, .shared: 1, .deceased: 1, .archived: 1, .discreet: 2,
                ])
            #expect(preview.audience == 13, "everybody followed here")
        }
    }

    @Test("once frozen is what it was, and its numbers add up", arguments: Engine.available)
    func frozen(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1...4 { try await campaigns.person(number, landline: number > 2) }
            let campaign = try await campaigns.prepare(), before = try await campaigns.preview(campaign)
            try await campaigns.launch(campaign)
            try await campaigns.person(20)
            let after = try await campaigns.preview(campaign)
            #expect(after == before && after.toldCount == 3 && after.audience == 5)
        }
    }

    @Test("follows commune, age, tag, and last appointment", arguments: Engine.available)
    func filters(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            let old = try await campaigns.person(1, born: CivilDate("1940-02-29"), commune: "Salies-de-Béarn")
            let young = try await campaigns.person(2, born: CivilDate("2006-11-29"), commune: "salies de bearn")
            let tag = PersonTag(name: "Seul")
            let past = try await Outbox(world: campaigns.world, store: campaigns.store, reception: campaigns.reception)
                .book(World.at(1, 9), for: old)
            try await campaigns.store.write { db in
                try tag.insert(of: campaigns.world.territory.id, in: db)
                try db.run("INSERT INTO person_tag VALUES (\(campaigns.world.territory.id), \(old.id), \(tag.id))")
            }
            let later = past.startsAt.adding(days: 10)
            func count(_ audience: Campaign.Audience) async throws -> Int {
                var draft = campaigns.draft
                draft.audience = audience
                return try await campaigns.preview(campaigns.prepare(draft), at: later).audience
            }
            #expect(try await count(.init(commune: "Salies-de-Bearn")) == 2)
            #expect(try await count(.init(ageFrom: 86)) == 1)
            #expect(try await count(.init(ageFrom: 87)) == 0)
            #expect(try await count(.init(ageTo: 20)) == 1)
            #expect(try await count(.init(ageTo: 19)) == 0)
            #expect(try await count(.init(tag: tag.id)) == 1)
            #expect(try await count(.init(cameSince: World.monday)) == 1)
            #expect(try await count(.init(cameSince: World.monday.adding(days: 5))) == 0)
            #expect(try await count(.init(awaySince: World.monday.adding(days: 5))) == 1)
            #expect(try await count(.init(commune: "Salies de Béarn", ageFrom: 60)) == 1)
            #expect(young.commune != old.commune)
        }
    }

    @Test("of a list is those whom this organization follows, and the others are counted", arguments: Engine.available)
    func list(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            try await campaigns.person(1)
            try await campaigns.person(2, channel: .email, mobile: "", email: "Lucie@example.org")
            try await campaigns.person(3, of: campaigns.world.elsewhere)
            var draft = campaigns.draft
            draft.audience.kind = .list
            (draft.text.subject, draft.text.email) = ("La salle est ouverte", "La salle est ouverte ce jour. Venez boire un verre d’eau.")
            draft.list = "06 39 98 00 01\n+33639980001\n lucie@EXAMPLE.org ; 06 39 98 00 03\npas un numéro\n"
            let campaign = try await campaigns.prepare(draft), preview = try await campaigns.preview(campaign)
            #expect(preview.told == [.sms: 1, .email: 1] && preview.audience == 2)
            #expect(campaign.unmatched == 2)
            (draft.list, draft.file) = ("", Array("Nom;Prénom;Téléphone\nCampagne 1;Jean;639980001\nInconnu;Jean;0639987777\n".utf8))
            let named = try await campaigns.prepare(draft)
            #expect(try await campaigns.preview(named).audience == 1 && named.unmatched == 1)
            draft.file = Array("mobile,autre\n0639980001,x\n0639980009,y\n".utf8)
            let bare = try await campaigns.prepare(draft)
            #expect(try await campaigns.preview(bare).audience == 1 && bare.unmatched == 1)
            (draft.file, draft.list) = (nil, "")
            let refused = try await campaigns.refusal { _ = try await campaigns.prepare(draft) }
            #expect(refused?.fields["list"] != nil)
        }
    }

    @Test("leaves in peace whom a campaign wrote to a few days ago", arguments: Engine.available)
    func recent(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            try await campaigns.launch(campaigns.prepare())
            try await campaigns.person(1)
            let next = try await campaigns.prepare(at: World.now.adding(days: 6))
            let soon = try await campaigns.preview(next, at: World.now.adding(days: 6))
            #expect(soon.excluded == [.recent: 1] && soon.toldCount == 1)
            #expect(try await campaigns.preview(next, at: World.now.adding(days: 8)).toldCount == 2)
            var draft = campaigns.draft
            draft.apartDays = 0
            #expect(try await campaigns.preview(campaigns.prepare(draft)).toldCount == 2)
        }
    }
}
