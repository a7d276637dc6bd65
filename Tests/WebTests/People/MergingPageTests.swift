import Core
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Pages that make one file of two")
struct MergingPageTests {
    private func pair(
        _ engine: Engine, _ test: @escaping @Sendable (PeopleSite, any TestClientProtocol, Person, Person) async throws -> Void
    ) async throws {
        try await PeopleSite.with(engine) { site, client in
            let kept = try await site.add("Anne", "Etcheverry") {
                $0.birthDate = "3/12/1950"; $0.phones = [.init("0639981234", label: "fille")]
            }
            let other = try await site.add("Annie", "Etcheverry") {
                $0.phones = [.init("0639981234"), .init("0536490001")]; $0.commune = "Pau"; $0.needs = "fauteuil"
            }
            try await test(site, client, kept, other)
        }
    }

    @Test("proposes those who look alike, compares side by side, and the old address leads to the person", arguments: Engine.available)
    func whole(_ engine: Engine) async throws {
        try await pair(engine) { site, client, kept, other in
            let reception = site.world.reception
            let page = try await client.get("/people/\(kept.id)", as: reception)
            #expect(page.text.contains("/people/\(kept.id)/merging"))
            let choice = try await client.get("/people/\(kept.id)/merging", as: reception)
            #expect(choice.text.contains("Annie Etcheverry") && choice.text.contains("/people/\(kept.id)/merging/\(other.id)"))
            let found = try await client.post("/people/\(kept.id)/merging/search", ["q": "etchev"], as: reception)
            #expect(found.text.contains("/merging/\(other.id)") && !found.text.contains("/merging/\(kept.id)\""))
            let side = try await client.get("/people/\(kept.id)/merging/\(other.id)", as: reception)
            for said in ["Anne", "Annie", "Pau", "fauteuil", "05\u{A0}36\u{A0}49\u{A0}00\u{A0}01", "name=\"other_version\" value=\"0\""] {
                #expect(side.text.contains(said), "\(said)")
            }
            #expect(side.text.contains("name=\"address\" value=\"other\" checked"), "the word of the file that says something")
            let done = try await client.post(
                "/people/\(kept.id)/merging/\(other.id)",
                ["version": "0", "other_version": "0", "first_name": "other", "address": "other"], as: reception)
            #expect(done.status == .seeOther && done.headers[.location] == "/people/\(kept.id)")
            let united = try await client.get("/people/\(kept.id)", as: reception)
            for said in ["Annie Etcheverry", "Fiches réunies à celle-ci", "Mis de côté : prénom : Anne", "fauteuil"] {
                #expect(united.text.contains(said), "\(said)")
            }
            for rest in ["", "/edit", "/merging"] {
                let old = try await client.get("/people/\(other.id)\(rest)", as: reception)
                #expect(old.status == .movedPermanently && old.headers[.location] == "/people/\(kept.id)\(rest)", "\(rest)")
            }
            let booking = try await client.get("/appointments/new?person=\(other.id)", as: reception)
            #expect(booking.status == .ok && booking.text.contains("Annie Etcheverry"))
        }
    }

    @Test("what is sent from a page opened before is not lost", arguments: Engine.available)
    func sentBefore(_ engine: Engine) async throws {
        try await pair(engine) { site, client, kept, other in
            let (world, reception) = (site.world, try await site.world.acting(site.world.reception, in: site.store))
            let merge = PersonMerge(keptID: kept.id, otherID: other.id, keptVersion: 0, otherVersion: 0)
            _ = try await merge.run(by: reception, at: World.now, in: site.store)
            let note = ["service": world.social.id.description, "text": "Vue ce jour."]
            let sent = try await client.post("/people/\(other.id)/notes", note, as: world.worker)
            #expect(sent.status == .permanentRedirect && sent.headers[.location] == "/people/\(kept.id)/notes")
            #expect(try await client.post("/people/\(kept.id)/notes", note, as: world.worker).status == .seeOther)
            let elsewhere = try await World.make(in: site.store, territoryID: 65)
            #expect(try await client.get("/people/\(other.id)", as: elsewhere.reception).status == .notFound)
        }
    }

    @Test("says which appointments stand in the way, and keeps what was chosen when a file changed meanwhile", arguments: Engine.available)
    func refused(_ engine: Engine) async throws {
        try await pair(engine) { site, client, kept, other in
            let (world, reception) = (site.world, try await site.world.acting(site.world.reception, in: site.store))
            let address = "/people/\(kept.id)/merging/\(other.id)"
            let stale = try await client.post(
                address, ["version": "4", "other_version": "0", "first_name": "other"], as: world.reception)
            #expect(stale.status == .conflict && stale.text.contains("name=\"first_name\" value=\"other\" checked"))
            for (person, agent) in [(kept, world.worker), (other, world.colleague)] {
                var booking = world.booking(at: World.at(0, 9), of: agent)
                booking.personIDs = [person.id]
                _ = try await booking.book(by: reception, at: World.now, in: site.store)
            }
            for answer in [
                try await client.get(address, as: world.reception),
                try await client.post(address, ["version": "0", "other_version": "0"], as: world.reception),
            ] {
                #expect(answer.text.contains("à la même heure") && answer.text.matches(of: /href="\/appointments\/[0-9a-f]/).count == 2)
            }
            let itself = try await client.get("/people/\(kept.id)/merging/\(kept.id)", as: world.reception)
            #expect(itself.status == .unprocessableContent)
        }
    }

    @Test("opens to those who have the right alone", arguments: Engine.available)
    func rights(_ engine: Engine) async throws {
        try await pair(engine) { site, client, kept, other in
            #expect(try await !client.get("/people/\(kept.id)", as: site.world.worker).text.contains("/merging"))
            for path in ["/people/\(kept.id)/merging", "/people/\(kept.id)/merging/\(other.id)"] {
                #expect(try await client.get(path, as: site.world.worker).status == .forbidden)
            }
            let sent = try await client.post(
                "/people/\(kept.id)/merging/\(other.id)", ["version": "0", "other_version": "0"], as: site.world.worker)
            #expect(sent.status == .forbidden)
        }
    }
}
