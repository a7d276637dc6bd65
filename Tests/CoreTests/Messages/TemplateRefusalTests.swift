import Store
import TestKit
import Testing

@testable import Core

@Suite("A template is refused, with a sentence beside the field")
struct TemplateRefusalTests {
    private static let hard = """
        Conformément à la réglementation applicable, votre absence injustifiée est susceptible d’entraîner la suspension administrative, \
        le {date}.
        """

    @Test("for a fault, a word too many, a text too long", arguments: Engine.available)
    func fields(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let sms = Template.Scope(.reminder, .sms), email = Template.Scope(.reminder, .email)
            let wrongs: [(Template.Draft, field: String, said: String)] = [
                (.init(scope: sms, body: "Bonjour {prénom}, venez."), "body", "{date}"), (.init(scope: sms, body: " "), "body", "Écrivez"),
                (.init(scope: email, subject: "", body: TemplateWorld.plain), "subject", "objet"),
                (.init(scope: email, subject: "Le {jour}", body: TemplateWorld.plain), "subject", "{jour}"),
                (.init(scope: sms, body: "Votre RSA : venez le {date}."), "body", "RSA"),
                (.init(scope: email, subject: "Premier contact RSA", body: TemplateWorld.plain), "subject", "RSA"),
                (.init(scope: sms, body: "Le service social vous attend le {date}."), "body", "service social"),
                (.init(scope: sms, body: String(repeating: "Venez. ", count: 120)), "body", "6 SMS"),
                (.init(scope: .init(.reminder, .sms, language: "Français"), body: "Venez."), "language", "langue"),
                (.init(scope: sms, body: "{numéro}"), "body", "mot"),
            ]
            for (draft, field, said) in wrongs {
                let refusal = try await office.refusal(of: draft)
                #expect(refusal?.fields[field]?.contains(said) == true, "\(draft.body.prefix(30)): \(refusal?.fields ?? [:])")
            }
            #expect(try await office.used(sms).version.isShipped)
        }
    }

    @Test("when it is hard to read, unless someone with the right says why, which is kept and journalled", arguments: Engine.available)
    func readability(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let scope = Template.Scope(.reminder, .letter, organization: office.world.organization.id)
            var draft = Template.Draft(scope: scope, subject: "Votre rendez-vous", body: Self.hard)
            #expect(try await office.refusal(of: draft)?.fields["because"]?.contains("sous 70") == true)
            #expect(try await office.refusal(of: draft, by: office.admin)?.fields["body"]?.contains("sous 70") == true)
            draft.because = "Phrase imposée par la loi."
            #expect(
                try await office.refusal(of: draft, by: office.admin)?.fields["body"] != nil, "saying why is not enough without the right")
            let kept = try await office.write(draft)
            #expect(kept.version.because == "Phrase imposée par la loi." && (kept.version.readability ?? 700) < 700)
            let entry = try await office.store.read { db in
                try db.exists("SELECT 1 FROM journal_payload WHERE payload LIKE '%imposée par la loi%'")
            }
            #expect(entry)
        }
    }

    @Test("an easy text keeps no why, and another language than French is not measured", arguments: Engine.available)
    func unmeasured(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let easy = try await office.write(.init(scope: .init(.reminder, .sms), body: TemplateWorld.plain, because: "pour rien"))
            #expect(easy.version.because == nil && (easy.version.readability ?? 0) >= 700)
            let other = try await office.write(.init(scope: .init(.reminder, .sms, language: "uk"), body: "Зустріч {date} {heure}."))
            #expect(other.version.readability == nil)
        }
    }

    @Test("to who may not write it", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let ours = Template.Scope(.reminder, .sms, organization: office.world.organization.id)
            let theirs = Template.Scope(.reminder, .sms, organization: office.world.elsewhere.id)
            for (acting, scope) in [
                (office.admin, Template.Scope(.reminder, .sms)), (office.admin, theirs), (office.reception, ours),
                (office.admin, .init(.reminder, .sms, reason: office.world.reason.id)),
            ] {
                #expect(try await office.refusal(of: .init(scope: scope, body: TemplateWorld.plain), by: acting) == .forbidden)
            }
            let written = try await office.write(.init(scope: ours, body: TemplateWorld.plain), by: office.admin)
            let elsewhere = try await office.write(.init(scope: theirs, body: TemplateWorld.plain))
            let seen = try await office.store.read { db in try Template.all(by: office.admin, in: db) }
            #expect(seen.map(\.id) == [written.id])
            await #expect(throws: Refusal.notFound) {
                try await office.store.read { db in try Template.find(elsewhere.id, by: office.admin, in: db) }
            }
            #expect(try await office.refusal(of: .init(scope: .init(.reminder, .sms, organization: .new()), body: "Venez.")) == .notFound)
            #expect(try await office.refusal(of: .init(scope: .init(.reminder, .sms, reason: .new()), body: "Venez.")) == .notFound)
        }
    }
}
