import Hummingbird

/// What every context of the site can give: the request's own ``AppContext``.
protocol WebContext: RequestContext {
    var app: AppContext { get }
}

extension AppContext: WebContext {
    var app: AppContext { self }
}

extension AgentContext: WebContext {}
