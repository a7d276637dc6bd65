import Foundation
import Hummingbird

/// The cookies of the site. Over TLS their names begin with `__Host-`, so that no other host of the domain can write them.
enum CookieName: String {
    /// Set by the accounts feature: the session's token.
    case session = "lien-session"
    /// The anonymous half of the form token.
    case form = "lien-form"
    /// What the next page says once.
    case notice = "lien-notice"

    func name(_ client: Client) -> String { client.isSecure ? "__Host-" + rawValue : rawValue }
}

extension Request {
    func cookie(_ name: CookieName, _ client: Client) -> String? { cookies[name.name(client)]?.value }
}

extension Cookie {
    /// A cookie of this site alone, out of reach of scripts.
    /// - Parameter maxAge: seconds; without it, until the browser closes.
    static func make(_ name: CookieName, _ value: String, _ client: Client, maxAge: Int? = nil) -> Cookie {
        Cookie(name: name.name(client), value: value, maxAge: maxAge, path: "/", secure: client.isSecure, httpOnly: true, sameSite: .lax)
    }

    static func expired(_ name: CookieName, _ client: Client) -> Cookie { make(name, "", client, maxAge: 0) }
}
