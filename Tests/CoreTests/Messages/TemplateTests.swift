import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Templates")
struct TemplateTests {
    @Test("the narrowest is used: the language, then the reason, then the organization, then the territory", arguments: Engine.available)
    func narrowest(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let (house, reason) = (office.world.organization.id, office.world.reason.id)
            let mine = Template.Scope(.reminder, .sms, organization: house, reason: reason, language: "ar")
            #expect(try await office.used(mine).version.isShipped)
            let scopes = [
                Template.Scope(.reminder, .sms), .init(.reminder, .sms, organization: house), .init(.reminder, .sms, reason: reason),
                .init(.reminder, .sms, organization: house, reason: reason), .init(.reminder, .sms, language: "ar"),
                .init(.reminder, .sms, reason: reason, language: "ar"),
            ]
            for scope in scopes {
                try await office.write(.init(scope: scope, body: TemplateWorld.plain))
                #expect(try await office.used(mine).scope == scope)
            }
            #expect(try await office.used(.init(.reminder, .sms, organization: office.world.elsewhere.id)).scope == scopes[0])
            #expect(try await office.used(.init(.reminder, .email)).version.isShipped)
        }
    }

    @Test("one no longer used leaves its place to what is wider, and speaks again when it is written again", arguments: Engine.available)
    func retiring(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let scope = Template.Scope(.missed, .email)
            let template = try await office.write(.init(scope: scope, subject: "Votre rendez-vous", body: TemplateWorld.plain))
            try await office.store.write { db in try template.retire(by: office.administrator, at: World.now, in: db) }
            #expect(try await office.used(scope).version.isShipped)
            let again = try await office.write(.init(scope: scope, subject: "Votre rendez-vous", body: "Bonjour. " + TemplateWorld.plain))
            #expect(again.id == template.id && again.version.number == 2)
            #expect(try await office.used(scope).version.body.hasPrefix("Bonjour"))
        }
    }

    @Test("each writing is a version, going back is one more, and each leaves its entry", arguments: Engine.available)
    func versions(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let scope = Template.Scope(.reminder, .sms)
            let first = try await office.write(.init(scope: scope, body: TemplateWorld.plain, after: 0))
            let second = try await office.write(.init(scope: scope, body: "Venez le {date}.", after: 1))
            let third = try await office.store.write { db in
                try second.goBack(to: first.version.id, by: office.administrator, at: World.now, in: db)
            }
            #expect(third.version.number == 3 && third.version.body == first.version.body && third.version.id != first.version.id)
            let history = try await office.store.read { db in try TemplateVersion.all(of: third, by: office.administrator, in: db) }
            #expect(history.map(\.number) == [3, 2, 1] && history.allSatisfy { $0.author == office.administrator.agent.id })
            let acts = try await office.store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(first.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "changed", "changed"])
        }
    }

    @Test("what a colleague wrote meanwhile is not covered", arguments: Engine.available)
    func meanwhile(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let scope = Template.Scope(.reminder, .sms)
            try await office.write(.init(scope: scope, body: TemplateWorld.plain, after: 0))
            #expect(try await office.refusal(of: .init(scope: scope, body: "Venez le {date}.", after: 0)) == .writtenMeanwhile)
            #expect(try await office.used(scope).version.body == TemplateWorld.plain)
        }
    }

    @Test("the schema itself keeps a version as it was written, easy or excused, and short", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let template = try await office.write(.init(scope: .init(.reminder, .sms), body: TemplateWorld.plain))
            let columns: SQL = "territory_id, template_id, written_at, written_by, subject"
            let insert = { @Sendable (more: SQL, values: SQL) -> SQL in
                """
                INSERT INTO template_version (\(columns), id, \(more)) SELECT \(columns), \(ID<TemplateVersion>.new()), \(values)
                FROM template_version
                """
            }
            let wrongs: [(String, SQL)] = [
                ("template_version_kept", "UPDATE template_version SET body = 'autre'"),
                ("template_version_kept", "DELETE FROM template_version"),
                ("template_scope_kept", "UPDATE template SET purpose = 'change'"), ("template_scope_kept", "DELETE FROM template"),
                ("template_version_number", insert("number, body", "1, 'a'")),
                ("template_version_counted", insert("number, body", "0, 'a'")),
                ("template_version_easy", insert("number, body, readability", "2, 'a', 699")),
                ("template_version_parts", insert("number, body, parts", "2, 'a', 6")),
                ("template_version_body", insert("number, body", "2, ''")),
                (
                    "template_of_territory",
                    """
                    INSERT INTO template (territory_id, id, purpose, channel, language)
                    VALUES (\(office.world.territory.id), \(ID<Template>.new()), 'reminder', 'sms', 'fr')
                    """
                ),
            ]
            for (name, wrong) in wrongs {
                let violation = await #expect(throws: ConstraintViolation.self) { try await office.store.write { db in try db.run(wrong) } }
                #expect(violation?.name == name)
            }
            try await office.store.write { db in
                try db.run(insert("number, body, readability, because", "2, 'a', 699, 'imposé par la loi'"))
            }
            #expect(try await office.used(template.scope).version.number == 2)
        }
    }

    @Test("the price of an SMS is the territory's, and its change leaves its entry", arguments: Engine.available)
    func price(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let territory = office.world.territory.id
            #expect(try await office.store.read { db in try SMSPrice.of(territory, in: db) } == nil)
            for typed in ["4,5", "4.5", "6"] {
                try await office.store.write { db in try SMSPrice.set(typed, by: office.administrator, at: World.now, in: db) }
            }
            #expect(try await office.store.read { db in try SMSPrice.of(territory, in: db) } == SMSPrice(tenths: 60))
            let entries = try await office.store.read { db in
                try db.first("SELECT count(*) FROM journal_payload WHERE payload LIKE '%sms-price%'") { try $0[0] as Int }
            }
            #expect(entries == 2)
            await #expect(throws: Refusal.forbidden) {
                try await office.store.write { db in try SMSPrice.set("1", by: office.admin, at: World.now, in: db) }
            }
        }
    }
}
