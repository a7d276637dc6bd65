import Core
import HTTPTypes
import Hummingbird

/// The API for programs: every endpoint, and the description that is computed from them.
struct API: Sendable {
    let desk: Desk

    static let endpoints: [Endpoint] =
        AccountAPI.endpoints + SetUpAPI.endpoints + SlotsAPI.endpoints + GroupsAPI.endpoints + DemandsAPI.endpoints + HoldsAPI.endpoints
        + AppointmentsAPI.endpoints
        + AgendasAPI.endpoints
        + PeopleAPI.endpoints + ImportsAPI.endpoints + MemosAPI.endpoints + ArrivalsAPI.endpoints + MessagesAPI.endpoints
        + FiguresAPI.endpoints + TextsAPI.endpoints + TemplatesAPI.endpoints + CampaignsAPI.endpoints
        + CampaignRulesAPI.endpoints + LettersAPI.endpoints

    /// - Parameters:
    ///   - router: for the description, which anyone may read.
    ///   - agents: for the rest.
    func add(to router: some RouterMethods<AppContext>, _ agents: some RouterMethods<AgentContext>) {
        let description = Self.description
        router.get(RouterPath(OpenAPI.path)) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: description)))
        }
        for endpoint in Self.endpoints {
            agents.on(RouterPath(Endpoint.root + endpoint.path), method: endpoint.method) { request, context in
                try await endpoint.respond(to: request, context, desk)
            }
        }
    }

    private static let description: [UInt8] = {
        var writer = JSONWriter()
        writer.json(OpenAPI(endpoints: endpoints).document)
        return writer.bytes
    }()
}
