import ArgumentParser
import Core
import Crypto
import Foundation
import Hummingbird
import Logging
import NIOCore
import Scheduling
import ServiceLifecycle
import Store
import UnixSignals
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the pages and does the work that is due, until SIGTERM or SIGINT.",
        discussion: "Any number of nodes may serve one PostgreSQL database.")

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var server: ServerOptions

    @Flag(help: "Bring the schema up to date first.")
    var migrate = false

    func run() async throws {
        let settings = try await options.settings(server.flags)
        let logger = Log.start(settings)
        try await settings.withStore(making: migrate) { store in
            if migrate { try await store.migrate(Schema.migrations) }
            try await store.requireCurrentSchema()
            try await serve(store, settings, logger)
        }
    }

    private func serve(_ store: Store, _ settings: Settings, _ logger: Logger) async throws {
        let now: @Sendable () -> Instant = { Instant(Int64(Date().timeIntervalSince1970)) }
        let key = try await settings.key(in: store)
        let site = try WebSite(key: key, options: settings.site)
        let calendars = Calendars()
        let desk = Desk(site: site, store: store, calendars: calendars, now: now)
        let application = desk.application(host: settings.host, port: settings.port, logger: logger)
        let webhooks = WebhookSender(toLoopback: settings.webhooksToLoopback)
        let foreign = ForeignCalendarReader(toLoopback: settings.webhooksToLoopback)
        let abilities = settings.gateways.abilities(isReached: settings.publicURL != nil)
        try await store.write { db in try GatewayAbility.tell(abilities, at: now(), in: db) }
        let messages = try settings.carriers(in: store, key: key, now: now)
        var group = ServiceGroupConfiguration(
            services: [application]
                + Workers.all(
                    in: store, calendars: calendars, webhooks: webhooks, foreign: foreign, messages: messages,
                    returns: try settings.gateways.mailboxes(key: key), logger: logger, now: now),
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(10)
        if WeasyPrint.program == nil { logger.warning("letters cannot be printed: install weasyprint") }
        logger.info("serving", metadata: ["host": "\(settings.host)", "port": "\(settings.port)", "database": "\(settings.databaseName)"])
        do { try await ServiceGroup(configuration: group).run() } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure("port \(settings.port) is taken: choose another with --port or LIEN_PORT")
        }
    }
}

extension Settings {
    fileprivate var site: WebSite.Options {
        WebSite.Options(trustedProxies: trustedProxies, rate: rateLimit, webhooksToLoopback: webhooksToLoopback, publicBase: publicBase)
    }

    /// One for each channel that something carries.
    fileprivate func carriers(
        in store: Store, key: SymmetricKey, now: @escaping @Sendable () -> Instant
    ) throws -> [MessageWorker] {
        let receipts = publicBase.map { Receipts(base: $0, signer: ReceiptSigner(key: key)) }
        let optOuts = publicBase.map { OptOuts(base: $0, signer: OptOutSigner(key: key)) }
        let all = try gateways.made(receipts: receipts, key: key)
        return [Person.Channel.sms, .email].compactMap { channel in
            let carrying = all.filter { $0.gateway.carrier.channel == channel }
            return carrying.isEmpty ? nil : MessageWorker(store: store, gateways: carrying, optOuts: optOuts, now: now)
        }
    }

    /// Without a slash at its end.
    var publicBase: String? { publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }

    func key(in store: Store) async throws -> SymmetricKey {
        if let secret { return SymmetricKey(data: SHA256.hash(data: Array(secret.utf8))) }
        return SymmetricKey(data: try await ServerKey.load(in: store))
    }
}
