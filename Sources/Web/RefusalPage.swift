import Core
import HTTPTypes

/// Says no, why, and what to do next.
struct RefusalPage: Page {
    let title: String
    let sentence: String
    let fields: [String: String]

    init(_ answer: Answer) {
        title = Self.title(answer.status)
        sentence = answer.refusal.sentence
        fields = answer.refusal.fields
    }

    var html: HTML {
        """
        <div class="column stack"><h1>\(title)</h1><p class="big">\(sentence)</p>\
        \(if: fields.count > 1, "<ul class=\"bullets\">\(each: fields.values.sorted(), { "<li>\($0)</li>" })</ul>")\
        <p class="row"><a class="button main" href="\(href: Urls.home)">Revenir à l’accueil</a></p></div>
        """
    }

    static let sample = RefusalPage(Answer(.notFound))

    static func title(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: "Connexion nécessaire"
        case 403: "Action non permise"
        case 404: "Page introuvable"
        case 405: "Action impossible ici"
        case 408: "Envoi trop long"
        case 409: "Quelqu’un vous a devancé"
        case 413: "Envoi trop gros"
        case 414: "Adresse trop longue"
        case 415: "Contenu non accepté"
        case 422: "Réponse à corriger"
        case 429: "Trop de demandes"
        case 503: "Service momentanément indisponible"
        case 500...: "Une erreur est survenue"
        default: "Demande illisible"
        }
    }
}
