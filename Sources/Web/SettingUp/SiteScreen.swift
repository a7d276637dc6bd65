import Core
import Store

/// Lieux: where people are received.
enum SiteScreen: SetUpScreen {
    static let segment = "sites"
    static let words = SetUpWords(
        title: "Lieux", new: "Nouveau lieu", intro: "Où les personnes sont reçues. L’adresse est dite dans les confirmations.",
        empty: "Créez le premier : les rendez-vous sur place en ont besoin.", saved: "Le lieu est enregistré.",
        deleted: "Le lieu est supprimé.")
    static let columns = [Table.Column("Nom"), .init("Organisation"), .init("Adresse")]

    static func mayOpen(_ acting: Acting) -> Bool { acting.can(.setUpOrganization) }

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let names = Dictionary(uniqueKeysWithValues: try organizations(acting, in: db).map { ($0.id, $0.name) })
        return try Site.all(of: acting.territoryID, in: db).compactMap { site in
            guard let organization = names[site.organizationID] else { return nil }
            let address = [site.address, site.commune].filter { !$0.isEmpty }.joined(separator: ", ")
            return [link(site.name, site.id), "\(organization)", "\(address.isEmpty ? "—" : address)"]
        }
    }

    /// Those that this administrator sets up.
    static func organizations(_ acting: Acting, in db: Reader) throws -> [Organization] {
        try Organization.all(of: acting.territoryID, in: db).filter { acting.can(.setUpOrganization, in: $0.id) }
    }

    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice] {
        try organizations(acting, in: db).map { Choice($0.id.description, $0.name) }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        """
        \(if: isNew, "\(Select("organization_id", "Organisation", choices, state, empty: "Choisir…"))")\
        \(if: !isNew, "\(HiddenField("organization_id", state.value("organization_id")))")\
        \(TextField("name", "Nom", state, hint: "« Orthez », « Antenne de Salies ».", limit: 100))\
        \(TextField("address", "Adresse", state, isOptional: true, limit: 300))\
        \(TextField("commune", "Commune", state, isOptional: true, size: .medium, limit: 100))\
        \(TextField("phone", "Téléphone", state, kind: .tel, isOptional: true, size: .medium))
        """
    }

    static func values(_ site: Site?) -> Form {
        Form(filled: [
            "organization_id": site?.organizationID.description, "name": site?.name, "address": site?.address, "commune": site?.commune,
            "phone": site?.phone.map { Format.phone($0) },
        ])
    }

    static func read(_ form: Form, id: ID<Site>) -> Site {
        Site(
            id: id, organizationID: ID(form.text("organization_id")) ?? .new(), name: form.text("name"), address: form.text("address"),
            commune: form.text("commune"), phone: form.optional("phone"))
    }
}
