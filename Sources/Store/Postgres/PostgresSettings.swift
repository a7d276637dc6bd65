import CPostgres

/// How connections to the server are made.
enum PostgresSettings {
    /// What the URL does not say. A statement or a transaction that hangs must not hold rows, nor its connection, for ever.
    private static let defaults: KeyValuePairs<String, String> = [
        "application_name": "lien",
        "connect_timeout": "5",
        "keepalives_idle": "30",
        "tcp_user_timeout": "20000",
        "client_encoding": "UTF8",
        "options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000",
    ]

    /// Blocks until connected or refused.
    static func connect(_ url: String) -> OpaquePointer? {
        let settings = defaults.map { ($0.key, $0.value) } + [("dbname", url)]
        return withCStrings(settings.map(\.0)) { names in
            withCStrings(settings.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
    }

    /// Whether libpq understands the URL; its complaint otherwise.
    static func complaint(_ url: String) -> String? {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &message)
        defer { PQconninfoFree(options) }
        defer { PQfreemem(message) }
        return options == nil ? message.map { String(cString: $0) } ?? "no memory" : nil
    }

    /// A NULL-terminated array of C strings.
    private static func withCStrings<T>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
        var bytes: [CChar] = []
        let starts = texts.map { text in
            defer { bytes += text.utf8CString }
            return bytes.count
        }
        return bytes.withUnsafeBufferPointer { buffer in body(starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil]) }
    }
}
