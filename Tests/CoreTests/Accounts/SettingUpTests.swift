import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Setting up a territory")
struct SettingUpTests {
    let now = Office.now

    @Test("what is made is tidied, journalled, and changed with what it was before", arguments: Engine.available)
    func journalled(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let area = try await store.write { db in try Area(name: "  Béarn \n des Gaves ").create(by: office.admin, at: now, in: db) }
            #expect(area.name == "Béarn des Gaves")
            #expect(try await store.journal().last == #"created agent {"name":"Béarn des Gaves","what":"area"}"#)
            var organization = office.world.organization
            organization.areaID = area.id
            organization.phone = "05 36 49 12 34"
            let changed = organization
            let saved = try await store.write { db in try changed.save(by: office.admin, at: now, in: db) }
            #expect(saved.phone == "+33536491234")
            let entry = try await store.journal().last
            #expect(entry?.contains(#""phone.after":"+33536491234","phone.before":"""#) == true)
            let count = try await store.journal().count
            _ = try await store.write { db in try saved.save(by: office.admin, at: now, in: db) }
            #expect(try await store.journal().count == count, "nothing changed, nothing is written")
            #expect(try await store.read { db in try Organization.find(saved.id, of: 64, in: db) } == saved)
        }
    }

    @Test("a name already taken is said beside the field", arguments: Engine.available)
    func taken(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let (world, admin) = (office.world, office.admin)
            try await store.write { db in _ = try Area(name: "Béarn").create(by: admin, at: now, in: db) }
            let makers: [@Sendable (Writer) throws -> Void] = [
                { _ = try Area(name: "Béarn").create(by: admin, at: now, in: $0) },
                { _ = try Organization(name: "MDS d’Orthez").create(by: admin, at: now, in: $0) },
                { _ = try Service(name: " PMI ").create(by: admin, at: now, in: $0) },
                { _ = try Site(organizationID: world.organization.id, name: "Orthez").create(by: admin, at: now, in: $0) },
                {
                    _ = try Reason(serviceID: world.social.id, name: world.reason.name, minutes: 30, how: .site)
                        .create(by: admin, at: now, in: $0)
                },
                {
                    var other = world.elsewhere
                    other.name = world.organization.name
                    _ = try other.save(by: admin, at: now, in: $0)
                },
            ]
            for make in makers {
                let refusal = await #expect(throws: Refusal.self) { try await store.write { db in try make(db) } }
                #expect(refusal?.code == "name-taken" && refusal?.fields["name"] != nil)
            }
            _ = try await store.write { db in
                try Site(organizationID: world.elsewhere.id, name: "Orthez").create(by: admin, at: now, in: db)
            }
        }
    }

    @Test("what is used is not deleted, what is not goes", arguments: Engine.available)
    func deleted(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let (world, admin) = (office.world, office.admin)
            let deletions: [@Sendable (Writer) throws -> Void] = [
                { try Organization.delete(world.organization.id, by: admin, at: now, in: $0) },
                { try Service.delete(world.social.id, by: admin, at: now, in: $0) },
                { try Site.delete(world.site.id, by: admin, at: now, in: $0) },
                { try Reason.delete(world.reason.id, by: admin, at: now, in: $0) },
            ]
            for deletion in deletions {
                await #expect(throws: Refusal.stillUsed) { try await store.write { db in try deletion(db) } }
            }
            try await store.write { db in
                try Organization.delete(world.elsewhere.id, by: admin, at: now, in: db)
                try Service.delete(world.pmi.id, by: admin, at: now, in: db)
            }
            #expect(try await store.number("SELECT count(*) FROM organization") == 1)
        }
    }

    @Test("nothing of another territory is found, changed, deleted or pointed at", arguments: Engine.available)
    func foreign(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let other = try await Office.make(in: store, territoryID: 40).world
            let admin = office.admin
            let verbs: [@Sendable (Writer) throws -> Void] = [
                { _ = try Organization(id: other.organization.id, name: "Volée").save(by: admin, at: now, in: $0) },
                { _ = try Service(id: other.social.id, name: "Volé").save(by: admin, at: now, in: $0) },
                {
                    _ = try Site(id: other.site.id, organizationID: office.world.organization.id, name: "V").save(
                        by: admin, at: now, in: $0)
                },
                { try Reason.retire(other.reason.id, by: admin, at: now, in: $0) },
                { try Site.delete(other.site.id, by: admin, at: now, in: $0) },
            ]
            for verb in verbs {
                await #expect(throws: Refusal.notFound) { try await store.write { db in try verb(db) } }
            }
            let pointing: [(String, @Sendable (Writer) throws -> Void)] = [
                ("organization_id", { _ = try Site(organizationID: other.organization.id, name: "V").create(by: admin, at: now, in: $0) }),
                (
                    "service_id",
                    { _ = try Reason(serviceID: other.social.id, name: "V", minutes: 30, how: .phone).create(by: admin, at: now, in: $0) }
                ),
            ]
            for (field, verb) in pointing {
                let refusal = await #expect(throws: Refusal.self) { try await store.write { db in try verb(db) } }
                #expect(refusal?.fields[field] != nil)
            }
        }
    }

    @Test("an organization's administrator sets up its sites and memberships, and no more", arguments: Engine.available)
    func ownOrganization(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let world = office.world
            let admin = try await office.acting(.admin, in: store)
            try await store.write { db in
                _ = try Site(organizationID: world.organization.id, name: "Salies").create(by: admin, at: now, in: db)
                try Membership(organizationID: world.organization.id, agentID: world.worker.id, roles: [.manager, .worker])
                    .save(by: admin, at: now, in: db)
            }
            let verbs: [@Sendable (Writer) throws -> Void] = [
                { _ = try Site(organizationID: world.elsewhere.id, name: "Pau").create(by: admin, at: now, in: $0) },
                {
                    try Membership(organizationID: world.elsewhere.id, agentID: world.worker.id, roles: [.worker])
                        .save(by: admin, at: now, in: $0)
                },
                { _ = try Organization(name: "Nouvelle").create(by: admin, at: now, in: $0) },
                { _ = try world.organization.save(by: admin, at: now, in: $0) },
                { _ = try Area(name: "Nouveau").create(by: admin, at: now, in: $0) },
                { _ = try Service(name: "Nouveau").create(by: admin, at: now, in: $0) },
                { try Reason.retire(world.reason.id, by: admin, at: now, in: $0) },
                { try world.territory.settings.save(by: admin, at: now, in: $0) },
                { _ = try Agent.create(.init(firstName: "", lastName: "N"), by: admin, at: now, in: $0) },
                { try Agent.disable(world.worker.id, by: admin, at: now, in: $0) },
                { try Agent.setServices([], of: world.worker.id, by: admin, at: now, in: $0) },
                { try TerritoryRole.set([.administrator], of: admin.agent.id, by: admin, at: now, in: $0) },
            ]
            for (number, verb) in verbs.enumerated() {
                await #expect(throws: Refusal.forbidden, "\(number)") { try await store.write { db in try verb(db) } }
            }
        }
    }

    @Test("the territory's settings are checked whole", arguments: Engine.available)
    func settings(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            var settings = office.world.territory.settings
            settings.name = " "
            settings.departement = "Béarn"
            settings.zone = "Mars/Olympus"
            settings.colour = "vert"
            settings.organizationLabel = ""
            settings.privacyNotice = "\n"
            settings.attemptsBeforeMissed = 0
            settings.minutesBetweenAttempts = 9999
            let wrong = settings
            let refusal = await #expect(throws: Refusal.self) {
                try await store.write { db in try wrong.save(by: office.admin, at: now, in: db) }
            }
            #expect(
                refusal?.fields.keys.sorted() == [
                    "attempts_before_missed", "colour", "departement", "minutes_between_attempts", "name", "organization_label",
                    "privacy_notice", "zone",
                ])
            settings = office.world.territory.settings
            settings.departement = "2a"
            settings.colour = "#AABBCC"
            let right = settings
            try await store.write { db in try right.save(by: office.admin, at: now, in: db) }
            let saved = try await store.read { db in try Territory.find(64, in: db) }
            #expect(saved?.departement == "2A" && saved?.colour == "#aabbcc")
        }
    }
}
