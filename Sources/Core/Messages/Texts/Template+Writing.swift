import Foundation
import Scheduling
import Store

extension Template {
    /// What someone writes for a scope: it becomes a version of its own.
    public struct Draft: Sendable, Equatable {
        public var scope: Scope
        public var subject: String
        public var body: String
        /// Why it is kept although it is hard to read.
        public var because: String
        /// The number of the version that they had before their eyes, 0 for what comes with the product: what a colleague wrote meanwhile
        /// is not covered.
        public var after: Int?

        public init(scope: Scope, subject: String = "", body: String, because: String = "", after: Int? = nil) {
            (self.scope, self.subject, self.body, self.because, self.after) = (scope, subject, body, because, after)
        }
    }

    /// - Throws: a ``Refusal`` with sentences beside `subject`, `body` and `because`.
    @discardableResult
    public static func write(_ draft: Draft, by acting: Acting, at now: Instant, in db: Writer) throws -> Template {
        try mustWrite(draft.scope, by: acting, in: db)
        let tidied = try draft.checked(by: acting, in: db)
        let before = try find(draft.scope, of: acting.territoryID, in: db)
        if let seen = draft.after, seen != before?.version.number ?? 0 { throw Refusal.writtenMeanwhile }
        let look = TemplateLook(subject: tidied.subject, body: tidied.body, for: tidied.scope)
        let version = TemplateVersion(
            id: .new(), number: (before?.version.number ?? 0) + 1, subject: tidied.subject, body: tidied.body,
            readability: look?.readability?.tenths, because: tidied.because.isEmpty ? nil : tidied.because, writtenAt: now,
            author: acting.agent.id)
        let template = Template(id: before?.id ?? .new(), scope: draft.scope, version: version, retiredAt: nil)
        try saying(refusals) {
            try template.keep(of: acting.territoryID, isNew: before == nil, in: db)
            try version.insert(
                template.id, parts: draft.scope.channel == .sms ? look?.mostParts : nil, of: acting.territoryID, in: db)
        }
        try Journal.record(
            before == nil ? .created : .changed, about: template.id.uuid,
            template.facts.merging(["what": "template", "because": tidied.because]) { $1 }, by: acting, at: now, in: db)
        return template
    }

    /// A former version speaks again, as a new one: what was said meanwhile stays in the history.
    @discardableResult
    public func goBack(to version: ID<TemplateVersion>, by acting: Acting, at now: Instant, in db: Writer) throws -> Template {
        guard let former = try TemplateVersion.all(of: self, by: acting, in: db).first(where: { $0.id == version }) else {
            throw Refusal.notFound
        }
        return try Self.write(
            Draft(scope: scope, subject: former.subject, body: former.body, because: former.because ?? ""), by: acting, at: now, in: db)
    }

    /// What is wider speaks again: the organization's, the territory's, what comes with the product.
    public func retire(by acting: Acting, at now: Instant, in db: Writer) throws {
        try Self.mustWrite(scope, by: acting, in: db)
        guard retiredAt == nil else { return }
        try db.run("UPDATE template SET retired_at = \(now) WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try Journal.record(
            .changed, about: id.uuid, facts.merging(["what": "template", "retired": "true"]) { $1 }, by: acting, at: now, in: db)
    }

    /// - Throws: ``Refusal/forbidden``; ``Refusal/notFound`` for an organization or a reason that is not of this territory.
    public static func mustWrite(_ scope: Scope, by acting: Acting, in db: Reader) throws {
        if let house = scope.organizationID {
            guard try Organization.find(house, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
            try acting.require(.setUpOrganization, in: house)
        } else {
            try acting.require(.setUpTerritory)
        }
        if let reason = scope.reasonID, try Reason.find(reason, of: acting.territoryID, in: db) == nil { throw Refusal.notFound }
    }

    private var facts: [String: String] {
        [
            "purpose": scope.purpose.rawValue, "channel": scope.channel.rawValue, "language": scope.language,
            "organization_id": scope.organizationID?.description ?? "", "reason_id": scope.reasonID?.description ?? "",
            "version": String(version.number), "readability": version.readability.map { String($0) } ?? "",
        ]
    }

    private static let refusals = Dictionary(
        uniqueKeysWithValues: [
            "template_version_number", "template_of_territory", "template_of_organization", "template_of_reason", "template_of_both",
        ].map { ($0, Refusal.writtenMeanwhile) })
}

extension Template {
    private func keep(of territory: Int64, isNew: Bool, in db: Writer) throws {
        guard isNew else {
            try db.run("UPDATE template SET retired_at = NULL WHERE territory_id = \(territory) AND id = \(id)")
            return
        }
        try db.run(
            """
            INSERT INTO template (territory_id, id, purpose, channel, language, organization_id, reason_id)
            VALUES (\(territory), \(id), \(scope.purpose), \(scope.channel), \(scope.language), \(scope.organizationID), \(scope.reasonID))
            """)
    }
}

extension TemplateVersion {
    fileprivate func insert(_ template: ID<Template>, parts: Int?, of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO template_version (territory_id, id, template_id, number, subject, body, readability, because, parts, written_at,
              written_by)
            VALUES (\(territory), \(id), \(template), \(number), \(subject), \(body), \(readability), \(because), \(parts), \(writtenAt),
              \(author))
            """)
    }
}

extension Refusal {
    public static let writtenMeanwhile = Refusal(
        .conflict, "written-meanwhile",
        "Quelqu’un vient d’écrire ce modèle. Votre texte est encore ici : copiez-le, rechargez la page et comparez.")
}
