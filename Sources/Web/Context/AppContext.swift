import Core
import Hummingbird
import Logging
import NIOCore

/// Any request. Middleware fills it; past ``AgentContext`` someone is signed in and nobody asks again.
public struct AppContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Allows the layout's own style block, and nothing else written into the page.
    let nonce: String
    let channel: any Channel
    /// Set by ``ClientMiddleware``.
    var client: Client
    /// Set by the session.
    var signedIn: SignedIn?
    /// What stands around the page; the session fills it.
    var frame: Frame?
    /// Bound to the session; fills the hidden field of each form. Set by ``FormTokenMiddleware``.
    var formToken: FormToken?
    /// What the previous page left to say once: "Rendez-vous pris."
    var notice: String?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        nonce = Secret.random(bytes: 16)
        channel = source.channel
        client = Client(address: .of(source.channel), isSecure: false)
    }
}

/// A request by someone signed in: the context of the routes of agents.
struct AgentContext: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let app: AppContext
    let acting: Acting

    /// - Throws: ``Core/Refusal`` of kind `unauthenticated`: a page leads to sign-in and back, the API answers 401.
    init(context: AppContext) throws {
        guard let signedIn = context.signedIn else { throw Refusal.unauthenticated }
        coreContext = context.coreContext
        app = context
        acting = signedIn.acting
    }
}
