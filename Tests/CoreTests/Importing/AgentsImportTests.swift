import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("The import of agents") struct AgentsImportTests {
    private static let header = "Nom;Prénom;Mail;MDS;Rôle;Services\n"

    @Test("makes agents with their roles and services, and the same file again changes nothing", arguments: Engine.available)
    func keeps(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let file =
                Self.header + """
                    Sallaberry;Lili;Lili@Example.org;mds d'orthez;Travailleur social;PMI
                    Barrère;Paul;;MDS de Pau;responsable, accueil;

                    """
            #expect(try await world.agents(file).signs == "cc")
            #expect(try await world.agents(file).signs == "==")
            let (here, store) = (world.office.world, world.store)
            let agents = try await store.read { db in try Agent.all(of: here.territory.id, in: db) }
            let lili = try #require(agents.first { $0.email == "lili@example.org" })
            let acting = try await here.acting(lili, in: store)
            #expect(acting.roles == [here.organization.id: [.worker]] && acting.services == [here.pmi.id])
            let paul = try #require(agents.first { $0.lastName == "Barrère" })
            #expect(try await here.acting(paul, in: store).roles == [here.elsewhere.id: [.manager, .reception]])
        }
    }

    @Test("adds an organization and a service to an agent who is there, and takes nothing away", arguments: Engine.available)
    func completes(_ engine: Engine) async throws {
        try await ImportWorld.with(engine) { world in
            let here = world.office.world
            let report = try await world.agents(Self.header + "Ithurralde;Maïté;maite.64@example.org;MDS de Pau;worker;PMI\n")
            #expect(report.signs == "+" && report.lines[0].sentence.contains("PMI"))
            let acting = try await here.acting(here.worker, in: world.store)
            #expect(acting.roles == [here.organization.id: [.worker], here.elsewhere.id: [.worker]])
            #expect(acting.services == [here.social.id, here.pmi.id])
        }
    }

    @Test(
        "names the row that is wrong and keeps the others",
        arguments: [
            ("Dupouy;Jean;jean@;;;", "e-mail"), ("Dupouy;Jean;;MDS de Nulle-Part;accueil;", "n’existe pas"),
            ("Dupouy;Jean;;MDS de Pau;chef;", "n’est pas un rôle"), ("Dupouy;Jean;;MDS de Pau;;", "le rôle"),
            ("Dupouy;Jean;;;accueil;", "organisation"), ("Dupouy;Jean;;;;Cantine", "n’existe pas"),
            ("X;Y;maite.65@example.org;;;", "autre collectivité"), (";Jean;;;;", "nom"),
        ])
    func faults(_ row: String, _ words: String) async throws {
        for engine in Engine.available {
            try await ImportWorld.with(engine) { world in
                _ = try await World.make(in: world.store, territoryID: 65)
                let good = "Sallaberry;Lili;lili@example.org;;;\n"
                let signs = try await world.agents(Self.header + good + row + "\n", allOrNothing: true).signs
                #expect(signs == "c!")
                let report = try await world.agents(Self.header + good + row + "\n")
                #expect(report.signs == "c!")
                let said = Folding.key(report.lines[1].sentence)
                #expect(said.contains(Folding.key(words)), "\(said)")
            }
        }
    }
}
