import Core
import Store

/// Territoires d’action sociale.
enum AreaScreen: SetUpScreen {
    static let segment = "areas"
    static let words = SetUpWords(
        title: "Territoires d’action sociale", new: "Nouveau territoire",
        intro: "Ils regroupent des organisations. Une petite collectivité peut s’en passer.",
        empty: "Créez-en un pour regrouper des organisations.", saved: "Le territoire est enregistré.",
        deleted: "Le territoire est supprimé.")
    static let columns = [Table.Column("Nom"), .init("Organisations", isNumber: true)]

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let organizations = try Organization.all(of: acting.territoryID, in: db)
        return try Area.all(of: acting.territoryID, in: db).map { area in
            [link(area.name, area.id), "\(organizations.count { $0.areaID == area.id })"]
        }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML { "\(TextField("name", "Nom", state, limit: 100))" }
    static func values(_ area: Area?) -> Form { Form(filled: ["name": area?.name]) }
    static func read(_ form: Form, id: ID<Area>) -> Area { Area(id: id, name: form.text("name")) }
}

/// Organisations: MDS, CCAS, centres sociaux.
enum OrganizationScreen: SetUpScreen {
    static let segment = "organizations"
    static let words = SetUpWords(
        title: "Organisations", new: "Nouvelle organisation",
        intro: "Les maisons où l’on travaille. Chacun y est affecté avec un rôle, et n’y voit que ce que ce rôle permet.",
        empty: "Créez la première : on pourra y affecter des agents.", saved: "L’organisation est enregistrée.",
        deleted: "L’organisation est supprimée.")
    static let columns = [Table.Column("Nom"), .init("Territoire"), .init("Téléphone"), .init("Affectations")]

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let areas = Dictionary(uniqueKeysWithValues: try Area.all(of: acting.territoryID, in: db).map { ($0.id, $0.name) })
        let members = try Membership.all(of: acting.territoryID, in: db)
        return try Organization.all(of: acting.territoryID, in: db).map { organization in
            let count = members.count { $0.organizationID == organization.id }
            return [
                link(organization.name, organization.id), "\(organization.areaID.flatMap { areas[$0] } ?? "—")",
                "\(organization.phone.map { Format.phone($0) } ?? "—")",
                "<a href=\"\(href: Urls.members(organization.id))\">\(Format.count(count, "agent"))</a>",
            ]
        }
    }

    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice] {
        try Area.all(of: acting.territoryID, in: db).map { Choice($0.id.description, $0.name) }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        """
        \(TextField("name", "Nom", state, hint: "Comme les personnes l’entendront\u{A0}: « MDS d’Orthez ».", limit: 100))\
        \(Select("area_id", "Territoire d’action sociale", choices, state, isOptional: true, empty: "Aucun"))\
        \(TextField("phone", "Téléphone de l’accueil", state, kind: .tel, isOptional: true, size: .medium))
        """
    }

    static func values(_ organization: Organization?) -> Form {
        Form(filled: [
            "name": organization?.name, "area_id": organization?.areaID?.description, "phone": organization?.phone.map { Format.phone($0) },
        ])
    }

    static func read(_ form: Form, id: ID<Organization>) -> Organization {
        Organization(
            id: id, areaID: form.optional("area_id").map { ID($0) ?? .new() }, name: form.text("name"), phone: form.optional("phone"))
    }
}

/// Services: the compartments of professions.
enum ServiceScreen: SetUpScreen {
    static let segment = "services"
    static let words = SetUpWords(
        title: "Services", new: "Nouveau service",
        intro: "Service social, PMI… Un travailleur social voit les rendez-vous et les notes de ses services.",
        empty: "Créez le premier : les motifs de rendez-vous en dépendent.", saved: "Le service est enregistré.",
        deleted: "Le service est supprimé.")
    static let columns = [Table.Column("Nom"), .init("Discrétion"), .init("Motifs", isNumber: true)]

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let reasons = try Reason.all(of: acting.territoryID, in: db)
        return try Service.all(of: acting.territoryID, in: db).map { service in
            [
                link(service.name, service.id), service.secret ? "\(Tag("discret", .warn))" : "—",
                "\(reasons.count { $0.serviceID == service.id && $0.retiredAt == nil })",
            ]
        }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        """
        \(TextField("name", "Nom", state, limit: 100))\(Checkbox(
            "secret", "Service discret", state,
            hint: "PMI, protection de l’enfance\u{A0}: les agents des autres services ne voient ni son nom ni ses motifs."))
        """
    }

    static func values(_ service: Service?) -> Form {
        Form(filled: ["name": service?.name, "secret": service?.secret == true ? "on" : nil])
    }

    static func read(_ form: Form, id: ID<Service>) -> Service { Service(id: id, name: form.text("name"), secret: form.has("secret")) }
}
