import Core
import Store

/// Ressources: rooms, cars and interpreters of an organization.
enum ResourceScreen: SetUpScreen {
    static let segment = "resources"
    static let words = SetUpWords(
        title: "Ressources", new: "Nouvelle ressource", intro: "Salles, voitures et interprètes que l’on réserve avec un rendez-vous.",
        empty: "Créez la première : elle sera proposée avec les créneaux.", saved: "La ressource est enregistrée.",
        deleted: "La ressource est supprimée.")
    static let columns = [Table.Column("Nom"), .init("Sorte"), .init("Organisation"), .init("État")]

    static func mayOpen(_ acting: Acting) -> Bool { acting.can(.setUpOrganization) }

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let houses = try SiteScreen.organizations(acting, in: db)
        let names = Dictionary(uniqueKeysWithValues: houses.map { ($0.id, $0.name) })
        return try Resource.of(houses.map(\.id), of: acting.territoryID, in: db).map { one in
            [
                link(one.name, one.id), "\(Format.capitalized(one.kind.label))", "\(names[one.organizationID] ?? "")",
                one.isRetired ? "\(Tag("retirée"))" : "\(Tag("proposée", .good))",
            ]
        }
    }

    /// Houses, then their sites: a site's value begins with « @ ».
    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice] {
        let houses = try SiteScreen.organizations(acting, in: db)
        let sites = try Site.all(of: acting.territoryID, in: db).filter { site in houses.contains { $0.id == site.organizationID } }
        return houses.map { Choice($0.id.description, $0.name) } + sites.map { Choice("@\($0.id)", $0.name) }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        let houses = choices.filter { !$0.value.hasPrefix("@") }
        let sites = choices.filter { $0.value.hasPrefix("@") }.map { Choice(String($0.value.dropFirst()), $0.label) }
        let kinds = Resource.Kind.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }
        return """
            \(if: isNew, "\(Select("organization_id", "Organisation", houses, state, empty: "Choisir…"))\(RadioCards("kind", "Sorte", kinds, state))")\
            \(if: !isNew, "\(HiddenField("organization_id", state.value("organization_id")))\(HiddenField("kind", state.value("kind")))")\
            \(TextField("name", "Nom", state, hint: "« Salle des Gaves », « Clio blanche », « Interprète arabe ».", limit: 100))\
            \(Select("site_id", "Lieu", sites, state, hint: "D’une salle ou d’une voiture.", isOptional: true, empty: "Aucun en particulier"))\
            \(CheckboxGroup(
                "languages", "Langues de l’interprète",
                PersonForm.languages.filter { $0.0 != "fr" }.map { Choice($0.0, Format.capitalized($0.1)) }, state))\
            \(TextField("contact", "Comment la demander", state, hint: "Un numéro, une adresse.", isOptional: true, limit: 200))\
            \(Checkbox("needs_acceptance", "À confirmer", state, hint: "L’heure est gardée, et l’on note si c’est accepté ou refusé."))\
            \(if: !isNew, "\(Checkbox("retired", "Ne plus la proposer", state))")
            """
    }

    static func values(_ resource: Resource?) -> Form {
        var fields = Form(filled: [
            "organization_id": resource?.organizationID.description, "kind": (resource?.kind ?? .room).rawValue, "name": resource?.name,
            "site_id": resource?.siteID?.description, "contact": resource?.contact,
            "needs_acceptance": resource?.needsAcceptance == true ? "on" : nil, "retired": resource?.isRetired == true ? "on" : nil,
        ]).fields
        fields["languages"] = resource?.languages
        return Form(fields)
    }

    static func read(_ form: Form, id: ID<Resource>) -> Resource {
        Resource(
            id: id, organizationID: ID(form.text("organization_id")) ?? .new(), kind: Resource.Kind(rawValue: form.text("kind")) ?? .room,
            name: form.text("name"), siteID: form.optional("site_id").map { ID($0) ?? .new() }, languages: form.values("languages"),
            contact: form.text("contact"), needsAcceptance: form.has("needs_acceptance"), isRetired: form.has("retired"))
    }
}
