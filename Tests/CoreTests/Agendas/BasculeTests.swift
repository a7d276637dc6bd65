import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("La bascule")
struct BasculeTests {
    let now = World.now

    /// Three houses with a site each, and their appointments: on site and at home, with people who are reached in every way.
    private struct Département {
        let world: World
        let sites: [Site]
        let managers: [Acting]
        let workers: [[Agent]]
        let onSite: Reason
        let atHome: Reason

        static func make(in store: Store) async throws -> Département {
            let world = try await World.make(in: store)
            let houses = (0..<3).map { Organization(name: "MDS \($0)") }
            let sites = houses.map { Site(organizationID: $0.id, name: $0.name) }
            let managers = (0..<3).map { Agent(territoryID: 64, firstName: "", lastName: "Responsable \($0)") }
            let workers = (0..<3).map { house in (0..<5).map { Agent(territoryID: 64, firstName: "", lastName: "Agent \(house)-\($0)") } }
            let onSite = Reason(serviceID: world.social.id, name: "Accès aux droits", minutes: 30, how: .site)
            let atHome = Reason(serviceID: world.social.id, name: "Visite", minutes: 30, how: .home)
            try await store.write { db in
                try onSite.insert(of: 64, in: db)
                try atHome.insert(of: 64, in: db)
                for (index, house) in houses.enumerated() {
                    try house.insert(of: 64, in: db)
                    try sites[index].insert(of: 64, in: db)
                    for (agent, role) in [(managers[index], Role.manager)] + workers[index].map({ ($0, Role.worker) }) {
                        try agent.insert(at: World.now, in: db)
                        try db.run("INSERT INTO membership VALUES (\(64), \(house.id), \(agent.id), \(role))")
                        try db.run("INSERT INTO agent_service VALUES (\(64), \(agent.id), \(world.social.id))")
                    }
                }
            }
            var acting: [Acting] = []
            for manager in managers { acting.append(try await world.acting(manager, in: store)) }
            return Département(world: world, sites: sites, managers: acting, workers: workers, onSite: onSite, atHome: atHome)
        }

        /// One person, whose means depend on their number.
        func person(_ number: Int) -> Person {
            var person = Person(territoryID: 64, firstName: "Personne", lastName: "\(number)", createdAt: World.now)
            let digits = String(10_000 + number).suffix(4)
            switch number % 8 {
            case 0...3: person.phones = [.init(number: "+3363998\(digits)", mobile: true)]
            case 4: person.phones = [.init(number: "+3353649\(digits)", mobile: false)]
            case 5: (person.address, person.commune) = ("\(number) rue des Essais", "Orthez")
            case 6: (person.phones, person.language) = ([.init(number: "+3363998\(digits)", mobile: true)], "ar")
            default: break
            }
            return person
        }

        func fill(_ count: Int, in store: Store) async throws {
            for number in 0..<count {
                let house = number % 3, place = number / 3
                let agent = workers[house][place % 5], slot = place / 5
                let person = person(number), isHome = number % 4 == 1
                var booking = Booking(
                    reasonID: isHome ? atHome.id : onSite.id, agentID: agent.id, personIDs: [person.id],
                    startsAt: World.at(slot / 14, 8, 30 * (slot % 14)), organizationID: sites[house].organizationID,
                    siteID: isHome ? nil : sites[house].id)
                booking.again = true
                let asked = booking, by = managers[house]
                try await store.claim { db in
                    try person.insertForTests(in: [asked.organizationID], db: db)
                    try db.run(
                        "UPDATE person SET address = \(person.address), commune = \(person.commune) WHERE id = \(person.id)")
                    _ = try asked.book(by: by, at: World.now, in: db)
                }
            }
        }

        func draft(_ house: Int) -> BasculeDraft {
            BasculeDraft(
                siteID: sites[house].id, serviceID: world.social.id, from: World.monday, to: World.monday.adding(days: 11), why: "Canicule")
        }
    }

    /// People of an in-person appointment of whom neither a message that leaves, nor the list, knows anything.
    private static let uninformed: SQL = """
        SELECT count(*) FROM participation JOIN appointment ON appointment.id = participation.appointment_id
        WHERE participation.status = 'upcoming' AND NOT EXISTS (
          SELECT 1 FROM tidings WHERE tidings.appointment_id = participation.appointment_id AND tidings.person_id = participation.person_id
            AND tidings.cause = 'bascule' AND (tidings.settled_at IS NULL OR EXISTS (
              SELECT 1 FROM message WHERE message.id = tidings.message_id AND message.purpose = 'change' AND message.withdrawn_at IS NULL)))
        """

