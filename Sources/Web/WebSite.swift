import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Everything the pages share: files, keys and limits. One value for `main` and the tests.
public struct WebSite: Sendable {
    let assets: Assets
    let options: Options
    let metrics = Metrics()
    private let key: SymmetricKey

    /// What the configuration decides.
    public struct Options: Sendable {
        /// The name the public reads where no territory is known yet, as on the sign-in page.
        public var name: String
        /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed (`LIEN_TRUSTED_PROXIES`).
        public var trustedProxies: [AddressBlock]
        /// Requests per second and at once from one address; without it there is no limit.
        public var rate: Rate?
        /// How long a client may take to send a body.
        public var bodyTime: Duration
        /// For development: webhooks may go to this machine, and by `http` there (`LIEN_WEBHOOKS_TO_LOOPBACK`).
        public var webhooksToLoopback: Bool
        /// The address that people know, without a slash at its end (`LIEN_PUBLIC_URL`); without it letters carry no code.
        public var publicBase: String?

        public init(
            name: String = "Rendez-vous", trustedProxies: [AddressBlock] = [], rate: Rate? = Rate(perSecond: 50, atOnce: 500),
            bodyTime: Duration = .seconds(20), webhooksToLoopback: Bool = false, publicBase: String? = nil
        ) {
            self.name = name
            self.trustedProxies = trustedProxies
            self.rate = rate
            self.bodyTime = bodyTime
            self.webhooksToLoopback = webhooksToLoopback
            self.publicBase = publicBase
        }
    }

    /// - Parameter key: at least 32 secret bytes, the same on every node: it signs form tokens and notices.
    /// - Throws: when the files that come with the binary cannot be read.
    public init(key: SymmetricKey, options: Options = Options()) throws {
        assets = try Assets()
        self.key = key
        self.options = options
    }

    var codes: AnswerCode.Key { AnswerCode.Key(key) }
    var inbound: InboundSigner { InboundSigner(key: key) }
    var optOuts: OptOutSigner { OptOutSigner(key: key) }
    var receipts: ReceiptSigner { ReceiptSigner(key: key) }

    func signature(of text: String, purpose: String) -> String {
        Secret.signature(of: text, purpose: purpose, key: key)
    }
}

extension WebSite {
    /// A whole page.
    func page(_ page: any Page, _ context: some WebContext, status: HTTPResponse.Status = .ok) -> Response {
        let app = context.app
        let frame = app.frame ?? Frame(brand: .init(name: options.name))
        let layout = Layout(page: page, frame: frame, nonce: app.nonce, notice: app.notice, assets: assets)
        var response = html(layout.html, app, status: status)
        if app.notice != nil { response.setCookie(.expired(.notice, app.client)) }
        return response
    }

    /// A piece of page, for scripts that put it in place.
    func fragment(_ html: HTML, _ context: some WebContext) -> Response {
        self.html(html, context.app, status: .ok)
    }

    private func html(_ html: HTML, _ app: AppContext, status: HTTPResponse.Status) -> Response {
        let bytes = html.bytes(token: app.formToken?.value ?? "")
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        if let cookie = app.formToken?.newCookie { response.setCookie(.make(.form, cookie, app.client)) }
        return response
    }

    /// After something was done: to another page, which says the notice once.
    func redirect(to url: URLPath, notice: String? = nil, _ context: some WebContext) -> Response {
        var response = Response.redirect(to: url.text, type: .normal)
        if let notice { response.setCookie(.make(.notice, sealed(notice), context.app.client, maxAge: 60)) }
        return response
    }
}
