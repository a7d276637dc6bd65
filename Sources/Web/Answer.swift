import Core
import HTTPTypes
import Hummingbird

/// A refusal with the HTTP status and headers that only the web layer knows: 405 and its `Allow`, 413, 429 and its `Retry-After`…
struct Answer: Error {
    let status: HTTPResponse.Status
    let refusal: Refusal
    let headers: HTTPFields

    init(_ refusal: Refusal, status: HTTPResponse.Status? = nil, headers: HTTPFields = [:]) {
        self.refusal = refusal
        self.status = status ?? refusal.kind.status
        self.headers = headers
    }

    static func methodNotAllowed(allow: String) -> Answer {
        let refusal = Refusal(.invalid, "method-not-allowed", "Cette adresse ne permet pas cette action. Revenez à la page précédente.")
        return Answer(refusal, status: .methodNotAllowed, headers: [.allow: allow])
    }

    static let tooLarge = Answer(
        Refusal(.invalid, "too-large", "Ce que vous envoyez est trop gros (1 Mo au plus). Raccourcissez-le, puis recommencez."),
        status: .contentTooLarge)
    static let tooSlow = Answer(
        Refusal(.invalid, "too-slow", "L’envoi a pris trop de temps. Vérifiez votre connexion, puis recommencez."),
        status: .requestTimeout)
    static let addressTooLong = Answer(
        Refusal(.invalid, "address-too-long", "Cette adresse est trop longue. Revenez à la page précédente."), status: .uriTooLong)
    static let unsupportedType = Answer(
        Refusal(.invalid, "unsupported-type", "Ce type de contenu n’est pas accepté ici."), status: .unsupportedMediaType)
}

extension Refusal {
    static let unauthenticated = Refusal(.unauthenticated, "unauthenticated", "Connectez-vous pour continuer.")
}

extension Refusal.Kind {
    var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}
