import Store
import TestKit
import Testing

@testable import Core

@Suite("A template that invites to answer")
struct InvitingTests {
    @Test(
        "is known by its words",
        arguments: [
            ("Rendez-vous le {date}. Répondez OUI ou NON.", true), ("Pour confirmer, répondre OUI.", true),
            ("Merci de REPONDRE PAR SMS", true),
            ("Envoyez STOP pour ne plus rien recevoir.", true), ("Vous pouvez répondre à ce message.", true),
            ("Ne répondez pas à ce message.", false), ("Nous allons répondre à vos questions.", false), ("Appelez le {numéro}.", false),
            ("Envoyez une copie.", false),
        ])
    func words(_ text: String, _ isFound: Bool) {
        #expect(Inviting.found(in: text) == isFound)
    }

    @Test("is refused where an answer would be lost, with what to write instead", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let sms = Template.Draft(scope: .init(.reminder, .sms), body: "Rendez-vous le {date}. Répondez OUI.", because: "Texte d’essai")
            let email = Template.Draft(
                scope: .init(.reminder, .email), subject: "Rendez-vous", body: "Venez le {date}. Répondez-nous.", because: "Texte d’essai")
            for (receives, isRefused) in [(false, true), (true, false)] {
                try await office.store.write { db in
                    let told = [
                        GatewayAbility(name: "kannel", channel: .sms, receives: receives),
                        .init(name: "autre", channel: .sms, receives: true),
                        .init(name: "courriel", channel: .email, receives: receives),
                    ]
                    try GatewayAbility.tell(told, at: World.now, in: db)
                }
                for (draft, name) in [(sms, "kannel"), (email, "courriel")] {
                    let said = try await office.refusal(of: draft)?.fields["body"]
                    #expect((said != nil) == isRefused, "\(name): \(said ?? "")")
                    if isRefused { #expect(said?.contains(name) == true && said?.contains("{numéro}") == true) }
                }
            }
            // What was written then is still in use when the gateway changes: the page says so.
            try await office.store.write { db in
                try GatewayAbility.tell([.init(name: "kannel", channel: .sms, receives: false)], at: World.now, in: db)
            }
            let (used, deaf) = try await office.store.read { db in
                (try Template.used(for: .init(.reminder, .sms), of: office.world.territory.id, in: db), try GatewayAbility.deaf(in: db))
            }
            #expect(used.version.invitesAnswer && deaf.first(on: used.scope.channel)?.name == "kannel")
        }
    }

    @Test("is none of those that come with the product")
    func shipped() {
        #expect(Template.shipped.filter(\.version.invitesAnswer).isEmpty)
    }
}
