import Core
import HTTPTypes
import Hummingbird
import NIOCore

extension Answer {
    /// The answer to any error; nothing when nobody expected it.
    ///
    /// The message of an `HTTPError` is written for developers and in English: it is never shown.
    init?(for error: any Error) {
        switch error {
        case let answer as Answer: self = answer
        case let refusal as Refusal: self.init(refusal)
        case is NotJournalled: self.init(.notJournalled)
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError: self.init(http: error)
        case is DecodingError: self.init(.unreadable, status: .badRequest)
        default: return nil
        }
    }

    private init?(http error: HTTPError) {
        switch error.status {
        case .badRequest: self.init(.unreadable, status: .badRequest)
        case .unauthorized: self.init(.unauthenticated)
        case .forbidden: self.init(.forbidden)
        case .notFound: self.init(.notFound)
        case .contentTooLarge: self = .tooLarge
        case .unsupportedMediaType: self = .unsupportedType
        default: return nil
        }
    }
}

extension Refusal {
    static let unreadable = Refusal(
        .invalid, "unreadable", "Ce qui a été envoyé n’a pas pu être lu. Revenez à la page précédente et recommencez.")
}
