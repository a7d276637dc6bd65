import Core
import Store

/// Étiquettes: words of the territory's own on people's files.
enum TagScreen: SetUpScreen {
    static let segment = "tags"
    static let words = SetUpWords(
        title: "Étiquettes", new: "Nouvelle étiquette",
        intro: "Des mots que vous posez sur les fiches pour vous y retrouver. N’y mettez rien que la personne ne puisse lire.",
        empty: "Créez la première : elle se coche sur chaque fiche.", saved: "L’étiquette est enregistrée.",
        deleted: "L’étiquette est supprimée.")
    static let columns = [Table.Column("Nom")]

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        try PersonTag.all(of: acting.territoryID, in: db).map { [link($0.name, $0.id)] }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        TextField("name", "Nom", state, hint: "« Gens du voyage », « Atelier cuisine ».", limit: 40).html
    }

    static func values(_ tag: PersonTag?) -> Form { Form(filled: ["name": tag?.name]) }

    static func read(_ form: Form, id: ID<PersonTag>) -> PersonTag { PersonTag(id: id, name: form.text("name")) }
}
