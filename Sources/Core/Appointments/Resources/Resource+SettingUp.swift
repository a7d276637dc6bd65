import Store

extension Resource: SetUp {
    public static let kind = "resource"
    public static let refusals = ["resource_name": Refusal.nameTaken("Une ressource de cette organisation porte déjà ce nom.")]

    public var facts: [String: String] {
        [
            "name": name, "organization_id": organizationID.description, "kind": kind.rawValue, "site_id": siteID?.description ?? "",
            "languages": languages.joined(separator: " "), "contact": contact, "needs_acceptance": String(needsAcceptance),
            "retired": String(isRetired),
        ]
    }

    /// An organization's own administrator sets up its resources.
    public func mustBeSettable(by acting: Acting, in db: Reader) throws {
        guard try Organization.find(organizationID, of: acting.territoryID, in: db) != nil else {
            throw Refusal.field("organization_id", "unknown-organization", "Choisissez une organisation de la liste.")
        }
        try acting.require(.setUpOrganization, in: organizationID)
    }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Resource {
        if let before = try Resource.find(id, of: territory.id, in: db), before.organizationID != organizationID || before.kind != kind {
            complaints.add("organization_id", "Une ressource reste ce qu’elle est, où elle est. Créez-en plutôt une autre.")
        }
        if let siteID, try Site.find(siteID, of: territory.id, in: db)?.organizationID != organizationID {
            complaints.add("site_id", "Choisissez un lieu de cette organisation.")
        }
        let languages = Set(languages.filter { !$0.isEmpty }).sorted()
        if !languages.allSatisfy({ $0.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}/) != nil }) {
            complaints.add("languages", "Choisissez des langues de la liste.")
        }
        if kind == .interpreter, languages.isEmpty { complaints.add("languages", "Choisissez au moins une langue.") }
        var tidied = self
        tidied.name = complaints.name(name, "name")
        tidied.contact = complaints.line(contact, "contact", limit: 200)
        tidied.languages = kind == .interpreter ? languages : []
        if kind == .interpreter { tidied.siteID = nil }
        return tidied
    }

    public static func find(_ id: ID<Resource>, of territory: Int64, in db: Reader) throws -> Resource? {
        try those([id], of: territory, in: db).first
    }

    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO resource (territory_id, id, organization_id, kind, name, site_id, contact, needs_acceptance, retired,
              calendar_version)
            VALUES (\(territory), \(id), \(organizationID), \(kind), \(name), \(siteID), \(contact), \(needsAcceptance), \(isRetired), 0)
            """)
        try insertLanguages(of: territory, in: db)
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE resource SET name = \(name), site_id = \(siteID), contact = \(contact), needs_acceptance = \(needsAcceptance),
              retired = \(isRetired), calendar_version = calendar_version + 1
            WHERE territory_id = \(territory) AND id = \(id)
            """)
        try db.run("DELETE FROM resource_language WHERE territory_id = \(territory) AND resource_id = \(id)")
        try insertLanguages(of: territory, in: db)
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM resource_language WHERE territory_id = \(territory) AND resource_id = \(id)")
        try db.run("DELETE FROM resource WHERE territory_id = \(territory) AND id = \(id)")
    }

    private func insertLanguages(of territory: Int64, in db: Writer) throws {
        for language in languages {
            try db.run(
                "INSERT INTO resource_language (territory_id, resource_id, language) VALUES (\(territory), \(id), \(language))")
        }
    }
}
