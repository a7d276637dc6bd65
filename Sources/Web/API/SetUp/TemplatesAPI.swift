import Core
import HTTPTypes
import Scheduling
import Store

extension Template.Purpose: Plain {}
extension Template.Channel: Plain {}

/// What messages say.
enum TemplatesAPI {
    private static let purpose = Key<Template.Purpose>("purpose")
    private static let channel = Key<Template.Channel>("channel")
    private static let organization = Key<ID<Organization>?>("organization", "Rien : pour toute la collectivité.")
    private static let reason = Key<ID<Reason>?>("reason", "Rien : pour tous les motifs.")
    private static let language = Key("language", Kind.line(2...12), "fr, ar, uk…")
    private static let subject = Key("subject", Kind.line(0...150), "L’objet d’un e-mail ou d’un courrier.")
    private static let body = Key("body", Kind.lines(1...4_000), "Avec {variables}, et [parties] laissées quand elles n’ont rien à dire.")
    private static let because = Key("because", Kind.line(0...300), "Pourquoi garder un texte difficile à lire.")
    private static let readability = Key("readability", Kind<Int?>.nullable(.integer(-100_000_000...3_000)), "En dixièmes ; 700 au moins.")
    private static let number = Key("number", Kind.integer(0...Int.max), "De la version.")
    private static let version = Key<ID<TemplateVersion>>("version")

    private static let shape = Shape<Template>(
        "Template",
        [
            Key<ID<Template>>("id").of(\.id), purpose.of(\.scope.purpose), channel.of(\.scope.channel),
            organization.of(\.scope.organizationID), reason.of(\.scope.reasonID), language.of(\.scope.language),
            version.of(\.version.id), number.of(\.version.number), subject.of(\.version.subject), body.of(\.version.body),
            readability.of(\.version.readability), because.of { $0.version.because ?? "" }, Key<Bool>("retired").of { $0.retiredAt != nil },
        ])

    private static let versionShape = Shape<TemplateVersion>(
        "TemplateVersion",
        [
            Key<ID<TemplateVersion>>("id").of(\.id), number.of(\.number), subject.of(\.subject), body.of(\.body),
            readability.of(\.readability), because.of { $0.because ?? "" }, Key<Instant?>("written_at").of(\.writtenAt),
            Key<ID<Agent>?>("written_by").of(\.author),
        ])

    private static let new = Fields(
        "NewTemplate", needs: [purpose, channel, body], takes: [organization, reason, language, subject, because])

    static let endpoints: [Endpoint] = [
        .list("/templates", "Les modèles de messages écrits ici", needs: .setUpOrganization, of: shape) { call in
            try ListPage(try await call.store.read { db in try Template.all(by: call.acting, in: db) }, call, by: \.id)
        },
        .create("/templates", "Écrit une version d’un modèle", needs: .setUpOrganization, body: new, answers: shape) { call, db in
            try Template.write(try draft(call.body), by: call.acting, at: call.now, in: db)
        },
        .read("/templates/{id}", "Un modèle", needs: .setUpOrganization, answers: shape, show),
        .change(.delete, "/templates/{id}", "N’utilise plus ce modèle ; son histoire reste", needs: .setUpOrganization) { call in
            let id = try call.id(Template.self)
            try await call.store.write { db in
                try Template.find(id, by: call.acting, in: db).retire(by: call.acting, at: call.now, in: db)
            }
        },
        .list(
            "/templates/{id}/versions", "Tout ce qu’un modèle a dit", needs: .setUpOrganization, of: versionShape
        ) { call in
            let id = try call.id(Template.self)
            let all = try await call.store.read { db in
                try TemplateVersion.all(of: Template.find(id, by: call.acting, in: db), by: call.acting, in: db)
            }
            return try ListPage(all, call, by: \.id)
        },
        .change(
            .put, "/templates/{id}/version", "Revient à une version, qui en devient une nouvelle", needs: .setUpOrganization,
            body: Fields("FormerVersion", needs: [version]), answers: shape
        ) { call in
            let (id, version) = (try call.id(Template.self), try call.body[version])
            return try await call.store.write { db in
                try Template.find(id, by: call.acting, in: db).goBack(to: version, by: call.acting, at: call.now, in: db)
            }
        },
    ]

    private static func show(_ call: Call) async throws -> Template {
        let id = try call.id(Template.self)
        return try await call.store.read { db in try Template.find(id, by: call.acting, in: db) }
    }

    static func draft(_ given: Given) throws -> Template.Draft {
        let scope = Template.Scope(
            try given[purpose], try given[channel], organization: try given.ifAny(organization), reason: try given.ifAny(reason),
            language: try given.ifAny(language) ?? "fr")
        return Template.Draft(
            scope: scope, subject: try given.ifAny(subject) ?? "", body: try given[body], because: try given.ifAny(because) ?? "")
    }
}

/// What a text would be, before it is kept.
enum TextsAPI {
    private static let asked = Fields(
        "AskedText",
        needs: [Key<Template.Channel>("channel"), Key("body", Kind.lines(1...4_000))])

    private static let hardWord = Shape<Readability.HardWord>(
        "HardWord", [Key("word", Kind.line(0...200)).of(\.word), Key("suggestion", Kind.line(0...200)).of(\.suggestion)])

    private static let count = Kind.integer(0...1_000_000)
    private static let shape = Shape<TemplateLook>(
        "LookedText",
        [
            Key("text", Kind.lines(0...20_000), "Rempli d’un exemple ; d’un SMS, tel qu’il partirait.").of { $0.sms?.text ?? $0.text },
            Key("parts", count, "SMS nécessaires ; 0 pour ce qui n’en est pas un.").of { $0.sms?.parts.count ?? 0 },
            Key("units", count).of { $0.sms?.units ?? 0 }, Key("most_parts", count).of { $0.sms == nil ? 0 : $0.mostParts },
            Key("readability", Kind<Int?>.nullable(.integer(-100_000_000...3_000)), "Kandel-Moles, en dixièmes.").of(\.readability?.tenths),
            Key("longest_sentence", count, "En mots.").of { $0.readability?.longest ?? 0 },
            Key("hard_words", Kind<[Readability.HardWord]>.list(hardWord.kind)).of { $0.readability?.hardWords ?? [] },
        ])

    static let endpoints: [Endpoint] = [
        .change(
            .post, "/templates/look", "Compte et mesure un texte, sans le garder", needs: .setUpOrganization, body: asked, answers: shape
        ) { call in
            let scope = Template.Scope(.reminder, try call.body[Key<Template.Channel>("channel")])
            let draft = Template.Draft(scope: scope, body: try call.body[Key("body", Kind.lines(1...4_000))])
            return try Template.look(at: draft)
        }.readingOnly,
        .read("/sms-price", "Ce que coûte un SMS, en dixièmes de centime", needs: .setUpOrganization, answers: price) { call in
            try await call.store.read { db in try SMSPrice.of(call.acting.territoryID, in: db) } ?? SMSPrice(tenths: 0)
        },
        .change(
            .put, "/sms-price", "Dit ce que coûte un SMS", needs: .setUpTerritory, body: Fields("NewSmsPrice", needs: [tenths]),
            answers: price
        ) { call in
            let said = SMSPrice(tenths: try call.body[tenths])
            try await call.store.write { db in try SMSPrice.set(said.typed, by: call.acting, at: call.now, in: db) }
            return said
        },
    ]

    private static let tenths = Key("tenths", Kind.integer(0...1_000), "Dixièmes de centime par SMS.")
    private static let price = Shape<SMSPrice>("SmsPrice", [tenths.of(\.tenths)])
}
