import ArgumentParser
import Configuration

/// What every command that uses the database takes.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "sqlite:PATH or postgres://USER@HOST:PORT/NAME (LIEN_DATABASE).")
    var database: String?

    @Option(help: "A JSON file of settings (LIEN_CONFIG).")
    var config: String?

    func settings(_ more: [AbsoluteConfigKey: ConfigValue] = [:]) async throws -> Settings {
        var flags = more
        if let database { flags["database"] = ConfigValue(.string(database), isSecret: true) }
        return try await Settings.read(flags: flags, file: config)
    }
}

/// What `serve` takes beside it.
struct ServerOptions: ParsableArguments {
    @Option(help: "The address to listen on (LIEN_HOST, 127.0.0.1 unless given).")
    var host: String?

    @Option(help: "The port to listen on (LIEN_PORT, 8080 unless given).")
    var port: Int?

    @Option(help: "Proxies whose X-Forwarded-For is believed: addresses or blocks, comma-separated (LIEN_TRUSTED_PROXIES).")
    var trustedProxies: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical (LIEN_LOG_LEVEL).")
    var logLevel: String?

    @Option(help: "json or text (LIEN_LOG_FORMAT).")
    var logFormat: String?

    @Option(help: "Connections to PostgreSQL, or readers of SQLite (LIEN_POOL, 8 unless given).")
    var pool: Int?

    @Option(help: "The address that people know (LIEN_PUBLIC_URL).")
    var publicUrl: String?

    var flags: [AbsoluteConfigKey: ConfigValue] {
        var flags: [AbsoluteConfigKey: ConfigValue] = [:]
        let texts = ["host": host, "trustedProxies": trustedProxies, "logLevel": logLevel, "logFormat": logFormat, "publicUrl": publicUrl]
        for (name, text) in texts { flags[AbsoluteConfigKey(ConfigKey(name))] = text.map { ConfigValue(.string($0), isSecret: false) } }
        for (name, number) in ["port": port, "pool": pool] {
            flags[AbsoluteConfigKey(ConfigKey(name))] = number.map { ConfigValue(.int($0), isSecret: false) }
        }
        return flags
    }
}
