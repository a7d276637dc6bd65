import Core
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The pages of what is seldom filled in, of relatives and of the story") struct PersonDetailPageTests {
    private let form = ["last_name": "Lacoste", "first_name": "Jeanne", "channel": "sms", "language": "fr", "phone_1": "0639981234"]

    @Test("what was said of contact is warned of on the file, the booking screen and the appointment", arguments: Engine.available)
    func warnings(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let world = site.world, path = "/people/\(world.person.id)"
            let saved = try await client.post(
                path,
                form.merging([
                    "version": "0", "birth_name": "Etchegoyen", "number_caf": "1234567 A", "never_voicemail": "on", "address_hidden": "on",
                    "address": "3 rue Cachée", "commune": "Orthez", "caution": "appeler avant 16 h",
                ]) { $1 }, as: world.reception)
            #expect(saved.status == .seeOther)
            let page = try await client.get(path, as: world.reception).text
            for expected in ["Ne jamais laisser de message", "appeler avant 16 h", "3 rue Cachée", "Etchegoyen", "1234567 A"] {
                #expect(page.contains(expected), "\(expected)")
            }
            let edit = try await client.get("\(path)/edit", as: world.reception).text
            #expect(edit.contains("value=\"1234567 A\"") && edit.matches(of: /name="never_voicemail" value="on" checked/).count == 1)
            let caller = try await site.hire(.caller)
            let seen = try await client.get(path, as: caller).text
            #expect(!seen.contains("rue Cachée") && seen.contains("confidentielle") && seen.contains("Ne jamais laisser de message"))
            let booking = try await client.get("/appointments/new?person=\(world.person.id)", as: world.reception).text
            #expect(booking.contains("Ne jamais laisser de message"))
            let reception = try await world.acting(world.reception, in: site.store)
            let appointment = try await world.booking(at: World.at(1, 9)).book(by: reception, at: World.now, in: site.store)
            #expect(
                try await client.get("/appointments/\(appointment.id)", as: world.reception).text.contains("Ne jamais laisser de message"))
            let found = try await client.post("/people/search", ["q": "1234567A"], as: world.reception).text
            #expect(found.contains("Jeanne Lacoste"))
        }
    }

    @Test("a file is archived with a reason, found in the archives alone, and taken out", arguments: Engine.available)
    func archiving(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let person = try await site.add("Anne", "Lassalle"), agent = site.world.reception
            let path = "/people/\(person.id)"
            let refused = try await client.post("\(path)/archiving", ["reason": "other", "why": " "], as: agent)
            #expect(refused.status == .unprocessableContent && refused.text.contains("Dites en quelques mots pourquoi"))
            #expect(try await client.post("\(path)/archiving", ["reason": "moved", "why": "à Dax"], as: agent).status == .seeOther)
            let page = try await client.get(path, as: agent).text
            #expect(page.contains("Fiche archivée") && page.contains("à Dax") && !page.contains("Prendre rendez-vous"))
            #expect(!(try await client.post("/people/search", ["q": "lassalle"], as: agent).text.contains("Anne Lassalle")))
            #expect(try await client.post("/people/search", ["q": "lassalle", "archives": "on"], as: agent).text.contains("Anne Lassalle"))
            #expect(try await client.post("\(path)/archiving/end", [:], as: agent).status == .seeOther)
            #expect(try await client.post("/people/search", ["q": "lassalle"], as: agent).text.contains("Anne Lassalle"))
        }
    }

    @Test("a relative is found, tied, changed and untied; a wrong form keeps what was typed", arguments: Engine.available)
    func relatives(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let child = try await site.add("Léa", "Lassalle", { $0.birthDate = "04/05/2020" })
            let mother = try await site.add("Anne", "Lassalle", { ($0.phones, $0.address) = ([.init("0639981111")], "5 rue Mère") })
            let agent = site.world.worker, path = "/people/\(child.id)/relatives"
            let found = try await client.post("\(path)/search", ["q": "anne lassalle"], as: agent)
            #expect(found.text.contains("/relatives/new?other=\(mother.id)"))
            #expect(try await client.get("\(path)/new?other=\(mother.id)", as: agent).text.contains("Anne Lassalle est, pour Léa Lassalle"))
            let refused = try await client.post(path, ["other": "\(mother.id)", "kind": "carer", "consent_how": "au guichet"], as: agent)
            #expect(refused.status == .unprocessableContent && refused.text.contains("Un aidant est inscrit avec son accord"))
            #expect(refused.text.contains("value=\"au guichet\""))
            #expect(
                try await client.post(path, ["other": "\(mother.id)", "kind": "parent", "receives": "on"], as: agent).status == .seeOther)
            let page = try await client.get("/people/\(child.id)", as: agent).text
            #expect(page.contains("Reçoit") && page.contains("parent") && !page.contains("rue Mère"))
            #expect(try await client.get("/people/\(mother.id)", as: agent).text.contains("enfant, 6\u{A0}ans"))
            let acting = try await site.world.acting(agent, in: site.store)
            let relation = try await site.store.read { db in
                try Relative.of(child.id, seenBy: acting, at: World.now, in: db)[0].relation.id
            }
            let changed = try await client.post(
                "\(path)/\(relation)",
                ["kind": "parent", "is_unaware": "on", "unaware_since": "01/11/2026", "unaware_source": "jugement"], as: agent)
            #expect(changed.status == .seeOther)
            #expect(try await client.get("/people/\(child.id)", as: agent).text.contains("Ne doit pas savoir, depuis le"))
            #expect(try await client.post("\(path)/\(relation)/deletion", [:], as: agent).status == .seeOther)
            #expect(try await client.get("/people/\(child.id)", as: agent).text.contains("Aucun proche connu"))
        }
    }

    @Test("a measure is written with its representative among the relatives", arguments: Engine.available)
    func protections(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let path = "/people/\(site.world.person.id)/protections", agent = site.world.worker
            let refused = try await client.post(path, ["measure": "tutelle", "copies": "on"], as: agent)
            #expect(refused.status == .unprocessableContent && refused.text.contains("Choisissez d’abord le représentant"))
            #expect(try await client.post(path, ["measure": "tutelle", "starts_on": "01/02/2026"], as: agent).status == .seeOther)
            let page = try await client.get("/people/\(site.world.person.id)", as: agent).text
            #expect(page.contains("Tutelle") && page.contains("en cours"))
        }
    }

    @Test("a private note is in its author’s story and in nobody else’s; the story has pages", arguments: Engine.available)
    func story(_ engine: Engine) async throws {
        try await PeopleSite.with(engine) { site, client in
            let world = site.world, path = "/people/\(world.person.id)"
            let note = ["service": world.social.id.description, "text": "Rien que pour moi", "seen_by": "private"]
            #expect(try await client.post("\(path)/notes", note, as: world.worker).status == .seeOther)
            #expect(try await client.get(path, as: world.worker).text.contains("Rien que pour moi"))
            for other in [world.colleague, world.reception] {
                #expect(!(try await client.get(path, as: other).text.contains("Rien que pour moi")))
                #expect(!(try await client.get("\(path)/story", as: other).text.contains("Rien que pour moi")))
            }
            for number in 1...60 {
                _ = try await client.post(
                    "\(path)/notes", ["service": world.social.id.description, "text": "Note numéro \(number)."], as: world.worker)
            }
            let first = try await client.get("\(path)/story?part=notes", as: world.worker).text
            let next = try #require(first.firstMatch(of: /href="([^"]*story\?part=notes&amp;before=[^"]*)"/)?.1)
            let second = try await client.get(String(next).replacing("&amp;", with: "&"), as: world.worker).text
            #expect(first.contains("Note numéro 60.") && !first.contains("Rien que pour moi") && second.contains("Rien que pour moi"))
            #expect(try await client.get("\(path)/story?before=demain", as: world.worker).status == .unprocessableContent)
        }
    }
}
