import Store
import TestKit
import Testing

@testable import Core

@Suite("Nothing revealing in any message")
struct NothingRevealingTests {
    /// Every template with every reason of the demo and of a few houses whose names say too much, told to the person and to another.
    @Test("no template with any reason names RSA, PMI, ASE, the service or the reason", arguments: Engine.available)
    func everything(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let world = office.world, reasons = try await reasons(office)
            let son = try await world.anotherPerson(in: office.store)
            let forbidden = Revealing(names: reasons.map(\.name) + ["Service social", "PMI", "Aide sociale à l’enfance"])
            var looked = 0
            for reason in reasons {
                let appointment = try await appointment(for: reason, office)
                for (to, namesReason) in [(ID<Person>?.none, true), (nil, false), (son.id, false), (son.id, true)] {
                    let facts = try #require(
                        try await office.store.read { db in
                            try RenderingFacts.load(about: appointment, for: world.person.id, to: to, of: world.territory.id, in: db)
                        })
                    for template in Template.shipped {
                        let said = try Rendered(template, facts.values(in: "fr", namesReason: namesReason, at: World.now))
                        let text = [said.subject, said.text, said.html ?? ""].joined(separator: "\n")
                        #expect(forbidden.found(in: text) == nil, "\(reason.name): \(text)")
                        looked += 1
                    }
                }
            }
            #expect(looked == reasons.count * 4 * Template.Purpose.allCases.count * Template.Channel.allCases.count && reasons.count > 15)
        }
    }

    /// With what an administrator may have written in their instructions.
    private func reasons(_ office: TemplateWorld) async throws -> [Reason] {
        let world = office.world
        var reasons = DemoReason.allCases.filter { $0.facts.name != world.reason.name }.map { demo in
            let facts = demo.facts
            var reason = Reason(
                serviceID: facts.isForChild ? world.pmi.id : world.social.id, name: facts.name, minutes: facts.minutes, how: facts.how,
                instructions: facts.instructions)
            reason.isForChild = facts.isForChild
            return reason
        }
        for (name, instructions) in [
            ("Suivi ASE", "Venez avec le courrier de l’ASE."), ("Bilan PMI", "Carnet de santé du service PMI."),
            ("Rendez-vous RSA", "Votre numéro d’allocataire."), ("Conseil conjugal", "Venez pour le conseil conjugal."),
        ] {
            reasons.append(Reason(serviceID: world.social.id, name: name, minutes: 30, how: .site, instructions: instructions))
        }
        let all = reasons
        try await office.store.write { db in
            for reason in all { try reason.insert(of: world.territory.id, in: db) }
            try db.run("UPDATE site SET name = 'Antenne RSA', phone = '+33536491010' WHERE id = \(world.site.id)")
            try db.run("UPDATE organization SET name = 'Maison PMI' WHERE id = \(world.organization.id)")
        }
        return all
    }

    private func appointment(for reason: Reason, _ office: TemplateWorld) async throws -> ID<Appointment> {
        let world = office.world
        let appointment = Appointment(
            territoryID: world.territory.id, id: .new(), agentID: world.worker.id, organizationID: world.organization.id,
            reasonID: reason.id, serviceID: reason.serviceID, siteID: world.site.id, place: "", how: reason.how, phone: "+33639981234",
            link: "https://visio.example.org/gave", startsAt: World.at(0, 9), endsAt: World.at(0, 10), said: nil, overbookedBecause: nil,
            replacesID: nil, createdBy: nil, createdAt: World.now)
        try await office.store.write { db in try appointment.insert(in: db) }
        return appointment.id
    }
}