    @Test("of 400 appointments on 3 sites leaves nobody uninformed, and can be reverted", arguments: Engine.available)
    func fourHundred(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let all = try await Département.make(in: store)
            try await all.fill(400, in: store)
            #expect(try await store.number("SELECT count(*) FROM appointment WHERE how IN ('site', 'home')") == 400)
            var bascules: [Bascule] = []
            for house in 0..<3 {
                let preview = try await store.read { db in
                    try all.draft(house).checked(by: all.managers[house], at: now, in: db).preview(
                        of: all.world.territory, now: now, in: db)
                }
                #expect((133...134).contains(preview.lines.count))
                #expect(preview.withNumber + preview.without == preview.lines.count && preview.without > 30 && preview.interpreters > 10)
                bascules.append(
                    try await Bascule.begin(
                        all.draft(house), expecting: preview.lines.count, by: all.managers[house], at: now, in: store))
            }
            #expect(try await store.number(Self.uninformed) == 0)
            #expect(try await store.number("SELECT count(*) FROM appointment WHERE how = 'phone'") == 300, "all who have a number")
            #expect(try await store.number("SELECT count(*) FROM tidings") == 400, "each once")
            let messages = try await store.number(
                "SELECT count(*) FROM (SELECT person_id FROM message WHERE purpose = 'change' GROUP BY person_id HAVING count(*) > 1) AS twice"
            )
            #expect(messages == 0, "one message each")
            #expect(try await store.number("SELECT count(*) FROM tidings WHERE outcome = 'message'") == 200)
            // Landlines, interpreters, those who have an address or nothing.
            #expect(try await store.number("SELECT count(*) FROM tidings WHERE settled_at IS NULL") == 200)

            for (house, bascule) in bascules.enumerated() {
                try await Bascule.revert(bascule.id, by: all.managers[house], at: now.adding(minutes: 60), in: store)
            }
            #expect(try await store.number("SELECT count(*) FROM appointment WHERE how IN ('site', 'home') AND phone IS NULL") == 400)
            let mobile = try await store.number(
                "SELECT count(*) FROM message WHERE purpose = 'change' AND channel = 'sms' AND withdrawn_at IS NULL")
            #expect(mobile == 250, "all whom a message had told are told again, and only by the last one")
            #expect(
                try await store.number("SELECT count(*) FROM tidings WHERE cause_id IN (SELECT id FROM bascule) AND settled_at IS NULL")
                    == 0)
        }
    }

    @Test("is done when it is what was shown, by those responsible, once", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let all = try await Département.make(in: store)
            try await all.fill(6, in: store)
            let draft = all.draft(0), manager = all.managers[0]
            #expect(await refused { _ = try await Bascule.begin(draft, expecting: 5, by: manager, at: now, in: store) } == .coveredChanged)
            let worker = try await all.world.acting(all.workers[0][0], in: store)
            #expect(await refused { _ = try await Bascule.begin(draft, by: worker, at: now, in: store) } == .forbidden)
            #expect(await refused { _ = try await Bascule.begin(draft, by: all.managers[1], at: now, in: store) } == .notFound)
            var backwards = draft
            backwards.to = draft.from.adding(days: -1)
            #expect(await refused { _ = try await Bascule.begin(backwards, by: manager, at: now, in: store) }?.fields["to"] != nil)
            #expect(try await store.number("SELECT count(*) FROM bascule") == 0)
            let bascule = try await Bascule.begin(draft, by: manager, at: now, in: store)
            try await Bascule.revert(bascule.id, by: manager, at: now, in: store)
            #expect(await refused { try await Bascule.revert(bascule.id, by: manager, at: now, in: store) } == .alreadyReverted)
        }
    }

    @Test("holds for what is booked and moved meanwhile, until it is reverted", arguments: Engine.available)
    func meanwhile(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let all = try await Département.make(in: store)
            let manager = all.managers[0], agent = all.workers[0][0]
            let person = all.person(0), silent = all.person(5)
            try await store.write { db in
                for one in [person, silent] { try one.insertForTests(in: [all.sites[0].organizationID], db: db) }
            }
            let bascule = try await Bascule.begin(all.draft(0), by: manager, at: now, in: store)
            var booking = Booking(
                reasonID: all.onSite.id, agentID: agent.id, personIDs: [person.id], startsAt: World.at(0, 9),
                organizationID: all.sites[0].organizationID, siteID: all.sites[0].id)
            let booked = try await booking.book(by: manager, at: now, in: store)
            #expect(booked.how == .phone && booked.phone == person.phones[0].number)
            booking.personIDs = [silent.id]
            booking.startsAt = World.at(0, 10)
            #expect(await refused { _ = try await booking.book(by: manager, at: now, in: store) }?.fields["phone"] != nil)
            booking.startsAt = World.at(21, 10)
            booking.personIDs = [person.id]
            booking.again = true
            let after = try await booking.book(by: manager, at: now, in: store)
            #expect(after.how == .site, "the doors are open again then")
            let moved = try await after.move(to: .init(agentID: agent.id, startsAt: World.at(1, 9)), by: manager, at: now, in: store)
            #expect(moved.how == .phone)
            try await Bascule.revert(bascule.id, by: manager, at: now, in: store)
            #expect(try await store.number("SELECT count(*) FROM appointment WHERE how = 'site' AND phone IS NULL") == 2)
        }
    }

    @Test("leaves who has no number as they were, until one is known", arguments: Engine.available)
    func numbers(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let all = try await Département.make(in: store)
            try await all.fill(22, in: store)
            let manager = all.managers[0]
            let bascule = try await Bascule.begin(all.draft(0), by: manager, at: now, in: store)
            let left = try await store.read { db in try bascule.progress(of: all.world.territory, now: now, in: db).withoutNumber }
            #expect(left.count == 2 && left.allSatisfy { $0.number == nil })
            let wrong = await refused {
                try await Bascule.giveNumber("12", for: left[0].appointmentID, in: bascule.id, by: manager, at: now, in: store)
            }
            #expect(wrong?.fields["phone"] != nil)
            try await Bascule.giveNumber("05 36 49 00 11", for: left[0].appointmentID, in: bascule.id, by: manager, at: now, in: store)
            let called = try await store.read { db in try Appointment.find(left[0].appointmentID, seenBy: manager, in: db) }
            #expect(called.how == .phone && called.phone == "+33536490011")
        }
    }
}
