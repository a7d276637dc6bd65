import Core
import HTTPTypes
import Hummingbird
import Store

/// What a load balancer and those who watch over the server ask for. Nothing personal, and no one signed in.
struct OperationRoutes {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get(RouterPath(Urls.health.text)) { _, _ in Self.plain("alive\n") }
        router.get(RouterPath(Urls.ready.text)) { _, _ in await ready() }
        router.get(RouterPath(Urls.metrics.text)) { _, _ in try await metrics() }
    }

    /// Alive is not enough: the database answers, and its schema is ours.
    private func ready() async -> Response {
        do {
            let state = try await desk.store.schemaState(Schema.migrations)
            return state == .current ? Self.plain("ready\n") : Self.plain("the schema is not current\n", .serviceUnavailable)
        } catch {
            return Self.plain("the database does not answer\n", .serviceUnavailable)
        }
    }

    private func metrics() async throws -> Response {
        let now = desk.now()
        let backlog = try await desk.store.read { db in try Backlog.read(at: now, in: db) }
        var text = PrometheusText()
        text.add(desk.site.metrics.current)
        text.add("lien_messages_due", "gauge", "Messages whose hour has come and that have not left.", [([], Double(backlog.messagesDue))])
        text.add("lien_journal_unsealed", "gauge", "Journal entries without their seal.", [([], Double(backlog.journalUnsealed))])
        return Self.plain(text.text, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    private static func plain(
        _ text: String, _ status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
